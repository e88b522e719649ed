#include "sim/network/s1sp.h"

#include "devices/maker_code.h"
#include "sim/network/dispatch.h"
#include "sim/prepayment/vend.h"

namespace meterbed {

namespace {

constexpr std::string_view kHandoverService = "6.21";
constexpr std::uint32_t kPence = 100;

/// Which of the two notified parties a request concerns: that of the cell it names, else that of the sender's
/// role.
CertificateRef& notified(CertificateRecord& record, RemotePartyRole role) {
    return role == RemotePartyRole::supplier ? record.supplier : record.network_operator;
}
const CertificateRef& notified(const CertificateRecord& record, RemotePartyRole role) {
    return role == RemotePartyRole::supplier ? record.supplier : record.network_operator;
}

}  // namespace

void S1sp::handle(Parcel parcel, Time now) {
    now_ = now;
    dispatch(*this, std::move(parcel));
}

void S1sp::enrol(Eui64 meter, gbcs::SymmetricKey key, CertificateRecord record) {
    meters_.emplace(meter, Meter{key, record, record, 0});
}

const CertificateRecord* S1sp::record_of(Eui64 meter) const {
    const auto found = meters_.find(meter);
    return found == meters_.end() ? nullptr : &found->second.s1sp;
}

void S1sp::refuse(const RequestRef& request, Refusal refusal) {
    Record& row = record("request refused", *request);
    row.code = word(refusal.code);
    row.detail = word(refusal.gate);
    post(network_.dcc, network_.settings.s1sp_processing,
         S1spAnswer{request, refusal.code, refusal.gate, {}});
}

/// The second test of DP107: the sender is the notified critical party, and the signature is that party's.
std::optional<Refusal> S1sp::check_critical(const Countersigned& part, const Meter& meter) const {
    const ServiceRequest& request = *part.request;
    const RemotePartyRole role = network_.directory.users[request.user].role;
    const CertificateRef& holder = notified(meter.s1sp, role);
    const GateView view{request, network_.directory, nullptr, nullptr, holder->subject};
    if (auto refusal = first_refusal(Checkpoint::S1SP, network_.settings.gates, view)) return refusal;
    if (!request.service->critical) return std::nullopt;
    const bool genuine = part.device_facing && holder->subject == request.originator &&
                         verify(holder->public_key, request_octets(request), *part.device_facing);
    if (!genuine) return Refusal{"device-facing signature wrong", "S1SP signature check"};
    return std::nullopt;
}

/// The DCO checks sensitive requests against its own record before they take effect.
bool S1sp::dual_control(const Countersigned& part, const Meter& meter) {
    const RemotePartyRole role = network_.directory.users[part.request->user].role;
    const CertificateRef& holder = notified(meter.dco, role);
    const bool given =
        part.device_facing && verify(holder->public_key, request_octets(*part.request), *part.device_facing);
    record(given ? "dual control given" : "dual control refused", *part.request);
    return given;
}

void S1sp::on(Countersigned part) {
    const RequestRef& request = part.request;
    const Party& acb = network_.directory.dcc.access_control_broker;
    if (!verify(acb.credentials.back().signing_certificate->public_key, request_octets(*request),
                part.dcc_signature)) {
        refuse(request, {"countersignature wrong", "S1SP countersignature check"});
        return;
    }
    Meter& meter = meters_.at(request->target);
    if (request->service->srv == kHandoverService) {
        // A handover takes a cell over from the ACB; the notified party of a meter in service is not the ACB.
        refuse(request, {"E062101", "cell is DCC controlled"});
        return;
    }
    if (request->service->critical || network_.settings.s1sp_checks_all_requests) {
        if (const auto refusal = check_critical(part, meter)) {
            refuse(request, *refusal);
            return;
        }
    }
    if (request->service->critical && !dual_control(part, meter)) {
        refuse(request, {"dual control refused", "DCO signature check"});
        return;
    }
    if (request->credentials) {
        update_record(request, meter);
    } else {
        instruct(request, meter);
    }
}

void S1sp::update_record(const RequestRef& request, Meter& meter) {
    const CredentialsUpdate& update = *request->credentials;
    notified(meter.s1sp, update.role) = update.replacements.front();
    notified(meter.dco, update.role) = update.replacements.front();
    Record& row = record("holder recorded", *request);
    row.party = update.owner;
    row.detail = word(meterbed::name(update.role));
    post(network_.dcc, network_.settings.s1sp_processing, S1spAnswer{request, "I0", {}, {}});
}

void S1sp::on(RecordCorrection part) {
    const Party& recovery = network_.directory.dcc.recovery;
    if (!verify(recovery.credentials.back().signing_certificate->public_key, request_octets(*part.request),
                part.recovery_signature)) {
        refuse(part.request, {"recovery signature wrong", "S1SP signature check"});
        return;
    }
    update_record(part.request, meters_.at(part.request->target));
}

// Codes of top-ups
// ------------------------------------------------------------------------------------------

std::string S1sp::make_code(std::int32_t home, const TopUpOrder& order) const {
    const Eui64 meter = network_.home(home).esme;
    return maker_code::make(meters_.at(meter).key, meter, order.payment, order.pounds * kPence);
}

/// Made here under the meter's key and told to the supplier, who can not make it; the same each time. A
/// request with digits of its own carries those.
std::string S1sp::code_for(const ServiceRequest& request) {
    if (request.top_up) {
        std::string code = make_code(request.home, *request.top_up);
        post(network_.dcc, network_.settings.s1sp_processing,
             CodeMade{request.home, request.top_up->payment, code});
        return code;
    }
    if (request.body)
        for (const duis::Element& child : request.body->children)
            if (child.name == "UTRN") return child.text;
    return {};
}

void S1sp::on(StandInOrder part) {
    post(network_.users, part.paid_at + kStandIn - now_,
         CodeMade{part.home, part.payment, make_code(part.home, {part.payment, part.pounds})});
}

// The maker's protocol
// ------------------------------------------------------------------------------------------

void S1sp::instruct(const RequestRef& request, Meter& meter) {
    MakerInstruction instruction{request->target,    ++meter.sequence, request->service->srv, {},
                                 code_for(*request), request->values};
    instruction.tag = maker_tag(meter.key, instruction);
    pending_.insert_or_assign(request->number, Pending{request, std::move(instruction), 0});
    transmit(request->number);
}

void S1sp::transmit(std::uint32_t number) {
    Pending& pending = pending_.at(number);
    ++pending.attempts;
    record("instruction sent", *pending.request).value = pending.attempts;
    post(network_.wan_of(pending.request->home), network_.settings.s1sp_processing,
         InstructionCarried{pending.request->home, number, pending.instruction});
    post(id_, network_.settings.retry_interval,
         Alarm{0, number, static_cast<std::uint64_t>(pending.attempts)});
}

void S1sp::on(Alarm part) {
    const auto number = static_cast<std::uint32_t>(part.a);
    const auto found = pending_.find(number);
    if (found == pending_.end() || static_cast<std::uint64_t>(found->second.attempts) != part.b) return;
    Pending& pending = found->second;
    if (pending.attempts <= network_.settings.retries) {
        Meter& meter = meters_.at(pending.request->target);
        pending.instruction.sequence = ++meter.sequence;  // a meter ignores a sequence it has seen
        pending.instruction.tag = maker_tag(meter.key, pending.instruction);
        transmit(number);
        return;
    }
    record("request timed out", *pending.request).code = word("E21");
    post(network_.dcc, network_.settings.s1sp_processing, S1spAnswer{pending.request, "E21", {}, {}});
    pending_.erase(found);
}

void S1sp::on(InstructionAnswered part) {
    const auto found = pending_.find(part.request);
    if (found == pending_.end()) return;  // answered already
    const Meter& meter = meters_.at(part.answer.meter);
    if (maker_tag(meter.key, part.answer) != part.answer.tag) return;  // not the meter's
    const RequestRef request = found->second.request;
    pending_.erase(found);
    record("instruction answered", *request);
    const std::string_view detail = part.answer.success ? std::string_view{} : "the meter reports a failure";
    post(network_.dcc, network_.settings.s1sp_processing,
         S1spAnswer{request, "I0", detail, std::move(part.answer.data)});
}

}  // namespace meterbed
