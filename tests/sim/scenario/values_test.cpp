// Values and their units.
#include <gtest/gtest.h>

#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

using namespace std::chrono_literals;

Settings settings(const std::string& text) {
    const Loaded loaded = load(story({{"settings", "{" + text + "}"}}));
    EXPECT_TRUE(loaded.scenario) << mistake(story({{"settings", "{" + text + "}"}}));
    return loaded.scenario ? loaded.scenario->variants.front().settings : Settings{};
}

std::string bad_setting(const std::string& text) { return mistake(story({{"settings", "{" + text + "}"}})); }

TEST(Values, DurationsCarryTheirUnit) {
    EXPECT_EQ(settings("hub alert delay: 420 ms").hub_alert_delay, 420ms);
    EXPECT_EQ(settings("hub alert delay: 0 s").hub_alert_delay, 0s);
    EXPECT_EQ(settings("hub alert delay: 3min").hub_alert_delay, 3min);
    EXPECT_EQ(settings("hub alert delay: 1.5 h").hub_alert_delay, 90min);
    EXPECT_EQ(settings("hub alert delay: 1 day").hub_alert_delay, 24h);
    EXPECT_EQ(settings("hub alert delay: 2 weeks").hub_alert_delay, 14 * 24h);
}

TEST(Values, RangesShareAUnit) {
    const Settings both = settings("registration lag: 1 to 3 days");
    EXPECT_EQ(both.registration_lag_min, 24h);
    EXPECT_EQ(both.registration_lag_max, 72h);
    EXPECT_EQ(settings("registration lag: 12 h to 2 days").registration_lag_min, 12h);
    EXPECT_EQ(settings("registration lag: 2 days").registration_lag_max, 48h);
    EXPECT_EQ(bad_setting("registration lag: 3 to 1 days"), "the range '3 to 1 days' ends before it begins");
}

TEST(Values, SharesAreWrittenInPercent) {
    EXPECT_DOUBLE_EQ(settings("wan loss: 0.5 %").wan_loss, 0.005);
    EXPECT_EQ(settings("wan loss: 0.1 %").wan_loss, 0.001);
    EXPECT_EQ(bad_setting("wan loss: 0.005"), "'0.005' is no share [write it in percent, as '0.5 %']");
    EXPECT_EQ(bad_setting("wan loss: 101 %"), "'101 %' is more than 100 %");
    EXPECT_EQ(bad_setting("wan loss: -1 %"), "'-1 %' is negative");
}

TEST(Values, NumbersThatAreNone) {
    EXPECT_EQ(bad_setting("wan latency sigma: .nan"), "'.nan' does not start with a number");
    EXPECT_EQ(bad_setting("wan latency sigma: nan"), "'nan' does not start with a number");
    EXPECT_EQ(bad_setting("wan latency sigma: inf"), "'inf' does not start with a number");
    EXPECT_EQ(bad_setting("wan latency sigma: 0x10"), "the number '0x10' has a unit or other text behind it");
    EXPECT_EQ(bad_setting("wan latency sigma: 1" + std::string(400, '0')).substr(0, 11), "'1000000000");
    EXPECT_EQ(bad_setting("wan latency sigma: 9999999999999999999"), "'9999999999999999999' is too large");
    EXPECT_EQ(bad_setting("retries: 2.5"), "'2.5' is no whole number [write digits alone]");
    EXPECT_EQ(bad_setting("retries: 99999999999999999999999"),
              "'99999999999999999999999' is not between 0 and 100");
}

TEST(Values, BadDurationsNameTheWayToWriteThem) {
    const std::string hint = " [write it as '14 days', '6 h', '3 min', '30 s' or '420 ms']";
    EXPECT_EQ(bad_setting("retry interval: 30"), "the duration '30' has no unit" + hint);
    EXPECT_EQ(bad_setting("retry interval: 3 fortnights"), "'fortnights' is no unit of time" + hint);
    EXPECT_EQ(bad_setting("retry interval: -3 min"), "'-3 min' is negative");
    EXPECT_EQ(bad_setting("retry interval: 2000 weeks"), "'2000 weeks' is longer than 20 years");
    EXPECT_EQ(bad_setting("retry interval: [1 s]"), "a duration is expected here, not a list or map");
    EXPECT_EQ(bad_setting("retry interval: "), "a duration is expected here, and nothing is written");
}

TEST(Values, FlagsAreYesOrNo) {
    EXPECT_TRUE(settings("holder exception: allowed").holder_exception);
    EXPECT_TRUE(settings("holder exception: yes").holder_exception);
    EXPECT_FALSE(settings("meter alerts refusals: no").meter_alerts_refusals);
    EXPECT_EQ(bad_setting("holder exception: perhaps"), "'perhaps' is neither 'allowed' nor 'not allowed'");
}

