// Scenario files: the shipped ones load, the bad ones say why not.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/scenario/memory.h"
#include "sim/scenario/run.h"
#include "sim/scenario/supply.h"
#include "tests/places.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files(const std::string& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(testing::source_dir() / folder)) {
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
    EXPECT_GE(files.size(), 6U);
    for (const fs::path& file : files) {
        const Loaded loaded = load_file(file.string(), {}, vocabulary());
        EXPECT_TRUE(loaded.scenario) << file << "\n" << listing(loaded);
    }
}

TEST(ScenarioFiles, TheSmets1StoryHoldsWhatItSays) {
    const Loaded loaded = load_file(
        testing::source_dir().string() + "/scenarios/wrong-network-operator-certificate.yaml", {}, words());
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

TEST(ScenarioFiles, TheStormCutsAsManyCustomersAsTheReviewCounted) {
    const Loaded loaded =
        load_file(testing::source_dir().string() + "/scenarios/storm-2013.yaml", {}, vocabulary());
    ASSERT_TRUE(loaded.scenario) << listing(loaded);
    const Scenario& storm = *loaded.scenario;
    EXPECT_EQ(storm.scale, Scale::fleet);
    ASSERT_EQ(storm.populations.size(), 14U) << "GSP groups";
    const MemoryEstimate estimate = memory_estimate(storm);
    EXPECT_EQ(estimate.premises, 29'700'000U);
    EXPECT_NEAR(static_cast<double>(estimate.cuts), 2'000'000, 50'000);
    // The same with the feeders drawn: how many lost supply, and how many for more than three minutes.
    std::int64_t cut = 0;
    std::int64_t long_cut = 0;
    const Supply told = supply(storm, {}, {storm.seed, 0}, 0);
    for (const PowerCut& each : told.story.cuts) {
        cut += each.homes.size();
        if (each.end - each.start > std::chrono::minutes{3}) long_cut += each.homes.size();
    }
    EXPECT_NEAR(static_cast<double>(long_cut) / static_cast<double>(cut), 0.48, 0.05);
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
