// How long meters went on with an old price or mode, told from records written by hand.
#include "sim/metrics/stale_days.h"

#include <gtest/gtest.h>

#include "sim/prepayment/records.h"
#include "tests/sim/prepay_homes.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using testing::prepay_home;

constexpr Time kStart = testing::kFirstOfMarch;

/// Four meters; counted from day 5 to day 25, the price changes on day 10.
class Diary {
  public:
    Diary() {
        facts.homes = {prepay_home(10, Region::North, Generation::SMETS2, HomeFault::none),
                       prepay_home(11, Region::North, Generation::SMETS2, HomeFault::lost_wan),
                       prepay_home(12, Region::South, Generation::SMETS2, HomeFault::none),
                       prepay_home(14, Region::South, Generation::SMETS1, HomeFault::lost_wan)};
        facts.counted_from = kStart + 24h * 5;
        facts.end = kStart + 24h * 25;
        facts.price_change = kStart + 24h * 10;
    }
    void notes(Duration at, std::int32_t home, std::string_view what) {
        Record row;
        row.time = kStart + at;
        row.sequence = static_cast<std::uint32_t>(rows_.size());
        row.home = home;
        row.what = words_.of(what);
        rows_.push_back(row);
    }
    Prepayments fold() const { return prepayments(to_columns(rows_, words_), facts); }
    StaleDays days(NoticeKind kind) const { return stale_days(fold(), kind); }

    PrepayFacts facts;

  private:
    Words words_;
    std::vector<Record> rows_;
};

Diary of_a_price() {
    Diary diary;
    diary.notes(24h * 10, 10, prepay::price_changed);
    diary.notes(24h * 12, 11, prepay::price_changed);
    diary.notes(24h * 13, 11, prepay::price_changed);  // by hand, or told again
    diary.notes(24h * 11, 12, prepay::price_changed);
    return diary;
}

TEST(StaleDays, LastUntilTheMeterChargesByThePriceOrTheRunEnds) {
    const StaleDays days = of_a_price().days(NoticeKind::price);
    EXPECT_DOUBLE_EQ(days.all.value(), (0 + 2 + 1 + 15) * 1000.0 / 4);
    EXPECT_DOUBLE_EQ(days.by_fault[0].value(), 0.5 * 1000);
    EXPECT_DOUBLE_EQ(days.by_fault[2].value(), 8.5 * 1000);
    EXPECT_FALSE(days.by_fault[1]) << "no home of that kind";
    EXPECT_DOUBLE_EQ(days.by_region[0].value(), 1 * 1000);
    EXPECT_DOUBLE_EQ(days.by_region[2].value(), 8 * 1000);
    EXPECT_DOUBLE_EQ(days.by_generation[0].value(), 15 * 1000);
    EXPECT_DOUBLE_EQ(days.by_generation[1].value(), 1 * 1000);
    EXPECT_DOUBLE_EQ(days.left.value().value(), 0.25);
}

TEST(StaleDays, OfTheWarmUpDoNotCount) {
    Diary diary = of_a_price();
    diary.facts.counted_from = kStart + 24h * 11 + 12h;
    const StaleDays days = diary.days(NoticeKind::price);
    EXPECT_DOUBLE_EQ(days.all.value(), (0 + 0.5 + 0 + 13.5) * 1000 / 4);
}

TEST(StaleDays, OfAModeAreOfThoseWhoAskedForIt) {
    Diary diary;
    diary.facts.price_change.reset();
    diary.notes(24h * 6, 11, prepay::credit_mode_asked);
    diary.notes(24h * 6, 12, prepay::credit_mode_asked);
    diary.notes(24h * 10, 12, prepay::mode_changed);
    diary.notes(24h * 12, 14, prepay::mode_changed);  // by hand: nobody asked
    const StaleDays days = diary.days(NoticeKind::credit_mode);
    EXPECT_DOUBLE_EQ(days.all.value(), (19 + 4) * 1000.0 / 2);
    EXPECT_DOUBLE_EQ(days.left.value().value(), 0.5);
    EXPECT_FALSE(days.by_generation[0]);
    EXPECT_FALSE(diary.days(NoticeKind::price).all) << "no price changed";
}

TEST(StaleDays, AreThoseOfBothPartsOfAWorld) {
    const Diary diary = of_a_price();
    Prepayments first = diary.fold(), second = diary.fold();
    for (auto& home : second.homes) home.home += 100;
    for (auto& row : second.notices) row.home += 100, row.taken_at = row.decided_at;
    append(first, second);
    EXPECT_DOUBLE_EQ(stale_days(first, NoticeKind::price).all.value(), 18 * 1000.0 / 8);
}

TEST(StaleDays, APriceThatWouldChangeAfterTheEndIsNone) {
    Diary diary;
    diary.facts.price_change = diary.facts.end;
    EXPECT_TRUE(diary.fold().notices.empty());
}

}  // namespace
}  // namespace meterbed
