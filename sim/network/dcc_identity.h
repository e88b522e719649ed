// Under which identifier the DCC's Access Control Broker stands in the cells of devices.
#pragma once

#include "pki/eui64.h"

namespace meterbed {

/// Of the block of the DCC's own parties, as `organisation_id` of the users'.
constexpr Eui64 kAccessControlBroker{0x4D'42'00'00'00'00'00'02};

}  // namespace meterbed
