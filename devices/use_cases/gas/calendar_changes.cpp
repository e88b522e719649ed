// Calendars: a header, then its parts, in force at once or at a later time (GCS01a, GCS05).
#include <algorithm>

#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

void place(std::vector<Calendar>& calendars, Calendar calendar) {
    std::erase_if(calendars, [&](const Calendar& held) { return held.type == calendar.type; });
    calendars.push_back(std::move(calendar));
}

Calendar* of_type(std::vector<Calendar>& calendars, std::uint8_t type) {
    const auto found = std::ranges::find(calendars, type, &Calendar::type);
    return found != calendars.end() ? &*found : nullptr;
}

/// Parts follow the header in the same command and belong where it went. A part without a header has no
/// calendar; null too for the parts of a calendar that is cancelled.
Calendar* part_of(Act& it) {
    if (!it.memory.calendar) return nullptr;
    GasData& data = it.data();
    const bool passive = *it.memory.calendar == Phase::store;
    return of_type(passive ? data.passive_calendars : data.calendars, it.memory.calendar_type);
}

bool is_cancelled(const Act& it) { return it.memory.calendar == Phase::cancel; }

template <typename Part>
std::uint8_t add_part(Act& it, const std::optional<Calendar>& part, std::vector<Part> Calendar::*list) {
    if (!part) return zcl::status::malformed;
    if (is_cancelled(it)) return zcl::status::success;
    Calendar* calendar = part_of(it);
    if (!calendar || calendar->id != part->id) return zcl::status::not_found;
    const std::vector<Part>& parts = (*part).*list;
    ((*calendar).*list).insert(((*calendar).*list).end(), parts.begin(), parts.end());
    return zcl::status::success;
}

}  // namespace

std::uint8_t publish_calendar(Act& it) {
    const auto calendar = read_calendar(it.asked.payload);
    if (!calendar) return zcl::status::malformed;
    GasData& data = it.data();
    it.memory.calendar = it.phase;
    it.memory.calendar_type = calendar->type;
    if (it.phase == Phase::store) place(data.passive_calendars, *calendar);
    if (it.phase == Phase::now) place(data.calendars, *calendar);
    if (it.phase == Phase::now || it.phase == Phase::store) return zcl::status::success;
    const Calendar* passive = of_type(data.passive_calendars, calendar->type);
    if (it.phase == Phase::activate && !passive) return zcl::status::not_found;
    if (it.phase == Phase::activate) place(data.calendars, *passive);
    std::erase_if(data.passive_calendars, [&](const Calendar& held) { return held.type == calendar->type; });
    return zcl::status::success;
}

std::uint8_t publish_day(Act& it) { return add_part(it, read_day(it.asked.payload), &Calendar::days); }
std::uint8_t publish_week(Act& it) { return add_part(it, read_week(it.asked.payload), &Calendar::weeks); }
std::uint8_t publish_seasons(Act& it) {
    return add_part(it, read_seasons(it.asked.payload), &Calendar::seasons);
}

/// Special days have a time of their own: at it they replace those of the calendar in force.
std::uint8_t publish_special_days(Act& it) {
    const auto part = read_special_days(it.asked.payload);
    if (!part) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    Calendar* calendar = it.data().calendar_of(part->type);
    if (!calendar || calendar->id != part->id) return zcl::status::not_found;
    calendar->special_days = part->special_days;
    return zcl::status::success;
}

}  // namespace meterbed::gas
