// The table of DLMS objects from which every device's object model is made.
#pragma once

#include <span>
#include <string_view>

#include "devices/gbcs/dlms.h"
#include "devices/gbcs/use_case.h"

namespace meterbed {

struct ObjectRow {
    std::uint16_t class_id;
    gbcs::dlms::Obis obis;
    std::uint8_t index;
    gbcs::EnumSet<DeviceType> devices;
    bool writable;           ///< by remote parties, through a use case
    std::string_view first;  ///< as `value_from_text` reads it
    std::string_view name;   ///< of the mapping table
};

/// Ordered by class, OBIS code and attribute.
std::span<const ObjectRow> object_rows();

}  // namespace meterbed
