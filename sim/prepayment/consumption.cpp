#include "sim/prepayment/consumption.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "devices/prepayment/advance.h"
#include "devices/prepayment/timetable.h"
#include "sim/errors.h"

namespace meterbed {
namespace {

using namespace std::chrono;

constexpr std::int64_t kDay = 86'400, kHalfHour = 1'800;
constexpr double kHoursADay = 24;

// The built-in shape. ASSUMPTION, all of it: a home without electric heating, after the look of published
// profiles of domestic customers. Few levels, because each change of the load is a step of each meter.

struct Level {
    int hour = 0, minute = 0;  ///< from then on, by the clock on the wall, until the next
    double weight = 0;         ///< relative to the other levels
};
constexpr std::size_t kLevels = 6;
using Shape = std::array<Level, kLevels>;
constexpr Shape kWeekday{
    {{0, 0, 0.55}, {6, 30, 1.05}, {9, 0, 0.90}, {16, 0, 1.60}, {20, 0, 1.30}, {23, 0, 0.80}}};
constexpr Shape kWeekend{
    {{0, 0, 0.55}, {7, 30, 1.05}, {10, 0, 1.25}, {16, 0, 1.60}, {20, 0, 1.30}, {23, 30, 0.80}}};

struct Month {
    int days;
    double weight;
};
constexpr std::array<Month, 12> kMonths{{{31, 1.24},
                                         {28, 1.20},
                                         {31, 1.10},
                                         {30, 0.98},
                                         {31, 0.88},
                                         {30, 0.83},
                                         {31, 0.82},
                                         {31, 0.82},
                                         {30, 0.88},
                                         {31, 0.98},
                                         {30, 1.11},
                                         {31, 1.22}}};

/// A half-hour of the built-in shape: the factor to the mean of a week, and the second of the day at which
/// the next level begins.
struct Slot {
    double factor = 0;
    std::int64_t until = kDay;
};
using DaySlots = std::array<Slot, kDay / kHalfHour>;

constexpr std::int64_t begin_of(const Level& level) {
    return (std::int64_t{level.hour} * 60 + level.minute) * 60;
}
constexpr std::int64_t end_of(const Shape& shape, std::size_t i) {
    return i + 1 < shape.size() ? begin_of(shape[i + 1]) : kDay;
}
constexpr double mean_of(const Shape& shape) {
    double sum = 0;
    for (std::size_t i = 0; i < shape.size(); ++i)
        sum += shape[i].weight * static_cast<double>(end_of(shape, i) - begin_of(shape[i]));
    return sum / static_cast<double>(kDay);
}
constexpr double kMeanOfWeek = (5 * mean_of(kWeekday) + 2 * mean_of(kWeekend)) / 7;

constexpr DaySlots slots_of(const Shape& shape) {
    DaySlots slots;
    for (std::size_t i = 0; i < shape.size(); ++i)
        for (std::int64_t at = begin_of(shape[i]); at < end_of(shape, i); at += kHalfHour)
            slots[static_cast<std::size_t>(at / kHalfHour)] = {shape[i].weight / kMeanOfWeek,
                                                               end_of(shape, i)};
    return slots;
}
constexpr std::array<DaySlots, 2> kSlots{slots_of(kWeekday), slots_of(kWeekend)};

constexpr std::array<double, 12> kMonthFactors = [] {
    double sum = 0;
    int days = 0;
    for (const Month& month : kMonths) {
        sum += month.weight * month.days;
        days += month.days;
    }
    std::array<double, 12> factors{};
    for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = kMonths[i].weight * days / sum;
    return factors;
}();

/// A moment by the clock on the wall.
struct WallTime {
    std::int64_t second = 0;  ///< since 1970, UTC
    std::int64_t offset = 0;  ///< ahead of it
    std::int64_t day = 0;     ///< days since 1970
    std::int64_t of_day = 0;  ///< second that the clock shows
    unsigned month = 1;
    bool weekend = false;
    bool clocks_change = false;  ///< on this day, at 01:00 UTC

