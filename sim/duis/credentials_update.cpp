// Replacing what a device trusts: 6.15.1, 6.21, 6.23, 8.5 (CS02b, CS02g; gbcs.md 6.3).
#include <algorithm>
#include <array>

#include "devices/gbcs/cs02.h"
#include "sim/duis/credentials.h"
#include "sim/duis/execution_time.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum RemotePartyRole;
using gbcs::UpdateSecurityCredentials;

/// Where the DUIS schema puts one of a party's certificates.
struct Slot {
    std::string_view element;
    KeyUsage key_usage;
    CellUsage cell_usage;
};
constexpr Slot kSlots[] = {
    {"DigitalSigningCertificate", KeyUsage::digitalSignature, CellUsage::management},
    {"KeyAgreementCertificate", KeyUsage::keyAgreement, CellUsage::management},
    {"KeyAgreementTopUpCertificate", KeyUsage::keyAgreement, CellUsage::prePaymentTopUp},
};
constexpr std::size_t kSlotsWithoutTopUp = 2;

/// Certificates of one party, in the schema's order; only a Supplier has one for top-ups.
void read_replacements(UpdateSecurityCredentials& update, const Reading& from, RemotePartyRole role) {
    const std::size_t slots = role == supplier ? std::size(kSlots) : kSlotsWithoutTopUp;
    for (const Slot& slot : std::span(kSlots).first(slots)) {
        if (const auto certificate = from.optional(slot.element))
            update.replacements.push_back(
                {read_certificate(*certificate), {role, slot.key_usage, slot.cell_usage}});
    }
    if (update.replacements.empty())
        from.mistake("holds no certificate that a " + std::string(name(role)) + " has");
}

void read_path(UpdateSecurityCredentials& update, const Reading& body) {
    for (const Reading& certificate :
         body.child("CertificationPathCertificates").children("Certificate", 1, 3))
        update.path_certificates.push_back(read_certificate(certificate));
}

/// Absent means that the device compares validity with its time.
void read_time_checks(UpdateSecurityCredentials& update, const Reading& body) {
    if (!body.child("ApplyTimeBasedCPVChecks").boolean()) update.disapply_time_checks = true;
}

void read_execution_time(UpdateSecurityCredentials& update, const Reading& body) {
    const ExecutionTime at = execution_time(body);
    if (at.kind == ExecutionTime::Kind::cancel) update.execute_at = kForever;
    if (at.kind == ExecutionTime::Kind::at) update.execute_at = at.time;
}

/// The DCC keeps the request until then: the command carries no time.
void skip_execution_time(const Reading& body) { execution_time(body); }

std::optional<std::uint64_t> floor_of(const Reading& body, std::string_view name) {
    const auto floor = body.optional(name);
    return floor ? std::optional(floor->counter()) : std::nullopt;
}

std::optional<std::vector<gbcs::SpecialistFloor>> top_up_floor(const Reading& body, std::string_view name) {
    const auto floor = floor_of(body, name);
    if (!floor) return std::nullopt;
    constexpr std::uint64_t prepayment_top_up = 0;
    return std::vector<gbcs::SpecialistFloor>{{prepayment_top_up, *floor}};
}

constexpr Cell signing_cell(RemotePartyRole role) {
    return {role, KeyUsage::digitalSignature, CellUsage::management};
}

UpdateSecurityCredentials begin_update(ReplacementMode mode, const Situation& situation) {
    UpdateSecurityCredentials update;
    update.mode = static_cast<std::uint64_t>(mode);
    update.authorising_counter = situation.sender.counter;
    return update;
}

// 6.15.1 and 6.21: a party's own cells
// --------------------------------------------------------------------------

constexpr Word<RemotePartyRole> kRoles[] = {
    {"Supplier", supplier}, {"NetworkOperator", networkOperator}, {"LoadController", loadController}};

/// `role` replaces its own certificates, so the floors are its own as well.
template <RemotePartyRole role>
void read_own_update(UpdateSecurityCredentials& update, const Reading& body) {
    body.child("RemotePartyRole").one_of(kRoles);
    update.authorising_cell = signing_cell(role);
    update.new_floor = floor_of(body, "RemotePartyFloorSeqNumber");
    if (role == supplier)
        update.new_specialist_floors = top_up_floor(body, "RemotePartyPrepaymentTopUpFloorSeqNumber");
    read_path(update, body);
    read_time_checks(update, body);
}

/// The schema's choice inside ReplacementCertificates has this one alternative.
Reading replacements_of_party(const Reading& body) {
    return body.child("ReplacementCertificates").child("SupplierOrNetworkOperatorCertificates");
}

template <RemotePartyRole role, ReplacementMode mode>
Bytes update_own(const Reading& body, const Situation& situation) {
    UpdateSecurityCredentials update = begin_update(mode, situation);
    read_own_update<role>(update, body);
    read_replacements(update, replacements_of_party(body), role);
    read_execution_time(update, body);
    return gbcs::encode_cs02(update);
}

/// Handover of a device whose cells still hold the ACB's certificates: the ACB signs as the party
/// (gbcs.md 6.2).
template <RemotePartyRole role, ReplacementMode mode>
Bytes hand_over(const Reading& body, const Situation& situation) {
    UpdateSecurityCredentials update = begin_update(mode, situation);
    read_own_update<role>(update, body);
    const Reading certificates = body.child("ReplacementCertificates");
    certificates.child("DigitalSigningCertificate");
    read_replacements(update, certificates, role);
    skip_execution_time(body);
    return gbcs::encode_cs02(update);
}

