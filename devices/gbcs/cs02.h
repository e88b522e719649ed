// The ASN.1 payloads of the security credential use cases CS02a to CS02g (GBCS 13), as values.
#pragma once

#include <optional>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "devices/gbcs/message.h"
#include "pki/replacement.h"
#include "pki/time.h"
#include "pki/trust_anchors.h"

namespace meterbed::gbcs {

/// StatusCode of a replacement or of a credential read.
enum class StatusCode : std::uint8_t {
    success = 0,
    badCertificate = 5,
    noTrustAnchor = 10,
    insufficientMemory = 17,
    contingencyPublicKeyDecrypt = 22,
    trustAnchorNotFound = 25,
    resourcesBusy = 30,
    other = 127,
};
std::string_view name(StatusCode code);

/// seqNumberUsage prepaymentTopUp (0) and its floor.
struct SpecialistFloor {
    std::uint64_t usage = 0;
    std::uint64_t floor = 0;
    bool operator==(const SpecialistFloor&) const = default;
};

struct SeqNumberChange {
    RemotePartyRole role{};
    std::uint64_t floor = 0;
    std::optional<std::vector<SpecialistFloor>> specialist;
    bool operator==(const SeqNumberChange&) const = default;
};

struct Replacement {
    Bytes certificate;  ///< DER as received: it may be unreadable, and that is an outcome
    Cell target;
    bool operator==(const Replacement&) const = default;
};

/// CS02b and CS02g command.
struct UpdateSecurityCredentials {
    std::uint64_t mode = 0;                        ///< credentialsReplacementMode as received
    std::optional<Bytes> plaintext_symmetric_key;  ///< anyByContingency only
    std::optional<bool> disapply_time_checks;      ///< applyTimeBasedCPVChecks: absent means apply
    std::optional<Cell> authorising_cell;
    std::uint64_t authorising_counter = 0;
    std::optional<std::uint64_t> new_floor;  ///< newRemotePartyFloorSeqNumber
    std::optional<std::vector<SpecialistFloor>> new_specialist_floors;
    std::optional<std::vector<SeqNumberChange>> other_floors;
    std::vector<Replacement> replacements;
    std::vector<Bytes> path_certificates;
    std::optional<Time> execute_at;  ///< kForever cancels
    bool operator==(const UpdateSecurityCredentials&) const = default;
};

struct ReplacementOutcome {
    Cell cell;
    StatusCode status{};
    Bytes existing_subject, existing_key_identifier, replacing_subject,
        replacing_key_identifier;  ///< 8 octets each
    bool operator==(const ReplacementOutcome&) const = default;
};

struct ExecutionOutcome {
    std::uint64_t authorising_counter = 0;
    std::uint64_t mode = 0;
    std::vector<SeqNumberChange> floor_changes;
    std::vector<ReplacementOutcome> replacements;
    bool operator==(const ExecutionOutcome&) const = default;
};

/// commandAccepted NULL, then the outcome when executed at once.
struct UpdateSecurityCredentialsResponse {
    std::optional<ExecutionOutcome> outcome;
    bool operator==(const UpdateSecurityCredentialsResponse&) const = default;
};

/// 0x00CB and 0x0124: result of a future dated command.
struct UpdateSecurityCredentialsAlert {
    std::uint16_t alert_code = 0;
    Time executed_at;
    ExecutionOutcome outcome;
    bool operator==(const UpdateSecurityCredentialsAlert&) const = default;
};

/// CS02a and CS02f.
struct ProvideSecurityCredentials {
    Cell authorising_cell;
    std::vector<RemotePartyRole> roles;
    bool operator==(const ProvideSecurityCredentials&) const = default;
};
struct CredentialDetails {
    KeyUsage key_usage{};
    CellUsage cell_usage{};
    Bytes subject, key_identifier;
    bool operator==(const CredentialDetails&) const = default;
};
struct RoleCredentials {
    RemotePartyRole role{};
    StatusCode status{};
    std::optional<std::uint64_t> current_counter;  ///< with status success only
    std::vector<CredentialDetails> credentials;
    bool operator==(const RoleCredentials&) const = default;
};
using ProvideSecurityCredentialsResponse = std::vector<RoleCredentials>;

/// CS02c and CS02e command.
struct KeyUsageRequest {
    KeyUsage usage{};
    bool operator==(const KeyUsageRequest&) const = default;
};
/// CS02d command: the certificate; CS02c, CS02e response: the request or certificate, or a failure code.
using EncodedOrResult = std::variant<Bytes, std::uint64_t>;

using Cs02Payload = std::variant<UpdateSecurityCredentials, UpdateSecurityCredentialsResponse,
                                 UpdateSecurityCredentialsAlert, ProvideSecurityCredentials,
                                 ProvideSecurityCredentialsResponse, KeyUsageRequest, EncodedOrResult>;

/// Whether the code belongs to CS02a to CS02g.
bool is_cs02(MessageCode code);
/// The payload of a message with a CS02 code; byte for byte reversible by `encode_cs02`. Commands are DER;
/// responses and alerts that a device composes have its form of lengths (see device_lengths.h).
Parsed<Cs02Payload> parse_cs02(MessageCode code, CraFlag cra, ByteView payload);
Bytes encode_cs02(const Cs02Payload& payload);

}  // namespace meterbed::gbcs