    std::int64_t change() const { return day * kDay + 3'600; }
    std::int64_t midnight() const {
        const std::int64_t before = clocks_change && second >= change() ? 3'600 - offset : offset;
        return day * kDay - before;
    }
};

WallTime wall_time(Time now) {
    WallTime wall;
    wall.second = floor<seconds>(now).time_since_epoch().count();
    wall.offset = prepayment::gb_offset(wall.second);
    const std::int64_t shown = wall.second + wall.offset;
    wall.day = shown / kDay - (shown % kDay < 0 ? 1 : 0);
    wall.of_day = shown - wall.day * kDay;
    const sys_days date{days{wall.day}};
    const year_month_day civil{date};
    const unsigned weekday_number = weekday{date}.iso_encoding();
    wall.month = unsigned{civil.month()};
    wall.weekend = weekday_number >= 6;
    wall.clocks_change = weekday_number == 7 && unsigned{civil.day()} >= 25 &&
                         (civil.month() == March || civil.month() == October);
    return wall;
}

Time at_second(std::int64_t second) { return Time{seconds{second}}; }

/// A load that would last until the clock shows this, ends when the clock is changed before.
Time shown_at(const WallTime& wall, std::int64_t of_day) {
    const std::int64_t second = wall.day * kDay + of_day - wall.offset;
    const bool changes = wall.clocks_change && wall.second < wall.change();
    return at_second(changes ? std::min(second, wall.change()) : second);
}

std::uint32_t whole_watts(double watts) {
    return static_cast<std::uint32_t>(std::min(watts + 0.5, double{prepayment::kMostLoad}));
}

/// Equal half-hours of a day are one load.
Load of_profile(const Profile& profile, const WallTime& wall) {
    const auto half_hour = static_cast<std::size_t>((wall.second - wall.midnight()) / kHalfHour);
    const std::int64_t day = wall.day - profile.first_day;
    const auto covered = static_cast<std::int64_t>(profile.days.size());
    if (day == covered && covered > 0 && wall.of_day == 0) {  // the end itself: nothing more is used
        return {0, at_second(wall.second + kHalfHour)};
    }
    if (day < 0 || day >= covered || half_hour >= profile.days[static_cast<std::size_t>(day)].watts.size()) {
        throw SimulationError("profile '" + profile.name + "' does not cover " +
                              to_text(at_second(wall.second)));
    }
    const auto& watts = profile.days[static_cast<std::size_t>(day)].watts;
    std::size_t end = half_hour + 1;
    while (end < watts.size() && watts[end] == watts[half_hour]) ++end;
    return {watts[half_hour], at_second(wall.midnight() + static_cast<std::int64_t>(end) * kHalfHour)};
}

double mean_watts(const PrepaymentSettings& settings) {
    const double spend = std::max(settings.daily_spend - settings.standing_charge, 0.0);
    return settings.unit_price > 0 ? spend / settings.unit_price * 1000 / kHoursADay : 0;
}

/// Draws of a home: who it is, and from kDays on one for each day since 1970.
enum Purpose : std::uint64_t { customer, which_profile, kDays };
std::uint64_t entity(std::int32_t home) { return static_cast<std::uint64_t>(home); }

}  // namespace

Consumption::Consumption(const PrepaymentSettings& settings, const Streams& streams,
                         std::shared_ptr<const Profiles> profiles)
    : mean_watts_(mean_watts(settings)),
      customers_(settings.spend_sigma),
      days_(settings.day_sigma),
      draws_(streams.of("consumption")),
      profiles_(std::move(profiles)) {}

Load Consumption::at(std::int32_t home, Time now) const {
    const WallTime wall = wall_time(now);
    if (profiles_) {
        const auto which = draws_.bits(entity(home), which_profile) % profiles_->size();
        return of_profile((*profiles_)[which], wall);
    }
    const Slot& slot = kSlots[wall.weekend ? 1 : 0][static_cast<std::size_t>(wall.of_day / kHalfHour)];
    const double day = days_.at(draws_.bits(entity(home), kDays + static_cast<std::uint64_t>(wall.day)));
    const double watts = mean_watts_ * scale(home) * kMonthFactors[wall.month - 1] * day * slot.factor;
    return {whole_watts(watts), shown_at(wall, slot.until)};
}

double Consumption::scale(std::int32_t home) const {
    return profiles_ ? 1 : customers_.at(draws_.bits(entity(home), customer));
}

}  // namespace meterbed
