#include "devices/prepayment/timetable.h"

#include <algorithm>

namespace meterbed::prepayment {
namespace {

using namespace std::chrono;

constexpr std::int64_t kDay = 86'400, kHour = 3'600;

constexpr std::int64_t floor_day(std::int64_t second) {
    const std::int64_t rest = second % kDay;
    return second - (rest < 0 ? rest + kDay : rest);
}

std::int64_t last_sunday(int year_number, month in) {
    const sys_days day{year{year_number} / in / Sunday[last]};
    return day.time_since_epoch().count() * kDay + kHour;
}

/// The instants in the year of this second at which British clocks go forward and back.
struct Summer {
    std::int64_t from, to;
};
Summer summer_of(std::int64_t second) {
    const year_month_day date{sys_days{days{floor_day(second) / kDay}}};
    return {last_sunday(int{date.year()}, March), last_sunday(int{date.year()}, October)};
}

/// The first change of the clocks after this second.
std::int64_t next_clock_change(std::int64_t second) {
    const Summer summer = summer_of(second);
    if (second < summer.from) return summer.from;
    if (second < summer.to) return summer.to;
    return summer_of(second + 120 * kDay).from;
}

bool is_on(const SpecialDay& special, const year_month_day& date) {
    return (special.year == 0 || special.year == int{date.year()}) &&
           (special.month == 0 || special.month == unsigned{date.month()}) &&
           (special.day == 0 || special.day == unsigned{date.day()});
}

std::uint8_t week_on(const Timetable& timetable, const year_month_day& date) {
    if (timetable.seasons.empty()) return 0;
    // Before the first season of a year, the last one of the year before goes on.
    const Season* in_force = &timetable.seasons.back();
    for (const Season& season : timetable.seasons)
        if (std::pair{unsigned{season.month}, unsigned{season.day}} <=
            std::pair{unsigned{date.month()}, unsigned{date.day()}})
            in_force = &season;
    return in_force->week;
}

const DayProfile& profile_on(const Timetable& timetable, std::int64_t midnight) {
    const sys_days day{days{midnight / kDay}};
    if (!timetable.special_days.empty() || !timetable.seasons.empty()) {
        const year_month_day date{day};
        for (const SpecialDay& special : timetable.special_days)
            if (is_on(special, date)) return timetable.days[special.profile];
        const Week& week = timetable.weeks[week_on(timetable, date)];
        return timetable.days[week[weekday{day}.iso_encoding() - 1]];
    }
    return timetable.days[timetable.weeks.front()[weekday{day}.iso_encoding() - 1]];
}

/// By a clock that runs evenly.
Holding by_clock(const Timetable& timetable, std::int64_t second) {
    const std::int64_t midnight = floor_day(second);
    Holding held{0, midnight + kDay};
    for (const Switch& each : profile_on(timetable, midnight)) {
        if (midnight + each.second > second) {
            held.until = midnight + each.second;
            break;
        }
        held.value = each.value;
    }
    return held;
}

}  // namespace

Timetable always(std::uint8_t value) { return {Clock::utc, {{{0, value}}}, {Week{}}, {}, {}}; }

std::int64_t gb_offset(std::int64_t second) {
    // Asked for every change of every load, so without looking for the Sundays: both months have 31 days, and
    // the last Sunday is behind when the latest one was the 25th or later.
    const sys_days day{days{floor_day(second) / kDay}};
    const year_month_day date{day};
    const month in = date.month();
    if (in != March && in != October) return in > March && in < October ? kHour : 0;
    const int since_sunday = static_cast<int>(weekday{day}.c_encoding());
    const int sunday = static_cast<int>(unsigned{date.day()}) - since_sunday;
    const bool is_behind = sunday >= 25 && (since_sunday > 0 || second - floor_day(second) >= kHour);
    return is_behind == (in == March) ? kHour : 0;
}

Holding holding_at(const Timetable& timetable, std::int64_t second) {
    if (timetable.days.empty()) return {0, floor_day(second) + kDay};
    if (timetable.clock == Clock::utc) return by_clock(timetable, second);
    const std::int64_t offset = gb_offset(second);
    Holding held = by_clock(timetable, second + offset);
    // What the clock on the wall shows decides: an hour that comes twice holds twice what it holds.
    held.until = std::min(held.until - offset, next_clock_change(second));
    return held;
}

namespace {

std::string name_of(std::string_view what, std::size_t profile) {
    return std::string(what) + ", day profile " + std::to_string(profile + 1);
}
std::string clock_time(std::uint32_t second) {
    const auto two = [](std::uint32_t n) { return std::string(n < 10 ? 1U : 0U, '0') + std::to_string(n); };
    const std::string text = two(second / 3600) + ":" + two(second / 60 % 60);
    return second % 60 == 0 ? text : text + ":" + two(second % 60);
}

void check_day(const DayProfile& day, const std::string& name, unsigned values,
               std::vector<std::string>& out) {
    if (day.empty() || day.front().second != 0)
        out.push_back(name + " leaves a gap: nothing holds at 00:00, its first line must start there.");
    for (std::size_t i = 0; i < day.size(); ++i) {
        if (day[i].second >= kDay)
            out.push_back(name + ": line " + std::to_string(i + 1) + " starts after the end of the day.");
        if (day[i].value >= values)
            out.push_back(name + ": line " + std::to_string(i + 1) + " names " +
                          std::to_string(day[i].value) + ", the highest is " + std::to_string(values - 1) +
                          ".");
        if (i > 0 && day[i].second <= day[i - 1].second)
            out.push_back(name + " overlaps: the line from " + clock_time(day[i].second) +
                          " comes after the one from " + clock_time(day[i - 1].second) +
                          "; each must start later than the one before.");
    }
}

bool is_date(unsigned in, unsigned on) {
    return (year{2020} / month{in} / day{on}).ok();  // a leap year
}

void check_seasons(const Timetable& timetable, const std::string& name, std::vector<std::string>& out) {
    const auto& seasons = timetable.seasons;
    for (std::size_t i = 0; i < seasons.size(); ++i) {
        const std::string number = name + ": season " + std::to_string(i + 1);
        if (!is_date(seasons[i].month, seasons[i].day)) out.push_back(number + " starts on no date.");
        if (seasons[i].week >= timetable.weeks.size())
            out.push_back(number + " names a week that is not there.");
        if (i > 0 && std::pair{seasons[i].month, seasons[i].day} <=
                         std::pair{seasons[i - 1].month, seasons[i - 1].day})
            out.push_back(number + " overlaps the one before: seasons must be in the order of their dates.");
    }
}

}  // namespace

std::vector<std::string> problems(const Timetable& timetable, std::string_view what, unsigned values) {
    std::vector<std::string> out;
    const std::string name(what);
    if (timetable.days.empty()) return out;
    for (std::size_t i = 0; i < timetable.days.size(); ++i)
        check_day(timetable.days[i], name_of(what, i), values, out);
    if (timetable.weeks.empty()) out.push_back(name + " has day profiles and no week that names them.");
    for (std::size_t i = 0; i < timetable.weeks.size(); ++i)
        if (std::ranges::any_of(timetable.weeks[i], [&](auto day) { return day >= timetable.days.size(); }))
            out.push_back(name + ": week " + std::to_string(i + 1) +
                          " names a day profile that is not there.");
    check_seasons(timetable, name, out);
    for (std::size_t i = 0; i < timetable.special_days.size(); ++i)
        if (timetable.special_days[i].profile >= timetable.days.size())
            out.push_back(name + ": special day " + std::to_string(i + 1) +
                          " names a day profile that is not there.");
    return out;
}

}  // namespace meterbed::prepayment
