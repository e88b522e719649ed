// Who and what exists: parties with their credentials, homes with their devices. Changed only between slices.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "pki/authority.h"
#include "pki/certificate.h"
#include "pki/key_pair.h"
#include "sim/numbered.h"
#include "sim/record.h"
#include "sim/services/catalogue.h"
#include "sim/supply/site.h"

namespace meterbed {

enum class Generation : std::uint8_t { SMETS1, SMETS2 };

/// One set of keys and certificates of an organisation; a renewal adds another set.
struct CredentialSet {
    KeyPair signing;
    KeyPair agreement;
    std::optional<KeyPair> top_up;  ///< suppliers only
    CertificateRef signing_certificate;
    CertificateRef agreement_certificate;
    CertificateRef top_up_certificate;
};

/// A DCC User, or one of the DCC's own functions (ACB, recovery, CoS Party).
struct Party {
    std::string name;
    Eui64 id;
    RemotePartyRole role = RemotePartyRole::other;  ///< of its device-facing certificates
    gbcs::EnumSet<UserRole> user_roles;
    std::optional<KeyPair> xml_key;  ///< signs DUIS requests (role 87)
    CertificateRef xml_certificate;
    std::vector<CredentialSet> credentials;  ///< oldest first

    /// The certificates that would be placed in this party's cells, in the order of the DUIS body.
    std::vector<CertificateRef> certificates(std::size_t set) const;
};

struct Home {
    std::int32_t number = kNoHome;
    Generation generation = Generation::SMETS2;
    Eui64 chf, gpf, esme, gsme, ppmid;   ///< zero when the home has none
    std::uint16_t supplier = 0;          ///< index of the party
    std::uint16_t network_operator = 0;  ///< who truly serves the premises
    Site site;
};

/// Where a device stands in the block of identifiers of its home.
enum class DevicePlace : std::uint8_t { chf, gpf, esme, gsme, ppmid };
/// Identifiers of a block of our own, so that nothing here can be mistaken for a live or a reference party.
/// They follow from the numbers, so that a fleet needs no table of them.
constexpr Eui64 device_id(std::int32_t home, DevicePlace place) {
    return Eui64{0x4D'42'D0'00'00'00'00'00 + static_cast<std::uint64_t>(home) * 16 +
                 static_cast<std::uint64_t>(place)};
}
constexpr Eui64 organisation_id(std::uint16_t user) { return Eui64{0x4D'42'00'00'00'01'00'00ULL + user}; }

/// What the SMKI repository tells about a device.
struct DeviceEntry {
    std::int32_t home = kNoHome;
    DeviceType type = DeviceType::eSME;
    CertificateRef signing_certificate;  ///< empty for SMETS1 meters, which hold none
    CertificateRef agreement_certificate;
};

/// The DCC's own functions, each with its credentials.
struct DccParties {
    Party access_control_broker, recovery, transitional_cos, wan_provider;
};

struct Directory {
    DccParties dcc;
    CertificateRef root;               ///< Root OCA: what devices hold
    std::vector<CertificateRef> path;  ///< Issuing OCA: what commands carry
    std::vector<Party> users;
    Numbered<Home> homes;
    std::unordered_map<Eui64, DeviceEntry> devices;
    std::unordered_map<Eui64, std::uint16_t> user_index;
    /// Subject key identifiers of the organisation certificates that stand In use in the SMKI repository.
    std::unordered_map<std::string, CertificateRef> repository;

    const Party* party(Eui64 id) const;
    std::optional<std::uint16_t> user(std::string_view name) const;
    void publish(const CertificateRef& certificate);
    bool in_use(const Certificate& certificate) const;
};

/// Adds a set of fresh keys and certificates to the party and publishes them.
void renew_credentials(Party& party, Directory& directory, Authority& authority, Random random, Time from);

}  // namespace meterbed
