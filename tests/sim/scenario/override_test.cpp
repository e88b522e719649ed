// `--set`.
#include <gtest/gtest.h>

#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

using namespace std::chrono_literals;

const std::string kStory =
    story({{"settings", "{wan loss: 1 %}"},
           {"compare", "{as-is: {}, lossy: {wan loss: 9 %}}"},
           {"timeline",
            "[{at: start, do: request, service: \"4.10\", by: east-midlands, target: street, "
            "as: first read}]"}});

TEST(Override, APathNamesAPlace) {
    const Loaded loaded = load(kStory, {{"population.street.premises", "100"},
                                        {"run.repeat", "7"},
                                        {"timeline[0].over", "1 h"},
                                        {"title", "Another title"}});
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(loaded.scenario->populations[0].premises, 100);
    EXPECT_EQ(loaded.scenario->repeats, 7);
    EXPECT_EQ(std::get<RequestStep>(loaded.scenario->timeline[0].action).over, 1h);
    EXPECT_EQ(loaded.scenario->title, "Another title");
}

TEST(Override, AStepIsFoundByItsLabel) {
    const Loaded loaded = load(kStory, {{"timeline.first read.at", "start + 2 h"}});
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(to_text(loaded.scenario->timeline[0].at), "2020-03-02T08:00:00.000000Z");
}

TEST(Override, ASettingChangesTheCommonSettings) {
    const Loaded loaded = load(kStory, {{"wan loss", "2 %"}, {"registration lag", "1 to 2 days"}});
    ASSERT_TRUE(loaded.scenario);
    EXPECT_DOUBLE_EQ(loaded.scenario->variants[0].settings.wan_loss, 0.02);
    EXPECT_DOUBLE_EQ(loaded.scenario->variants[1].settings.wan_loss, 0.09);  // its own value stays
    EXPECT_EQ(loaded.scenario->variants[1].settings.registration_lag_max, 48h);
}

TEST(Override, ASettingNeedsNoSettingsSection) {
    const Loaded loaded = load(story(), {{"retries", "0"}});
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(loaded.scenario->variants[0].settings.retries, 0);
}

TEST(Override, AVariantIsReachedByItsPath) {
    const Loaded loaded = load(kStory, {{"compare.as-is.gates", "[caller holds cell]"}});
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(loaded.scenario->variants[0].settings.gates, (std::vector<std::string>{"caller holds cell"}));
}

TEST(Override, TheKeptTextIsTheScenarioThatRan) {
    const Loaded loaded = load(kStory, {{"wan loss", "2 %"}});
    ASSERT_TRUE(loaded.scenario);
    const Loaded again = load(loaded.scenario->text);
    ASSERT_TRUE(again.scenario) << loaded.scenario->text;
    EXPECT_DOUBLE_EQ(again.scenario->variants[0].settings.wan_loss, 0.02);
    EXPECT_EQ(loaded.scenario->text.substr(0, 24), "# --set 'wan loss=2 %'\nt");
}

TEST(Override, MistakesAreFiledUnderSet) {
    const auto problems = load(kStory, {{"run.repeat", "0"}}).problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].file, "--set");
    EXPECT_EQ(problems[0].line, 0);
    EXPECT_EQ(problems[0].path, "run.repeat");
}

TEST(Override, BadPathsAndValues) {
    const auto bad = [](const std::string& key, const std::string& value) {
        return mistake(kStory, {{key, value}});
    };
    EXPECT_EQ(bad("wan los", "1 %"), "no key and no setting is called 'wan los' [did you mean 'wan loss'?]");
    EXPECT_EQ(bad("populaton.street.premises", "1"),
              "no key and no setting is called 'populaton' [did you mean 'population'?]");
    EXPECT_EQ(bad("population.street.premisses", "1"), "unknown key 'premisses' [did you mean 'premises'?]");
    EXPECT_EQ(bad("run.seed.x", "1"), "there is no 'x' in 'run.seed.x': a single value stands there");
    EXPECT_EQ(bad("timeline[9].at", "start").substr(0, 22), "nothing is called '9' ");
    EXPECT_EQ(bad("run..seed", "1"), "the path 'run..seed' has an empty part");
    EXPECT_EQ(bad("", "1"), "the path '' has an empty part");
    EXPECT_EQ(bad("run.repeat", "[1").substr(0, 10), "not YAML: ");
    EXPECT_EQ(bad("run.repeat", ""), "a whole number is expected here, and nothing is written");
    std::string deep = "settings";
    for (int i = 0; i < 100'000; ++i) deep += ".a";
    EXPECT_EQ(bad(deep, "1"), "the path has more than 16 parts");
}

}  // namespace
}  // namespace meterbed::scenario
