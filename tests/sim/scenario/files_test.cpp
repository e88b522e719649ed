// Scenario files: the shipped ones load, the bad ones say why not.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files(const std::string& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(std::string(METERBED_SOURCE_DIR) + "/" + folder)) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// "line: message [suggestion]" for each problem, as in the .expected files.
std::string listing(const Loaded& loaded) {
    std::string text;
    for (const Problem& problem : loaded.problems) {
        text += std::to_string(problem.line) + ": " + problem.message;
        if (!problem.suggestion.empty()) text += " [" + problem.suggestion + "]";
        text += "\n";
    }
    return text;
}

TEST(ScenarioFiles, TheShippedOnesLoad) {
    const auto files = yaml_files("scenarios");
    EXPECT_GE(files.size(), 2U);
    for (const fs::path& file : files) {
        const Loaded loaded = load_file(file.string(), {}, words());
        EXPECT_TRUE(loaded.scenario) << file << "\n" << listing(loaded);
    }
}

TEST(ScenarioFiles, TheSmets1StoryHoldsWhatItSays) {
    const Loaded loaded = load_file(
        std::string(METERBED_SOURCE_DIR) + "/scenarios/wrong-network-operator-certificate.yaml", {}, words());
    ASSERT_TRUE(loaded.scenario) << listing(loaded);
    const Scenario& story = *loaded.scenario;
    EXPECT_EQ(story.populations[0].kind, Kind::SMETS1);
    EXPECT_EQ(story.populations[0].premises, 5000);
    EXPECT_EQ(story.repeats, 20);
    EXPECT_EQ(story.variants[0].settings.gates.size(), 2U);
    EXPECT_EQ(story.variants[1].settings.gates.size(), 3U);
    ASSERT_EQ(story.timeline.size(), 4U);
    const auto& renewal = std::get<RequestStep>(story.timeline[0].action);
    EXPECT_DOUBLE_EQ(renewal.certificate->wrong_share, 0.005);
    EXPECT_EQ(renewal.certificate->wrong, "eastern");
    EXPECT_EQ(std::get<RepairStep>(story.timeline[3].action).target.failed, "correction");
}

TEST(ScenarioFiles, TheBadOnesSayWhyNot) {
    const auto files = yaml_files("tests/data/scenarios/bad");
    EXPECT_GE(files.size(), 8U);
    for (fs::path file : files) {
        const Loaded loaded = load_file(file.string(), {}, words());
        std::ifstream stream(file.replace_extension(".expected"), std::ios::binary);
        const std::string expected{std::istreambuf_iterator<char>(stream), {}};
        EXPECT_EQ(listing(loaded), expected) << file;
    }
}

}  // namespace
}  // namespace meterbed::scenario
