// The data types of the ZigBee Cluster Library (2.5.2) that GBCS uses, and how their values stand on the
// wire.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace meterbed::gbcs::gbz {

/// The data types of the ZCL by their identifiers; the last two are ours.
enum class FieldType : std::uint8_t {
    boolean = 0x10,
    bitmap8 = 0x18,
    bitmap16 = 0x19,
    bitmap24 = 0x1A,
    bitmap32 = 0x1B,
    uint8 = 0x20,
    uint16 = 0x21,
    uint24 = 0x22,
    uint32 = 0x23,
    uint40 = 0x24,
    uint48 = 0x25,
    uint64 = 0x27,
    int8 = 0x28,
    int16 = 0x29,
    int24 = 0x2A,
    int32 = 0x2B,
    int64 = 0x2F,
    enum8 = 0x30,
    enum16 = 0x31,
    octet_string = 0x41,
    character_string = 0x42,
    date = 0xE1,
    utc_time = 0xE2,
    octets = 0xFE,  ///< all that is left, of a layout that nobody knows
    group = 0xFF,   ///< the same fields, several times
};
std::string_view name(FieldType type);
std::optional<FieldType> field_type(std::string_view name);

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
/// A number of this type from its octets: the sign of the short ones reaches to the top.
std::int64_t number_of(std::uint64_t octets, const FieldWire& wire);

}  // namespace meterbed::gbcs::gbz
