// Timetables by both clocks, the friendly hours, and plans that can not be followed.
#include "devices/prepayment/plan.h"

#include <gtest/gtest.h>

namespace meterbed::prepayment {
namespace {

using std::chrono::seconds;

std::int64_t at(std::string_view text) {
    return std::chrono::floor<seconds>(parse_time(text).value().time_since_epoch()).count();
}
std::string text(std::int64_t second) { return to_text(Time{seconds{second}}).substr(0, 16); }

/// All changes of value between two times.
std::vector<std::string> changes(const Timetable& timetable, std::string_view from, std::string_view to) {
    std::vector<std::string> out;
    std::uint8_t value = holding_at(timetable, at(from)).value;
    for (std::int64_t t = holding_at(timetable, at(from)).until; t < at(to);
         t = holding_at(timetable, t).until)
        if (const std::uint8_t now = holding_at(timetable, t).value; now != value) {
            value = now;
            out.push_back(text(t) + " " + std::to_string(value));
        }
    return out;
}

using Lines = std::vector<std::string>;

TEST(FriendlyHours, AreNightsSundaysAndBankHolidaysByTheClockOnTheWall) {
    const Timetable hours = friendly_hours(2020);
    EXPECT_EQ(changes(hours, "2020-02-07", "2020-02-11"),
              (Lines{"2020-02-07T10:00 0", "2020-02-07T18:00 1", "2020-02-08T10:00 0", "2020-02-08T18:00 1",
                     "2020-02-10T10:00 0", "2020-02-10T18:00 1"}));
    // Good Friday to Easter Monday, in summer time.
    EXPECT_EQ(changes(hours, "2020-04-09 12:00", "2020-04-15"),
              (Lines{"2020-04-09T17:00 1", "2020-04-11T09:00 0", "2020-04-11T17:00 1", "2020-04-14T09:00 0",
                     "2020-04-14T17:00 1"}));
}

TEST(FriendlyHours, FollowTheClocksForwardAndBack) {
    Timetable hours = friendly_hours(2020);
    EXPECT_EQ(changes(hours, "2020-03-28 12:00", "2020-03-31"),
              (Lines{"2020-03-28T18:00 1", "2020-03-30T09:00 0", "2020-03-30T17:00 1"}));
    EXPECT_EQ(changes(hours, "2020-10-24 12:00", "2020-10-27"),
              (Lines{"2020-10-24T17:00 1", "2020-10-26T10:00 0", "2020-10-26T18:00 1"}));
    hours.clock = Clock::utc;
    EXPECT_EQ(changes(hours, "2020-06-01 12:00", "2020-06-02"), Lines{"2020-06-01T18:00 1"});
}

TEST(FriendlyHours, KnowTheBankHolidaysThatRulesGive) {
    const auto days_of = [](int year) {
        Lines out;
        for (const SpecialDay& day : friendly_hours(year, 1).special_days)
            out.push_back(std::to_string(day.month) + "/" + std::to_string(day.day));
        return out;
    };
    EXPECT_EQ(days_of(2021), (Lines{"1/1", "4/2", "4/5", "5/3", "5/31", "8/30", "12/27", "12/28"}));
    EXPECT_EQ(days_of(2023), (Lines{"1/2", "4/7", "4/10", "5/1", "5/29", "8/28", "12/25", "12/26"}));
    EXPECT_EQ(days_of(2026), (Lines{"1/1", "4/3", "4/6", "5/4", "5/25", "8/31", "12/25", "12/28"}));
}

/// A line from 00:00 to 02:00, when the clocks go: the wall clock skips an hour, or shows it twice.
TEST(LocalTimes, SkipAnHourInSpringAndRepeatOneInAutumn) {
    Timetable night{Clock::gb_local, {{{0, 0}, {5400, 1}, {7200, 2}}}, {Week{}}, {}, {}};
    EXPECT_EQ(changes(night, "2021-03-27 12:00", "2021-03-28 12:00"),
              (Lines{"2021-03-28T00:00 0", "2021-03-28T01:00 2"}));
    EXPECT_EQ(changes(night, "2021-10-30 12:00", "2021-10-31 12:00"),
              (Lines{"2021-10-30T23:00 0", "2021-10-31T00:30 1", "2021-10-31T01:00 0", "2021-10-31T01:30 1",
                     "2021-10-31T02:00 2"}));
}

TEST(Seasons, GoOnOverTheNewYear) {
    Timetable year{Clock::utc,
                   {{{0, 0}}, {{0, 1}}},
                   {{0, 0, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1}},
                   {{4, 1, 0}, {10, 1, 1}},
                   {{2021, 1, 5, 0}}};
    EXPECT_EQ(changes(year, "2020-02-01", "2021-05-01"),
              (Lines{"2020-04-01T00:00 0", "2020-10-01T00:00 1", "2021-01-05T00:00 0", "2021-01-06T00:00 1",
                     "2021-04-01T00:00 0"}));
}

TEST(Check, FindsNothingWrongWithAPlanThatCanBeFollowed) {
    Plan plan;
    EXPECT_EQ(check(plan), Lines{});
    plan.non_disablement = friendly_hours(2024);
    EXPECT_EQ(check(plan), Lines{});
}

TEST(Check, NamesGapsAndOverlapsOfATariff) {
    Plan plan;
    plan.tariff.times.days = {{{3600, 0}}, {{0, 0}, {7200, 1}, {5400, 2}}, {{0, 99}}};
    plan.tariff.times.weeks = {{0, 1, 2, 3, 0, 0, 0}};
    EXPECT_EQ(
        check(plan),
        (Lines{"the tariff, day profile 1 leaves a gap: nothing holds at 00:00, its first line must start "
               "there.",
               "the tariff, day profile 2 overlaps: the line from 01:30 comes after the one from 02:00; "
               "each must start later than the one before.",
               "the tariff, day profile 3: line 1 names 99, the highest is 55.",
               "the tariff: week 1 names a day profile that is not there."}));
    plan.tariff.times = {};
    EXPECT_EQ(check(plan), Lines{"the tariff leaves a gap: it has no day profile."});
}

TEST(Check, NamesThresholdsInTheWrongOrder) {
    Plan plan;
    plan.settings.disablement = 150'000;
    plan.tariff.block_thresholds[3] = {5, 4, 6};
    EXPECT_EQ(
        check(plan),
        (Lines{"block set 4: the thresholds are in the wrong order; each must be at least the one before.",
               "thresholds in the wrong order: the disablement threshold is above the emergency credit "
               "threshold, so that supply goes off before emergency credit is offered."}));
}

TEST(Check, NamesNegativeRates) {
    Plan plan;
    plan.tariff.standing_charge = -1;
    plan.tariff.prices[4] = -5;
    plan.tariff.block_prices[1][2] = -1;
    plan.settings.debt_cap = -1;
    EXPECT_EQ(check(plan),
              (Lines{"the standing charge is negative.", "the price of time-of-use register 5 is negative.",
                     "the price of block 3 in block set 2 is negative.",
                     "the debt recovery rate cap is negative."}));
}

}  // namespace
}  // namespace meterbed::prepayment
