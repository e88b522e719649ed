// The DLMS objects of a device as whoever owns the device sees them: stored values, and those the device
// computes from its own state (supply, logs). Remote parties see them through their use cases only.
#pragma once

#include "devices/device.h"

namespace meterbed {

/// Nothing when the device has no such attribute.
std::optional<gbcs::dlms::Value> value_of(const Device& device, const gbcs::dlms::Attribute& attribute);
/// Makes the device hold this value; computed attributes change the state they are computed from.
void put_value(Device& device, const gbcs::dlms::Attribute& attribute, gbcs::dlms::Value value);
/// Makes the device hold what this method answers.
void put_method_output(Device& device, const gbcs::dlms::Attribute& method, gbcs::dlms::Value value);

}  // namespace meterbed