TEST(Values, ACapacityIsAboveZeroOrAny) {
    EXPECT_EQ(settings("dcc alert capacity: any").dcc_alert_capacity, 0);
    EXPECT_EQ(settings("dcc alert capacity: $dcc_alert_capacity_per_s").dcc_alert_capacity, 0);
    EXPECT_EQ(settings("cell capacity mesh: 0.5").cell_capacity_mesh, 0.5);
    EXPECT_EQ(bad_setting("cell capacity mesh: 0"),
              "'0' is no capacity: nothing would get through [write 'any' for no limit]");
    EXPECT_EQ(bad_setting("dcc alert capacity: assume 0"),
              "'assume 0' is no capacity: nothing would get through [write 'any' for no limit]");
}

TEST(Values, SomeCountsBeginAtOneAndSpreadsAreSmall) {
    EXPECT_EQ(bad_setting("outage alert attempts: 0"), "'0' is not between 1 and 100");
    EXPECT_EQ(bad_setting("outage alert sampling: 0"), "'0' is not between 1 and 100");
    EXPECT_EQ(bad_setting("alert storm threshold: 0"), "'0' is not between 1 and 100");
    EXPECT_EQ(bad_setting("wan attach sigma: 6"),
              "'6' is above 5 [it counts in ln units: 1 is a factor of 2.7]");
}

TEST(Values, AFigureBringsItsUnitAndSource) {
    const Loaded loaded = load(story({{"settings", "{outage hold: $poa_hold_time_s}"}}));
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(loaded.scenario->variants.front().settings.outage_hold, 180s);
    ASSERT_EQ(loaded.scenario->figures.size(), 1U);
    const Figure& figure = loaded.scenario->figures.front();
    EXPECT_EQ(figure.name, "poa_hold_time_s");
    EXPECT_EQ(figure.value, "180");
    EXPECT_EQ(figure.unit, "s");
    EXPECT_EQ(figure.confidence, "high");
    EXPECT_EQ(figure.used_at, "settings.outage hold");
    EXPECT_NE(figure.source.find("DP096"), std::string::npos);
}

TEST(Values, AFigureThatDoesNotFit) {
    EXPECT_EQ(bad_setting("outage hold: $poa_hold_tim_s"),
              "figures.csv has no figure 'poa_hold_tim_s' [did you mean 'poa_hold_time_s'?]");
    EXPECT_EQ(bad_setting("outage hold: $poa_alert_code"),
              "the figure 'poa_alert_code' is no number but 'AD1'");
    EXPECT_EQ(bad_setting("wan loss: $poa_hold_time_s").substr(0, 30), "'$poa_hold_time_s' is no share");
}

TEST(Values, AnAssumptionIsRecordedWhereItIsMade) {
    const Loaded loaded =
        load(story({{"settings", "{wan loss: assume 2.5 %, registration lag: assume 1 to 3 days}"}}));
    ASSERT_TRUE(loaded.scenario);
    EXPECT_DOUBLE_EQ(loaded.scenario->variants.front().settings.wan_loss, 0.025);
    ASSERT_EQ(loaded.scenario->figures.size(), 3U);
    EXPECT_EQ(loaded.scenario->figures[0].name, "settings.wan loss");
    EXPECT_EQ(loaded.scenario->figures[0].value, "2.5");
    EXPECT_EQ(loaded.scenario->figures[0].unit, "%");
    EXPECT_EQ(loaded.scenario->figures[0].confidence, "assumption");
    EXPECT_EQ(loaded.scenario->figures[1].value, "1");
    EXPECT_EQ(loaded.scenario->figures[1].unit, "days");
    EXPECT_EQ(loaded.scenario->figures[2].value, "3");
}

TEST(Values, MomentsCountFromTheStart) {
    const auto at = [](const std::string& moment) {
        const Loaded loaded =
            load(story({{"timeline", "[{at: " + moment +
                                         ", do: request, service: \"4.10\", by: east-midlands, "
                                         "target: street}]"}}));
        return loaded.scenario ? to_text(loaded.scenario->timeline.front().at)
                               : (loaded.problems.empty() ? "" : loaded.problems.front().message);
    };
    EXPECT_EQ(at("start"), "2020-03-02T06:00:00.000000Z");
    EXPECT_EQ(at("start + 3 days"), "2020-03-05T06:00:00.000000Z");
    EXPECT_EQ(at("start+1 day+90 s"), "2020-03-03T06:01:30.000000Z");
    EXPECT_EQ(at("2020-03-04"), "2020-03-04T00:00:00.000000Z");
    EXPECT_EQ(at("start - 1 day"), "'start - 1 day' is no time");
    EXPECT_EQ(at("tomorrow"), "'tomorrow' is no time");
    EXPECT_EQ(at("2020-02-30"), "'2020-02-30' is no time");
    EXPECT_EQ(at("2020-03-01"), "'2020-03-01' is before the start, 2020-03-02T06:00:00.000000Z");
    EXPECT_EQ(at("start + 10 days"), "'start + 10 days' is not before the end, 2020-03-12T06:00:00.000000Z");
    EXPECT_EQ(at("start +"), "'' does not start with a number");
}

}  // namespace
}  // namespace meterbed::scenario
