// What the objects of the DLMS use cases are called (GBCS 20): object, attribute or method, and the elements
// of its value.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "devices/gbcs/dlms.h"

namespace meterbed::gbcs::dlms {

/// A part of a value: the elements of a structure in order, or the one kind of element of an array.
struct ElementName {
    std::string_view name;
    std::vector<ElementName> children;
};

/// What a use case calls one attribute or method of one object.
struct ObjectName {
    MessageCode code{};
    Attribute attribute;
    bool is_method = false;
    std::string_view name;  ///< "MeterBalance: adjust"
    ElementName value;      ///< named after the attribute: "update_amount"
};

/// The objects of a use case in the order of its items; empty when it has none.
std::span<const ObjectName> objects_of(MessageCode code);
/// As this use case calls it, else as another does; null for an object that no use case names.
const ObjectName* object_name(MessageCode code, const Attribute& attribute, bool is_method);
/// The parameter of the method that reads protected attributes (class 30), and its answer (GBCS 8).
const ElementName* protection_names(bool of_command);
/// What its numbers count: "GBP" (in 10^-5), "Wh", "varh", "W"; empty when they say themselves or nobody
/// knows.
std::string_view unit_of(const Attribute& attribute, bool is_method);

}  // namespace meterbed::gbcs::dlms
