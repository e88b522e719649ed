// CS02b and CS02g: what must hold before any cell is touched (GBCS 13.3; order K).
#pragma once

#include <optional>

#include "devices/gbcs/cs02.h"
#include "pki/replacement.h"
#include "pki/verdict.h"

namespace meterbed {

/// 0x0100 + mode; the two load controller modes have codes of CS02g.
gbcs::MessageCode update_code(ReplacementMode mode);
/// Nothing when the code is not of CS02b or CS02g.
std::optional<ReplacementMode> update_mode(gbcs::MessageCode code);

/// Control fields agree with the header, the mode exists on this device and may target every cell, none
/// twice. A fault refuses the whole command: it is dropped, no cell is touched.
Verdict check_update(const gbcs::UpdateSecurityCredentials& update, const gbcs::Message& message,
                     DeviceType device);

}  // namespace meterbed
