// Log buffers: a range of the entries kept, packed as compact arrays (GBCS 18, RTDS).
#include <algorithm>

#include "devices/gbcs/dlms_compact.h"
#include "devices/gbz_time.h"
#include "devices/use_cases/dlms_rows.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr std::uint16_t kProfileGeneric = 7;
constexpr std::uint8_t kBuffer = 2;

/// Seconds since 2000-01-01, whether written as a number or as a date-time.
std::optional<std::int64_t> seconds_of(const Value& value) {
    if (value.type == Type::uint32) return value.number;
    gbcs::DateTime octets{};
    if (value.type != Type::octet_string || value.octets.size() != octets.size()) return std::nullopt;
    std::ranges::copy(value.octets, octets.begin());
    const auto time = time_of(octets);
    if (!time) return std::nullopt;
    return static_cast<std::int64_t>(gbz_time(*time));
}

/// range_descriptor: restricting object, from, to, selected values. Entries start with their time.
bool is_selected(const Value& entry, const Value& range) {
    if (range.type != Type::structure || range.elements.size() < 3 || entry.elements.empty()) return true;
    const auto from = seconds_of(range.elements[1]), to = seconds_of(range.elements[2]);
    const auto at = seconds_of(entry.elements[0]);
    return !at || ((!from || *at >= *from) && (!to || *at <= *to));
}

}  // namespace

Value as_read(const Attribute& attribute, const Value& held, const Specification& specification) {
    const bool buffer = attribute.class_id == kProfileGeneric && attribute.index == kBuffer;
    if (!buffer || held.type != Type::array) return held;
    std::vector<const Value*> selected;
    for (const Value& entry : held.elements)
        if (specification.access != Access::get_with_selection || is_selected(entry, specification.selection))
            selected.push_back(&entry);
    return pack(selected);
}

}  // namespace meterbed
