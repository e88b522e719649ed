#include "devices/gbcs/zcl_types.h"

#include <algorithm>

namespace meterbed::gbcs::gbz {
namespace {

using enum FieldType;

constexpr FieldWire kWires[] = {
    {boolean, "boolean", "bool", 1},
    {bitmap8, "bitmap8", "b8", 1},
    {bitmap16, "bitmap16", "b16", 2},
    {bitmap24, "bitmap24", "b24", 3},
    {bitmap32, "bitmap32", "b32", 4},
    {uint8, "uint8", "u8", 1},
    {uint16, "uint16", "u16", 2},
    {uint24, "uint24", "u24", 3},
    {uint32, "uint32", "u32", 4},
    {uint40, "uint40", "u40", 5},
    {uint48, "uint48", "u48", 6},
    {uint64, "uint64", "u64", 8},
    {int8, "int8", "i8", 1, true},
    {int16, "int16", "i16", 2, true},
    {int24, "int24", "i24", 3, true},
    {int32, "int32", "i32", 4, true},
    {int64, "int64", "i64", 8, true},
    {enum8, "enum8", "e8", 1},
    {enum16, "enum16", "e16", 2},
    {octet_string, "octet-string", "ostr", 0},
    {character_string, "character-string", "cstr", 0},
    {date, "date", "date", 4},
    {utc_time, "utc-time", "utc", 4},
};

}  // namespace

std::span<const FieldWire> wires() { return kWires; }

const FieldWire* wire_of(FieldType type) {
    const auto wire = std::ranges::find(kWires, type, &FieldWire::type);
    return wire != std::end(kWires) ? &*wire : nullptr;
}

std::int64_t number_of(std::uint64_t octets, const FieldWire& wire) {
    const unsigned unused = 64U - 8U * wire.size;
    if (!wire.is_signed) return static_cast<std::int64_t>(octets);
    return static_cast<std::int64_t>(octets << unused) >> unused;
}

std::string_view name(FieldType type) {
    if (type == FieldType::octets) return "octets";
    if (type == FieldType::group) return "group";
    const FieldWire* wire = wire_of(type);
    return wire ? wire->name : "unknown";
}

std::optional<FieldType> field_type(std::string_view text) {
    if (text == "octets") return FieldType::octets;
    if (text == "group") return FieldType::group;
    const auto wire = std::ranges::find(wires(), text, &FieldWire::name);
    if (wire == wires().end()) return std::nullopt;
    return wire->type;
}

}  // namespace meterbed::gbcs::gbz
