#include "devices/gbcs/asn1_fields.h"

#include <algorithm>

namespace meterbed::gbcs {
namespace {

constexpr NumberName kJoinMethod[] = {
    {0, "method A initiator"}, {1, "method A responder"}, {2, "method B"}, {3, "method C"}};
constexpr NumberName kJoinResponse[] = {
    {0, "success"},
    {1, "invalidMessageCodeForJoinMethodAndRole"},
    {2, "invalidJoinMethodAndRole"},
    {3, "incompatibleWithExistingEntry"},
    {4, "deviceLogFull"},
    {5, "writeFailure"},
    {6, "keyAgreementNoResources"},
    {7, "keyAgreementUnknownIssuer"},
    {8, "keyAgreementUnsupportedSuite"},
    {9, "keyAgreementBadMessage"},
    {10, "keyAgreementBadKeyConfirm"},
    {11, "invalidOrMissingCertificate"},
    {12, "noPartnerLinkKeyReceived"},
    {13, "noCBKEResponse"},
};
constexpr NumberName kUnjoinResponse[] = {{0, "success"}, {1, "notInDeviceLog"}, {2, "otherFailure"}};
constexpr NumberName kFirmwareResponse[] = {
    {0, "success"}, {1, "noImageHeld"}, {2, "hashMismatch"}, {3, "activationFailure"}};
constexpr NumberName kReadResponse[] = {{0, "success"}, {1, "readFailure"}};
constexpr NumberName kTransferResponse[] = {
    {0, "success"}, {1, "imageDiscarded"}, {2, "hardwareVersionMismatch"}, {3, "fileTransferFailure"}};
constexpr NumberName kActivationResponse[] = {{0, "success"}, {1, "failure"}};
constexpr NumberName kTimeStatus[] = {{0, "reliable"}, {1, "invalid"}, {2, "unreliable"}};
constexpr NumberName kDeviceType[] = {{0, "GSME"},   {1, "ESME"},  {2, "CHF"},   {3, "GPF"},
                                      {4, "HCALCS"}, {5, "PPMID"}, {6, "type 2"}};
constexpr NumberName kReplacementMode[] = {
    {0, "rootBySupplier"},
    {1, "rootByWanProvider"},
    {2, "supplierBySupplier"},
    {3, "networkOperatorByNetworkOperator"},
    {4, "accessControlBrokerByACB"},
    {5, "wanProviderByWanProvider"},
    {6, "transCoSByTransCoS"},
    {7, "supplierByTransCoS"},
    {8, "anyExceptAbnormalRootByRecovery"},
    {9, "anyByContingency"},
    {10, "loadControllerByLoadController"},
    {11, "loadControllerBySupplier"},
};
constexpr NumberName kSpecialistUsage[] = {{0, "prepaymentTopUp"}};
constexpr NumberName kIssueResponse[] = {
    {1, "invalidKeyUsage"}, {2, "keyPairGenerationFailed"}, {3, "cRProductionFailed"}};
constexpr NumberName kUpdateCertificateResponse[] = {{0, "success"},
                                                     {1, "invalidCertificate"},
                                                     {2, "wrongDeviceIdentity"},
                                                     {3, "invalidKeyUsage"},
                                                     {4, "noCorrespondingKeyPairGenerated"},
                                                     {5, "wrongPublicKey"},
                                                     {6, "certificateStorageFailed"},
                                                     {7, "privateKeyChangeFailed"}};
constexpr NumberName kProvideCertificateResponse[] = {
    {1, "invalidKeyUsage"}, {2, "noCertificateHeld"}, {3, "certificateRetrievalFailure"}};

}  // namespace

namespace names {
const NumberNames join_method = kJoinMethod, join_response = kJoinResponse, unjoin_response = kUnjoinResponse,
                  firmware_response = kFirmwareResponse, join_details_response = kReadResponse,
                  read_response = kReadResponse, transfer_response = kTransferResponse,
                  activation_response = kActivationResponse, time_status = kTimeStatus,
                  device_type = kDeviceType, replacement_mode = kReplacementMode,
                  specialist_usage = kSpecialistUsage, issue_response = kIssueResponse,
                  update_certificate_response = kUpdateCertificateResponse,
                  provide_certificate_response = kProvideCertificateResponse;
}  // namespace names

std::string_view name_of(NumberNames names, std::uint64_t number) {
    const auto row = std::ranges::find(names, number, &NumberName::number);
    return row != names.end() ? row->name : std::string_view();
}

}  // namespace meterbed::gbcs
