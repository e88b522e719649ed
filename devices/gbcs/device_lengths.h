// The length octets of ASN.1 that devices make. Private to devices/gbcs.
#pragma once

#include "devices/gbcs/message.h"

namespace meterbed::gbcs {

/// Devices write lengths of 128 to 255 as 82 00nn, where DER has 81 nn (observed in every response and alert
/// of CS02a, b, f and g in RTDS). Reads elements with such lengths and gives the same elements in DER; the
/// DER form is refused, so that there is one encoding only.
Parsed<Bytes> der_from_device(ByteView elements);
/// The reverse; `der` must be DER.
Bytes device_from_der(ByteView der);

}  // namespace meterbed::gbcs
