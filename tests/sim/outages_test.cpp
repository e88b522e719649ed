// Outages with whole devices: what the hubs report and why not, what the DCC makes of it, and what the fold
// says.
#include "sim/metrics/outages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/errors.h"
#include "sim/faults.h"
#include "sim/metrics/metrics.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using testing::kStart;
using testing::quiet;
using testing::Town;

/// Nothing is left to chance: no delay, no spread.
WorldOptions exact() {
    WorldOptions options = quiet();
    options.settings.hub_alert_delay = 0s;
    options.settings.outage_alert_latency_sigma = 0;
    options.settings.wan_attach_sigma = 0;
    options.settings.wan_latency_sigma = 0;
    return options;
}

constexpr Time kDark = kStart + 1h;

struct Street {
    explicit Street(const WorldOptions& options = exact(), int homes = 1, const Site& site = {})
        : town(options) {
        for (int i = 0; i < homes; ++i) town.home(site);
    }

    void cut(NumberRange homes, Duration lasts, Duration after = 0s, CutCause cause = CutCause::network) {
        town.world.cut({++cuts, cause, homes, kDark + after, kDark + after + lasts, "cut"});
    }
    /// Runs three hours on.
    Outages finish() {
        town.world.run_until(kDark + 3h);
        return end().outages;
    }
    RunEnd end() const { return run_end(town.world, town.world.records()); }
    OutageRow only() {
        const Outages found = finish();
        EXPECT_EQ(found.rows.size(), 1U);
        return found.rows.at(0);
    }
    std::size_t count(std::string_view what, std::string_view code = "*") const {
        return town.count(what, code);
    }

    Town town;
    std::uint32_t cuts = 0;
};

Duration since_dark(std::int64_t time) { return Time{Duration{time}} - kDark; }

TEST(Outages, AnAlertPassesTheFourClocks) {
    Street street;
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(since_dark(row.lost_at), 0s);
    EXPECT_EQ(since_dark(row.restored_at), 15min);
    EXPECT_EQ(since_dark(row.sent_at), 180s) << "clock A";
    EXPECT_EQ(since_dark(row.received_at), 180s + kToCell + 35s) << "clock B";
    EXPECT_EQ(row.informed_at - row.received_at, 400'000) << "clock C: one passage through the DCC";
    EXPECT_EQ(row.informed_right, 1);
    EXPECT_EQ(row.attempts, 1);
    EXPECT_EQ(row.reason, 0);
    EXPECT_EQ(row.size, 1U);
    EXPECT_EQ(street.count("DCC alert", "AD1"), 2U) << "to the supplier and to the operator";
}

TEST(Outages, TheRestorationAlertWaitsForMeterAndHub) {
    Street street;
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.restoration, 0x8F36);
    EXPECT_EQ(since_dark(row.restoration_sent), 15min + 5s) << "the meter boots";
    const Duration works = 15min + 20s + 30s;  // the hub boots and attaches
    EXPECT_EQ(since_dark(row.restoration_informed), works + kToCell + 1500ms + 400ms);
    EXPECT_EQ(row.restoration_right, 1);
}

TEST(Outages, AHubWhoseStoreLastedPassesItOnAtOnce) {
    Street street;
    street.cut({0, 1}, 4min);
    EXPECT_EQ(since_dark(street.only().restoration_informed), 4min + 5s + 200ms + kToCell + 1500ms + 400ms);
}

TEST(Outages, ACutJustBelowTheHoldGivesNoAlertAndOneJustAtItDoesNotEither) {
    for (const Duration lasts : {180s - 1us, Duration{180s}}) {
        Street street;
        street.cut({0, 1}, lasts);
        const OutageRow row = street.only();
        EXPECT_EQ(row.sent_at, 0) << "supply is back when the hub would report";
        EXPECT_EQ(kOutageReasons[row.reason], lasts < 180s ? "" : reasons::power_back);
        EXPECT_EQ(row.restoration, lasts < 180s ? 0x8F35 : 0x8F36);
    }
}

TEST(Outages, PolyphaseMetersUseTheirOwnCodes) {
    Site site;
    site.polyphase = true;
    Street street(exact(), 1, site);
    street.cut({0, 1}, 5min);
    EXPECT_EQ(street.only().restoration, 0x8F38);
}

TEST(Outages, NobodyHearsAHubWithoutRadio) {
    WorldOptions options = exact();
    options.settings.outage_alert_delivery_central = 0;
    Street street(options);
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.attempts, 3);
    EXPECT_EQ(street.count("message lost", "radio"), 3U);
    EXPECT_EQ(kOutageReasons[row.reason], reasons::radio);
}

