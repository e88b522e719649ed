// What the fold over records of prepayment says, told from records written by hand.
#include "sim/metrics/prepayments.h"

#include <gtest/gtest.h>

#include <map>

#include "devices/supply_state.h"
#include "devices/top_up.h"
#include "sim/metrics/metrics.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/records.h"
#include "tests/sim/prepay_homes.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using testing::prepay_home;

constexpr Time kStart = testing::kFirstOfMarch;

/// Four meters, one of each region and a fourth of SMETS1, whose story a test writes down.
class Diary {
  public:
    Diary() {
        facts.homes = {prepay_home(10, Region::North, Generation::SMETS2, HomeFault::none),
                       prepay_home(11, Region::Central, Generation::SMETS2, HomeFault::lost_wan),
                       prepay_home(12, Region::South, Generation::SMETS2, HomeFault::none),
                       prepay_home(14, Region::South, Generation::SMETS1, HomeFault::none)};
        facts.dsp_outages = {{kStart + 20h, kStart + 28h}};
        facts.counted_from = kStart + 10h;
        facts.end = kStart + 110h;
    }

    void pays(Duration at, std::int32_t home, std::uint32_t payment, int pounds = 20) {
        add(at, home, prepay::customer_pays, payment, "", "app", pounds);
    }
    void told(Duration at, std::int32_t home, std::uint32_t payment, std::string_view way) {
        add(at, home, prepay::code_told, payment, "", way);
    }
    void added(Duration at, std::int32_t home, std::uint32_t payment, std::string_view way) {
        add(at, home, prepay::credit_added, payment, "", way, 20);
    }
    void refused(Duration at, std::int32_t home, std::uint32_t payment, std::string_view why) {
        add(at, home, prepay::credit_refused, payment, why, prepay::keypad);
    }
    void called(Duration at, std::int32_t home, std::uint32_t payment) {
        add(at, home, prepay::help_line_called, payment, "", "");
    }
    void visited(Duration at, std::int32_t home, std::uint32_t payment) {
        add(at, home, prepay::engineer_visit, payment, "", prepay::han_repaired);
    }
    void supply(Duration at, std::int32_t home, SupplyState state) {
        add(at, home, prepay::supply_state, 0, name(state), name(state));
    }
    void report(Duration at, std::int32_t home, std::string_view what, std::string_view code,
                Duration held = {}) {
        add(at, home, what, 0, code, "", std::chrono::duration<double>(held).count());
    }
    /// Of a gas meter in the same home.
    void gas(Duration at, std::int32_t home, SupplyState state) {
        supply(at, home, state);
        rows_.back().device = device_id(home, DevicePlace::gsme);
    }

    Prepayments fold() const { return prepayments(to_columns(rows_, words_), facts); }
    std::map<std::string, double> metrics() const {
        std::map<std::string, double> out;
        for (const NamedValue& metric : prepay_metrics(fold())) out[metric.name] = metric.value;
        return out;
    }
    /// The breach of an invariant, empty when it holds.
    std::string breach(std::string_view name) const {
        const RunEnd end{facts.end, {}, {}, fold()};
        for (const Invariant& invariant : invariants()) {
            if (invariant.name == name) return check(invariant, {}, end).text;
        }
        return "there is no such invariant";
    }

    PrepayFacts facts;

  private:
    void add(Duration at, std::int32_t home, std::string_view what, std::uint64_t counter,
             std::string_view code, std::string_view detail, double value = 0) {
        Record row;
        row.time = kStart + at;
        row.sequence = static_cast<std::uint32_t>(rows_.size());
        row.home = home;
        row.device = device_id(home, DevicePlace::esme);
        row.counter = counter;
        row.value = value;
        row.station = words_.of("homes North");
        row.what = words_.of(what);
        row.code = words_.of(code);
        row.detail = words_.of(detail);
        rows_.push_back(row);
    }

    Words words_;
    std::vector<Record> rows_;
};

Duration since_start(std::int64_t time) { return Time{Duration{time}} - kStart; }

