// Executing CS02b and CS02g: each replacement for itself, then the floors (GBCS 13.3).
#pragma once

#include "devices/device.h"
#include "devices/gbcs/cs02.h"
#include "pki/replacement.h"

namespace meterbed {

/// Who asked for what, kept until its time when future dated.
struct UpdateOrder {
    const gbcs::UpdateSecurityCredentials& update;
    gbcs::MessageCode code{};
    Eui64 originator;
};

/// Failed cells are kept and reported, the others replaced.
gbcs::ExecutionOutcome replace_cells(Device& device, const UpdateOrder& order, Context& context);
/// The first status that is not success; success when there is none.
gbcs::StatusCode worst(const gbcs::ExecutionOutcome& outcome);
/// A constant for every cell, for notes: "networkOperator digitalSignature management".
std::string_view constant_text(const Cell& cell);

/// What becomes of a certificate's verdict in a response; one visible table.
gbcs::StatusCode status_of(std::string_view verdict);

/// subject and key identifier as credential payloads carry them: eight octets, zeros for a root.
struct Identifiers {
    Bytes subject, key_identifier;
};
Identifiers identifiers_of(const CertificateRef& certificate);

}  // namespace meterbed
