// A Service Request: what a user asks the DCC to have done (DUIS 1.4, 3.8).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pki/certificate.h"
#include "pki/roles.h"
#include "sim/duis/element.h"
#include "sim/record.h"
#include "sim/services/catalogue.h"

namespace meterbed {

/// Body of 6.15.1, 6.21 and of a recovery: certificates for the cells of one role.
struct CredentialsUpdate {
    RemotePartyRole role = RemotePartyRole::networkOperator;
    std::vector<CertificateRef> replacements;  ///< digital signature, key agreement, key agreement for top-up
    std::vector<CertificateRef> path;          ///< certification path certificates
    Eui64 owner;                               ///< subject of the replacements
    std::optional<std::uint64_t> floor;        ///< newRemotePartyFloorSeqNumber, where the sender sets one
    std::string_view choice;  ///< "right", "wrong", "transfer" when the story drew it, else empty
};

/// 2.2 for a SMETS1 meter: how much, and which payment of the customer. The code is made on the way.
struct TopUpOrder {
    std::uint32_t payment = 0;
    std::uint16_t pounds = 0;
};

struct ServiceRequest {
    std::uint32_t number = 0;  ///< of this world; RequestID is originator : target : counter
    const Service* service = nullptr;
    std::uint16_t user = 0;     ///< index of the user
    Eui64 originator;           ///< the user's EUI-64
    Eui64 target;               ///< the device, or the one that a request to the DCC alone is about
    std::uint64_t counter = 0;  ///< originator counter
    std::int32_t home = kNoHome;
    Word step = 0;
    std::optional<CredentialsUpdate> credentials;
    std::vector<RemotePartyRole> roles;                   ///< 6.24.1: whose credentials to report
    std::shared_ptr<const duis::Element> body = nullptr;  ///< of DUIS, where the sender gave one
    std::optional<TopUpOrder> top_up = {};
    std::vector<std::int64_t> values = {};  ///< 1.2.1, 1.6 for a SMETS1 meter (MakerInstruction)
    /// DP107 repair: the DCC lets the holder of the cell send this although it is not registered.
    bool by_exception = false;
};

using RequestRef = std::shared_ptr<const ServiceRequest>;

/// The octets an XML signature would cover: a canonical form of header and body. The XML itself comes with
/// the DUIS layer.
Bytes request_octets(const ServiceRequest& request);

}  // namespace meterbed