TEST(Outages, AStoreThatEndsBetweenAttemptsEndsTheReport) {
    WorldOptions options = exact();
    options.settings.outage_alert_delivery_central = 0;
    options.settings.hub_hold_up = 200s;
    Street street(options);
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.attempts, 1);
    EXPECT_EQ(kOutageReasons[row.reason], reasons::no_power);
}

TEST(Outages, AStoreShorterThanTheHoldNeverReports) {
    WorldOptions options = exact();
    options.settings.hub_hold_up = 100s;
    Street street(options);
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.sent_at, 0);
    EXPECT_EQ(kOutageReasons[row.reason], reasons::no_power);
}

TEST(Outages, ABusyCellMakesHubsWaitInTheOrderOfTheHomesAndTheLastDie) {
    WorldOptions options = exact();
    options.settings.cell_capacity_cellular = 0.1;  // a turn takes 10 s
    Street street(options, 40);
    street.cut({20, 40}, 1h);
    street.cut({0, 20}, 1h);
    const Outages found = street.finish();
    ASSERT_EQ(found.rows.size(), 40U);
    for (int home = 0; home < 24; ++home) {
        EXPECT_EQ(since_dark(found.rows[static_cast<std::size_t>(home)].received_at),
                  180s + kToCell + 35s + 10s * home)
            << home;
    }
    for (std::size_t home = 24; home < 40; ++home)
        EXPECT_EQ(kOutageReasons[found.rows[home].reason], reasons::no_power)
            << "their turn came after 420 s";
    EXPECT_EQ(street.count("message lost", "hub without power"), 16U);
}

TEST(Outages, CellsDoNotShareTheirCapacity) {
    WorldOptions options = exact();
    options.settings.cell_capacity_cellular = 0.1;
    Street street(options, 1);
    Site other;
    other.cell = 1;
    street.town.home(other);
    street.cut({0, 2}, 10min);
    const Outages found = street.finish();
    EXPECT_EQ(found.rows[0].received_at, found.rows[1].received_at);
}

TEST(Outages, AWanOutageLosesAttemptsAndALaterOneGetsThrough) {
    Street street;
    street.town.world.outage("Central", true, kDark);
    street.town.world.outage("Central", false, kDark + 200s);
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(street.count("message lost", "WAN outage"), 1U);
    EXPECT_EQ(row.attempts, 2);
    EXPECT_NEAR(std::chrono::duration<double>(since_dark(row.received_at)).count(), 180 + 60 + 35, 1e-3);
}

TEST(Outages, OverlappingCutsAreOneOutage) {
    Street street;
    street.cut({0, 1}, 2min);
    street.cut({0, 1}, 2min, 1min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.cut, 1U);
    EXPECT_EQ(since_dark(row.restored_at), 3min);
    EXPECT_EQ(row.restoration, 0x8F36) << "for the meter, too";
}

TEST(Outages, LossesOfOneHubAreNumbered) {
    Street street;
    street.cut({0, 1}, 4min);
    street.cut({0, 1}, 1min, 5min);
    const Outages found = street.finish();
    ASSERT_EQ(found.rows.size(), 2U);
    EXPECT_NE(found.rows[0].informed_at, 0);
    EXPECT_EQ(found.rows[1].informed_at, 0);
    EXPECT_EQ(found.rows[1].loss, 2);
    EXPECT_EQ(found.rows[0].restoration, 0x8F36);
    EXPECT_EQ(found.rows[1].restoration, 0x8F35);
}

TEST(Outages, AMeterThatGoesDarkWhileItStartsSendsNoAlert) {
    Street street;
    street.cut({0, 1}, 4min);
    street.cut({0, 1}, 5min, 4min + 2s);
    const Outages found = street.finish();
    EXPECT_EQ(found.rows[0].restoration, 0);
    EXPECT_EQ(street.count("message lost", "device without power"), 1U);
    EXPECT_EQ(street.count("alert sent"), 1U);
}

TEST(Outages, WithoutMpxnTheDccWithholdsTheAlert) {
    Site site;
    site.mpxn_known = false;
    Street street(exact(), 1, site);
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_NE(row.received_at, 0);
    EXPECT_EQ(row.informed_at, 0);
    EXPECT_EQ(kOutageReasons[row.reason], reasons::no_mpxn);
}

TEST(Outages, FirmwareThatTakesTheHubsPowerGivesAFalseAlertUnlessTheDccKnowsOfTheJob) {
    for (const bool suppressed : {false, true}) {
        WorldOptions options = exact();
        options.settings.firmware_suppresses_alerts = suppressed;
        Street street(options);
        street.town.world.firmware_job({kDark, 0});
        street.cut({0, 1}, 200s, 0s, CutCause::firmware);
        const OutageRow row = street.only();
        EXPECT_EQ(row.informed_at == 0, suppressed);
        EXPECT_EQ(kOutageReasons[row.reason], suppressed ? reasons::firmware_job : "");
        EXPECT_EQ(row.restoration, 0) << "the meter itself had supply";
        const auto metrics = outage_metrics(street.end().outages, options.settings);
        const auto wrong = std::ranges::find(metrics, "false outage alerts", &NamedValue::name);
        ASSERT_NE(wrong, metrics.end());
        EXPECT_EQ(wrong->value, suppressed ? 0 : 1);
    }
}

