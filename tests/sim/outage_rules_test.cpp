// The decisions of hubs, WAN and DCC that a bench and a fleet share.
#include "sim/network/outage_rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "sim/errors.h"
#include "sim/faults.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using testing::kStart;

const Streams kStreams{1, 0};

HubSupply dark(const HubRules& rules) {
    HubSupply hub = full(rules);
    lose_mains(hub, kStart, rules);
    return hub;
}

TEST(CutDepth, TheFirstOfOverlappingCutsCountsAndTheLastEndsIt) {
    CutDepth depth;
    EXPECT_TRUE(cut_begins(depth, CutCause::network).hub);
    EXPECT_FALSE(cut_begins(depth, CutCause::network).hub);
    EXPECT_FALSE(cut_ends(depth, CutCause::network).hub);
    const CutEffect last = cut_ends(depth, CutCause::network);
    EXPECT_TRUE(last.hub && last.meter);
}

TEST(CutDepth, AMeterKeepsItsSupplyWhileItsFirmwareDarkensTheHub) {
    CutDepth depth;
    const CutEffect firmware = cut_begins(depth, CutCause::firmware);
    EXPECT_TRUE(firmware.hub && !firmware.meter);
    const CutEffect network = cut_begins(depth, CutCause::network);
    EXPECT_TRUE(!network.hub && network.meter);
    EXPECT_FALSE(cut_ends(depth, CutCause::firmware).hub);
    const CutEffect end = cut_ends(depth, CutCause::network);
    EXPECT_TRUE(end.hub && end.meter);
}

TEST(CutDepth, CutsBeyondCountingAreRefused) {
    CutDepth depth;
    for (int i = 0; i < 255; ++i) cut_begins(depth, CutCause::network);
    EXPECT_THROW(cut_begins(depth, CutCause::network), SimulationError);
    EXPECT_FALSE(cut_ends(depth, CutCause::network).hub);
}

TEST(OutageDraws, NoTwoDrawsAreTheSame) {
    const OutageDraws draws(kStreams);
    std::set<double> seen;
    std::size_t n = 0;
    const auto add = [&](double draw) { n += 1, seen.insert(draw); };
    for (std::int32_t home = 0; home < 5; ++home) {
        for (std::uint16_t loss = 1; loss < 5; ++loss) {
            add(draws.report_delay(home, loss));
            add(draws.sampling(home, loss));
            add(draws.attach(home, loss));
            add(draws.message(home, loss).uniform);
            add(draws.message(home, loss).normal);
            for (std::uint8_t attempt = 1; attempt < 4; ++attempt) {
                add(draws.outage_event(home, loss, attempt).uniform);
                add(draws.outage_event(home, loss, attempt).normal);
            }
        }
    }
    EXPECT_EQ(seen.size(), n);
    EXPECT_EQ(draws.attach(3, 1), OutageDraws(kStreams).attach(3, 1));
    EXPECT_NE(draws.attach(3, 1), OutageDraws(Streams{2, 0}).attach(3, 1));
}

TEST(RadioCell, ServesOneAfterTheOther) {
    RadioCell cell;
    EXPECT_EQ(take_turn(cell, kStart, 20, Time::max()), kStart);
    EXPECT_EQ(take_turn(cell, kStart, 20, Time::max()), kStart + 50ms);
    EXPECT_EQ(take_turn(cell, kStart + 10s, 20, Time::max()), kStart + 10s) << "idle in between";
}

TEST(RadioCell, WhoGivesUpTakesNobodysTurn) {
    RadioCell cell;
    take_turn(cell, kStart, 1, Time::max());
    EXPECT_EQ(take_turn(cell, kStart, 1, kStart + 1s), kStart + 1s) << "as late as it gives up";
    EXPECT_EQ(take_turn(cell, kStart, 1, Time::max()), kStart + 1s) << "the turn is still free";
}

TEST(RadioCell, WithoutALimitServesAllAtOnce) {
    RadioCell cell;
    for (int i = 0; i < 100; ++i) EXPECT_EQ(take_turn(cell, kStart, 0, kStart + 1s), kStart);
}

TEST(AttemptLoss, TheAttemptsTogetherDeliverTheShare) {
    for (const int attempts : {1, 3, 10}) {
        EXPECT_NEAR(1 - std::pow(attempt_loss(0.75, attempts), attempts), 0.75, 1e-12);
    }
    EXPECT_EQ(attempt_loss(1, 3), 0);
    EXPECT_EQ(attempt_loss(0, 3), 1);
}

