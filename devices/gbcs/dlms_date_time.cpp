// DLMS date-time as GBCS devices write it (GBCS 7.2.7): UTC, whole seconds.
#include "devices/gbcs/dlms.h"

namespace meterbed::gbcs::dlms {
namespace {

constexpr std::uint8_t kUnspecified = 0xFF;

std::uint8_t octet(std::int64_t value) { return static_cast<std::uint8_t>(value); }

}  // namespace

DateTime date_time(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    const int year = static_cast<int>(date.year());
    return {octet(year >> 8),
            octet(year & 0xFF),
            octet(static_cast<unsigned>(date.month())),
            octet(static_cast<unsigned>(date.day())),
            kUnspecified,
            octet(clock.hours().count()),
            octet(clock.minutes().count()),
            octet(clock.seconds().count()),
            0,
            0x80,
            0x00,
            kUnspecified};
}

std::optional<Time> time_of(const DateTime& at) {
    const std::chrono::year year(at[0] << 8 | at[1]);
    const std::chrono::year_month_day date(year, std::chrono::month(at[2]), std::chrono::day(at[3]));
    // Unspecified fields are FF or FFFF, which no calendar has; so are the markers "now" and "cancel".
    const bool in_range =
        date.ok() && static_cast<int>(year) <= 9999 && at[5] < 24 && at[6] < 60 && at[7] < 60;
    if (!in_range) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(at[5]) + std::chrono::minutes(at[6]) +
           std::chrono::seconds(at[7]);
}

}  // namespace meterbed::gbcs::dlms
