// The JSON Schema for editors: the tables of grammar.cpp and settings_table.cpp in another notation.
#include <string>
#include <vector>

#include "sim/scenario/grammar.h"
#include "sim/scenario/json.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/settings_table.h"

namespace meterbed::scenario {
namespace {

using Members = std::vector<std::pair<std::string_view, std::string>>;

constexpr std::string_view kTimeUnits = "(ms|s|min|h|hours?|days?|weeks?)";
constexpr std::string_view kNumber = "[0-9]+(\\.[0-9]+)?";
constexpr std::string_view kFigureName = "\\$[A-Za-z0-9_]+";

template <typename Range>
std::string closed(const Range& words) {
    std::vector<std::string> values;
    for (const std::string_view word : words) values.push_back(json_text(word));
    return json_object({{"enum", json_array(values)}});
}

std::string list_of(std::string items) {
    return json_object({{"type", json_text("array")}, {"items", std::move(items)}, {"uniqueItems", "true"}});
}

std::string map_of(std::string values) {
    return json_object({{"type", json_text("object")}, {"additionalProperties", std::move(values)}});
}

std::string either(std::vector<std::string> schemas) { return json_object({{"anyOf", json_array(schemas)}}); }

std::string type(std::string_view name) { return json_object({{"type", json_text(name)}}); }

/// Text of a form, an assumption of that form, or a figure.
std::string form(const std::string& pattern) {
    return json_object(
        {{"type", json_text("string")},
         {"pattern", json_text("^((assume )?" + pattern + "|" + std::string(kFigureName) + ")$")}});
}

std::string schema_of(const Key& key, const Vocabulary& words);

/// A schema with its description in front.
std::string described(std::string_view about, const std::string& schema) {
    const std::string text = "{\"description\":" + json_text(about);
    return schema.size() > 2 ? text + "," + schema.substr(1) : text + "}";
}

std::string map_of_keys(std::span<const Key> keys, const Vocabulary& words, std::string_view verb = {}) {
    Members properties;
    std::vector<std::string> required;
    for (const Key& key : keys) {
        const bool is_verb = key.name == "do" && !verb.empty();
        properties.emplace_back(
            key.name, described(key.about,
                                is_verb ? json_object({{"const", json_text(verb)}}) : schema_of(key, words)));
        if (key.required) required.push_back(json_text(key.name));
    }
    return json_object({{"type", json_text("object")},
                        {"properties", json_object(properties)},
                        {"required", json_array(required)},
                        {"additionalProperties", "false"}});
}

std::string setting_schema(const SettingRow& row, const Vocabulary& words) {
    std::string schema;
    if (row.shape == Shape::flag) {
        std::vector<std::string> values{"true", "false", json_text("yes"), json_text("no")};
        if (row.yes != "yes") values.insert(values.end(), {json_text(row.yes), json_text(row.no)});
        schema = json_object({{"enum", json_array(values)}});
    } else {
        schema = schema_of({row.name, false, row.shape, row.about}, words);
    }
    return described(std::string(row.about) + " Default: " + std::string(row.default_text) + ".", schema);
}

std::string settings_schema(const Vocabulary& words) {
    Members properties;
    for (const SettingRow& row : setting_rows())
        properties.emplace_back(row.name, setting_schema(row, words));
    return json_object({{"type", json_array({json_text("object"), json_text("null")})},
                        {"properties", json_object(properties)},
                        {"additionalProperties", "false"}});
}

std::string step_schema(const Vocabulary& words) {
    std::vector<std::string> schemas;
    for (const Verb& verb : verbs()) {
        schemas.push_back(described(verb.about, map_of_keys(verb.keys, words, verb.name)));
    }
    return json_object({{"oneOf", json_array(schemas)}});
}

/// Metrics by name, or variants that hold metrics by name: other keys are variants.
std::string expectations_schema(const Vocabulary& words) {
    const std::string comparison = either({type("string"), type("number")});
    Members metrics;
    for (const std::string& metric : words.metrics) metrics.emplace_back(metric, comparison);
    const std::string properties = json_object(metrics);
    const std::string variant = json_object(
        {{"type", json_text("object")}, {"properties", properties}, {"additionalProperties", "false"}});
    return json_object(
        {{"type", json_text("object")}, {"properties", properties}, {"additionalProperties", variant}});
}

std::string measures_schema(const Vocabulary& words) {
    Members metrics;
    for (const std::string& metric : words.metrics) {
        metrics.emplace_back(metric, json_object({{"const", json_text("by variant")}}));
    }
    return either({list_of(closed(words.metrics)), json_object({{"type", json_text("object")},
                                                                {"properties", json_object(metrics)},
                                                                {"additionalProperties", "false"}})});
}

std::string schema_of(const Key& key, const Vocabulary& words) {
    const std::string number(kNumber);
    const std::string duration = number + " ?" + std::string(kTimeUnits);
    switch (key.shape) {
        case Shape::text:
        case Shape::name:
        case Shape::table:
            return json_object({{"type", json_text("string")}, {"minLength", "1"}});
        case Shape::time:
            return type("string");
        case Shape::integer:
        case Shape::count:
            return either({json_object({{"type", json_text("integer")}, {"minimum", "0"}}), form("[0-9]+")});
        case Shape::integers:
            return either({json_object({{"type", json_text("integer")}, {"minimum", "0"}}),
                           form("[0-9]+( to [0-9]+)?")});
        case Shape::positive:
            return either({json_object({{"type", json_text("integer")}, {"minimum", "1"}}), form("[0-9]+")});
        case Shape::capacity:
            return either({json_object({{"type", json_text("number")}, {"exclusiveMinimum", "0"}}),
                           form("(any|" + number + ")")});
        case Shape::spread:
        case Shape::number:
            return either({json_object({{"type", json_text("number")}, {"minimum", "0"}}), form(number)});
        case Shape::share:
            return form(number + " ?%");
        case Shape::duration:
            return form(duration);
        case Shape::durations:
            return form("(" + number + "( ?" + std::string(kTimeUnits) + ")? to )?" + duration);
        case Shape::moment:
            return json_object(
                {{"type", json_text("string")}, {"pattern", json_text("^(start( *\\+.*)?|[0-9]{4}-.*)$")}});
        case Shape::flag:
            return json_object({{"enum", "[true,false,\"yes\",\"no\"]"}});
        case Shape::service:
            return closed(words.services);
        case Shape::choice:
            return closed(key.choices);
        case Shape::choices:
            return list_of(closed(key.choices));
        case Shape::gates:
            return list_of(closed(words.gates));
        case Shape::alert_codes:
            return list_of(closed(words.alert_codes));
        case Shape::faults:
            return list_of(closed(words.faults));
        case Shape::invariants:
            return list_of(closed(words.invariants));
        case Shape::report_sections:
            return list_of(closed(words.report_sections));
        case Shape::measures:
            return measures_schema(words);
        case Shape::target:
            return either({type("string"), map_of_keys(target_keys(), words)});
        case Shape::certificate:
            return map_of_keys(certificate_keys(), words);
        case Shape::wrong_certificate:
            return map_of_keys(wrong_certificate_keys(), words);
        case Shape::lasting:
            return either({schema_of({key.name, key.required, Shape::durations, key.about}, words),
                           map_of_keys(lasting_keys(), words)});
        case Shape::reclose:
            return map_of_keys(reclose_keys(), words);
        case Shape::consumption:
            return map_of_keys(consumption_keys(), words);
        case Shape::run:
            return map_of_keys(run_keys(), words);
        case Shape::settings:
            return settings_schema(words);
        case Shape::variants:
            return map_of(settings_schema(words));
        case Shape::users:
            return map_of(either({closed(kUserRoles), list_of(closed(kUserRoles))}));
        case Shape::populations:
            return map_of(map_of_keys(population_keys(), words));
        case Shape::timeline:
            return json_object({{"type", json_text("array")}, {"items", step_schema(words)}});
        case Shape::expectations:
            return expectations_schema(words);
    }
    return "{}";
}

}  // namespace

std::string json_schema(const Vocabulary& words) {
    const std::string body = map_of_keys(top_keys(), words);
    return json_pretty(
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"meterbed scenario\"," +
        body.substr(1));
}

}  // namespace meterbed::scenario
