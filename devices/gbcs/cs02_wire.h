// DER of the CS02 payloads, one function a type (GBCS 13). Private to devices/gbcs.
#pragma once

#include "devices/gbcs/cs02.h"
#include "pki/der.h"

namespace meterbed::gbcs::cs02 {

/// Tags within AuthorisingRemotePartyControl.
namespace tag {
constexpr std::uint8_t symmetric_key = der::context(0);
constexpr std::uint8_t time_checks = der::context(1);
constexpr std::uint8_t authorising_cell = der::context_constructed(2);
constexpr std::uint8_t authorising_counter = der::context(3);
constexpr std::uint8_t new_floor = der::context(4);
constexpr std::uint8_t new_specialist_floors = der::context_constructed(5);
constexpr std::uint8_t other_floors = der::context_constructed(6);
}  // namespace tag

/// Contents of the BIT STRING: unused bits, then the one bit that is set.
struct KeyUsageBits {
    KeyUsage usage;
    std::array<std::uint8_t, 2> contents;
};
constexpr KeyUsageBits kKeyUsageBits[] = {
    {KeyUsage::digitalSignature, {0x07, 0x80}},
    {KeyUsage::keyAgreement, {0x03, 0x08}},
    {KeyUsage::keyCertSign, {0x02, 0x04}},
};

UpdateSecurityCredentials read_update(der::Reader& in);
UpdateSecurityCredentialsResponse read_update_response(der::Reader& in);
UpdateSecurityCredentialsAlert read_update_alert(der::Reader& in);
ProvideSecurityCredentials read_provide(der::Reader& in);
ProvideSecurityCredentialsResponse read_provide_response(der::Reader& in);
KeyUsageRequest read_key_usage_request(der::Reader& in);
EncodedOrResult read_encoded(der::Reader& in);
EncodedOrResult read_encoded_or_result(der::Reader& in);

}  // namespace meterbed::gbcs::cs02
