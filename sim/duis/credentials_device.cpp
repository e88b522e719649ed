// A device's own keys and certificates, and what it holds of others: 6.15.2, 6.17, 6.24.1, 6.24.2 (CS02a, c
// to f).
#include <array>

#include "devices/gbcs/cs02.h"
#include "pki/der.h"
#include "sim/duis/credentials.h"

namespace meterbed::duis {

Bytes read_certificate(const Reading& from) {
    constexpr std::size_t longest = 4096;
    Bytes certificate = from.base64(longest);
    der::Reader reader(certificate);
    reader.element(der::kSequence);
    reader.finish();
    if (!certificate.empty() && !reader.ok()) from.mistake("is not a certificate: " + reader.error());
    return certificate;
}

namespace {

using enum DeviceType;

constexpr gbcs::EnumSet<DeviceType> kAll{eSME, gSME, CHF, GPF, PPMID, HCALCS, SAPC};

// 6.24.1: CS02a, CS02f
// ----------------------------------------------------------------------------------------

constexpr Word<RemotePartyRole> kRoles[] = {
    {"Supplier", RemotePartyRole::supplier},
    {"NetworkOperator", RemotePartyRole::networkOperator},
    {"ACB", RemotePartyRole::accessControlBroker},
    {"TransCoS", RemotePartyRole::transitionalCoS},
    {"Recovery", RemotePartyRole::recovery},
    {"Root", RemotePartyRole::root},
    {"LoadController", RemotePartyRole::loadController},
};

/// CS02f is for devices with a Load Controller's cells: asked for that role, or where no other command fits.
bool asks_load_controller(const Reading& body, const Situation& situation) {
    return situation.device.type == SAPC || body.has("RemotePartyRole", "LoadController");
}

/// The ACB asks in its own name: its key agreement cell authorises.
Bytes provide_credentials(const Reading& body, const Situation&) {
    gbcs::ProvideSecurityCredentials ask;
    ask.authorising_cell = {RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement,
                            CellUsage::management};
    for (const Reading& role : body.children("RemotePartyRole", 1, 7))
        ask.roles.push_back(role.one_of(kRoles));
    return gbcs::encode_cs02(ask);
}

// 6.17, 6.24.2, 6.15.2: CS02c, CS02e, CS02d
// -------------------------------------------------------------------

constexpr Word<KeyUsage> kCredentialTypes[] = {{"Digital Signature", KeyUsage::digitalSignature},
                                               {"Key Agreement", KeyUsage::keyAgreement}};

Bytes name_key_usage(const Reading& body, const Situation&) {
    return gbcs::encode_cs02(gbcs::KeyUsageRequest{body.child("CredentialType").one_of(kCredentialTypes)});
}

Bytes update_device_certificate(const Reading& body, const Situation&) {
    return gbcs::encode_cs02(gbcs::EncodedOrResult(read_certificate(body.child("DeviceCertificate"))));
}

constexpr std::array kRows{
    Row{"6.15.2", "UpdateSecurityCredentialsDevice", kAll, 0x000B, update_device_certificate},
    Row{"6.17", "IssueSecurityCredentials", kAll, 0x000A, name_key_usage},
    Row{"6.24.1", "RetrieveDeviceSecurityCredentialsKRP", kAll, 0x011B, provide_credentials,
        asks_load_controller, Fits::any, Origin::acb},
    Row{"6.24.1", "RetrieveDeviceSecurityCredentialsKRP", kAll, 0x0008, provide_credentials, nullptr,
        Fits::any, Origin::acb},
    Row{"6.24.2", "RetrieveDeviceSecurityCredentialsDevice", kAll, 0x000C, name_key_usage},
};

}  // namespace

std::span<const Row> credentials_device_rows() { return kRows; }

}  // namespace meterbed::duis
