// The parts of YAML that a story does not need, and texts that mean harm.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <random>

#include "sim/scenario/suggest.h"
#include "sim/scenario/yaml_reader.h"
#include "tests/places.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

std::string shipped(const std::string& name) {
    std::ifstream stream(testing::source_dir() / "scenarios" / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Yaml, PlacesAreLinesAndColumnsFromOne) {
    const auto problems = load(story() + "measure:\n  - repairs\n  -  repair\n").problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].file, "story.yaml");
    EXPECT_EQ(problems[0].line, 9);
    EXPECT_EQ(problems[0].column, 6);
    EXPECT_EQ(problems[0].path, "measure[1]");
}

TEST(Yaml, AMistakeInAKeyPointsAtTheKey) {
    const auto problems =
        load(story({{"run", "{seed: 1, start: 2020-03-02, length: 2 days, repat: 3}"}})).problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].line, 4);
    EXPECT_EQ(problems[0].column, 51);
    EXPECT_EQ(problems[0].path, "run.repat");
    EXPECT_EQ(problems[0].suggestion, "did you mean 'repeat'?");
}

TEST(Yaml, WhatAStoryDoesNotNeedIsRefused) {
    EXPECT_EQ(mistake(story() + "title: again\n"), "the key 'title' appears twice");
    EXPECT_EQ(mistake(story({{"title", "&name A story"}})),
              "an anchor (&) is not read here [write the value where it is needed]");
    EXPECT_EQ(mistake(story({{"title", "!!str A story"}})).substr(0, 6), "a tag ");
    EXPECT_EQ(mistake(story() + "---\ntitle: b\n"),
              "a second document (---) in the file [write one scenario per file]");
    EXPECT_EQ(mistake(story({{"settings", "{<<: {retries: 1}}"}})),
              "a merge key (<<) is not read here [write the entries again]");
    EXPECT_EQ(mistake(story({{"settings", "{? [a] : b}"}})), "a key must be a word");
    EXPECT_NE(mistake(story({{"title", "&a x"}, {"measure", "[*a]"}})).find("an alias (*) is not read here"),
              std::string::npos);
}

TEST(Yaml, KeysAreNoTruthValues) {
    for (const std::string key : {"on", "off", "yes", "NO", "True"}) {
        EXPECT_EQ(mistake(story({{"users", "{" + key + ": ED}"}})),
                  "a key must not be called '" + key +
                      "' [YAML readers take it for true or false; use another word]");
    }
}

TEST(Yaml, SyntaxErrorsBecomeOneProblemWithItsLine) {
    const auto problems = load("title: a\nrun: {seed: 1\nmeasure: ]\n").problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_GE(problems[0].line, 2);
    EXPECT_EQ(problems[0].message.substr(0, 10), "not YAML: ");
}

TEST(Yaml, TextsThatAreNoYaml) {
    EXPECT_EQ(mistake(""), "the file holds no scenario");
    EXPECT_EQ(mistake("# nothing but a comment\n"), "the file holds no scenario");
    EXPECT_EQ(mistake(std::string("title: a\0b", 10)),
              "a control character [save the file as plain UTF-8 text]");
    EXPECT_EQ(mistake("title: \xff\xfe"), "not UTF-8 text [save the file as plain UTF-8 text]");
    EXPECT_EQ(mistake("title: \xc0\x80"), "not UTF-8 text [save the file as plain UTF-8 text]");
    EXPECT_EQ(mistake("title: \xed\xa0\x80"), "not UTF-8 text [save the file as plain UTF-8 text]");
    EXPECT_EQ(mistake("run:\n\tseed: 1\n"), "a tab as indentation [indent with spaces]");
    EXPECT_EQ(mistake(story({{"title", "Der Z\xc3\xa4hler \xe2\x82\xac"}})), "");
}

TEST(Yaml, FilesThatCannotBeRead) {
    const auto message = [](const std::string& path) {
        const Loaded loaded = load_file(path, {}, words());
        return loaded.problems.size() == 1 ? loaded.problems[0].message : "";
    };
    EXPECT_EQ(message("/there/is/no/such/file.yaml"), "there is no such file");
    EXPECT_EQ(message(testing::source_dir().string()), "this is a directory, not a file");
    EXPECT_EQ(message(""), "there is no such file");
    EXPECT_EQ(message(std::string("a\0b", 3)), "there is no such file");
}

