// Key derivation, MACs, signatures and encryption of GBCS messages (GBCS 4.3.3, 7.2, 8).
#pragma once

#include <array>
#include <tl/expected.hpp>
#include <unordered_map>

#include "devices/gbcs/message.h"

namespace meterbed::gbcs {

using SymmetricKey = std::array<std::uint8_t, 16>;

/// SP 800-56A concatenation KDF, one SHA-256 block: OtherInfo names the business originator, `flag` ||
/// counter, recipient.
SymmetricKey derive_key(const SharedSecret& secret, Eui64 originator, std::uint8_t flag,
                        std::uint64_t counter, Eui64 recipient);

/// GMAC over `mac_additional_data`; the key and IV name the header's originator although the ACB may make it.
Mac make_mac(const Message& message, const SharedSecret& secret);
/// False when the message has no MAC.
bool mac_is_valid(const Message& message, const SharedSecret& secret);

Signature make_signature(const Message& message, const KeyPair& key);
/// False when the message has no signature.
bool signature_is_valid(const Message& message, const PublicKey& key);

/// AES-128-GCM, additional data the single octet 31: 31 00000000 || ciphertext || tag of 12.
Bytes encrypt(ByteView plaintext, const SymmetricKey& key, Eui64 originator);
tl::expected<Bytes, std::string> decrypt(ByteView block, const SymmetricKey& key, Eui64 originator);

/// The plain GMAC of the standard: tag of 12 octets over additional data, IV = originator || 00000000.
Mac gmac(const SymmetricKey& key, Eui64 originator, ByteView additional_data);

/// The whole tag of 16 octets: the top-up token carries its last four (GBCS 14).
std::array<std::uint8_t, 16> gmac_tag(const SymmetricKey& key, Eui64 originator, ByteView additional_data);

/// Remembers the secret of each pair of static keys: computed once, the same from either end.
class SharedSecrets {
  public:
    const SharedSecret& of(const KeyPair& own, const PublicKey& peer);
    /// A secret learnt elsewhere, where neither private key is at hand (reference test data).
    void know(const PublicKey& own, const PublicKey& peer, const SharedSecret& secret);
    /// Null when this pair was never computed nor told.
    const SharedSecret* find(const PublicKey& own, const PublicKey& peer) const;
    std::size_t size() const { return secrets_.size(); }

  private:
    /// Both points, the lower first: the same from either end.
    using Pair = std::array<std::uint8_t, 128>;
    static Pair pair_of(const PublicKey& one, const PublicKey& other);
    struct PairHash {
        std::size_t operator()(const Pair& pair) const noexcept;
    };
    std::unordered_map<Pair, SharedSecret, PairHash> secrets_;
};

}  // namespace meterbed::gbcs
