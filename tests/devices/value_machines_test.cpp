#include <gtest/gtest.h>

#include "devices/event_log.h"
#include "devices/outage_clock.h"
#include "devices/replay_counters.h"
#include "devices/smets1_meter.h"
#include "devices/supply_state.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using bench::kStart;

std::uint16_t alert_after(Duration outage) {
    OutageClock clock;
    supply_lost(clock, kStart);
    return supply_restored(clock, kStart + outage).value().alert_code;
}

TEST(OutageClock, ThreeMinutesMakeTheLongOutage) {
    EXPECT_EQ(alert_after(2min + 59s), 0x8F35);
    EXPECT_EQ(alert_after(3min - 1us), 0x8F35);
    EXPECT_EQ(alert_after(3min), 0x8F36);
    EXPECT_EQ(alert_after(24h), 0x8F36);
}

TEST(OutageClock, RestorationWithoutLossIsNothing) {
    OutageClock clock;
    EXPECT_FALSE(supply_restored(clock, kStart));
}

TEST(OutageClock, ASecondLossDoesNotMoveTheFirst) {
    OutageClock clock;
    supply_lost(clock, kStart);
    supply_lost(clock, kStart + 1min);
    EXPECT_EQ(supply_restored(clock, kStart + 2min)->lost_at, kStart);
    EXPECT_FALSE(supply_restored(clock, kStart + 3min));
}

TEST(SupplyState, GasIsNeverEnabledFromAfar) {
    EXPECT_EQ(next(SupplyState::Disabled, SupplyEvent::enable, false), SupplyState::Enabled);
    EXPECT_EQ(next(SupplyState::Disabled, SupplyEvent::enable, true), SupplyState::Disabled);
    EXPECT_EQ(next(SupplyState::Armed, SupplyEvent::enable, true), SupplyState::Armed);
    EXPECT_EQ(next(SupplyState::Armed, SupplyEvent::enable_locally, true), SupplyState::Enabled);
}

TEST(SupplyState, CustomersEnableOnlyWhatIsArmed) {
    EXPECT_EQ(next(SupplyState::Disabled, SupplyEvent::enable_locally, false), SupplyState::Disabled);
    EXPECT_EQ(next(SupplyState::Disabled, SupplyEvent::arm, false), SupplyState::Armed);
    EXPECT_EQ(next(SupplyState::Disabled, SupplyEvent::credit_restored, false), SupplyState::Armed);
    EXPECT_EQ(next(SupplyState::Enabled, SupplyEvent::credit_exhausted, false), SupplyState::Disabled);
    EXPECT_EQ(next(SupplyState::Armed, SupplyEvent::tamper, false), SupplyState::Disabled);
}

constexpr gbcs::MessageCode kCode{0x0103};

TEST(ReplayCounters, OnlyGreaterCountersAreFresh) {
    ReplayCounters counters;
    const auto role = RemotePartyRole::supplier;
    EXPECT_FALSE(is_fresh(counters, role, kCode, false, 0));
    EXPECT_TRUE(is_fresh(counters, role, kCode, false, 1));
    accept(counters, role, kCode, false, 1000);
    EXPECT_FALSE(is_fresh(counters, role, kCode, false, 1000));
    EXPECT_TRUE(is_fresh(counters, role, kCode, false, 1001));
    EXPECT_TRUE(is_fresh(counters, role, kCode, false, kMaximumCounter));
    EXPECT_FALSE(is_fresh(counters, role, kCode, false, kMaximumCounter + 1));
    EXPECT_EQ(current(counters, role), 1000);
}

TEST(ReplayCounters, FutureDatedCommandsCountApart) {
    ReplayCounters counters;
    const auto role = RemotePartyRole::supplier;
    accept(counters, role, kCode, false, 1000);
    EXPECT_TRUE(is_fresh(counters, role, kCode, true, 900));
    accept(counters, role, kCode, true, 900);
    EXPECT_FALSE(is_fresh(counters, role, kCode, true, 900));
    EXPECT_TRUE(is_fresh(counters, role, gbcs::MessageCode{0x0107}, true, 900));
}

TEST(ReplayCounters, AFloorReplacesBothKinds) {
    ReplayCounters counters;
    const auto role = RemotePartyRole::supplier;
    accept(counters, role, kCode, false, 5000);
    accept(counters, role, kCode, true, 5001);
    set_floor(counters, role, 10);
    EXPECT_EQ(current(counters, role), 10);
    for (const bool future : {false, true}) {
        EXPECT_FALSE(is_fresh(counters, role, kCode, future, 10));
        EXPECT_TRUE(is_fresh(counters, role, kCode, future, 11));
    }
}

TEST(EventLogs, KeepTheNewestHundred) {
    EventLogs logs;
    EXPECT_TRUE(logs.read(Log::security).empty());
    for (std::uint16_t i = 0; i < 250; ++i) logs.write(Log::security, {kStart + 1s * i, i});
    const auto entries = logs.read(Log::security);
    ASSERT_EQ(entries.size(), EventLogs::kCapacity);
    EXPECT_EQ(entries.front().event, 150);
    EXPECT_EQ(entries.back().event, 249);
    EXPECT_TRUE(logs.read(Log::event).empty());
}

class Smets1 : public ::testing::Test {
  protected:
    MakerInstruction instruction(std::string service, std::uint64_t sequence) const {
        MakerInstruction out{meter.id(), sequence, std::move(service), {}};
        out.tag = maker_tag(key, out);
        return out;
    }
    gbcs::SymmetricKey key{1, 2, 3};
    Smets1Meter meter{Eui64{0x00DB000000000042}, key};
    bench::FakeContext context{kStart};
};

TEST_F(Smets1, ReadsAnswerAndSwitchingSwitches) {
    const auto read = meter.execute(instruction("4.10", 1), context);
    ASSERT_TRUE(read && read->success);
    EXPECT_FALSE(read->data.empty());
    EXPECT_EQ(read->tag, maker_tag(key, *read));
    meter.execute(instruction("7.2", 2), context);
    EXPECT_EQ(meter.supply(), SupplyState::Disabled);
    meter.execute(instruction("7.1", 3), context);
    EXPECT_EQ(meter.supply(), SupplyState::Enabled);
}

TEST_F(Smets1, IsSilentToOldSequencesAndWrongTags) {
    const auto once = instruction("7.2", 1);
    ASSERT_TRUE(meter.execute(once, context));
    EXPECT_FALSE(meter.execute(once, context));
    auto forged = instruction("7.1", 2);
    forged.tag[0] ^= 1;
    EXPECT_FALSE(meter.execute(forged, context));
    auto changed = instruction("7.1", 2);
    changed.service = "7.3";
    EXPECT_FALSE(meter.execute(changed, context));
    EXPECT_EQ(meter.supply(), SupplyState::Disabled);
}

}  // namespace
}  // namespace meterbed