TEST(Hostile, DeepNestingIsRefused) {
    for (const std::string part : {"[", "{a: ", "- ", "? ", "[{a: ", "- - ? "}) {
        std::string text = "title: ";
        if (part[0] == '-' || part[0] == '?') text.clear();
        while (text.size() < 300'000) text += part;
        EXPECT_FALSE(load(text).scenario) << part;
        EXPECT_FALSE(load(text).problems.empty()) << part;
    }
    std::string ladder;
    for (std::size_t i = 0; i < 400; ++i) ladder += std::string(i, ' ') + "a:\n";
    EXPECT_EQ(mistake(ladder), "lists and maps are nested more than 64 deep");
}

TEST(Hostile, AliasesAreNotExpanded) {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 40; ++i) {
        const std::string last = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 9; ++k) text += last + ", ";
        text += "]\n";
    }
    EXPECT_FALSE(load(text).scenario);
}

TEST(Hostile, ManyMistakesAreCut) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "key" + std::to_string(i) + ": 1\n";
    const auto problems = load(text).problems;
    EXPECT_EQ(problems.size(), 501U);
    EXPECT_EQ(problems.back().message, "and 4506 more mistakes");
    std::string list = "a: [";
    for (int i = 0; i < 20'000; ++i) list += "x,";
    EXPECT_NE(mistake(list + "]").find("more than 10000 entries"), std::string::npos);
    EXPECT_EQ(mistake(std::string((1U << 20U) + 1, 'a')),
              "the file is larger than 1 MiB [a scenario is a story of a page or two]");
    EXPECT_FALSE(load(std::string(1U << 20U, 'a')).scenario);
    EXPECT_FALSE(load(std::string(500'000, 'a') + ": " + std::string(500'000, 'b')).scenario);
}

TEST(Hostile, EveryTruncationIsReadOrRefused) {
    const std::string text = shipped("wrong-network-operator-certificate.yaml");
    ASSERT_FALSE(text.empty());
    for (std::size_t length = 0; length < text.size(); ++length) {
        const Loaded loaded = load(text.substr(0, length));
        EXPECT_NE(loaded.scenario.has_value(), !loaded.problems.empty()) << length;
    }
}

TEST(Hostile, EveryDamagedByteIsReadOrRefused) {
    const std::string text = shipped("wrong-network-operator-certificate.yaml");
    std::mt19937 draw(7);  // fixed: the same damage every time
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string damaged = text;
        damaged[at] = static_cast<char>(
            "[]{}:,-#&*!|>'\"%@`?\n \t\0\xff\x07"
            "9$z"[draw() % 28]);
        const Loaded loaded = load(damaged);
        EXPECT_NE(loaded.scenario.has_value(), !loaded.problems.empty()) << at;
    }
    for (int round = 0; round < 500; ++round) {
        std::string noise(200, '\0');
        for (char& c : noise) c = static_cast<char>(draw());
        EXPECT_FALSE(load(noise).scenario);
        for (char& c : noise) c = "[]{}:,-#&*!|>'\"%?\n a1"[draw() % 22];
        EXPECT_FALSE(load(noise).scenario);
    }
}

TEST(Suggest, TheNearestWord) {
    EXPECT_EQ(edit_distance("target", "targt"), 1U);
    EXPECT_EQ(edit_distance("target", "taregt"), 1U);
    EXPECT_EQ(edit_distance("Target", "target"), 0U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(nearest("targt", {"title", "target"}), "target");
    EXPECT_EQ(nearest("wholly different", {"title", "target"}), "");
    EXPECT_EQ(did_you_mean("x", {"one", "two", "three"}), "known here: one, two or three");
    EXPECT_EQ(did_you_mean(std::string(100'000, 'a'), {"one"}), "known here: one");
}

TEST(Writer, ReadsBackAsTheSameTree) {
    const std::string text = story({{"title", "\"quotes \\\" and: colons, [brackets] # no comment\""},
                                    {"users", "{\"a.b, c\": [ED], \"'\": ED}"},
                                    {"compare", "{as-is: , \"4.10\": {wan loss: 1 %}}"}});
    Problems problems("text");
    const auto tree = read_yaml(text, problems);
    ASSERT_TRUE(tree);
    const std::string written = write_yaml(*tree);
    const auto again = read_yaml(written, problems);
    ASSERT_TRUE(again) << written;
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(write_yaml(*again), written);
    EXPECT_EQ(again->find("title")->text, "quotes \" and: colons, [brackets] # no comment");
    EXPECT_EQ(again->find("users")->children[0].key, "a.b, c");
    EXPECT_EQ(mistake(written), mistake(text));
}

}  // namespace
}  // namespace meterbed::scenario
