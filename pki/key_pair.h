// P-256 keys: signatures (ECDSA with SHA-256, r||s) and static-static agreement (ECDH), GBCS 4.3.3.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "pki/bytes.h"
#include "pki/random.h"

namespace meterbed {

/// An affine point without the leading 04: x || y, 32 octets each.
struct PublicKey {
    std::array<std::uint8_t, 64> xy{};

    auto operator<=>(const PublicKey&) const = default;
    bool on_curve() const;
};

/// Plain format r || s, 32 octets each (GBCS 4.3.3.2).
struct Signature {
    std::array<std::uint8_t, 64> rs{};

    auto operator<=>(const Signature&) const = default;
};

/// The x coordinate that two static keys share; as secret as a private key.
using SharedSecret = std::array<std::uint8_t, 32>;

class KeyPair {
  public:
    /// A new key drawn from the stream: the same stream gives the same key.
    static KeyPair generate(Random& random);
    /// Nothing when the scalar is zero or not below the group order.
    static tl::expected<KeyPair, std::string> from_scalar(std::span<const std::uint8_t, 32> scalar);
    /// PKCS#8 or SEC 1 PEM text; the error says what is wrong with it.
    static tl::expected<KeyPair, std::string> from_pem(std::string_view pem);

    /// SEC 1 PEM ("EC PRIVATE KEY").
    std::string to_pem() const;

    const PublicKey& public_key() const { return public_key_; }
    /// Deterministic ECDSA (RFC 6979): the same key and message give the same octets.
    Signature sign(ByteView message) const;
    /// The peer's point must be on the curve; throws std::invalid_argument otherwise.
    SharedSecret agree(const PublicKey& peer) const;

  private:
    std::array<std::uint8_t, 32> scalar_{};
    PublicKey public_key_;
};

/// How many curve operations this thread has done, for honest benchmarks: what the work would cost on bare
/// OpenSSL.
struct KeyOperations {
    std::uint64_t generated = 0, signed_ = 0, verified = 0, agreed = 0;
};
KeyOperations& key_operations();

/// False for a wrong signature, and for a point that is not on the curve.
bool verify(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace meterbed
