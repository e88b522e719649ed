// The members of the CS02 payloads in the order and with the names of GBCS 13, as asn1_fields.h has them for
// the others.
#pragma once

#include "devices/gbcs/asn1_fields.h"

namespace meterbed {

constexpr auto fields(const Cell*) {
    using gbcs::Field;
    return std::tuple{Field{"remotePartyRole", &Cell::role}, Field{"keyUsage", &Cell::key_usage},
                      Field{"cellUsage", &Cell::cell_usage}};
}

namespace gbcs {

constexpr auto fields(const SpecialistFloor*) {
    return std::tuple{Field{"seqNumberUsage", &SpecialistFloor::usage, &names::specialist_usage},
                      Field{"seqNumber", &SpecialistFloor::floor}};
}
constexpr auto fields(const SeqNumberChange*) {
    return std::tuple{Field{"otherRemotePartyRole", &SeqNumberChange::role},
                      Field{"otherRemotePartyFloorSeqNumber", &SeqNumberChange::floor},
                      Field{"newRemotePartySpecialistFloorSeqNumber", &SeqNumberChange::specialist}};
}
constexpr auto fields(const Replacement*) {
    return std::tuple{Field{"replacementCertificate", &Replacement::certificate},
                      Field{"targetTrustAnchorCell", &Replacement::target}};
}
constexpr auto fields(const UpdateSecurityCredentials*) {
    using Update = UpdateSecurityCredentials;
    return std::tuple{Field{"credentialsReplacementMode", &Update::mode, &names::replacement_mode},
                      Field{"plaintextSymmetricKey", &Update::plaintext_symmetric_key},
                      Field{"disapplyTimeBasedCPVChecks", &Update::disapply_time_checks},
                      Field{"authorisingRemotePartyTACellIdentifier", &Update::authorising_cell},
                      Field{"authorisingRemotePartySeqNumber", &Update::authorising_counter},
                      Field{"newRemotePartyFloorSeqNumber", &Update::new_floor},
                      Field{"newRemotePartySpecialistFloorSeqNumber", &Update::new_specialist_floors},
                      Field{"otherRemotePartySeqNumberChanges", &Update::other_floors},
                      Field{"replacements", &Update::replacements},
                      Field{"certificationPathCertificates", &Update::path_certificates},
                      Field{"executionDateTime", &Update::execute_at}};
}
constexpr auto fields(const ReplacementOutcome*) {
    return std::tuple{Field{"affectedTrustAnchorCell", &ReplacementOutcome::cell},
                      Field{"statusCode", &ReplacementOutcome::status},
                      Field{"existingSubjectUniqueID", &ReplacementOutcome::existing_subject},
                      Field{"existingSubjectKeyIdentifier", &ReplacementOutcome::existing_key_identifier},
                      Field{"replacingSubjectUniqueID", &ReplacementOutcome::replacing_subject},
                      Field{"replacingSubjectKeyIdentifier", &ReplacementOutcome::replacing_key_identifier}};
}
constexpr auto fields(const ExecutionOutcome*) {
    return std::tuple{Field{"authorisingRemotePartySeqNumber", &ExecutionOutcome::authorising_counter},
                      Field{"credentialsReplacementMode", &ExecutionOutcome::mode, &names::replacement_mode},
                      Field{"remotePartySeqNumberChanges", &ExecutionOutcome::floor_changes},
                      Field{"replacementOutcomes", &ExecutionOutcome::replacements}};
}
constexpr auto fields(const UpdateSecurityCredentialsResponse*) {
    return std::tuple{Field{"executionOutcome", &UpdateSecurityCredentialsResponse::outcome}};
}
constexpr auto fields(const UpdateSecurityCredentialsAlert*) {
    return std::tuple{Field{"alertCode", &UpdateSecurityCredentialsAlert::alert_code},
                      Field{"executionDateTime", &UpdateSecurityCredentialsAlert::executed_at},
                      Field{"executionOutcome", &UpdateSecurityCredentialsAlert::outcome}};
}
constexpr auto fields(const ProvideSecurityCredentials*) {
    return std::tuple{
        Field{"authorisingRemotePartyTACellIdentifier", &ProvideSecurityCredentials::authorising_cell},
        Field{"remotePartyRolesCredentialsRequired", &ProvideSecurityCredentials::roles}};
}
constexpr auto fields(const CredentialDetails*) {
    return std::tuple{Field{"keyUsage", &CredentialDetails::key_usage},
                      Field{"cellUsage", &CredentialDetails::cell_usage},
                      Field{"existingSubjectUniqueID", &CredentialDetails::subject},
                      Field{"existingSubjectKeyIdentifier", &CredentialDetails::key_identifier}};
}
constexpr auto fields(const RoleCredentials*) {
    return std::tuple{Field{"remotePartyRole", &RoleCredentials::role},
                      Field{"statusCode", &RoleCredentials::status},
                      Field{"currentSeqNumber", &RoleCredentials::current_counter},
                      Field{"trustAnchorCellsDetails", &RoleCredentials::credentials}};
}
constexpr auto fields(const KeyUsageRequest*) {
    return std::tuple{Field{"keyUsage", &KeyUsageRequest::usage}};
}

}  // namespace gbcs
}  // namespace meterbed
