#include "sim/services/gates.h"

#include <algorithm>
#include <array>

#include "sim/services/dcc_services.h"

namespace meterbed {

namespace {

using Answer = std::optional<std::string_view>;

const Party& sender(const GateView& view) { return view.directory.users[view.request.user]; }

bool names_a_role_of(const GateView& view) {
    for (const UserRole role : {UserRole::IS, UserRole::ES, UserRole::GS, UserRole::ED, UserRole::GT,
                                UserRole::RSA, UserRole::OU}) {
        if (sender(view).user_roles.has(role) && view.request.service->roles.has(role)) return true;
    }
    return false;
}

bool is_handover(const GateView& view) { return view.request.service->srv == "6.21"; }

Answer user_has_role(const GateView& view) { return names_a_role_of(view) ? Answer{} : Answer{"E2"}; }

Answer device_exists(const GateView& view) {
    return view.inventory->find(view.request.target) ? Answer{} : Answer{"E19"};
}

/// Services that only ask the DCC are open to every role of theirs.
bool is_question(const GateView& view) { return only_asks(view.request.service->srv); }

Answer caller_is_registered(const GateView& view) {
    if (is_question(view)) return {};
    const bool may = view.request.by_exception || responsible(*view.registration, view.request.home,
                                                              view.request.user, sender(view).user_roles);
    return may ? Answer{} : Answer{"E4"};
}

Answer status_allows(const GateView& view) {
    if (is_question(view)) return {};
    return allows(view.inventory->find(view.request.target)->status, view.request.service->srv)
               ? Answer{}
               : Answer{"E5"};
}

Answer type_fits(const GateView& view) {
    if (view.request.service->dcc_only && view.request.service->devices.empty()) return {};
    return view.request.service->devices.has(view.inventory->find(view.request.target)->type) ? Answer{}
                                                                                              : Answer{"E11"};
}

/// In use, usage of its position, OU of the role named: signing first, then key agreement, then top-up.
Answer certificates_fit(const GateView& view) {
    if (!view.request.credentials) return {};
    const CredentialsUpdate& update = *view.request.credentials;
    for (std::size_t i = 0; i < update.replacements.size(); ++i) {
        const Certificate& certificate = *update.replacements[i];
        const KeyUsage expected = i == 0 ? KeyUsage::digitalSignature : KeyUsage::keyAgreement;
        if (!view.directory.in_use(certificate)) return is_handover(view) ? "E062102" : "E061504";
        if (certificate.usage != expected) return is_handover(view) ? "E062103" : "E061505";
        if (certificate.role != update.role) return is_handover(view) ? "E062102" : "E061506";
    }
    return {};
}

Answer certificate_belongs_to_caller(const GateView& view) {
    if (!view.request.credentials || is_handover(view)) return {};
    return view.request.credentials->owner == view.request.originator ? Answer{} : Answer{"E061507"};
}

Answer new_owner_is_registered(const GateView& view) {
    if (!view.request.credentials) return {};
    const auto owner = view.directory.user_index.find(view.request.credentials->owner);
    if (owner != view.directory.user_index.end()) {
        const RegistrationRow& row = view.registration->rows.at(static_cast<std::size_t>(view.request.home));
        const std::uint16_t registered = view.request.credentials->role == RemotePartyRole::networkOperator
                                             ? row.network_operator
                                             : row.supplier;
        if (registered == owner->second) return {};
    }
    return is_handover(view) ? "E062105" : "E061507";
}

Answer caller_holds_cell(const GateView& view) {
    // No number is published for the refusal of an S1SP, so the words are the code (ASSUMPTION).
    return view.recorded_holder == view.request.originator ? Answer{}
                                                           : Answer{"not the notified critical party"};
}

constexpr std::array kGates{
    Gate{"user has the role", "the service reference is open to a role of the user", "DCC response code E2",
         Checkpoint::DCC, true, user_has_role},
    Gate{"device is in the inventory", "the target stands in the Smart Metering Inventory",
         "DCC response code E19", Checkpoint::DCC, true, device_exists},
    Gate{"caller is registered", "registration data name the caller for the premises (G1 of DP107)",
         "DCC response code E4; SEC Appendix AB (RECALL)", Checkpoint::DCC, false, caller_is_registered},
    Gate{"device status allows", "the inventory status is compatible with the service reference",
         "DCC response code E5; table ASSUMPTION", Checkpoint::DCC, true, status_allows},
    Gate{"device type fits", "the service reference applies to the type of device", "DCC response code E11",
         Checkpoint::DCC, true, type_fits},
    Gate{"certificates fit", "replacement certificates are In use, of the right usage and role",
         "SEC Appendix AB (RECALL); codes ASSUMPTION", Checkpoint::DCC, true, certificates_fit},
    Gate{"certificate belongs to caller", "replacement certificates carry an identifier of the caller itself",
         "RECALL, not confirmed by DP107; code ASSUMPTION", Checkpoint::DCC, false,
         certificate_belongs_to_caller},
    Gate{"new owner is registered",
         "registration data name the owner of the replacement certificates (G3 of DP107)",
         "DP107 and SECMP0063, as proposed; code ASSUMPTION", Checkpoint::DCC, false,
         new_owner_is_registered},
    Gate{"caller holds cell", "the caller is the notified critical party of the S1SP's record (G2 of DP107)",
         "SEC Change Sub-Committee, 25 Feb 2020, DP107", Checkpoint::S1SP, false, caller_holds_cell},
};

bool applies(const Gate& gate, Checkpoint checkpoint, const std::vector<std::string>& switched_on) {
    if (gate.checkpoint != checkpoint) return false;
    return gate.always || std::find(switched_on.begin(), switched_on.end(), gate.name) != switched_on.end();
}

}  // namespace

std::span<const Gate> gates() { return kGates; }

std::optional<Refusal> first_refusal(Checkpoint checkpoint, const std::vector<std::string>& switched_on,
                                     const GateView& view) {
    for (const Gate& gate : kGates) {
        if (!applies(gate, checkpoint, switched_on)) continue;
        if (const Answer code = gate.check(view)) return Refusal{*code, gate.name};
    }
    return std::nullopt;
}

}  // namespace meterbed