TEST(Outages, StormProtectionDropsWhatIsNotOnItsList) {
    for (const bool excluded : {false, true}) {
        WorldOptions options = exact();
        options.settings.alert_storm_threshold = 1;
        if (!excluded) options.settings.alert_storm_exclusions.clear();
        Street street(options);
        for (int i = 0; i < 3; ++i) street.cut({0, 1}, 4min, 15min * i);
        street.finish();
        EXPECT_EQ(street.count("DCC alert", "AD1"), excluded ? 6U : 2U);
        EXPECT_EQ(street.count("alert received"), excluded ? 3U : 1U);
        EXPECT_EQ(street.count("alert withheld", "alert storm"), excluded ? 0U : 4U);
    }
}

TEST(Outages, AlertsQueueForALimitedDcc) {
    WorldOptions options = exact();
    options.settings.dcc_alert_capacity = 0.5;
    Street street(options, 5);
    street.cut({0, 5}, 1h);
    const Outages found = street.finish();
    for (std::size_t home = 1; home < 5; ++home) {
        const OutageRow& before = found.rows[home - 1];
        EXPECT_GE(found.rows[home].informed_at - before.informed_at, 1'999'000) << "two seconds each";
    }
    EXPECT_LT(found.rows[4].received_at - found.rows[0].received_at, 1'000'000);
}

TEST(Outages, Smets1HubsReportNothing) {
    Street street(exact(), 0);
    street.town.home(Generation::SMETS1);
    street.cut({0, 1}, 15min);
    EXPECT_TRUE(street.finish().rows.empty());
    EXPECT_EQ(street.count("power cut"), 1U);
    EXPECT_EQ(street.count("DCC alert"), 0U);
}

TEST(Outages, TheWrongCertificateMisleadsRestorationAlertsOnly) {
    Street street;
    Town& town = street.town;
    ASSERT_TRUE(town.place(town.right, town.wrong, town.world.home(0).esme).succeeded());
    street.cut({0, 1}, 15min);
    const OutageRow row = street.only();
    EXPECT_EQ(row.informed_right, 1);
    EXPECT_NE(row.restoration_informed, 0);
    EXPECT_EQ(row.restoration_right, 0);
}

TEST(Outages, CutsThatMakeNoSenseAreRefused) {
    Street street(exact(), 2);
    EXPECT_THROW(street.cut({0, 3}, 1min), BadRequest);
    EXPECT_THROW(street.cut({1, 1}, 1min), BadRequest);
    EXPECT_THROW(street.cut({0, 1}, 0min), BadRequest);
    EXPECT_THROW(street.cut({0, 1}, 3h, -2h), BadRequest);
    EXPECT_THROW(street.town.world.firmware_job({kDark, 2}), BadRequest);
}

std::optional<double> metric(const Street& street, std::string_view name) {
    const RunEnd end = street.end();
    const auto all = measure(street.town.world.records(), end);
    const auto found = std::ranges::find(all, name, &NamedValue::name);
    if (found == all.end()) return std::nullopt;
    return found->value;
}

TEST(OutageMetrics, CountWhatIsKnownBeforehand) {
    WorldOptions options = exact();
    options.settings.cell_capacity_cellular = 0.1;
    Street street(options, 6);
    street.cut({0, 5}, 1h);         // alerts 35.4, 45.4, ... 75.4 s after the hold
    street.cut({5, 6}, 1min);       // short
    street.cut({5, 6}, 10min, 2h);  // 35.4 s
    street.finish();
    EXPECT_EQ(metric(street, "outage alerts expected"), 6);
    EXPECT_EQ(metric(street, "outage alerts delivered"), 1);
    EXPECT_EQ(metric(street, "outage alerts in time"), 4.0 / 6);
    EXPECT_EQ(metric(street, "outage alerts in time: Central"), 4.0 / 6);
    EXPECT_EQ(metric(street, "outage alerts in time: North"), std::nullopt);
    EXPECT_EQ(metric(street, "outage alerts in time: single premises"), 1);
    EXPECT_EQ(metric(street, "outage alerts in time: 2 to 100 premises"), 3.0 / 5);
    EXPECT_NEAR(metric(street, "outage alert clock D: median").value(), 45.4, 1e-3);
    EXPECT_NEAR(metric(street, "outage alert clock D: 95 %").value(), 75.4, 1e-3);
    EXPECT_EQ(metric(street, "outage alert clock C in time"), 1);
    EXPECT_EQ(metric(street, "outage alerts for short cuts"), 0);
    EXPECT_EQ(metric(street, "restoration codes wrong"), 0);
    EXPECT_NEAR(metric(street, "time to the first alert of a feeder").value(), 215.4, 1e-3);
    EXPECT_EQ(metric(street, "alerts to be sure of a feeder"), 1);
    EXPECT_EQ(metric(street, "outage alerts to the wrong operator"), 0);
    EXPECT_EQ(metric(street, "restoration alerts to the wrong operator"), 0);
}

