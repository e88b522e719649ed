// The figures that reports rest on, each against a story in which the answer is known beforehand.
#include "sim/metrics/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/town.h"

namespace meterbed {
namespace {

using testing::quiet;
using testing::Town;

const std::vector<std::string> kRoutes{"rightful operator", "holder", "supplier", "DCC recovery"};

std::optional<double> value_of(const Town& town, std::string_view metric) {
    const Records records = town.world.records();
    const auto known = metrics();
    const auto row = std::ranges::find(known, metric, &Metric::name);
    if (row == known.end()) throw std::invalid_argument("no such metric");
    return std::get<FoldOf<Records>>(row->fold)(records);
}

void repair(Town& town, const Home& home) {
    town.world.repair({home.number, town.right, kRoutes, "repair"}, town.world.now());
    town.world.run_until(town.world.now() + std::chrono::hours{24 * 10});
}

constexpr std::string_view kNobody = "devices nobody can command";

TEST(DevicesNobodyCanCommand, IsZeroWhenNothingWentWrong) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
    EXPECT_EQ(value_of(town, kNobody), 0);
}

TEST(DevicesNobodyCanCommand, CountsAMeterWhoseHolderTheDccRefuses) {
    for (const Generation generation : {Generation::SMETS1, Generation::SMETS2}) {
        Town town;
        const Home lost = town.home(generation), well = town.home(generation);
        ASSERT_TRUE(town.place(town.right, town.wrong, lost.esme).succeeded());
        EXPECT_FALSE(town.place(town.right, town.right, lost.esme).succeeded());
        EXPECT_TRUE(town.place(town.right, town.right, well.esme).succeeded());
        repair(town, lost);
        EXPECT_EQ(value_of(town, kNobody), 1);
        EXPECT_EQ(value_of(town, "repairs"), 1);
    }
}

TEST(DevicesNobodyCanCommand, HasNoAnswerWhenTheHolderNeverTried) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    EXPECT_FALSE(town.ask(town.right, "4.10", home.esme).succeeded());
    EXPECT_EQ(value_of(town, kNobody), std::nullopt);
}

/// The cells of a new meter still name the DCC, which is no user: its supplier can have them handed over.
TEST(DevicesNobodyCanCommand, DoesNotCountAMeterThatAnOrdinaryRequestPutsRight) {
    Town town;
    const Home home = town.dcc_controlled_home();
    EXPECT_FALSE(town.ask(town.right, "4.10", home.esme).succeeded());
    repair(town, home);
    EXPECT_EQ(value_of(town, kNobody), 0);
    EXPECT_EQ(value_of(town, "repairs"), 1);
}

TEST(DevicesNobodyCanCommand, IsZeroWhenTheHolderMayRepairByException) {
    WorldOptions options = quiet();
    options.settings.holder_exception = true;
    Town town(options);
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    EXPECT_FALSE(town.ask(town.right, "4.10", home.esme).succeeded());
    repair(town, home);
    EXPECT_EQ(value_of(town, kNobody), 0);
}

TEST(AlertsToTheWrongOperator, CountsRestorationsOfWronglyKeyedMetersOnly) {
    Town town;
    const Home lost = town.home(), well = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, lost.esme).succeeded());
    for (const Home& home : {lost, well}) {
        town.world.power(home.number, false, town.world.now());
        town.world.power(home.number, true, town.world.now() + std::chrono::minutes{5});
    }
    town.world.run_until(town.world.now() + std::chrono::hours{1});
    EXPECT_EQ(town.count("alert received"), 2U);
    EXPECT_EQ(value_of(town, "alerts to the wrong operator"), 1);
}

TEST(Invariants, HoldInAnOrdinaryStory) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.right, home.esme).succeeded());
    for (const Invariant& invariant : invariants()) {
        const auto result = check(invariant, town.world.records(), run_end(town.world, town.world.records()));
        EXPECT_TRUE(result.held) << result.name << ": " << result.text;
    }
}

/// An invariant that can not fail is none: each must notice records that do not add up.
TEST(Invariants, NoticeRecordsThatDoNotAddUp) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    Records records = town.world.records();
    const std::int32_t replaced = records.word("cell replaced"),
                       completed = records.word("request completed");
    bool split = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.what[i] == replaced && !split) {
            split = true;
            records.party[i] += 1;  // the two cells now name two parties
        }
        if (records.what[i] == completed) records.what[i] = replaced;
    }
    RunEnd end{town.world.now() + std::chrono::hours{24}, {}};
    end.outages.rows.resize(2);
    end.outages.end = end.end.time_since_epoch().count();
    OutageRow& brief = end.outages.rows[0];  // a short cut, told of without MPxN, and called a long one
    brief.lost_at = town.world.now().time_since_epoch().count();
    brief.informed_at = brief.restored_at = brief.restoration_sent = brief.lost_at + 10'000'000;
    brief.restoration = 0x8F36;
    end.outages.rows[1].lost_at = brief.lost_at;  // nothing came of this one
    end.prepayments.end = end.outages.end;
    end.prepayments.unbalanced = 1;
    end.prepayments.top_ups.resize(2);
    end.prepayments.top_ups[0].added_twice = 1;
    TopUpRow& lost = end.prepayments.top_ups[1];  // paid a month ago, and nothing came of it
    lost.paid_at = end.prepayments.end - Duration{std::chrono::days{30}}.count();
    lost.harm = static_cast<std::uint8_t>(Harm::carriage);
    for (const Invariant& invariant : invariants()) {
        const auto result = check(invariant, records, end);
        EXPECT_FALSE(result.held) << result.name;
        EXPECT_FALSE(result.text.empty());
    }
}

}  // namespace
}  // namespace meterbed
