// Future dating of DLMS attributes (GBCS 9.2, Annex 1): now, never, or at a time.
#pragma once

#include "devices/use_cases/execution.h"

namespace meterbed {

/// Whether setting this attribute tells when passive values become active.
bool is_activation_time(const gbcs::dlms::Attribute& attribute);
/// Whether a command sets an activation time other than "now".
bool is_future_dated(const gbcs::dlms::AccessRequest& request);

/// After the set of an activation time: activates at once, forgets what waited, or waits.
gbcs::dlms::Result schedule_activation(Execution& execution, const gbcs::dlms::Attribute& trigger,
                                       const gbcs::dlms::Value& when);
/// Makes the passive values behind this activation time the active ones.
gbcs::dlms::Result activate(Device& device, const gbcs::dlms::Attribute& trigger);

/// 12 octets that name a moment; nothing for "now", "never" and other types.
std::optional<Time> time_in(const gbcs::dlms::Value& value);
gbcs::dlms::Value time_value(Time time);

}  // namespace meterbed
