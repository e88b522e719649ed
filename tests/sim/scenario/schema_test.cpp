// The JSON Schema: JSON is YAML, so the loader's own reader can look into it.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/scenario/grammar.h"
#include "sim/scenario/json.h"
#include "sim/scenario/settings_table.h"
#include "sim/scenario/yaml_reader.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

Node schema() {
    Problems problems("schema");
    auto node = read_yaml(json_schema(words()), problems);
    for (const Problem& problem : problems.sorted()) ADD_FAILURE() << problem.line << ": " << problem.message;
    return node.value_or(Node{});
}

TEST(Schema, NamesEveryKeyWithADescriptionAndNothingElse) {
    const Node root = schema();
    EXPECT_EQ(root.find("$schema")->text, "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(root.find("additionalProperties")->text, "false");
    const Node* properties = root.find("properties");
    ASSERT_NE(properties, nullptr);
    ASSERT_EQ(properties->children.size(), top_keys().size());
    for (const Key& key : top_keys()) {
        ASSERT_NE(properties->find(key.name), nullptr) << key.name;
        EXPECT_EQ(properties->find(key.name)->find("description")->text, key.about);
    }
}

TEST(Schema, NamesEverySettingWithItsDefault) {
    const Node root = schema();
    const Node* settings = root.find("properties")->find("settings")->find("properties");
    ASSERT_EQ(settings->children.size(), setting_rows().size());
    EXPECT_EQ(settings->find("wan loss")->find("description")->text,
              "Share of messages lost, each way. Default: 0.5 %.");
}

TEST(Schema, HasOneKindOfStepForEachVerb) {
    const Node root = schema();
    const Node* steps = root.find("properties")->find("timeline")->find("items")->find("oneOf");
    ASSERT_EQ(steps->children.size(), verbs().size());
    const Node* request = steps->children[0].find("properties");
    EXPECT_EQ(request->find("do")->find("const")->text, "request");
    EXPECT_EQ(request->find("service")->find("enum")->children.size(), words().services.size());
}

TEST(Json, EscapesWhatNeedsIt) {
    EXPECT_EQ(json_text("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
    EXPECT_EQ(json_object({{"a", "1"}, {"b", json_array({"2", "3"})}}), "{\"a\":1,\"b\":[2,3]}");
    EXPECT_EQ(json_pretty("{\"a\":[],\"b\":\"{,}\"}"), "{\n  \"a\": [],\n  \"b\": \"{,}\"\n}\n");
}

}  // namespace
}  // namespace meterbed::scenario