/// The Supplier fills the Load Controller's cells; floors of another party go to the other changes.
Bytes update_load_controller(const Reading& body, const Situation& situation) {
    UpdateSecurityCredentials update = begin_update(ReplacementMode::loadControllerBySupplier, situation);
    read_own_update<loadController>(update, body);
    update.authorising_cell = signing_cell(supplier);
    if (update.new_floor) update.other_floors = {{loadController, *update.new_floor, std::nullopt}};
    update.new_floor.reset();
    read_replacements(update, replacements_of_party(body), loadController);
    read_execution_time(update, body);
    return gbcs::encode_cs02(update);
}

// 6.23: change of supplier
// --------------------------------------------------------------------------------------

/// A cancelling command changes no floors [R].
void read_supplier_floors(UpdateSecurityCredentials& update, const Reading& body) {
    const std::uint64_t floor = body.child("SupplierFloorSeqNumber").counter();
    const auto specialist = top_up_floor(body, "SupplierPrepaymentTopUpFloorSeqNumber");
    if (update.execute_at != kForever) update.other_floors = {{supplier, floor, specialist}};
}

Bytes change_supplier(const Reading& body, const Situation& situation) {
    UpdateSecurityCredentials update = begin_update(ReplacementMode::supplierByTransCoS, situation);
    update.authorising_cell = signing_cell(transitionalCoS);
    read_execution_time(update, body);
    read_supplier_floors(update, body);
    const Reading certificates = body.child("SupplierReplacementCertificates");
    certificates.child("DigitalSigningCertificate");
    read_replacements(update, certificates, supplier);
    read_path(update, body);
    read_time_checks(update, body);
    body.child("ImportMPxN").text(13);
    return gbcs::encode_cs02(update);
}

// 8.5: service opt-out
// ------------------------------------------------------------------------------------------

/// The ACB replaces itself: its MAC is its authority, but on a hub its signature (gbcs.md 6.3).
Bytes opt_out(const Reading& body, const Situation& situation) {
    UpdateSecurityCredentials update = begin_update(ReplacementMode::accessControlBrokerByACB, situation);
    if (situation.device.type == CHF) update.authorising_cell = signing_cell(accessControlBroker);
    update.new_floor = body.child("ACBFloorSeqNumber").counter();
    const Reading certificates = body.child("ReplacementCertificates");
    certificates.child("KeyAgreementCertificate");
    read_replacements(update, certificates, accessControlBroker);
    read_path(update, body);
    read_time_checks(update, body);
    body.child("ExecutionDateTime");
    skip_execution_time(body);
    return gbcs::encode_cs02(update);
}

// Which mode
// ----------------------------------------------------------------------------------------------------

template <RemotePartyRole role>
bool replaces(const Reading& body, const Situation&) {
    return std::ranges::any_of(kRoles, [&](const auto& word) {
        return word.value == role && word.word == body.peek("RemotePartyRole");
    });
}
bool load_controller_by_supplier(const Reading& body, const Situation& situation) {
    return replaces<loadController>(body, situation) && situation.role == supplier;
}

constexpr gbcs::EnumSet<DeviceType> kSupplied{eSME, gSME, GPF, HCALCS, SAPC};
constexpr gbcs::EnumSet<DeviceType> kOnNetwork{eSME, gSME, GPF, SAPC};
constexpr gbcs::EnumSet<DeviceType> kControlled{eSME, HCALCS, SAPC};

constexpr std::array kRows{
    Row{"6.15.1", "UpdateSecurityCredentialsKRP", kSupplied, 0x0102,
        update_own<supplier, ReplacementMode::supplierBySupplier>, replaces<supplier>},
    Row{"6.15.1", "UpdateSecurityCredentialsKRP", kOnNetwork, 0x0103,
        update_own<networkOperator, ReplacementMode::networkOperatorByNetworkOperator>,
        replaces<networkOperator>},
    Row{"6.15.1", "UpdateSecurityCredentialsKRP", kControlled, 0x0126, update_load_controller,
        load_controller_by_supplier},
    Row{"6.15.1", "UpdateSecurityCredentialsKRP", kControlled, 0x0125,
        update_own<loadController, ReplacementMode::loadControllerByLoadController>,
        replaces<loadController>},
    Row{"6.21", "RequestHandoverOfDCCControlledDevice", kOnNetwork, 0x0102,
        hand_over<supplier, ReplacementMode::supplierBySupplier>, replaces<supplier>, Fits::any, Origin::acb},
    Row{"6.21", "RequestHandoverOfDCCControlledDevice", kOnNetwork, 0x0103,
        hand_over<networkOperator, ReplacementMode::networkOperatorByNetworkOperator>,
        replaces<networkOperator>, Fits::any, Origin::acb},
    Row{"6.23", "UpdateSecurityCredentialsCoS", kSupplied, 0x0107, change_supplier, nullptr, Fits::any,
        Origin::cos_party},
    Row{"8.5",
        "ServiceOptOut",
        {eSME, gSME, GPF, CHF, PPMID, HCALCS, SAPC},
        0x0104,
        opt_out,
        nullptr,
        Fits::any,
        Origin::acb},
};

}  // namespace

std::span<const Row> credentials_update_rows() { return kRows; }

}  // namespace meterbed::duis
