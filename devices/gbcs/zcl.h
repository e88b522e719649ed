// ZCL payloads of GBZ components to the field (ZigBee Smart Energy 1.2, as GBCS 18 and 20 use it): names,
// types, values, and back to the same octets.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "devices/gbcs/gbz.h"
#include "devices/gbcs/zcl_types.h"

namespace meterbed::gbcs::gbz {

/// What a number counts.
enum class FieldUnit : std::uint8_t { none, money, price, cubic_metres, minutes };

struct Field {
    std::string_view name;  ///< as GBCS spells it: "Issuer Event ID"
    FieldType type{};
    std::int64_t number = 0;  ///< of the numeric types; uint64 as its bits
    Bytes octets;             ///< strings, without the length; date: year - 1900, month, day, day of week
    std::vector<std::vector<Field>> groups;
    FieldUnit unit = FieldUnit::none;  ///< for people; it follows from the layout
    bool operator==(const Field&) const = default;
};

/// One command of a cluster in one direction, or a general command, and the layout of its payload.
struct Layout {
    std::uint16_t cluster;  ///< general commands have the same in every cluster: 0xFFFF
    bool from_server;       ///< frame control bit 3; general commands: not looked at
    std::uint8_t command;
    std::string_view name;      ///< "Publish Price Matrix"
    std::string_view elements;  ///< see zcl_layouts.cpp
};
std::span<const Layout> layouts();
/// Null for a command that no use case has.
const Layout* layout_of(const Component& component);

/// The fields of a component that is not encrypted, or was opened. Every octet is in a field; an unknown
/// command gives one field `octets`. The error says where a payload departs from the layout of its command.
Parsed<std::vector<Field>> fields_of(const Component& component);
/// The ZCL payload: `payload_of(*fields_of(c)) == c.payload`. Throws std::invalid_argument for a number that
/// exceeds its type.
Bytes payload_of(std::span<const Field> fields);
/// The first field of this name, also within groups; null when there is none.
const Field* find(std::span<const Field> fields, std::string_view name);

/// "CreditRemaining"; empty when no use case reads it.
std::string_view attribute_name(std::uint16_t cluster, std::uint16_t attribute);
std::string_view cluster_name(std::uint16_t cluster);
/// "SUCCESS", "NOT_FOUND"; empty when unknown.
std::string_view status_name(std::uint8_t status);

}  // namespace meterbed::gbcs::gbz
