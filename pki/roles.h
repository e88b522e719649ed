// The field's words for who a certificate speaks for and what it may be used for (GBCS 4.3.2, 13; SEC
// Appendix B).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace meterbed {

/// RemotePartyRole; the organisation certificate's OU carries it as two hexadecimal digits.
enum class RemotePartyRole : std::uint8_t {
    root = 0,
    recovery = 1,
    supplier = 2,
    networkOperator = 3,
    accessControlBroker = 4,
    transitionalCoS = 5,
    wanProvider = 6,
    issuingAuthority = 7,
    loadController = 8,
    other = 127,
    xmlSign = 135,
    dSPXmlSign = 137,
};

enum class KeyUsage : std::uint8_t { digitalSignature, keyAgreement, keyCertSign };

enum class CellUsage : std::uint8_t { management = 0, prePaymentTopUp = 1 };

/// DeviceType as the ASN.1 payloads number it; SAPC has no number there and is ours.
enum class DeviceType : std::uint8_t {
    gSME = 0,
    eSME = 1,
    CHF = 2,
    GPF = 3,
    HCALCS = 4,
    PPMID = 5,
    type2 = 6,
    SAPC = 7
};

std::string_view name(RemotePartyRole role);
std::string_view name(KeyUsage usage);
std::string_view name(CellUsage usage);
/// "ESME", "GSME", ... as SMETS spells them.
std::string_view name(DeviceType type);
std::optional<RemotePartyRole> remote_party_role(std::uint64_t code);
std::optional<RemotePartyRole> remote_party_role(std::string_view name);
std::optional<KeyUsage> key_usage(std::string_view name);
std::optional<DeviceType> device_type(std::string_view name);

}  // namespace meterbed
