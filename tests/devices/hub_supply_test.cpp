// The power of a hub: what its store carries, and when it reports.
#include "devices/hub_supply.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using bench::kStart;

HubRules rules() {
    HubRules out{};
    out.hold_up = 420s;
    out.recharge = 10min;
    out.outage_hold = 180s;
    out.alert_delay = 30s;
    out.attempts = 3;
    out.attempt_interval = 60s;
    out.confirm_delay = 60s;
    out.boot = 20s;
    out.attach = 30s;
    out.attach_sigma = 0.5;
    return out;
}

HubSupply dark_since(Time at) {
    HubSupply hub = full(rules());
    lose_mains(hub, at, rules());
    return hub;
}

TEST(HubSupply, WorksOnUntilItsStoreEnds) {
    HubSupply hub = full(rules());
    EXPECT_TRUE(works(hub, kStart));
    EXPECT_EQ(store_ends(hub), Time::max());
    lose_mains(hub, kStart, rules());
    EXPECT_EQ(store_ends(hub), kStart + 420s);
    EXPECT_TRUE(works(hub, kStart + 420s - 1us));
    EXPECT_FALSE(works(hub, kStart + 420s));
}

TEST(HubSupply, AShortLossNeitherStopsItNorMakesItAttachAgain) {
    HubSupply hub = dark_since(kStart);
    restore_mains(hub, kStart + 420s - 1us, rules(), 0);
    EXPECT_TRUE(works(hub, kStart + 420s));
}

TEST(HubSupply, AfterItsStoreRanEmptyItBootsAndAttaches) {
    HubSupply hub = dark_since(kStart);
    restore_mains(hub, kStart + 420s, rules(), 0);
    EXPECT_EQ(hub.works_from, kStart + 420s + 20s + 30s) << "the median";
    EXPECT_FALSE(works(hub, kStart + 460s));
    EXPECT_TRUE(works(hub, kStart + 470s));
    HubSupply slow = dark_since(kStart);
    restore_mains(slow, kStart + 420s, rules(), 2);
    EXPECT_NEAR(std::chrono::duration<double>(slow.works_from - kStart).count(), 440 + 30 * std::exp(1.0),
                1e-5);
}

TEST(HubSupply, TheSecondOfTwoLossesFindsTheStoreAsFarAsItCharged) {
    HubSupply hub = dark_since(kStart);
    restore_mains(hub, kStart + 400s, rules(), 0);  // 20 s are left
    lose_mains(hub, kStart + 400s + 1min, rules());
    EXPECT_EQ(hub.store, 20s + 42s) << "a tenth of the recharge gives a tenth of the store";
    EXPECT_EQ(hub.losses, 2);
    EXPECT_EQ(store_ends(hub), kStart + 460s + 62s);
    restore_mains(hub, kStart + 470s, rules(), 0);
    lose_mains(hub, kStart + 470s + 10min, rules());
    EXPECT_EQ(hub.store, 420s) << "full again, not fuller";
}

TEST(HubSupply, ALossStartsItsReportAnew) {
    HubSupply hub = dark_since(kStart);
    hub.reports = 3;
    hub.told = true;
    restore_mains(hub, kStart + 1min, rules(), 0);
    EXPECT_TRUE(hub.told) << "until the next loss";
    lose_mains(hub, kStart + 2min, rules());
    EXPECT_EQ(hub.reports, 0);
    EXPECT_FALSE(hub.told);
}

TEST(HubSupply, ReportsAfterTheHoldAndARandomDelay) {
    const HubSupply hub = dark_since(kStart);
    EXPECT_EQ(report_due(hub, rules(), 0, 0), kStart + 180s);
    EXPECT_EQ(report_due(hub, rules(), 0.5, 0.999), kStart + 195s) << "without sampling everybody is first";
}

TEST(HubSupply, OneOfSoManyReportsFirstAndTheOthersConfirm) {
    HubRules sampled = rules();
    sampled.sampling = 10;
    const HubSupply hub = dark_since(kStart);
    EXPECT_EQ(report_due(hub, sampled, 0, 0.0999), kStart + 180s);
    EXPECT_EQ(report_due(hub, sampled, 0, 0.1), kStart + 240s);
}

TEST(HubSupply, WhatLosesMainsWhileItStartsReportsWhenItHasStarted) {
    HubRules quick = rules();
    quick.recharge = 1s;  // so that the store is full again before it has started
    quick.outage_hold = 10s;
    HubSupply hub = full(quick);
    lose_mains(hub, kStart, quick);
    restore_mains(hub, kStart + 500s, quick, 0);
    lose_mains(hub, kStart + 505s, quick);
    EXPECT_EQ(report_due(hub, quick, 0, 0), hub.works_from);
    EXPECT_FALSE(works(hub, kStart + 515s));
}

}  // namespace
}  // namespace meterbed
