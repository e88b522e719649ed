// AES-128-GCM with 96-bit IVs, as fast as OpenSSL allows for short messages. Private to devices/gbcs.
#pragma once

#include <optional>

#include "devices/gbcs/protection.h"

namespace meterbed::gbcs::gcm {

/// Business originator || 00000000 (GBCS 4.3.3.4).
using Iv = std::array<std::uint8_t, 12>;
using Tag = std::array<std::uint8_t, 16>;

struct Sealed {
    Bytes ciphertext;
    Tag tag{};
};

Iv iv_of(Eui64 originator);
Sealed seal(const SymmetricKey& key, const Iv& iv, ByteView additional_data, ByteView plaintext);
/// Nothing when the tag, of any length from 4 to 16 octets, is wrong.
std::optional<Bytes> open(const SymmetricKey& key, const Iv& iv, ByteView additional_data,
                          ByteView ciphertext, ByteView tag);

}  // namespace meterbed::gbcs::gcm