TEST(OutageMetrics, FalseAlertsMakeOneWaitForMore) {
    Street street(exact(), 12);
    for (std::int32_t home = 10; home < 12; ++home)
        street.cut({home, home + 1}, 200s, 0s, CutCause::firmware);
    street.cut({0, 10}, 1h, 30min);
    street.finish();
    EXPECT_EQ(metric(street, "false outage alerts"), 2);
    EXPECT_EQ(metric(street, "share of false outage alerts"), 2.0 / 12);
    EXPECT_EQ(metric(street, "alerts to be sure of a feeder"), 2) << "1/6 squared is below 5 %";
    EXPECT_GT(metric(street, "time to be sure of a feeder"),
              metric(street, "time to the first alert of a feeder"));
}

TEST(OutageMetrics, TellWhyAlertsAreMissing) {
    WorldOptions options = exact();
    options.settings.outage_alert_delivery_central = 0;
    Street street(options, 3);
    street.cut({0, 2}, 1h);
    street.cut({2, 3}, 200s);
    street.finish();
    EXPECT_EQ(metric(street, "outage alerts delivered"), 0);
    EXPECT_EQ(metric(street, "outage alerts missing: radio"), 2);
    EXPECT_EQ(metric(street, "outage alerts missing: power back"), 1);
    EXPECT_EQ(metric(street, "time to the first alert of a feeder"), std::nullopt) << "never";
}

TEST(OutageMetrics, AreTheSameFromTheWholeAndFromItsParts) {
    Street street(quiet(), 30);
    street.cut({0, 20}, 1h);
    street.cut({20, 30}, 10min, 5min);
    const Outages whole = street.finish();
    Outages first{{}, whole.end, 0}, second{{}, whole.end, 0};
    for (const OutageRow& row : whole.rows) (row.home % 2 == 0 ? first : second).rows.push_back(row);
    append(second, first);
    const auto a = outage_metrics(whole, {}), b = outage_metrics(second, {});
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].value, b[i].value) << a[i].name;
}

/// One story in which each of the rules matters.
bool holds(const Invariant& invariant, std::vector<std::string> faults) {
    WorldOptions options = exact();
    options.settings.faults = std::move(faults);
    Street street(options, 2);
    Site unknown;
    unknown.mpxn_known = false;
    street.town.home(unknown);
    street.cut({0, 3}, 15min);
    street.cut({0, 3}, 2min, 1h);
    street.finish();
    return check(invariant, street.town.world.records(), street.end()).held;
}

const Invariant& invariant(std::string_view name) {
    return *std::ranges::find(invariants(), name, &Invariant::name);
}

TEST(OutageInvariants, FailWhenTheirRuleIsBrokenOnPurpose) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"no outage alert for a short cut", broken::reports_short_cuts},
        {"no outage alert without MPxN", broken::reports_without_mpxn},
        {"restoration codes right", broken::swaps_restoration_codes}};
    for (const auto& [name, fault] : cases) {
        EXPECT_TRUE(holds(invariant(name), {})) << name;
        EXPECT_FALSE(holds(invariant(name), {std::string(fault)})) << name;
        for (const auto& other : cases) {
            if (other.second == fault) continue;
            EXPECT_TRUE(holds(invariant(name), {std::string(other.second)})) << name << ", " << other.second;
        }
    }
}

TEST(OutageInvariants, NoticeAnOutageThatCameToNothing) {
    Street street;
    street.cut({0, 1}, 15min);
    street.town.world.run_until(kDark + 24h);
    RunEnd end = street.end();
    const Invariant& accounted = invariant("every outage accounted for");
    EXPECT_TRUE(check(accounted, {}, end).held);
    end.outages.rows[0].informed_at = 0;
    EXPECT_FALSE(check(accounted, {}, end).held);
    end.outages.end = end.outages.rows[0].lost_at + 300'000'000;
    end.outages.rows[0].restored_at = 0;
    EXPECT_TRUE(check(accounted, {}, end).held) << "it may still be under way";
}

}  // namespace
}  // namespace meterbed
