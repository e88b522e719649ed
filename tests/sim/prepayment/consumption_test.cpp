// What customers use: how much in the mean, when it changes, and on days when clocks are changed.
#include "sim/prepayment/consumption.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "devices/prepayment/advance.h"
#include "devices/prepayment/timetable.h"
#include "sim/errors.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

const Streams kStreams{7, 1};
constexpr std::int32_t kHomes = 2'000;

Time date(int y, int month, int day) { return sys_days{year{y} / month / day}; }

double kwh(const Load& load, Duration over) {
    return load.watts * std::chrono::duration<double, std::ratio<3600>>(over).count() / 1000;
}

struct Used {
    double kwh = 0;
    int changes = 0;
};
Used used(const Consumption& consumption, std::int32_t home, Time from, Time to) {
    Used sum;
    for (Time at = from; at < to; ++sum.changes) {
        const Load load = consumption.at(home, at);
        const Time until = std::min(load.until, to);
        EXPECT_GT(load.until, at);
        sum.kwh += kwh(load, until - at);
        at = until;
    }
    return sum;
}

TEST(Consumption, MeanSpendOfAYearIsAsSet) {
    PrepaymentSettings settings;
    settings.daily_spend = 4.10;
    const Consumption consumption(settings, kStreams);
    double spend = 0;
    int changes = 0;
    for (std::int32_t home = 0; home < kHomes; ++home) {
        const Used year_of_home = used(consumption, home, date(2019, 12, 31), date(2020, 12, 31));
        spend += year_of_home.kwh * settings.unit_price;
        changes += year_of_home.changes;
    }
    // The standard error of 2,000 homes is 0.9 % of what energy costs.
    EXPECT_NEAR(spend / kHomes / 366 + settings.standing_charge, 4.10, 0.09);
    // Six levels a day, one more when clocks change.
    EXPECT_LE(changes, kHomes * (366 * 6 + 3));
}

TEST(Consumption, WithoutSpreadEveryHomeSpendsTheMean) {
    PrepaymentSettings settings;
    settings.spend_sigma = settings.day_sigma = 0;
    const Consumption consumption(settings, kStreams);
    const double spend = used(consumption, 5, date(2021, 1, 1), date(2022, 1, 1)).kwh / 365 * 0.25 + 0.50;
    EXPECT_NEAR(spend, 3.50, 0.01);
}

