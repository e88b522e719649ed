// Keys and certificates of a test, by party and use: what decodes, checks and answers messages (GBCS 4.3.3).
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <tl/expected.hpp>
#include <vector>

#include "devices/gbcs/protection.h"
#include "pki/certificate.h"

namespace meterbed::gbcs {

class KeyRing {
  public:
    /// Every certificate (PEM or DER) and private key (PEM) in the folder and below. A file named
    /// `<EUI-64>-<use>` (use is ds, ka or pp-ka) says what it is; of another name the content tells. Files
    /// that hold neither are `ignored`.
    static tl::expected<KeyRing, std::string> load(const std::filesystem::path& folder);

    /// Names it pp-ka: a certificate does not say whether its key agreement is for top-ups.
    void add(Certificate certificate, CellUsage cell = CellUsage::management);
    void add(Eui64 party, KeyUsage usage, CellUsage cell, KeyPair key);

    /// Null when the ring has none. The first by file name where a party has several.
    const Certificate* certificate(Eui64 party, KeyUsage usage, CellUsage cell = CellUsage::management) const;
    std::span<const CertificateRef> certificates(Eui64 party, KeyUsage usage,
                                                 CellUsage cell = CellUsage::management) const;
    const KeyPair* key(Eui64 party, KeyUsage usage, CellUsage cell = CellUsage::management) const;
    /// What the key agreement keys of two parties share, when one's private key and the other's certificate
    /// are here. `cell` is that of `remote`'s key: prePaymentTopUp for a top-up token. Computed once.
    const SharedSecret* secret(Eui64 device, Eui64 remote, CellUsage cell = CellUsage::management) const;

    /// The certificate whose subject this issuer name is, for showing a path; null when it is not here.
    const Certificate* authority(ByteView subject_name) const;
    /// Parties that hold a key agreement certificate with this role: the Access Control Broker, usually one.
    const std::vector<Eui64>& parties(RemotePartyRole role) const;

    std::span<const CertificateRef> all() const { return all_; }
    std::size_t key_count() const { return keys_.size(); }
    const std::vector<std::string>& ignored() const { return ignored_; }

  private:
    struct Use {
        Eui64 party;
        KeyUsage usage;
        CellUsage cell;
        auto operator<=>(const Use&) const = default;
    };
    struct Pair {
        Eui64 device, remote;
        CellUsage cell;
        auto operator<=>(const Pair&) const = default;
    };
    std::optional<SharedSecret> agree(const Pair& pair) const;

    std::vector<CertificateRef> all_;
    std::map<Use, std::vector<CertificateRef>> certificates_;
    std::map<Use, KeyPair> keys_;
    std::map<RemotePartyRole, std::vector<Eui64>> parties_;  ///< with a key agreement certificate
    /// Nothing where the pair was tried in vain.
    mutable std::map<Pair, std::optional<SharedSecret>> secrets_;
    std::vector<std::string> ignored_;
};

/// How one protection of a message fares against a key ring.
enum class Check : std::uint8_t { none, ok, bad, no_key };
std::string_view name(Check check);

struct ProtectionCheck {
    Check mac = Check::none;
    Check signature = Check::none;
    Check encryption = Check::none;  ///< the worst of its ciphered blocks
    std::size_t ciphered = 0;        ///< blocks in the message
    std::size_t decrypted = 0;       ///< of these, opened and made again to the same octets
};

/// The secrets under which the MAC of this message may have been made: the broker's and the device's for a
/// command, the two parties' otherwise (GBCS 4.3.3). Empty when the ring lacks them.
std::vector<const SharedSecret*> mac_secrets(const GroupingHeader& header, const KeyRing& ring);
/// For data that the device encrypted in this response or alert; for an unknown remote party it goes by the
/// supplementary fields (GBCS 8). Nothing without the keys.
std::optional<SymmetricKey> encryption_key(const GroupingHeader& header, const KeyRing& ring);
ProtectionCheck check_protection(const Message& message, const KeyRing& ring);

}  // namespace meterbed::gbcs
