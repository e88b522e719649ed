#include "pki/replacement.h"

#include <algorithm>
#include <array>

#include "pki/path.h"

namespace meterbed {

namespace {

using Mode = ReplacementMode;
using Role = RemotePartyRole;

/// What a mode may target: the cells of one role, or any cell.
constexpr std::optional<Role> kAny = std::nullopt;

struct Row {
    Mode mode;
    std::string_view name;
    std::optional<Role> authorised_by;  ///< nothing: the contingency key, which no cell holds
    std::optional<Role> targets;
};

// GBCS 13: credentialsReplacementMode, as shown by the reference messages (gbcs.md 6.3).
constexpr std::array kRows{
    Row{Mode::rootBySupplier, "rootBySupplier", Role::supplier, Role::root},
    Row{Mode::rootByWanProvider, "rootByWanProvider", Role::wanProvider, Role::root},
    Row{Mode::supplierBySupplier, "supplierBySupplier", Role::supplier, Role::supplier},
    Row{Mode::networkOperatorByNetworkOperator, "networkOperatorByNetworkOperator", Role::networkOperator,
        Role::networkOperator},
    Row{Mode::accessControlBrokerByACB, "accessControlBrokerByACB", Role::accessControlBroker,
        Role::accessControlBroker},
    Row{Mode::wanProviderByWanProvider, "wanProviderByWanProvider", Role::wanProvider, Role::wanProvider},
    Row{Mode::transCoSByTransCoS, "transCoSByTransCoS", Role::transitionalCoS, Role::transitionalCoS},
    Row{Mode::supplierByTransCoS, "supplierByTransCoS", Role::transitionalCoS, Role::supplier},
    Row{Mode::anyExceptAbnormalRootByRecovery, "anyExceptAbnormalRootByRecovery", Role::recovery, kAny},
    Row{Mode::anyByContingency, "anyByContingency", std::nullopt, kAny},
    Row{Mode::loadControllerByLoadController, "loadControllerByLoadController", Role::loadController,
        Role::loadController},
    Row{Mode::loadControllerBySupplier, "loadControllerBySupplier", Role::supplier, Role::loadController},
};

const Row& row_of(Mode mode) { return kRows[static_cast<std::size_t>(mode)]; }

bool has_role(DeviceType device, Role role) {
    return std::ranges::any_of(cells_of(device), [role](const Cell& cell) { return cell.role == role; });
}

/// Root cells hold CA certificates: the Root OCA's OU is 00, and an issuing CA may stand there as an anchor.
bool role_fits(const Certificate& certificate, const Cell& cell, Mode mode) {
    if (cell.role == Role::root) return certificate.is_ca;
    if (certificate.role == cell.role) return true;
    // A Supplier may be its own Load Controller: seen in both modes (RTDS).
    if (mode == Mode::loadControllerBySupplier || mode == Mode::loadControllerByLoadController)
        return certificate.role == Role::supplier;
    // Recovery method 2 places the ACB's certificates in the cells of others (SEC L10; smki.md 7).
    return mode == Mode::anyExceptAbnormalRootByRecovery && certificate.role == Role::accessControlBroker;
}

}  // namespace

std::string_view name(ReplacementMode mode) { return row_of(mode).name; }

std::optional<ReplacementMode> replacement_mode(std::uint64_t code) {
    if (code >= kRows.size()) return std::nullopt;
    return kRows[code].mode;
}

std::optional<RemotePartyRole> authorising_role(ReplacementMode mode) { return row_of(mode).authorised_by; }

Verdict may_replace(ReplacementMode mode, DeviceType device, const Cell& target) {
    const Row& row = row_of(mode);
    if (row.authorised_by && !has_role(device, *row.authorised_by)) {
        return Verdict::refused(certificate_codes::mode_not_allowed,
                                std::string(row.name) + " does not exist on a " + std::string(name(device)));
    }
    const auto cells = cells_of(device);
    if (std::ranges::find(cells, target) == cells.end()) {
        return Verdict::refused(certificate_codes::no_such_cell, target.text());
    }
    if (row.targets && *row.targets != target.role) {
        return Verdict::refused(certificate_codes::cell_not_allowed,
                                std::string(row.name) + " may not replace " + target.text());
    }
    return {};
}

Verdict fits(const Certificate& certificate, const Cell& cell, ReplacementMode mode) {
    if (certificate.usage != cell.key_usage)
        return Verdict::refused(certificate_codes::wrong_usage, cell.text());
    if (!role_fits(certificate, cell, mode))
        return Verdict::refused(certificate_codes::wrong_role, cell.text());
    return {};
}

}  // namespace meterbed
