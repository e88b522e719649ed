#include "devices/use_cases/replace_cells.h"

#include <algorithm>
#include <map>

#include "devices/use_cases/update_checks.h"
#include "devices/utrn.h"
#include "pki/path.h"

namespace meterbed {
namespace {

using gbcs::StatusCode;

struct StatusRow {
    std::string_view verdict;
    StatusCode status;
};
/// GBCS 13.3 names the codes; RTDS shows 10 for a certificate whose path breaks. The others are K.
constexpr StatusRow kStatuses[] = {
    {certificate_codes::malformed, StatusCode::badCertificate},
    {certificate_codes::oversize, StatusCode::badCertificate},
    {certificate_codes::wrong_usage, StatusCode::badCertificate},
    {certificate_codes::wrong_role, StatusCode::badCertificate},
    {certificate_codes::wrong_policy, StatusCode::badCertificate},
    {certificate_codes::not_yet_valid, StatusCode::badCertificate},
    {certificate_codes::expired, StatusCode::badCertificate},
    {certificate_codes::no_path, StatusCode::noTrustAnchor},
    {certificate_codes::bad_signature, StatusCode::noTrustAnchor},
    {certificate_codes::not_a_ca, StatusCode::noTrustAnchor},
    {certificate_codes::path_too_long, StatusCode::noTrustAnchor},
    {certificate_codes::no_such_cell, StatusCode::trustAnchorNotFound},
};

constexpr Cell kRoot{RemotePartyRole::root, KeyUsage::keyCertSign, CellUsage::management};

/// What the certificates of one command are judged against.
struct Judgement {
    const Device& device;
    ReplacementMode mode;
    std::optional<Time> at;
    std::vector<CertificateRef> path;
};

/// ASSUMPTION: without a reliable clock validity is not checked. RTDS supports it: the response to
/// CS02bNOByNO carries a device time of 2015-01-01, before the notBefore of the certificates it places, and
/// reports success.
std::optional<Time> judged_at(const Device& device, const gbcs::UpdateSecurityCredentials& update, Time now) {
    if (update.disapply_time_checks.value_or(false)) return std::nullopt;
    if (!device.check_certificate_times || device.time_status != TimeStatus::reliable) return std::nullopt;
    return now;
}

std::vector<CertificateRef> read_path(const gbcs::UpdateSecurityCredentials& update) {
    std::vector<CertificateRef> path;
    for (const Bytes& der : update.path_certificates)
        // One that can not be read helps no path; a replacement that needs it finds none.
        if (auto certificate = Certificate::parse_shared(der)) path.push_back(*std::move(certificate));
    return path;
}

/// Normal roll-over: a certificate of the path carries the new root's key under the old root's signature
/// (GBCS 13, K).
Verdict check_new_root(const Certificate& replacement, const Certificate& root, const Judgement& judgement) {
    if (!replacement.is_ca) return Verdict::refused(certificate_codes::not_a_ca);
    const auto links = [&](const CertificateRef& link) {
        return link->public_key == replacement.public_key && link->issuer_name == root.subject_name &&
               verify(root.public_key, link->to_be_signed, link->signature);
    };
    if (std::ranges::none_of(judgement.path, links)) return Verdict::refused(certificate_codes::no_path);
    return {};
}

Verdict judge(const Certificate& certificate, const Cell& target, const Judgement& judgement) {
    if (Verdict verdict = fits(certificate, target, judgement.mode); !verdict) return verdict;
    const CertificateRef& root = judgement.device.trust_anchors().at(kRoot);
    if (!root) return Verdict::refused(certificate_codes::no_path, "the root cell is empty");
    if (target == kRoot) return check_new_root(certificate, *root, judgement);
    return validate_path(certificate, judgement.path, *root, judgement.at);
}

Note cell_note(std::string_view what, const Device& device, const UpdateOrder& order, const Cell& cell) {
    const CertificateRef& held = device.trust_anchors().at(cell);
    return {.what = what,
            .device = device.id(),
            .party = held ? held->subject : Eui64{},
            .code = order.code,
            .counter = order.update.authorising_counter,
            .verdict = {},
            .alert = 0,
            .detail = constant_text(cell)};
}

gbcs::ReplacementOutcome replace_one(Device& device, const UpdateOrder& order, const Judgement& judgement,
                                     const gbcs::Replacement& replacement, Context& context) {
    TrustAnchors& anchors = device.trust_anchors();
    const Cell& cell = replacement.target;
    const Identifiers existing = identifiers_of(anchors.at(cell));
    gbcs::ReplacementOutcome outcome{cell,
                                     StatusCode::success,
                                     existing.subject,
                                     existing.key_identifier,
                                     existing.subject,
                                     existing.key_identifier};
    auto certificate = Certificate::parse_shared(replacement.certificate);
    const Verdict verdict = certificate ? judge(**certificate, cell, judgement)
                                        : Verdict::refused(certificate_codes::malformed, certificate.error());
    if (!verdict) {
        // RTDS repeats the existing identifiers for a cell that keeps its certificate.
        outcome.status = status_of(verdict.code);
        Note note = cell_note(notes::cell_kept, device, order, cell);
        note.verdict = verdict.code;
        context.note(note);
        return outcome;
    }
    anchors.place(cell, *std::move(certificate));
    Identifiers placed = identifiers_of(anchors.at(cell));
    outcome.replacing_subject = std::move(placed.subject);
    outcome.replacing_key_identifier = std::move(placed.key_identifier);
    context.note(cell_note(notes::cell_replaced, device, order, cell));
    return outcome;
}

/// Modes in which a party replaces itself: only there newRemotePartyFloorSeqNumber has a counter to stand
/// for.
bool replaces_itself(ReplacementMode mode) {
    constexpr ReplacementMode kModes[] = {
        ReplacementMode::supplierBySupplier,       ReplacementMode::networkOperatorByNetworkOperator,
        ReplacementMode::accessControlBrokerByACB, ReplacementMode::wanProviderByWanProvider,
        ReplacementMode::transCoSByTransCoS,       ReplacementMode::loadControllerByLoadController};
    return std::ranges::find(kModes, mode) != std::end(kModes);
}

std::vector<gbcs::SeqNumberChange> floor_changes(const gbcs::UpdateSecurityCredentials& update,
                                                 ReplacementMode mode) {
    std::vector<gbcs::SeqNumberChange> changes;
    if (update.new_floor && replaces_itself(mode))
        changes.push_back({*authorising_role(mode), *update.new_floor, update.new_specialist_floors});
    if (update.other_floors)
        changes.insert(changes.end(), update.other_floors->begin(), update.other_floors->end());
    return changes;
}

void apply_floors(Device& device, const std::vector<gbcs::SeqNumberChange>& changes) {
    constexpr std::uint64_t kPrepaymentTopUp = 0;
    // K: a specialist floor is an originator counter like every SeqNumber, so its upper half is the UTRN
    // counter.
    for (const gbcs::SeqNumberChange& change : changes) {
        set_floor(device.replay_counters(), change.role, change.floor);
        if (!change.specialist) continue;
        for (const gbcs::SpecialistFloor& special : *change.specialist)
            if (special.usage == kPrepaymentTopUp)
                set_floor(device.top_ups().counters, utrn::utrn_counter(special.floor));
    }
}

/// Stored commands of the old Supplier end with a change of Supplier (GBCS 13, K).
void cancel_pending_of_supplier(Device& device, Context& context) {
    std::erase_if(device.pending_updates().commands, [&context](const PendingUpdate& pending) {
        if (pending.role != RemotePartyRole::supplier) return false;
        context.cancel(pending.timer);
        return true;
    });
}

bool any_success(const gbcs::ExecutionOutcome& outcome) {
    return std::ranges::any_of(outcome.replacements, [](const gbcs::ReplacementOutcome& one) {
        return one.status == StatusCode::success;
    });
}

}  // namespace

StatusCode status_of(std::string_view verdict) {
    for (const StatusRow& row : kStatuses)
        if (row.verdict == verdict) return row.status;
    return StatusCode::other;
}

Identifiers identifiers_of(const CertificateRef& certificate) {
    constexpr std::size_t kSize = 8;
    if (!certificate) return {Bytes(kSize, 0), Bytes(kSize, 0)};
    const auto subject = certificate->subject.octets();
    Bytes key_identifier = certificate->key_identifier;
    key_identifier.resize(kSize, 0);
    return {Bytes(subject.begin(), subject.end()), std::move(key_identifier)};
}

std::string_view constant_text(const Cell& cell) {
    static const std::map<Cell, std::string> kTexts = [] {
        std::map<Cell, std::string> texts;
        constexpr DeviceType kTypes[] = {DeviceType::gSME, DeviceType::eSME,   DeviceType::CHF,
                                         DeviceType::GPF,  DeviceType::HCALCS, DeviceType::PPMID,
                                         DeviceType::SAPC};
        for (const DeviceType type : kTypes)
            for (const Cell& each : cells_of(type)) texts.emplace(each, each.text());
        return texts;
    }();
    const auto found = kTexts.find(cell);
    return found != kTexts.end() ? std::string_view(found->second) : std::string_view("no such cell");
}

gbcs::StatusCode worst(const gbcs::ExecutionOutcome& outcome) {
    for (const gbcs::ReplacementOutcome& one : outcome.replacements)
        if (one.status != StatusCode::success) return one.status;
    return StatusCode::success;
}

gbcs::ExecutionOutcome replace_cells(Device& device, const UpdateOrder& order, Context& context) {
    constexpr std::uint16_t kCredentialsUpdated = 0x8F70;
    const gbcs::UpdateSecurityCredentials& update = order.update;
    const ReplacementMode mode = *update_mode(order.code);
    gbcs::ExecutionOutcome outcome{update.authorising_counter, update.mode, {}, {}};
    const Judgement judgement{device, mode, judged_at(device, update, context.now()), read_path(update)};
    for (const gbcs::Replacement& replacement : update.replacements)
        outcome.replacements.push_back(replace_one(device, order, judgement, replacement, context));
    // ASSUMPTION: when no cell was replaced no counter changes either.
    if (any_success(outcome)) {
        outcome.floor_changes = floor_changes(update, mode);
        apply_floors(device, outcome.floor_changes);
        if (mode == ReplacementMode::supplierByTransCoS) cancel_pending_of_supplier(device, context);
    }
    device.log(Log::event, kCredentialsUpdated, context);
    return outcome;
}

}  // namespace meterbed