TEST(Prepayments, ATopUpIsPaidToldAndAdded) {
    Diary diary;
    diary.pays(12h, 10, 1, 35);
    diary.told(12h + 1s, 10, 1, "receipt");
    diary.told(12h + 2h, 10, 1, "text");
    diary.added(12h + 10s, 10, 1, prepay::over_the_air);
    diary.refused(12h + 1h, 10, 1, refusals::duplicate);
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.top_ups.size(), 1U);
    const TopUpRow& row = all.top_ups[0];
    EXPECT_EQ(since_start(row.paid_at), 12h);
    EXPECT_EQ(since_start(row.told_at), 12h + 1s) << "the first time counts";
    EXPECT_EQ(static_cast<Way>(row.told_by), Way::receipt);
    EXPECT_EQ(since_start(row.added_at), 12h + 10s);
    EXPECT_EQ(row.way, 1);
    EXPECT_EQ(row.pounds, 35);
    EXPECT_EQ(static_cast<Channel>(row.channel), Channel::app);
    EXPECT_EQ(row.duplicates, 1);
    EXPECT_EQ(row.added_twice, 0);
    EXPECT_EQ(static_cast<Harm>(row.harm), Harm::carriage);
    EXPECT_EQ(diary.breach("no duplicate credit"), "");
}

TEST(Prepayments, LaterRecordsFindTheirPaymentAmongSeveral) {
    Diary diary;
    diary.pays(12h, 10, 1);
    diary.pays(13h, 10, 2);
    diary.pays(13h, 12, 1);
    diary.refused(14h, 10, 1, refusals::wrong_digits);
    diary.called(14h, 10, 1);
    diary.added(15h, 10, 1, prepay::keypad);
    diary.added(16h, 10, 2, prepay::over_the_air);
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.top_ups.size(), 3U);
    EXPECT_EQ(all.top_ups[0].wrong_digits, 1);
    EXPECT_EQ(all.top_ups[0].calls, 1);
    EXPECT_EQ(all.top_ups[0].way, 2);
    EXPECT_EQ(since_start(all.top_ups[1].added_at), 16h);
    EXPECT_EQ(all.top_ups[2].home, 12);
    EXPECT_EQ(all.top_ups[2].told_by, kNeverTold);
}

TEST(Prepayments, ASpellEndsWhenSupplyIsEnabledAgain) {
    Diary diary;
    diary.supply(30h, 10, SupplyState::Disabled);
    diary.pays(31h, 10, 1);
    diary.added(33h, 10, 1, prepay::over_the_air);
    diary.supply(33h, 10, SupplyState::Armed);
    diary.supply(34h, 10, SupplyState::Enabled);
    diary.supply(100h, 12, SupplyState::Disabled);
    diary.gas(20h, 14, SupplyState::Disabled);
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.spells.size(), 2U) << "the valve of a gas meter is another matter";
    EXPECT_EQ(since_start(all.spells[0].off_at), 30h);
    EXPECT_EQ(since_start(all.spells[0].on_at), 34h);
    EXPECT_EQ(Duration{all.spells[0].waited}, 2h) << "until the credit was there";
    EXPECT_EQ(static_cast<Harm>(all.spells[0].harm), Harm::carriage);
    EXPECT_EQ(all.spells[1].on_at, 0) << "not before the end";
    EXPECT_EQ(all.spells[1].waited, 0);
    const auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours"), (4 + 10) * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: carriage"), 2 * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: not paid"), 12 * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: North"), 4 * 1000);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: South"), 10 * 500);
    EXPECT_DOUBLE_EQ(metrics.at("meters off supply at least once"), 0.5);
}

