// The built-in tables, and the defaults that rest on them.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "sim/csv.h"
#include "sim/embedded.h"
#include "sim/scenario/figures.h"
#include "sim/scenario/run.h"
#include "sim/scenario/settings_table.h"
#include "tests/places.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

std::string file_text(const std::string& path) {
    std::ifstream stream(testing::source_dir() / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Tables, AreBuiltInAsTheyStandInTheFolder) {
    EXPECT_EQ(figures_csv(), file_text("scenarios/figures.csv"));
    EXPECT_EQ(service_requests_csv(), file_text("scenarios/service_requests.csv"));
}

TEST(Tables, HoldEveryServiceRequestVariantOnce) {
    const CsvTable table = parse_csv(service_requests_csv());
    EXPECT_EQ(table.rows.size(), 129U);  // figure srv_count
    std::set<std::string> names;
    for (const auto& row : table.rows) names.insert(row[table.column("srv")]);
    EXPECT_EQ(names.size(), 129U);
}

TEST(Tables, EveryFigureHasASourceAndAConfidence) {
    const std::set<std::string> levels{"high", "medium", "low"};
    std::set<std::string> names;
    for (const Figure& figure : all_figures()) {
        EXPECT_FALSE(figure.source.empty()) << figure.name;
        EXPECT_TRUE(levels.count(figure.confidence)) << figure.name;
        EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
    }
}

TEST(Tables, ReadStrictly) {
    const CsvTable table = parse_csv("a,b\n\"1, 2\",\"say \"\"yes\"\"\"\r\n,\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0], (std::vector<std::string>{"1, 2", "say \"yes\""}));
    EXPECT_EQ(table.rows[1], (std::vector<std::string>{"", ""}));
    EXPECT_THROW(table.column("c"), std::invalid_argument);
    for (const char* broken :
         {"", "a,b\n1\n", "a,b\n1,2,3\n", "a\n\"1\n", "a\n1\"2\n", "a,a\n", "a\n\"1\"2\n"}) {
        EXPECT_THROW(parse_csv(broken), std::invalid_argument) << broken;
    }
}

/// The value of a setting, in words that two settings share only when they are equal.
std::string shown(const SettingRow& row, const Settings& settings) {
    struct Show {
        const Settings& s;
        std::string operator()(double Settings::*field) const { return std::to_string(s.*field); }
        std::string operator()(Duration Settings::*field) const { return std::to_string((s.*field).count()); }
        std::string operator()(int Settings::*field) const { return std::to_string(s.*field); }
        std::string operator()(bool Settings::*field) const { return s.*field ? "yes" : "no"; }
        std::string operator()(const RangeField& range) const {
            return std::to_string((s.*range.first).count()) + " " + std::to_string((s.*range.second).count());
        }
        std::string operator()(std::vector<std::string> Settings::*field) const {
            std::string text;
            for (const auto& word : s.*field) text += (text.empty() ? "" : "|") + word;
            return text.empty() ? "none" : text;
        }
    };
    return std::visit(Show{settings}, row.field);
}

Settings with(const SettingRow& row, const std::string& value) {
    const std::string text = story({{"settings", "{" + std::string(row.name) + ": " + value + "}"}});
    const Loaded loaded = load_text(text, "story.yaml", {}, vocabulary());
    EXPECT_TRUE(loaded.scenario) << row.name << ": " << value;
    return loaded.scenario ? loaded.scenario->variants.front().settings : Settings{};
}

TEST(Defaults, ReadAsTheyAreWritten) {
    for (const SettingRow& row : setting_rows()) {
        EXPECT_EQ(shown(row, with(row, std::string(row.default_text))), shown(row, Settings{})) << row.name;
    }
}

TEST(Defaults, AreFigures) {
    for (const SettingRow& row : setting_rows()) {
        const Figure* figure = find_figure(row.figure);
        ASSERT_NE(figure, nullptr) << row.name;
        const bool words = row.shape == Shape::gates || row.shape == Shape::alert_codes ||
                           row.shape == Shape::faults || row.shape == Shape::flag;
        if (words) {
            EXPECT_EQ(figure->value, shown(row, Settings{})) << row.name;
        } else if (row.shape == Shape::durations) {
            const std::string both = "$" + std::string(row.figure) + " to $" + std::string(row.upper_figure);
            EXPECT_EQ(shown(row, with(row, both)), shown(row, Settings{})) << row.name;
        } else {
            EXPECT_EQ(shown(row, with(row, "$" + std::string(row.figure))), shown(row, Settings{}))
                << row.name;
        }
    }
}

TEST(Defaults, AreListedUnlessEveryVariantSaysOtherwise) {
    const auto listed = [](const std::string& text, const std::string& name) {
        const Loaded loaded = load(text);
        EXPECT_TRUE(loaded.scenario) << mistake(text);
        if (!loaded.scenario) return false;
        for (const std::string& line : loaded.scenario->defaults) {
            if (line.rfind(name + " = ", 0) == 0) return true;
        }
        return false;
    };
    EXPECT_TRUE(listed(story(), "wan loss"));
    EXPECT_FALSE(listed(story({{"settings", "{wan loss: 1 %}"}}), "wan loss"));
    EXPECT_FALSE(listed(story({{"compare", "{a: {wan loss: 1 %}, b: {wan loss: 2 %}}"}}), "wan loss"));
    EXPECT_TRUE(listed(story({{"compare", "{a: {wan loss: 1 %}, b: {}}"}}), "wan loss"));
    EXPECT_EQ(load(story()).scenario->defaults.size(), setting_rows().size());
    EXPECT_EQ(load(story()).scenario->defaults[1],
              "wan loss = 0.5 % ($wan_message_loss_prob, low: ASSUMPTION)");
}

}  // namespace
}  // namespace meterbed::scenario
