// Who may replace which trust anchor cell: the whole rule, and only here (GBCS 13, CS02b
// credentialsReplacementMode).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pki/trust_anchors.h"
#include "pki/verdict.h"

namespace meterbed {

enum class ReplacementMode : std::uint8_t {
    rootBySupplier = 0,
    rootByWanProvider = 1,
    supplierBySupplier = 2,
    networkOperatorByNetworkOperator = 3,
    accessControlBrokerByACB = 4,
    wanProviderByWanProvider = 5,
    transCoSByTransCoS = 6,
    supplierByTransCoS = 7,
    anyExceptAbnormalRootByRecovery = 8,
    anyByContingency = 9,
    loadControllerByLoadController = 10,
    loadControllerBySupplier = 11,
};

std::string_view name(ReplacementMode mode);
std::optional<ReplacementMode> replacement_mode(std::uint64_t code);

/// The role whose cell must hold the certificate that authorises this mode; nothing for anyByContingency.
std::optional<RemotePartyRole> authorising_role(ReplacementMode mode);

/// Whether this mode exists on this type of device and may target this cell of it.
Verdict may_replace(ReplacementMode mode, DeviceType device, const Cell& target);

/// Whether this certificate may stand in this cell: key usage equals the cell's, role (OU) fits. In mode 11 a
/// supplier certificate may stand in a loadController cell (observed in the reference messages).
Verdict fits(const Certificate& certificate, const Cell& cell, ReplacementMode mode);

}  // namespace meterbed
