// The layouts of zcl_layouts.cpp, read. Private to devices/gbcs.
#pragma once

#include <vector>

#include "devices/gbcs/zcl.h"

namespace meterbed::gbcs::gbz {

/// How the values of a type stand on the wire.
struct FieldWire {
    FieldType type;
    std::string_view name;  ///< in trees and dictionaries: "uint32"
    std::string_view word;  ///< in layouts: "u32"
    unsigned size;          ///< octets, little endian; 0: a length octet and that many
    bool is_signed = false;
};
/// Null for a type that has no fixed wire form (octets, group) or is unknown.
const FieldWire* wire_of(FieldType type);
std::span<const FieldWire> wires();

struct Element {
    enum class Kind : std::uint8_t { field, value, group, when, otherwise };
    Kind kind{};
    std::string_view name;  ///< of a field or group; of the field that `when` looks at
    FieldType type{};
    FieldUnit unit{};
    std::string_view count;  ///< of a group: a field's name, or "*" for as many as there are
    bool low_nibble = false;
    std::vector<std::int64_t> values;  ///< of `when`
    std::vector<Element> children;     ///< of a group, `when`, `otherwise`
};

const std::vector<Element>& elements_of(const Layout& layout);

}  // namespace meterbed::gbcs::gbz
