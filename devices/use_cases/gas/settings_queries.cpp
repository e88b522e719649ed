// Queries for calendars, price, billing period and event configuration (GCS20r, GCS21b, GCS21f, GCS21k).
#include <algorithm>

#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

/// Wild cards of the issuer calendar ID (GBCS 19, GCS21b and GCS21f): the calendar in force of a type.
struct WildCard {
    std::uint32_t id;
    std::uint8_t type;
};
constexpr WildCard kWildCards[] = {
    {0xFFFFFFFF, calendar_type::tariff},
    {0xFFFFFFFE, calendar_type::non_disablement},
};

const Calendar* find_calendar(const Query& it, std::uint32_t id) {
    const auto card = std::ranges::find(kWildCards, id, &WildCard::id);
    if (card != std::end(kWildCards)) return it.data.calendar_of(card->type);
    const auto found = std::ranges::find(it.data.calendars, id, &Calendar::id);
    return found != it.data.calendars.end() ? &*found : nullptr;
}

/// Provider, calendar, first id, number (0: all).
template <typename Part>
Found find_parts(const Query& it, std::vector<Part> Calendar::*list,
                 Bytes (*encode_part)(const Calendar&, const Part&)) {
    Reader in(it.asked.payload);
    in.u32();
    const Calendar* calendar = find_calendar(it, in.u32());
    const std::uint8_t first = in.u8();
    const std::size_t most = in.u8();
    if (!in.finished()) return std::nullopt;
    std::vector<Bytes> out;
    if (!calendar) return out;
    for (const Part& part : (*calendar).*list)
        if (part.id >= first && (most == 0 || out.size() < most)) out.push_back(encode_part(*calendar, part));
    return out;
}

}  // namespace

Found find_days(const Query& it) { return find_parts(it, &Calendar::days, encode_day); }
Found find_weeks(const Query& it) { return find_parts(it, &Calendar::weeks, encode_week); }

Found find_seasons(const Query& it) {
    Reader in(it.asked.payload);
    in.u32();
    const Calendar* calendar = find_calendar(it, in.u32());
    if (!in.finished()) return std::nullopt;
    if (!calendar || calendar->seasons.empty()) return std::vector<Bytes>{};
    return std::vector<Bytes>{encode_seasons(*calendar)};
}

/// Start, number (0: all), type, provider, calendar.
Found find_special_days(const Query& it) {
    Reader in(it.asked.payload);
    in.u32();
    const std::size_t most = in.u8();
    in.u8();
    in.u32();
    const Calendar* calendar = find_calendar(it, in.u32());
    if (!in.finished()) return std::nullopt;
    if (!calendar || calendar->special_days.empty()) return std::vector<Bytes>{};
    Calendar part = *calendar;
    if (most != 0 && part.special_days.size() > most) part.special_days.resize(most);
    return std::vector<Bytes>{encode_special_days(part)};
}

Found find_price(const Query& it) {
    Reader in(it.asked.payload);
    in.u8();  // command options
    if (!in.finished()) return std::nullopt;
    if (!it.data.price) return std::vector<Bytes>{};
    return std::vector<Bytes>{encode(*it.data.price, it.now)};
}

Found find_billing_period(const Query& it) {
    Reader in(it.asked.payload);
    in.bytes(8);  // earliest start, least issuer event
    in.u8();      // number of commands
    in.u8();      // tariff type
    if (!in.finished()) return std::nullopt;
    if (!it.data.billing_period) return std::vector<Bytes>{};
    return std::vector<Bytes>{encode(*it.data.billing_period)};
}

/// An event, or the wild card 0xnnFF for a family: number of the report, of 1, then each with its bits.
Found find_event_settings(const Query& it) {
    Reader in(it.asked.payload);
    const std::uint16_t wanted = in.u16();
    if (!in.finished()) return std::nullopt;
    Writer out;
    out.u8(0).u8(1);
    bool found = false;
    for (const EventSetting& each : it.data.event_settings) {
        const bool family = (wanted & 0xFFU) == 0xFF && wanted >> 8U == each.event >> 8U;
        if (!family && each.event != wanted) continue;
        out.u16(each.event).u8(each.configuration);
        found = true;
    }
    if (!found) return std::vector<Bytes>{};
    return std::vector<Bytes>{out.take()};
}

}  // namespace meterbed::gas
