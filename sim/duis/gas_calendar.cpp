#include "sim/duis/gas_calendar.h"

#include <array>

namespace meterbed::duis {
namespace {

/// What all five tables begin with: Provider ID, Issuer Event ID, Issuer Calendar ID.
Zcl table(const Situation& situation) {
    return Zcl().u32(0).u32(issuer_event_id(situation)).u32(issuer_event_id(situation));
}

constexpr std::int64_t kAny = 0xFF;  ///< as a part of a date

/// A part of a date: given, or left open.
std::int64_t date_part(const Reading& part, std::string_view given, std::string_view open, std::int64_t least,
                       std::int64_t most) {
    if (part.has(given)) return part.child(given).integer(least, most);
    part.child(open);
    return kAny;
}

/// Four octets: years since 1900, month, day of month, day of week (ZCL Date).
Zcl date(const Reading& from) {
    const std::int64_t year =
        date_part(from.child("GasYearWithWildcards"), "SpecifiedYear", "NonSpecifiedYear", 2014, 2154);
    const std::int64_t month =
        date_part(from.child("GasMonthWithWildcards"), "SpecifiedMonth", "NonSpecifiedMonth", 1, 12);
    // The schema calls this one, and only this one, Gas...
    const std::int64_t day = date_part(from.child("GasDayOfMonthWithWildcards"), "SpecifiedDayOfMonth",
                                       "GasNonSpecifiedDayOfMonth", 1, 31);
    const std::int64_t weekday = date_part(from.child("GasDayOfWeekWithWildcards"), "SpecifiedDayOfWeek",
                                           "NonSpecifiedDayOfWeek", 1, 7);
    return Zcl().u8(year == kAny ? kAny : year - 1900).u8(month).u8(day).u8(weekday);
}

/// Seven days, each at the place that its index says.
Zcl days_of_week(const Reading& week, std::int64_t highest_day) {
    std::array<std::int64_t, 7> days{};
    for (const Reading& day : week.children("ReferencedDayName", 7, 7)) {
        std::int64_t& place = days[static_cast<std::size_t>(day.attribute("index", 1, 7) - 1)];
        if (place != 0) day.mistake("has an index that another one has");
        place = day.integer(1, highest_day);
    }
    Zcl out;
    for (std::int64_t day : days) out.u8(day);
    return out;
}

void publish_weeks(Components& to, const Calendar& from, const Situation& situation) {
    for (const Reading& week : from.weeks.children("WeekProfile", 1, 2)) {
        const std::int64_t name = week.child("WeekName").integer(1, 2);
        to.publish(Cluster::calendar, 0x02,
                   table(situation).u8(name).append(days_of_week(week, from.highest_day)));
    }
}

void publish_days(Components& to, const Calendar& from, const Situation& situation) {
    for (const DayProfile& day : from.days)
        to.publish(Cluster::calendar, 0x01,
                   table(situation)
                       .u8(day.id)
                       .u8(day.entries)
                       .u8(0)
                       .u8(1)
                       .u8(static_cast<std::uint8_t>(from.type))
                       .append(day.schedule));
}

void publish_seasons(Components& to, const Calendar& from, const Situation& situation) {
    Zcl seasons = table(situation).u8(0).u8(1);
    for (const Reading& season : from.seasons.children("Season", 1, 3))
        seasons.append(date(season.child("SeasonStartDate")))
            .u8(season.child("ReferencedWeekName").integer(1, 2));
    to.publish(Cluster::calendar, 0x03, seasons);
}

void publish_special_days(Components& to, const Calendar& from, std::uint32_t execution,
                          const Situation& situation) {
    const std::vector<Reading> days = from.special_days.children("SpecialDay", 0, 20);
    Zcl out = table(situation)
                  .u32(start_of_published(execution))
                  .u8(static_cast<std::uint8_t>(from.type))
                  .u8(static_cast<std::int64_t>(days.size()))
                  .u8(0)
                  .u8(1);
    for (const Reading& day : days)
        out.append(date(day.child("Date"))).u8(day.child("ReferencedDayName").integer(1, from.highest_day));
    to.publish(Cluster::calendar, 0x04, out);
}

}  // namespace

std::uint32_t start_of_published(std::uint32_t execution) {
    return execution == kCancel ? 0xFFFFFFFE : execution;
}

void publish_calendar(Components& to, const Calendar& from, std::uint32_t execution,
                      const Situation& situation) {
    const auto count = [](const Reading& parent, std::string_view name) {
        return static_cast<std::int64_t>(parent.children(name, 1, 3).size());
    };
    to.publish(Cluster::calendar, 0x00,
               table(situation)
                   .u32(start_of_published(execution))
                   .u8(static_cast<std::uint8_t>(from.type))
                   .u8(0)  // time reference: UTC
                   .text("")
                   .u8(count(from.seasons, "Season"))
                   .u8(count(from.weeks, "WeekProfile"))
                   .u8(static_cast<std::int64_t>(from.days.size())));
    publish_days(to, from, situation);
    publish_weeks(to, from, situation);
    publish_seasons(to, from, situation);
    publish_special_days(to, from, execution, situation);
}

}  // namespace meterbed::duis
