// What holds at which time of the year: day profiles, weeks, seasons and special days, as suppliers send them
// for tariffs and for the non-disablement calendar (SRV 1.1.1, 2.1; DLMS classes 20, 10 and 11).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pki/time.h"

namespace meterbed::prepayment {

/// By which clock the times of a timetable are meant. Meters know UTC only; a supplier that means local hours
/// sends a calendar for each half of the year, which `gb_local` stands for.
enum class Clock : std::uint8_t { utc, gb_local };

/// From this second of the day on, this holds.
struct Switch {
    std::uint32_t second = 0;
    std::uint8_t value = 0;
    bool operator==(const Switch&) const = default;
};
/// In the order of time, the first at midnight.
using DayProfile = std::vector<Switch>;
/// Indices of day profiles, Monday first.
using Week = std::array<std::uint8_t, 7>;
/// From this date of every year on, this week holds.
struct Season {
    std::uint8_t month = 1, day = 1;
    std::uint8_t week = 0;
    bool operator==(const Season&) const = default;
};
/// A date with a day profile of its own; 0 stands for every year, month or day.
struct SpecialDay {
    std::int16_t year = 0;
    std::uint8_t month = 0, day = 0;
    std::uint8_t profile = 0;
    bool operator==(const SpecialDay&) const = default;
};

struct Timetable {
    Clock clock = Clock::utc;
    std::vector<DayProfile> days;
    std::vector<Week> weeks;
    std::vector<Season> seasons;  ///< ascending by date; none: the first week holds all year
    std::vector<SpecialDay> special_days;
    bool operator==(const Timetable&) const = default;
};

/// One value at all times.
Timetable always(std::uint8_t value);

/// What holds, and from when on something else may. Times are whole seconds since 1970, UTC.
struct Holding {
    std::uint8_t value = 0;
    std::int64_t until = 0;
};
/// An empty timetable holds 0 for ever. `until` is at most the end of the day.
Holding holding_at(const Timetable& timetable, std::int64_t second);

/// Seconds that clocks in Great Britain are ahead of UTC: 3600 between the last Sundays of March and October,
/// 01:00 UTC each.
std::int64_t gb_offset(std::int64_t second);

/// What is wrong with it, a sentence each; `what` names the timetable. Values must be below `values`.
std::vector<std::string> problems(const Timetable& timetable, std::string_view what, unsigned values);

}  // namespace meterbed::prepayment