TEST(AlertCount, PassesTheFirstOfAWindowAndThenOneAPeriod) {
    const AlertStormRules one{1, 1h};
    AlertCount count;
    EXPECT_TRUE(passes(count, kStart, one));
    EXPECT_FALSE(passes(count, kStart + 1h - 1us, one));
    EXPECT_TRUE(passes(count, kStart + 1h, one)) << "a new window";
    EXPECT_FALSE(passes(count, kStart + 1h + 1us, one));
    const AlertStormRules three{3, 1h};
    AlertCount other;
    int passed = 0;
    for (int i = 0; i < 10; ++i) passed += passes(other, kStart + 1min * i, three) ? 1 : 0;
    EXPECT_EQ(passed, 3);
}

TEST(AlertCount, PassesOneAPeriodWhileTheStormLasts) {
    const AlertStormRules three{3, 1h};
    AlertCount count;
    const auto passed_of = [&](int copies, Duration from) {
        int passed = 0;
        for (int i = 0; i < copies; ++i) passed += passes(count, kStart + from + 1min * i, three) ? 1 : 0;
        return passed;
    };
    EXPECT_EQ(passed_of(10, 0h), 3);
    EXPECT_EQ(passed_of(10, 1h), 1) << "SECMP0062: above the threshold one a period";
    EXPECT_EQ(passed_of(3, 2h), 1) << "the hour before had more than the threshold";
    EXPECT_EQ(passed_of(10, 3h), 3) << "the hour before had not, so the storm was over";
    EXPECT_EQ(passed_of(10, 5h), 3) << "an hour without any";
}

TEST(ReportNow, SendsUntilTheAttemptsAreUsedUp) {
    Settings settings;
    settings.hub_hold_up = 1h;
    const HubRules rules = hub_rules(settings);
    HubSupply hub = dark(rules);
    for (int attempt = 1; attempt <= settings.outage_alert_attempts; ++attempt) {
        EXPECT_TRUE(report_now(hub, 1, kStart + 180s + 60s * attempt, rules).send);
        EXPECT_EQ(hub.reports, attempt);
    }
    const ReportDecision last = report_now(hub, 1, kStart + 10min, rules);
    EXPECT_FALSE(last.send);
    EXPECT_EQ(last.reason, reasons::radio);
    EXPECT_EQ(report_now(hub, 1, kStart + 11min, rules).reason, "") << "the reason is recorded once";
}

TEST(ReportNow, GivesUpWithoutPowerAndIsSilentWhenTheMatterIsClosed) {
    const HubRules rules = hub_rules({});
    HubSupply dead = dark(rules);
    EXPECT_EQ(report_now(dead, 1, kStart + 420s, rules).reason, reasons::no_power);
    HubSupply back = dark(rules);
    restore_mains(back, kStart + 1min, rules, 0);
    EXPECT_FALSE(report_now(back, 1, kStart + 180s, rules).send);
    lose_mains(back, kStart + 2min, rules);
    EXPECT_FALSE(report_now(back, 1, kStart + 180s, rules).send) << "that loss is over";
    EXPECT_TRUE(report_now(back, 2, kStart + 5min, rules).send);
    heard(back, 1);
    EXPECT_FALSE(back.told) << "an old report";
    heard(back, 2);
    EXPECT_FALSE(report_now(back, 2, kStart + 6min, rules).send);
}

TEST(RestoreMains, TellsOfALossBeyondTheHoldThatNobodyHeardOf) {
    const HubRules rules = hub_rules({});
    const OutageDraws draws(kStreams);
    const auto unreported = [&](Duration lasted, bool told) {
        HubSupply hub = dark(rules);
        hub.told = told;
        return restore_mains(hub, kStart + lasted, rules, draws, 7);
    };
    EXPECT_FALSE(unreported(180s - 1us, false));
    EXPECT_TRUE(unreported(180s, false));
    EXPECT_FALSE(unreported(180s, true));
}

TEST(PassesOn, WaitsForAHubThatStarts) {
    const HubRules rules = hub_rules({});
    HubSupply hub = dark(rules);
    EXPECT_EQ(passes_on(hub, kStart + 1min), kStart + 1min);
    EXPECT_EQ(passes_on(hub, kStart + 8min), std::nullopt);
    restore_mains(hub, kStart + 10min, rules, 0);
    EXPECT_EQ(passes_on(hub, kStart + 10min + 5s), hub.works_from);
    EXPECT_EQ(passes_on(hub, kStart + 1h), kStart + 1h);
}