TEST(Prepayments, HarmIsOfTheHomeThenOfTheDsp) {
    Diary diary;
    for (const std::int32_t home : {11, 12, 14}) {
        diary.supply(21h, home, SupplyState::Disabled);
        diary.pays(22h, home, 1);
        diary.added(27h, home, 1, prepay::over_the_air);
        diary.supply(27h, home, SupplyState::Enabled);
    }
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.spells.size(), 3U);
    EXPECT_EQ(static_cast<Harm>(all.spells[0].harm), Harm::home_fault);
    EXPECT_EQ(static_cast<Harm>(all.spells[1].harm), Harm::dcc_outage);
    EXPECT_EQ(static_cast<Harm>(all.top_ups[0].harm), Harm::home_fault);
    const auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: home fault"), 5 * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: DCC outage"), 10 * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: lost WAN"), 6 * 1000);
    EXPECT_EQ(metrics.count("off-supply hours: HAN fault"), 0U) << "no home has one";
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours in the DCC outage: SMETS1"), 5 * 1000);
    EXPECT_NEAR(metrics.at("off-supply hours in the DCC outage: SMETS2"), 5 * 1000 / 3.0, 1e-9);
}

TEST(Prepayments, ATopUpOnItsWayWhenTheDspGoesDownWaitsForIt) {
    Diary diary;
    diary.pays(19h + 59min, 10, 1);
    diary.added(24h, 10, 1, prepay::over_the_air);
    diary.pays(28h, 12, 1);
    const Prepayments all = diary.fold();
    EXPECT_EQ(static_cast<Harm>(all.top_ups[0].harm), Harm::dcc_outage);
    EXPECT_EQ(static_cast<Harm>(all.top_ups[1].harm), Harm::carriage) << "worked off by then";
}

TEST(Prepayments, TheWarmUpIsPlayedButNotCounted) {
    Diary diary;
    diary.pays(1h, 10, 1);
    diary.added(2h, 10, 1, prepay::over_the_air);
    diary.supply(1h, 10, SupplyState::Disabled);
    diary.supply(2h, 10, SupplyState::Enabled);
    diary.supply(4h, 12, SupplyState::Disabled);
    diary.pays(6h, 12, 1);
    diary.added(11h, 12, 1, prepay::keypad);
    diary.supply(12h, 12, SupplyState::Enabled);
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.top_ups.size(), 1U);
    ASSERT_EQ(all.spells.size(), 1U);
    EXPECT_EQ(Duration{all.spells[0].waited}, 1h) << "from the end of the warm-up";
    const auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours"), 2 * 250);
    EXPECT_DOUBLE_EQ(metrics.at("off-supply hours: not paid"), 1 * 250);
    EXPECT_EQ(metrics.at("top-ups"), 0) << "paid in the warm-up";
}

TEST(Prepayments, ADoubleCreditInTheWarmUpIsFoundAllTheSame) {
    Diary diary;  // counts from 10 h on
    diary.pays(1h, 10, 1);
    diary.added(2h, 10, 1, prepay::over_the_air);
    diary.added(3h, 10, 1, prepay::keypad);
    diary.pays(1h, 12, 1);
    diary.added(2h, 12, 1, prepay::over_the_air);
    EXPECT_EQ(diary.fold().top_ups.size(), 1U) << "the other was credited once and does not count";
    EXPECT_NE(diary.breach("no duplicate credit"), "");
    EXPECT_EQ(diary.metrics().at("duplicate credits"), 1);
    EXPECT_EQ(diary.metrics().at("top-ups"), 0);
}

TEST(Prepayments, AnOutageLongAfterAPaymentIsNoReasonThatItNeverArrived) {
    Diary diary;
    diary.facts.end = kStart + 400h;
    diary.facts.dsp_outages = {{kStart + 300h, kStart + 310h}};
    diary.pays(12h, 10, 1);
    EXPECT_EQ(static_cast<Harm>(diary.fold().top_ups.at(0).harm), Harm::carriage);
    EXPECT_NE(diary.breach("every payment accounted for"), "");
    diary.facts.dsp_outages = {{kStart + 60h, kStart + 70h}};
    EXPECT_EQ(static_cast<Harm>(diary.fold().top_ups.at(0).harm), Harm::dcc_outage);
}

