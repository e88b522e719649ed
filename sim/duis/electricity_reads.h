// Reads of the ESME and the hub: plain objects, log ranges, and protected (encrypted) collections.
#pragma once

#include "sim/duis/dlms_writer.h"

namespace meterbed::duis {

/// Whether the table has objects for this message code.
bool has_objects(std::uint16_t code);

/// Gets every object of the situation's use case; buffers over ReadLogPeriod.
Bytes read_objects(const Reading& body, const Situation& situation);
/// Asks for the encrypted collection of the situation's use case (gbcs.md 9.3); logs over ReadLogPeriod.
Bytes read_protected(const Reading& body, const Situation& situation);

}  // namespace meterbed::duis