TEST(Consumption, CustomersAndDaysDifferAsSet) {
    const PrepaymentSettings settings;
    const Consumption consumption(settings, kStreams);
    std::vector<double> logs;
    double sum = 0;
    for (std::int32_t home = 0; home < 50'000; ++home) {
        sum += consumption.scale(home);
        logs.push_back(std::log(consumption.scale(home)));
    }
    EXPECT_NEAR(sum / 50'000, 1, 0.01);
    const double mean = std::accumulate(logs.begin(), logs.end(), 0.0) / 50'000;
    double squares = 0;
    for (const double each : logs) squares += (each - mean) * (each - mean);
    EXPECT_NEAR(std::sqrt(squares / 50'000), settings.spend_sigma, 0.01);

    // Mondays of one month of one home differ by their noise alone.
    double ratios = 0;
    for (std::int32_t home = 0; home < kHomes; ++home) {
        const double a = consumption.at(home, date(2020, 2, 3) + 17h).watts;
        const double b = consumption.at(home, date(2020, 2, 10) + 17h).watts;
        ratios += std::pow(std::log(a / b), 2);
    }
    EXPECT_NEAR(std::sqrt(ratios / kHomes / 2), settings.day_sigma, 0.02);
}

TEST(Consumption, IsTheSameInWhateverOrderItIsAsked) {
    const Consumption consumption({}, kStreams), again({}, kStreams);
    std::vector<std::pair<std::int32_t, Time>> questions;
    for (std::int32_t home = 0; home < 20; ++home)
        for (Time at = date(2020, 3, 27); at < date(2020, 3, 31); at += 37min)
            questions.emplace_back(home, at);
    std::vector<Load> answers;
    for (const auto& [home, at] : questions) answers.push_back(consumption.at(home, at));
    for (std::size_t i = questions.size(); i-- > 0;) {
        const Load load = again.at(questions[i].first, questions[i].second);
        ASSERT_EQ(load.watts, answers[i].watts);
        ASSERT_EQ(load.until, answers[i].until);
        // Until then nothing changes.
        const Load later = again.at(questions[i].first, load.until - 1us);
        ASSERT_EQ(later.watts, load.watts);
        ASSERT_EQ(later.until, load.until);
    }
}

TEST(Consumption, FollowsTheClockOnTheWall) {
    const Consumption consumption({}, kStreams);
    // Evening from 16:00: in winter that is UTC, in summer an hour earlier.
    EXPECT_EQ(consumption.at(1, date(2020, 2, 4) + 12h).until, date(2020, 2, 4) + 16h);
    EXPECT_EQ(consumption.at(1, date(2020, 7, 7) + 12h).until, date(2020, 7, 7) + 15h);
    // A day ends at midnight by the same clock.
    EXPECT_EQ(consumption.at(1, date(2020, 7, 7) + 22h + 30min).until, date(2020, 7, 7) + 23h);
    // On Saturdays people get up later.
    EXPECT_EQ(consumption.at(1, date(2020, 2, 7)).until, date(2020, 2, 7) + 6h + 30min);
    EXPECT_EQ(consumption.at(1, date(2020, 2, 8)).until, date(2020, 2, 8) + 7h + 30min);
    EXPECT_GT(consumption.at(1, date(2020, 1, 6) + 500ms).watts, 0U);
}

TEST(Consumption, DaysOfAClockChangeHave23And25Hours) {
    PrepaymentSettings settings;
    settings.day_sigma = settings.spend_sigma = 0;
    const Consumption consumption(settings, kStreams);
    // Sundays: 29 March from 00:00 to 23:00 UTC, 25 October from 23:00 the evening before to 24:00.
    const double spring = used(consumption, 1, date(2020, 3, 29), date(2020, 3, 29) + 23h).kwh;
    const double sunday = used(consumption, 1, date(2020, 3, 22), date(2020, 3, 23)).kwh;
    const Load night = consumption.at(1, date(2020, 3, 29));
    EXPECT_NEAR(sunday - spring, kwh(night, 1h), 1e-9);
    EXPECT_EQ(consumption.at(1, date(2020, 3, 29) + 2h).until, date(2020, 3, 29) + 6h + 30min);

    const Time back = date(2020, 10, 25) - 1h;
    const double autumn = used(consumption, 1, back, date(2020, 10, 26)).kwh;
    const double before = used(consumption, 1, back - days{7}, back - days{6}).kwh;
    EXPECT_NEAR(autumn - before, kwh(consumption.at(1, back), 1h), 1e-9);
    EXPECT_EQ(consumption.at(1, date(2020, 10, 25) + 2h).until, date(2020, 10, 25) + 7h + 30min);
}

/// Half-hour n of each day is n W.
std::shared_ptr<const Profiles> counted(int y, int month, int day, std::vector<std::size_t> half_hours) {
    Profile profile{"counted", date(y, month, day).time_since_epoch() / days{1}, {}};
    for (const std::size_t each : half_hours) {
        ProfileDay of_day;
        for (std::size_t i = 0; i < each; ++i) of_day.watts.push_back(static_cast<std::uint32_t>(i));
        profile.days.push_back(of_day);
    }
    return std::make_shared<const Profiles>(Profiles{profile});
}

TEST(ConsumptionOfAProfile, GoesHalfHourByHalfHour) {
    const Consumption consumption({}, kStreams, counted(2020, 2, 3, {48, 48}));
    for (std::uint32_t i = 0; i < 48; ++i) {
        const Load load = consumption.at(9, date(2020, 2, 4) + i * 30min + 7min);
        EXPECT_EQ(load.watts, i);
        EXPECT_EQ(load.until, date(2020, 2, 4) + (i + 1) * 30min);
    }
    EXPECT_EQ(consumption.scale(9), 1);
}

TEST(ConsumptionOfAProfile, SpringAndAutumnDaysHaveEveryHalfHourOnce) {
    const Consumption spring({}, kStreams, counted(2020, 3, 28, {48, 46, 48}));
    Time at = date(2020, 3, 29);
    for (std::uint32_t i = 0; i < 46; ++i, at += 30min) EXPECT_EQ(spring.at(3, at).watts, i);
    EXPECT_EQ(at, date(2020, 3, 29) + 23h);
    EXPECT_EQ(spring.at(3, at).watts, 0U);

    const Consumption autumn({}, kStreams, counted(2020, 10, 24, {48, 50, 48}));
    at = date(2020, 10, 24) + 23h;
    for (std::uint32_t i = 0; i < 50; ++i, at += 30min) EXPECT_EQ(autumn.at(3, at).watts, i);
    EXPECT_EQ(at, date(2020, 10, 26));
    EXPECT_EQ(autumn.at(3, at).watts, 0U);
}

TEST(ConsumptionOfAProfile, EqualHalfHoursAreOneLoadWithinADay) {
    const auto flat = std::make_shared<const Profiles>(Profiles{
        {"flat", date(2020, 2, 3).time_since_epoch() / days{1}, {{std::vector<std::uint32_t>(48, 250)}}}});
    const Load load = Consumption({}, kStreams, flat).at(0, date(2020, 2, 3) + 40min);
    EXPECT_EQ(load.watts, 250U);
    EXPECT_EQ(load.until, date(2020, 2, 4));
}

TEST(ConsumptionOfAProfile, EveryCustomerHasOneOfThem) {
    Profiles profiles;
    for (std::uint32_t i = 0; i < 4; ++i)
        profiles.push_back(
            {"p", date(2020, 2, 3).time_since_epoch() / days{1}, {{std::vector<std::uint32_t>(48, i)}}});
    const Consumption consumption({}, kStreams, std::make_shared<const Profiles>(profiles));
    std::array<int, 4> homes{};
    for (std::int32_t home = 0; home < 4'000; ++home) ++homes[consumption.at(home, date(2020, 2, 3)).watts];
    for (const int each : homes) EXPECT_NEAR(each, 1'000, 100);
}

TEST(ConsumptionOfAProfile, OutsideItsDaysIsAMistake) {
    const Consumption consumption({}, kStreams, counted(2020, 2, 3, {48}));
    EXPECT_THROW(consumption.at(0, date(2020, 2, 3) - 1us), SimulationError);
    EXPECT_NO_THROW(consumption.at(0, date(2020, 2, 4)));  // where a run may end
    EXPECT_THROW(consumption.at(0, date(2020, 2, 4) + 30min), SimulationError);
}

TEST(Consumption, NeverExceedsWhatALedgerFollows) {
    PrepaymentSettings settings;
    settings.daily_spend = 5'000;
    EXPECT_EQ(Consumption(settings, kStreams).at(0, date(2020, 2, 3) + 17h).watts, prepayment::kMostLoad);
    settings.daily_spend = settings.standing_charge;
    EXPECT_EQ(Consumption(settings, kStreams).at(0, date(2020, 2, 3) + 17h).watts, 0U);
}

}  // namespace
}  // namespace meterbed
