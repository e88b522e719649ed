// An X.509 certificate in one of the SMKI profiles (SEC Appendices A and B, GBCS 12), as a value.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "pki/bytes.h"
#include "pki/eui64.h"
#include "pki/key_pair.h"
#include "pki/roles.h"
#include "pki/time.h"

namespace meterbed {

struct Certificate {
    Bytes der;           ///< the whole encoding; everything below is read from it
    Bytes to_be_signed;  ///< the TBSCertificate element
    Bytes serial;        ///< 16 octets in every SMKI certificate
    Bytes issuer_name;   ///< the Name element, compared byte for byte
    Bytes subject_name;
    Time not_before;
    Time not_after;
    PublicKey public_key;
    Signature signature;
    std::optional<KeyUsage> usage;        ///< nothing when the keyUsage extension is absent or mixed
    Bytes key_identifier;                 ///< subjectKeyIdentifier, 8 octets; empty when absent
    Bytes authority_key_identifier;       ///< empty when absent (self-signed root)
    std::optional<RemotePartyRole> role;  ///< from OU; nothing on device certificates
    Eui64 subject;                        ///< x500UniqueIdentifier or hwSerialNum; zero for CAs
    bool is_device = false;               ///< identity stands in subjectAltName hardwareModuleName
    bool is_ca = false;
    std::optional<int> path_length;
    std::vector<std::string> policies;  ///< dotted OIDs
    std::vector<std::string> oddities;  ///< departures from the profile, in words; empty when there are none

    /// One DER certificate and nothing after it. Departures from the profile that do not prevent reading are
    /// `oddities`; the error says why nothing could be read (also: larger than `kMaximumSize`).
    static tl::expected<Certificate, std::string> parse(ByteView der);
    /// The same, as a value that equal encodings share: an organisation's certificate is read by thousands of
    /// meters. Remembered per thread, up to a bound.
    static tl::expected<std::shared_ptr<const Certificate>, std::string> parse_shared(ByteView der);
    static tl::expected<Certificate, std::string> parse_pem(std::string_view pem);
    std::string to_pem() const;

    /// Buffers of devices: no larger certificate is read (ASSUMPTION, no limit is published).
    static constexpr std::size_t kMaximumSize = 1000;
};

/// Certificates are shared and never change.
using CertificateRef = std::shared_ptr<const Certificate>;

/// RFC 5280 4.2.1.2 method 2: 0100 and the low 60 bits of SHA-1 of the point (with its leading 04).
std::array<std::uint8_t, 8> key_identifier(const PublicKey& key);

}  // namespace meterbed