TEST(Prepayments, SharesInTimeLookAtTopUpsWhoseTargetLiesInTheRun) {
    Diary diary;
    diary.pays(40h, 10, 1);
    diary.added(40h + 5min, 10, 1, prepay::over_the_air);
    diary.pays(40h, 11, 1);
    diary.added(40h + 31min, 11, 1, prepay::keypad);
    diary.pays(100h, 12, 1);
    const auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics.at("top-ups credited in 5 min"), 1.0 / 3);
    EXPECT_DOUBLE_EQ(metrics.at("top-ups credited in 30 min"), 1.0 / 3);
    EXPECT_DOUBLE_EQ(metrics.at("top-ups credited in 24 h"), 1) << "the third has 10 h only";
    EXPECT_DOUBLE_EQ(metrics.at("top-ups credited in 30 min: faulty homes"), 0);
    EXPECT_DOUBLE_EQ(metrics.at("top-ups credited in 24 h: faulty homes"), 1);
    EXPECT_DOUBLE_EQ(metrics.at("top-ups typed"), 0.5);
    EXPECT_EQ(metrics.at("top-ups"), 3);
}

TEST(Prepayments, CountsOfEntriesCallsAndCredits) {
    Diary diary;
    diary.pays(40h, 10, 1);
    diary.refused(40h, 10, 1, refusals::wrong_digits);
    diary.refused(40h, 10, 1, refusals::wrong_digits);
    diary.called(41h, 10, 1);
    diary.visited(41h + 30min, 10, 1);
    diary.added(42h, 10, 1, prepay::keypad);
    diary.refused(43h, 10, 1, refusals::duplicate);
    diary.added(44h, 10, 1, prepay::over_the_air);
    const auto metrics = diary.metrics();
    EXPECT_EQ(metrics.at("wrong entries"), 2);
    EXPECT_EQ(metrics.at("duplicate credit attempts"), 1);
    EXPECT_EQ(metrics.at("duplicate credits"), 1);
    EXPECT_EQ(metrics.at("help line calls"), 250);
    EXPECT_EQ(metrics.at("engineer visits"), 250);
    EXPECT_EQ(diary.breach("no duplicate credit"),
              "home 10, payment 1 of 2020-03-02T16:00:00.000000Z: credited more than once");
}

TEST(Prepayments, MoneyIsConservedWhenTheAuditSaysSo) {
    Diary diary;
    EXPECT_EQ(diary.breach("money is conserved"), "");
    diary.facts.unbalanced = {14, 12};
    EXPECT_EQ(diary.breach("money is conserved"),
              "2 meters whose balance is not what was put in less what was used; the first is in home 12");
}

TEST(Prepayments, AnOpenPaymentNeedsAReason) {
    const auto breach = [](Duration paid, std::int32_t home, std::string_view refusal = {}) {
        Diary diary;
        diary.facts.end = kStart + 1000h;
        diary.pays(paid, home, 1);
        if (!refusal.empty()) diary.refused(paid + 1h, home, 1, refusal);
        return diary.breach("every payment accounted for");
    };
    EXPECT_EQ(breach(40h, 10),
              "home 10, payment 1 of 2020-03-02T16:00:00.000000Z: never credited, and nothing tells why");
    EXPECT_EQ(breach(995h, 10), "") << "still on its way";
    EXPECT_EQ(breach(40h, 11), "") << "a home with a fault";
    EXPECT_EQ(breach(21h, 10), "") << "the DSP was down";
    EXPECT_EQ(breach(40h, 10, refusals::balance_too_high), "");
    EXPECT_NE(breach(40h, 10, refusals::wrong_digits), "") << "a slip is no reason for ever";
}

