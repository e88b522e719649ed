#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

using namespace axdr;

constexpr std::uint8_t kAny = 0xFF;
/// DLMS: the last and the second last day of a month.
constexpr std::int64_t kLastDay = 0xFE, kSecondLastDay = 0xFD;

constexpr Word<int> kWeekdays[] = {{"Monday", 0}, {"Tuesday", 1},  {"Wednesday", 2}, {"Thursday", 3},
                                   {"Friday", 4}, {"Saturday", 5}, {"Sunday", 6}};

/// One of the named children says which: a number, or an empty element that stands for `otherwise`.
std::int64_t part(const Reading& of, std::string_view specified, std::string_view unspecified,
                  std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    if (const auto number = of.optional(specified)) return number->integer(least, most);
    of.child(unspecified);
    return otherwise;
}

std::int64_t day_of_month(const Reading& of) {
    if (of.optional("LastDayOfMonth")) return kLastDay;
    if (of.optional("SecondLastDayOfMonth")) return kSecondLastDay;
    return part(of, "SpecifiedDayOfMonth", "NonSpecifiedDayOfMonth", 1, 31, kAny);
}

Bytes date_octets(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t weekday) {
    return {static_cast<std::uint8_t>(year >> 8), static_cast<std::uint8_t>(year),
            static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day),
            static_cast<std::uint8_t>(weekday)};
}

Bytes wildcard_octets(const Reading& date) {
    const auto year = part(date.child("Year"), "SpecifiedYear", "NonSpecifiedYear", 2014, 9999, 0xFFFF);
    const auto month = part(date.child("Month"), "SpecifiedMonth", "NonSpecifiedMonth", 1, 12, kAny);
    const auto day = day_of_month(date.child("DayOfMonth"));
    const auto weekday =
        part(date.child("DayOfWeek"), "SpecifiedDayOfWeek", "NonSpecifiedDayOfWeek", 1, 7, kAny);
    return date_octets(year, month, day, weekday);
}

/// Bits from the left: bit 0 is the top one of the first octet.
Value bit_set(std::int64_t count, const std::vector<std::int64_t>& members) {
    Bytes bytes(static_cast<std::size_t>((count + 7) / 8));
    for (std::int64_t member : members) {
        auto& octet = bytes[static_cast<std::size_t>(member / 8)];
        octet = static_cast<std::uint8_t>(octet | (0x80U >> (member % 8)));
    }
    return bits(count, std::move(bytes));
}

}  // namespace

Value date_with_wildcards(const Reading& date) { return octets(wildcard_octets(date)); }

Value date_time_with_wildcards(const Reading& date) {
    Bytes all = wildcard_octets(date);
    // Midnight, hundredths 0, deviation not specified, clock status FF.
    all.insert(all.end(), {0, 0, 0, 0, 0x80, 0x00, 0xFF});
    return octets(std::move(all));
}

Value plain_date(const Reading& date) {
    const CalendarDate at = date.calendar_date();
    return octets(date_octets(at.year, at.month, at.day, kAny));
}

Value switch_time(const Reading& time) {
    const std::chrono::hh_mm_ss at(time.time_of_day());
    return octets({static_cast<std::uint8_t>(at.hours().count()),
                   static_cast<std::uint8_t>(at.minutes().count()),
                   static_cast<std::uint8_t>(at.seconds().count()), 0});
}

void SpecialDays::add(std::int64_t index, Value date, std::int64_t day) {
    entries.push_back(structure({u16(index), std::move(date), u8(day)}));
}

Value ScheduleEntry::value() const {
    constexpr std::int64_t no_validity_window = 0xFFFF;
    return structure({u16(index), boolean(true), octets(script_table), u16(script), time,
                      u16(no_validity_window), weekdays, special_days, begin, end});
}

Value weekdays_of(const Reading& entry) {
    std::vector<std::int64_t> days;
    if (const auto applicability = entry.optional("DaysOfWeekApplicability")) {
        for (const Reading& day : applicability->children("DayOfWeekApplicability", 0, 7))
            days.push_back(day.child("DayOfWeekID").one_of(kWeekdays));
    }
    return bit_set(7, days);
}

Value every_day() { return bit_set(7, {0, 1, 2, 3, 4, 5, 6}); }
Value any_date() { return octets(Bytes(5, kAny)); }

Value special_days_of(const std::vector<std::int64_t>& applying, std::int64_t defined) {
    std::vector<std::int64_t> members;
    for (std::int64_t day : applying)
        if (day >= 1 && day <= defined) members.push_back(day - 1);
    return bit_set(defined, members);
}

}  // namespace meterbed::duis
