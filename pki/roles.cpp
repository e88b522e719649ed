#include "pki/roles.h"

#include <array>
#include <utility>

namespace meterbed {

namespace {

constexpr std::array<std::pair<RemotePartyRole, std::string_view>, 12> kRoles{{
    {RemotePartyRole::root, "root"},
    {RemotePartyRole::recovery, "recovery"},
    {RemotePartyRole::supplier, "supplier"},
    {RemotePartyRole::networkOperator, "networkOperator"},
    {RemotePartyRole::accessControlBroker, "accessControlBroker"},
    {RemotePartyRole::transitionalCoS, "transitionalCoS"},
    {RemotePartyRole::wanProvider, "wanProvider"},
    {RemotePartyRole::issuingAuthority, "issuingAuthority"},
    {RemotePartyRole::loadController, "loadController"},
    {RemotePartyRole::other, "other"},
    {RemotePartyRole::xmlSign, "xmlSign"},
    {RemotePartyRole::dSPXmlSign, "dSPXmlSign"},
}};

constexpr std::array<std::string_view, 3> kUsages{"digitalSignature", "keyAgreement", "keyCertSign"};
constexpr std::array<std::string_view, 2> kCellUsages{"management", "prePaymentTopUp"};
constexpr std::array<std::string_view, 8> kDevices{"GSME",   "ESME",  "CHF",    "GPF",
                                                   "HCALCS", "PPMID", "type 2", "SAPC"};

}  // namespace

std::string_view name(RemotePartyRole role) {
    for (const auto& [value, text] : kRoles) {
        if (value == role) return text;
    }
    return "unknown role";
}

std::string_view name(KeyUsage usage) { return kUsages[static_cast<std::size_t>(usage)]; }
std::string_view name(CellUsage usage) { return kCellUsages[static_cast<std::size_t>(usage)]; }
std::string_view name(DeviceType type) { return kDevices[static_cast<std::size_t>(type)]; }

std::optional<RemotePartyRole> remote_party_role(std::uint64_t code) {
    for (const auto& [value, text] : kRoles) {
        if (static_cast<std::uint64_t>(value) == code) return value;
    }
    return std::nullopt;
}

std::optional<RemotePartyRole> remote_party_role(std::string_view name) {
    for (const auto& [value, text] : kRoles) {
        if (text == name) return value;
    }
    return std::nullopt;
}

std::optional<KeyUsage> key_usage(std::string_view name) {
    for (std::size_t i = 0; i < kUsages.size(); ++i) {
        if (kUsages[i] == name) return static_cast<KeyUsage>(i);
    }
    return std::nullopt;
}

std::optional<DeviceType> device_type(std::string_view name) {
    for (std::size_t i = 0; i < kDevices.size(); ++i) {
        if (kDevices[i] == name) return static_cast<DeviceType>(i);
    }
    return std::nullopt;
}

}  // namespace meterbed