TEST(Prepayments, PartsTogetherAreTheWhole) {
    Diary diary;
    diary.pays(40h, 10, 1);
    diary.pays(41h, 14, 1);
    diary.supply(50h, 14, SupplyState::Disabled);
    diary.facts.unbalanced = {10, 14};
    Prepayments whole = diary.fold();
    Prepayments joined;
    for (const std::int32_t from : {0, 12}) {
        Diary part = diary;
        std::erase_if(part.facts.homes,
                      [&](const PrepayHomeRow& row) { return (row.home >= 12) != (from == 12); });
        part.facts.unbalanced = {from == 0 ? 10 : 14};
        append(joined, part.fold());
    }
    EXPECT_EQ(joined.homes.size(), 4U);
    EXPECT_EQ(joined.top_ups.size(), 2U);
    EXPECT_EQ(joined.spells.size(), 1U);
    EXPECT_EQ(joined.unbalanced, 2);
    EXPECT_EQ(joined.first_unbalanced, 10);
    EXPECT_EQ(joined.counted_from, whole.counted_from);
    EXPECT_EQ(joined.end, whole.end);
    const auto a = prepay_metrics(whole), b = prepay_metrics(joined);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].value, b[i].value) << a[i].name;
}

TEST(Prepayments, NobodyPrepaysNothingIsMeasured) {
    EXPECT_TRUE(prepay_metrics({}).empty());
    Diary diary;
    diary.facts.homes.clear();
    diary.pays(40h, 10, 1);
    EXPECT_TRUE(diary.fold().top_ups.empty());
}

TEST(Prepayments, ReportsThatHubsHeldAreLateDroppedOrStillHeld) {
    Diary diary;
    diary.report(12h, 11, prepay::report_held, "810E");
    diary.report(13h, 11, prepay::report_held, "810D");
    diary.report(13h, 11, prepay::report_held, "response");
    diary.report(13h, 11, prepay::report_dropped, "810D");
    diary.report(20h + 1us, 11, prepay::report_late, "810E", 8h + 1us);
    diary.report(20h + 1us, 11, prepay::report_late, "response", 7h + 1us);
    diary.report(100h, 12, prepay::report_held, "810E");
    const Prepayments all = diary.fold();
    ASSERT_EQ(all.reports.size(), 4U);
    const auto expect = [&](std::size_t row, std::uint16_t code, ReportFate fate, Duration left) {
        EXPECT_EQ(all.reports[row].code, code);
        EXPECT_EQ(all.reports[row].fate, static_cast<std::uint8_t>(fate));
        EXPECT_EQ(since_start(all.reports[row].left_at), left);
    };
    expect(0, 0x810E, ReportFate::late, 20h + 1us);
    expect(1, 0x810D, ReportFate::dropped, 13h);
    expect(2, 0, ReportFate::late, 20h + 1us);
    EXPECT_EQ(all.reports[3].fate, static_cast<std::uint8_t>(ReportFate::still_held));
    EXPECT_EQ(all.reports[3].left_at, 0);
    auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics["reports held by hubs"], 4 * 250.0) << "four meters";
    EXPECT_DOUBLE_EQ(metrics["reports dropped by hubs"], 250.0);
    EXPECT_DOUBLE_EQ(metrics["late reports in a minute"], 2);
    const double known = std::chrono::duration<double>(8h + 1us).count();
    EXPECT_DOUBLE_EQ(metrics["typed top-ups unknown: median"], known);
    EXPECT_DOUBLE_EQ(metrics["typed top-ups unknown: 95 %"], 10 * 3600.0) << "to the end at least";
}

TEST(Prepayments, ReportsThatLeftInTheWarmUpDoNotCount) {
    Diary diary;
    diary.report(2h, 11, prepay::report_held, "810E");
    diary.report(3h, 11, prepay::report_late, "810E", 1h);
    diary.report(4h, 11, prepay::report_held, "810E");
    diary.report(11h, 11, prepay::report_late, "810E", 7h);
    EXPECT_EQ(diary.fold().reports.size(), 1U);
    auto metrics = diary.metrics();
    EXPECT_DOUBLE_EQ(metrics["reports held by hubs"], 0) << "held before";
    EXPECT_DOUBLE_EQ(metrics["late reports in a minute"], 1) << "but part of the load";
    EXPECT_FALSE(metrics.contains("typed top-ups unknown: median"));
}

}  // namespace
}  // namespace meterbed
