// What comes back signed: a user's SignedPreCommand (command variants 5 to 7) becomes the command.
#pragma once

#include "sim/duis/transform.h"

namespace meterbed::duis {

bool is_signed_pre_command(const Request& request);
/// The command without its MAC, once it is the pre-command of this request: same parties and counter, a
/// message code of the service, and a signature. The signature itself is for who holds certificates to check.
tl::expected<Transformed, Refusal> from_signed_pre_command(const Request& request);

}  // namespace meterbed::duis
