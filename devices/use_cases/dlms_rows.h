// Attributes that are computed and methods that act: a row each. Everything else is a stored value. Private
// to use_cases.
#pragma once

#include <span>

#include "devices/gbcs/dlms.h"
#include "devices/use_cases/execution.h"

namespace meterbed {

struct Accessed {
    gbcs::dlms::Value data;
    gbcs::dlms::Result result{};
};

/// What one item of a request leaves for the next.
struct AccessState {
    std::optional<std::pair<Time, Time>>
        clock_interval;  ///< preset_adjusting_time, until adjust_to_preset_time
    bool clock_refused = false;
};

struct AccessItem {
    Execution& execution;
    const gbcs::dlms::Specification& specification;
    const gbcs::dlms::Value& data;  ///< of a set or a method
    AccessState& state;
    Answer& answer;
};

struct AccessRow {
    std::uint16_t class_id;
    std::optional<gbcs::dlms::Obis> obis;  ///< nothing: every object of the class
    std::uint8_t index;
    Accessed (*handler)(AccessItem&);
};
std::span<const AccessRow> computed_attributes();
std::span<const AccessRow> methods();

/// What follows from a set, after the value was stored; what it returns is the result of the item.
struct SetRow {
    std::uint16_t class_id;
    std::optional<gbcs::dlms::Obis> obis;  ///< nothing: every object of the class
    std::uint8_t index;
    gbcs::dlms::Result (*then)(AccessItem&);
};
std::span<const SetRow> set_consequences();

/// A stored value as it is read: buffers become compact arrays of the entries in the selected range.
gbcs::dlms::Value as_read(const gbcs::dlms::Attribute& attribute, const gbcs::dlms::Value& held,
                          const gbcs::dlms::Specification& specification);

/// Class 30, method 1: attributes read encrypted (GBCS 8, 9.3).
Accessed get_protected_attributes(AccessItem& item);

}  // namespace meterbed
