// The message a device answers with: shape, date-time, recipient and protection follow from the use case
// (GBCS 7.2).
#pragma once

#include "devices/verification.h"

namespace meterbed {

/// `signing` is the key that was in force when the command arrived: CS02d may have replaced it since (K).
/// Nothing when the response needs a secret that the device can not compute.
std::optional<gbcs::Message> compose_response(const Device& device, const Verified& command, Bytes payload,
                                              std::optional<std::uint64_t> supplementary_counter,
                                              const KeyPair& signing, Time now);

}  // namespace meterbed
