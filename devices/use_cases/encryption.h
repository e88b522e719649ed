// For whom data in a response is encrypted, and under which key (GBCS 8).
#pragma once

#include "devices/use_cases/execution.h"

namespace meterbed {

/// The party named in the header, or the unknown one behind the ACB, whose certificate the command brings;
/// that answer takes a counter of the device's own (RTDS). Nothing when no secret can be computed.
std::optional<gbcs::SymmetricKey> encryption_key(Execution& execution, Answer& answer);

}  // namespace meterbed
