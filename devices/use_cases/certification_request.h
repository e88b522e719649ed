// PKCS#10 request of a device for a certificate (RFC 2986; profile as GBCS devices write it).
#pragma once

#include "pki/bytes.h"
#include "pki/eui64.h"
#include "pki/key_pair.h"
#include "pki/roles.h"

namespace meterbed {

/// Version 0, empty subject, key usage and hardware module name requested, signed with the new key.
Bytes certification_request(Eui64 device, KeyUsage usage, const KeyPair& key);

}  // namespace meterbed
