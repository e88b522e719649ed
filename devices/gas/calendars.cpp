#include "devices/gas/records.h"

namespace meterbed::gas {
namespace {

constexpr std::size_t kDayEntry = 3, kDatedEntry = 5;

Writer head(const Calendar& calendar) {
    Writer out;
    out.u32(0).u32(calendar.issuer_event).u32(calendar.id);
    return out;
}

Calendar read_head(Reader& in) {
    Calendar calendar;
    in.u32();  // provider
    calendar.issuer_event = in.u32();
    calendar.id = in.u32();
    return calendar;
}

/// Command index 0 of 1: GBCS sends every part in one command.
void expect_whole(Reader& in) {
    if (in.u8() != 0 || in.u8() != 1) in.fail();
}

std::optional<Calendar> if_finished(const Reader& in, Calendar calendar) {
    return in.finished() ? std::optional(std::move(calendar)) : std::nullopt;
}

void write_dated(Writer& out, const std::vector<DatedEntry>& entries) {
    for (const DatedEntry& entry : entries) out.bytes(entry.date).u8(entry.id);
}

std::vector<DatedEntry> read_dated(Reader& in) {
    std::vector<DatedEntry> entries;
    while (in.left() >= kDatedEntry) {
        const auto date = in.fixed<4>();
        entries.push_back({date, in.u8()});
    }
    return entries;
}

}  // namespace

Bytes encode_day(const Calendar& calendar, const DayProfile& day) {
    Writer out = head(calendar);
    out.u8(day.id).u8(day.entries.size()).u8(0).u8(1).u8(calendar.type);
    for (const DayEntry& entry : day.entries) out.u16(entry.from).u8(entry.value);
    return out.take();
}

Bytes encode_week(const Calendar& calendar, const WeekProfile& week) {
    Writer out = head(calendar);
    return out.u8(week.id).bytes(week.days).take();
}

Bytes encode_seasons(const Calendar& calendar) {
    Writer out = head(calendar);
    out.u8(0).u8(1);
    write_dated(out, calendar.seasons);
    return out.take();
}

Bytes encode_special_days(const Calendar& calendar) {
    Writer out = head(calendar);
    out.u32(calendar.start).u8(calendar.type).u8(calendar.special_days.size()).u8(0).u8(1);
    write_dated(out, calendar.special_days);
    return out.take();
}

std::optional<Calendar> read_calendar(ByteView payload) {
    Reader in(payload);
    Calendar calendar = read_head(in);
    calendar.start = in.u32();
    calendar.type = in.u8();
    in.u8();       // time reference
    in.string();   // name
    in.number(3);  // how many seasons, weeks, days follow
    return if_finished(in, std::move(calendar));
}

std::optional<Calendar> read_day(ByteView payload) {
    Reader in(payload);
    Calendar calendar = read_head(in);
    DayProfile day{in.u8(), {}};
    const std::size_t count = in.u8();
    expect_whole(in);
    calendar.type = in.u8();
    if (count != in.left() / kDayEntry) in.fail();
    while (in.left() >= kDayEntry) {
        const std::uint16_t from = in.u16();
        day.entries.push_back({from, in.u8()});
    }
    calendar.days.push_back(std::move(day));
    return if_finished(in, std::move(calendar));
}

std::optional<Calendar> read_week(ByteView payload) {
    Reader in(payload);
    Calendar calendar = read_head(in);
    WeekProfile week{in.u8(), {}};
    week.days = in.fixed<7>();
    calendar.weeks.push_back(week);
    return if_finished(in, std::move(calendar));
}

std::optional<Calendar> read_seasons(ByteView payload) {
    Reader in(payload);
    Calendar calendar = read_head(in);
    expect_whole(in);
    calendar.seasons = read_dated(in);
    return if_finished(in, std::move(calendar));
}

std::optional<Calendar> read_special_days(ByteView payload) {
    Reader in(payload);
    Calendar calendar = read_head(in);
    calendar.start = in.u32();
    calendar.type = in.u8();
    const std::size_t count = in.u8();
    expect_whole(in);
    calendar.special_days = read_dated(in);
    if (count != calendar.special_days.size()) in.fail();
    return if_finished(in, std::move(calendar));
}

}  // namespace meterbed::gas