struct Wireless : ::testing::Test {
    CellFate fate(std::uint8_t attempt = 1, bool wan_down = false) {
        const OutageAttempt event{5, 1, attempt, kStart, kStart + 420s};
        return outage_event_fate(cell, event, kStart + 190s, settings, site, draws, wan_down);
    }
    Settings settings;
    Site site;
    RadioCell cell;
    OutageDraws draws{kStreams};
};

TEST_F(Wireless, ABusyCellOutlastsTheStore) {
    cell.free_at = kStart + 420s;
    const CellFate queued = fate();
    EXPECT_EQ(queued.lost, reasons::no_power);
    const OutageAttempt event{5, 1, 1, kStart, kStart + 420s};
    EXPECT_EQ(next_look(event, queued, kStart + 190s, hub_rules(settings)), kStart + 420s);
}

TEST_F(Wireless, AnOutageEventTakesTheLatencyOfItsRegion) {
    settings.outage_alert_delivery_central = 1;
    settings.outage_alert_latency_sigma = 0;
    const CellFate heard = fate();
    EXPECT_EQ(heard.lost, "");
    EXPECT_EQ(heard.arrives, heard.turn + 35s);
    EXPECT_EQ(fate(1, true).lost, reasons::wan_outage);
    settings.outage_alert_delivery_central = 0;
    const CellFate lost = fate();
    EXPECT_EQ(lost.lost, reasons::radio);
    const OutageAttempt event{5, 1, 1, kStart, kStart + 420s};
    EXPECT_EQ(next_look(event, lost, kStart + 190s, hub_rules(settings)), lost.turn + 60s);
}

TEST(DccAlertRules, WithholdWhatCannotOrShallNotBeSent) {
    Settings settings;
    Site site;
    AlertCount count;
    EXPECT_EQ(ad1_withheld(dcc_alert_rules(settings), site, kStart, kStart + 1h, count), "");
    settings.firmware_suppresses_alerts = true;
    EXPECT_EQ(ad1_withheld(dcc_alert_rules(settings), site, kStart, kStart + 1h, count),
              reasons::firmware_job);
    EXPECT_EQ(ad1_withheld(dcc_alert_rules(settings), site, kStart, kStart, count), "") << "the job is over";
    site.mpxn_known = false;
    EXPECT_EQ(ad1_withheld(dcc_alert_rules(settings), site, kStart, {}, count), reasons::no_mpxn);
    settings.faults.emplace_back(broken::reports_without_mpxn);
    EXPECT_EQ(ad1_withheld(dcc_alert_rules(settings), site, kStart, {}, count), "");
}

TEST(DccAlertRules, StormProtectionSparesTheAlertsOnItsList) {
    Settings settings;
    settings.alert_storm_threshold = 1;
    settings.alert_storm_exclusions = {"8F36", "8F35"};
    const DccAlertRules rules = dcc_alert_rules(settings);
    AlertCount excluded, other, ad1;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(alert_withheld(rules, 0x8F35, kStart, excluded), "");
    EXPECT_EQ(alert_withheld(rules, 0x8F37, kStart, other), "");
    EXPECT_EQ(alert_withheld(rules, 0x8F37, kStart, other), reasons::alert_storm);
    EXPECT_EQ(ad1_withheld(rules, Site{}, kStart, {}, ad1), "");
    EXPECT_EQ(ad1_withheld(rules, Site{}, kStart, {}, ad1), reasons::alert_storm)
        << "AD1 is not on this list";
}

TEST(Faults, BreakTheRulesTheyName) {
    Settings settings;
    Site site;
    site.polyphase = true;
    OutageClock clock;
    supply_lost(clock, kStart);
    EXPECT_EQ(supply_restored(clock, kStart + 3min, outage_codes(settings, site))->alert_code, 0x8F38);
    settings.faults = {std::string(broken::swaps_restoration_codes), std::string(broken::reports_short_cuts)};
    supply_lost(clock, kStart);
    EXPECT_EQ(supply_restored(clock, kStart + 3min, outage_codes(settings, site))->alert_code, 0x8F37);
    EXPECT_EQ(hub_rules(settings).outage_hold, 60s);
    EXPECT_EQ(hub_rules({}).outage_hold, 180s);
}

}  // namespace
}  // namespace meterbed
