// What the credential services share.
#pragma once

#include "sim/duis/table.h"

namespace meterbed::duis {

/// A certificate in base64: one DER element and nothing behind it. Whether it is good is the device's to say.
Bytes read_certificate(const Reading& from);

}  // namespace meterbed::duis
