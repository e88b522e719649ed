#include "sim/network/dcc.h"

#include <algorithm>

#include "devices/gbcs/cs02.h"
#include "sim/network/dispatch.h"
#include "sim/services/dcc_services.h"
#include "sim/services/transform.h"

namespace meterbed {

namespace {

constexpr std::string_view kTopUpService = "2.2";
/// CS01a, CS01b.
constexpr gbcs::MessageCode kTopUpAnswers[] = {gbcs::MessageCode{0x0007}, gbcs::MessageCode{0x0097}};

bool is_outage_change(const Parcel& parcel) { return std::holds_alternative<OutageChange>(parcel); }

}  // namespace

void Dcc::handle(Parcel parcel, Time now) {
    now_ = now;
    const auto* alarm = std::get_if<Alarm>(&parcel);
    const bool had_its_turn = alarm != nullptr && alarm->kind == turn_due;
    if (had_its_turn || is_outage_change(parcel)) return dispatch(*this, std::move(parcel));
    take_turn(std::move(parcel), now);
}

/// Works it now, or when the DSP gets to it (sim/prepayment/dsp_turns.h).
void Dcc::take_turn(Parcel parcel, Time arrived) {
    const auto turn = dsp_.turn(arrived, is_top_up(parcel));
    if (!turn) {
        held_.push_back({arrived, std::move(parcel)});
    } else if (*turn <= now_) {
        dispatch(*this, std::move(parcel));
    } else {
        in_line_.emplace(++last_in_line_, std::move(parcel));
        post(id_, *turn - now_, Alarm{turn_due, last_in_line_, 0});
    }
}

// Admission
// ---------------------------------------------------------------------------------------------------

void Dcc::enlist(const Home& home, Eui64 cell_holder, Time at) {
    now_ = at;
    registration.rows.push_back({home.supplier, home.network_operator});
    Record& registered = record("premises registered");
    registered.home = home.number;
    registered.device = home.esme;
    registered.party = network_.directory.users[home.network_operator].id;
    believe(home.esme, cell_holder);
    Record& recorded = record("holder recorded");
    recorded.home = home.number;
    recorded.device = home.esme;
    recorded.party = cell_holder;
}

Bytes Dcc::command_of(std::uint32_t request) const {
    const auto found = pending_.find(request);
    return found == pending_.end() ? Bytes{} : found->second.message;
}

void Dcc::on(RequestSubmitted part) { admit(part); }

void Dcc::admit(RequestSubmitted& part) {
    const ServiceRequest& request = *part.request;
    const Party& user = network_.directory.users[request.user];
    if (!verify(user.xml_certificate->public_key, request_octets(request), part.signature)) {
        refuse(part.request, {"E100", "XML signature"});
        return;
    }
    const GateView view{request, network_.directory, &registration, &inventory, {}};
    if (const auto refusal = first_refusal(Checkpoint::DCC, network_.settings.gates, view)) {
        refuse(part.request, *refusal);
        return;
    }
    if (request.service->dcc_only) return answer_by_itself(part.request);
    if (network_.home(request.home).generation == Generation::SMETS1) {
        countersign(part);
        return;
    }
    const DeviceType type = inventory.find(request.target)->type;
    if (request.service->critical) {
        return_pre_command(part.request, type);
    } else {
        send_own_command(part.request);
    }
}

void Dcc::refuse(const RequestRef& request, Refusal refusal) {
    Record& row = record("request refused", *request);
    row.code = word(refusal.code);
    row.detail = word(refusal.gate);
    post(network_.users, network_.settings.dcc_processing,
         ResponseReturned{request, refusal.code, refusal.gate, {}});
}

void Dcc::acknowledge(const RequestRef& request) {
    post(network_.users, network_.settings.dcc_processing, ResponseReturned{request, "I99", {}, {}});
}

/// Command variant 8: in one exchange, and nothing goes to the home.
void Dcc::answer_by_itself(const RequestRef& request) {
    DccAnswer answer =
        answer_alone(*request, {inventory, network_.directory, network_.settings.coverage_repair, now_});
    if (!answer.change.empty()) {
        Record& row = record("inventory changed", *request);
        row.code = word(meterbed::name(inventory.find(request->target)->status));
        row.detail = word(answer.change);
    }
    record("request answered", *request).code = word(answer.code);
    post(network_.users, network_.settings.dcc_processing,
         ResponseReturned{request, answer.code, {}, {}, std::move(answer.data)});
}

/// Its first message tells the DCC that a hub has WAN.
void Dcc::hear_hub_of(std::int32_t home) {
    const Eui64 hub = network_.home(home).chf;
    if (!hub_is_heard(inventory, hub)) return;
    Record& row = record("inventory changed");
    row.home = home;
    row.device = hub;
    row.code = word(meterbed::name(inventory.find(hub)->status));
    row.detail = word(inventory_changes::heard);
}

void Dcc::return_pre_command(const RequestRef& request, DeviceType type) {
    auto message = transform(*request, type, {request->originator, request->counter});
    if (!message) {
        refuse(request, {"E11", "no command for this type of device"});
        return;
    }
    message->pre_command = true;
    Bytes octets = gbcs::encode(*message);
    Record& row = record("pre-command returned", *request);
    row.bytes = static_cast<std::uint32_t>(octets.size());
    row.message = static_cast<std::uint16_t>(message->code());
    post(network_.users, network_.settings.dcc_processing, PreCommandReturned{request, std::move(octets)});
}

std::optional<gbcs::Message> Dcc::command_for(const ServiceRequest& request) {
    const Party& acb = network_.directory.dcc.access_control_broker;
    const CommandIdentity identity = made_by_dcc(*request.service)
                                         ? CommandIdentity{acb.id, own_counter_++}
                                         : CommandIdentity{request.originator, request.counter};
    auto message = transform(request, inventory.find(request.target)->type, identity);
    if (message && request.service->srv == "6.21") {
        message->signature = gbcs::make_signature(*message, acb.credentials.back().signing);
    }
    return message;
}

Bytes Dcc::sealed(gbcs::Message message) {
    message.mac = acb_mac(message);
    return gbcs::encode(message);
}

/// A non-critical command: in the user's name with the ACB's MAC, or in the ACB's own.
void Dcc::send_own_command(const RequestRef& request) {
    auto message = command_for(*request);
    if (!message) {
        refuse(request, {"E11", "no command for this type of device"});
        return;
    }
    acknowledge(request);
    launch(request, std::move(*message), made_by_dcc(*request->service));
}

void Dcc::on(PreCommandSigned part) {
    auto message = gbcs::parse(part.signed_pre_command);
    if (!message)
        throw SimulationError("a user sent an unreadable signed Pre-Command: " + message.error().text());
    const Party& user = network_.directory.users[part.request->user];
    bool valid = false;
    for (auto set = user.credentials.rbegin(); set != user.credentials.rend() && !valid; ++set) {
        valid = gbcs::signature_is_valid(*message, set->signing_certificate->public_key);
    }
    if (!valid) {
        refuse(part.request, {"E100", "GBCS signature"});
        return;
    }
    acknowledge(part.request);
    launch(part.request, std::move(*message), false);
}

// Delivery
// ----------------------------------------------------------------------------------------------------

gbcs::Mac Dcc::acb_mac(const gbcs::Message& message) {
    const DeviceEntry& device = network_.directory.devices.at(message.header.recipient);
    const KeyPair& own = network_.directory.dcc.access_control_broker.credentials.back().agreement;
    return gbcs::make_mac(message, network_.secrets.of(own, device.agreement_certificate->public_key));
}

void Dcc::launch(const RequestRef& request, gbcs::Message message, bool by_dcc) {
    const bool recovery = message.header.originator == network_.directory.dcc.recovery.id;
    if (!recovery)
        message.mac = acb_mac(message);  // recovery commands carry a signature only (GBCS 13, mode 8)
    awaited_[{message.header.recipient, message.header.originator, message.header.counter}] = request->number;
    Pending pending{request, message.header, gbcs::encode(message), 0, by_dcc};
    pending_.insert_or_assign(request->number, std::move(pending));
    transmit(request->number);
}

/// How long an attempt may take: a gas meter answers at its next wake, which the hub waits for.
Duration Dcc::patience(Eui64 device) const {
    const bool sleeps = network_.directory.devices.at(device).type == DeviceType::gSME;
    return network_.settings.retry_interval + (sleeps ? network_.settings.gsme_wake_interval : Duration{});
}

void Dcc::transmit(std::uint32_t number) {
    Pending& pending = pending_.at(number);
    const ServiceRequest& request = *pending.request;
    ++pending.attempts;
    Record& row = record("command sent", request);
    row.bytes = static_cast<std::uint32_t>(pending.message.size());
    row.message = static_cast<std::uint16_t>(pending.header.other.code);
    row.party = pending.header.originator;
    row.counter = pending.header.counter;
    row.value = pending.attempts;
    post(network_.wan_of(request.home), network_.settings.dcc_processing,
         Downlink{request.home, request.target, number, pending.message});
    post(id_, patience(request.target),
         Alarm{retry_due, number, static_cast<std::uint64_t>(pending.attempts)});
}

void Dcc::on(Alarm part) {
    if (part.kind == turn_due) {
        auto in_line = in_line_.extract(part.a);
        return dispatch(*this, std::move(in_line.mapped()));
    }
    if (part.kind == alert_due) {
        WaitingAlert next = std::move(waiting_.front());
        waiting_.pop_front();
        return pass_on(std::move(next));
    }
    const auto number = static_cast<std::uint32_t>(part.a);
    const auto found = pending_.find(number);
    if (found == pending_.end() || static_cast<std::uint64_t>(found->second.attempts) != part.b) return;
    if (found->second.attempts <= network_.settings.retries) {
        transmit(number);
    } else {
        give_up(number, "E21", "N13");
    }
}

// What belongs to a top-up
// ------------------------------------------------------------------------------------

bool Dcc::is_top_up(std::uint32_t request) const {
    const auto found = pending_.find(request);
    return found != pending_.end() && found->second.request->service->srv == kTopUpService;
}

/// Asked of everything that arrives, answered where somebody wants to know it.
bool Dcc::is_top_up(const Parcel& parcel) const {
    if (!network_.settings.dsp_prepay_priority) return false;
    if (std::holds_alternative<CodeMade>(parcel)) return true;
    if (const auto* part = std::get_if<RequestSubmitted>(&parcel))
        return part->request->service->srv == kTopUpService;
    if (const auto* part = std::get_if<S1spAnswer>(&parcel))
        return part->request->service->srv == kTopUpService;
    if (const auto* part = std::get_if<NotDelivered>(&parcel)) return is_top_up(part->request);
    if (const auto* part = std::get_if<Alarm>(&parcel))
        return part->kind == retry_due && is_top_up(static_cast<std::uint32_t>(part->a));
    if (const auto* part = std::get_if<Uplink>(&parcel)) {
        const auto message = gbcs::parse(part->message);
        return message && message->header.cra == gbcs::CraFlag::response &&
               std::ranges::find(kTopUpAnswers, message->code()) != std::end(kTopUpAnswers);
    }
    return false;
}

void Dcc::on(NotDelivered part) {
    const auto found = pending_.find(part.request);
    if (found != pending_.end() && found->second.attempts > network_.settings.retries) {
        give_up(part.request, "E20", "N12");
    }
}

void Dcc::give_up(std::uint32_t number, std::string_view code, std::string_view alert) {
    const Pending pending = std::move(pending_.at(number));
    pending_.erase(number);
    record("request timed out", *pending.request).code = word(code);
    post(network_.users, network_.settings.dcc_processing, ResponseReturned{pending.request, code, {}, {}});
    post(network_.users, network_.settings.dcc_processing,
         DccAlertReturned{pending.request->user, pending.request->home, alert, number});
    // `awaited_` stays: a late answer is still recognised (ASSUMPTION: and then recorded, not delivered
    // twice).
}

// Answers
// ------------------------------------------------------------------------------------------

void Dcc::on(Uplink part) {
    const auto message = gbcs::parse(part.message);
    if (!message) throw SimulationError("device " + part.device.text() + " sent an unreadable message");
    hear_hub_of(part.home);
    if (message->header.cra == gbcs::CraFlag::alert) {
        line_up({part.home, std::move(part.message)});
    } else {
        answer(*message, std::move(part.message), part.home);
    }
}

void Dcc::answer(const gbcs::Message& message, Bytes octets, std::int32_t) {
    const AnswerKey key{message.header.originator, message.header.recipient, message.header.counter};
    const auto awaited = awaited_.find(key);
    if (awaited == awaited_.end()) return;  // a duplicate of an answer that was delivered
    const auto found = pending_.find(awaited->second);
    awaited_.erase(awaited);
    if (found == pending_.end()) return;  // too late: the user already has E21
    const Pending pending = std::move(found->second);
    pending_.erase(found);
    note_outcome(pending, message);
    post(network_.users, network_.settings.dcc_processing,
         ResponseReturned{pending.request, "I0", {}, std::move(octets)});
}

/// The DCC reads the outcome of a credentials update to keep its own record.
void Dcc::note_outcome(const Pending& pending, const gbcs::Message& message) {
    if (!pending.request->credentials || !gbcs::is_cs02(message.code())) return;
    const auto body = gbcs::parse_cs02(message.code(), message.header.cra, message.payload);
    const auto* update = body ? std::get_if<gbcs::UpdateSecurityCredentialsResponse>(&*body) : nullptr;
    if (update == nullptr || !update->outcome) return;
    for (const gbcs::ReplacementOutcome& replaced : update->outcome->replacements) {
        if (replaced.status != gbcs::StatusCode::success) return;
    }
    credentials_changed(*pending.request);
}

void Dcc::credentials_changed(const ServiceRequest& request) {
    const CredentialsUpdate& update = *request.credentials;
    if (update.role == RemotePartyRole::networkOperator) believe(request.target, update.owner);
    Record& row = record("holder recorded", request);
    row.party = update.owner;
    const auto owner = network_.directory.user_index.find(update.owner);
    if (owner == network_.directory.user_index.end()) return;
    post(network_.users, network_.settings.dcc_processing,
         CredentialsChanged{owner->second, request.home, request.target,
                            update.replacements.front()->key_identifier});
}

// SMETS1, recovery, registration, outages
// -----------------------------------------------------------------------

void Dcc::countersign(const RequestSubmitted& part) {
    acknowledge(part.request);
    const KeyPair& key = network_.directory.dcc.access_control_broker.credentials.back().signing;
    record("countersigned", *part.request);
    post(network_.s1sp, network_.settings.dcc_processing,
         Countersigned{part.request, part.device_facing, key.sign(request_octets(*part.request))});
}

void Dcc::on(S1spAnswer part) {
    if (part.code == "I0" && part.request->credentials) credentials_changed(*part.request);
    post(network_.users, network_.settings.dcc_processing,
         ResponseReturned{part.request, part.code, part.detail, std::move(part.data)});
}

void Dcc::on(CodeMade part) { post(network_.users, network_.settings.dcc_processing, std::move(part)); }

void Dcc::on(RecoveryOrder part) {
    const Party& recovery = network_.directory.dcc.recovery;
    if (network_.home(part.request->home).generation == Generation::SMETS1) {
        const Signature signature = recovery.credentials.back().signing.sign(request_octets(*part.request));
        record("countersigned", *part.request).party = recovery.id;
        post(network_.s1sp, network_.settings.dcc_processing, RecordCorrection{part.request, signature});
        return;
    }
    gbcs::Message message = recovery_command(*part.request, {recovery.id, own_counter_++});
    message.signature = gbcs::make_signature(message, recovery.credentials.back().signing);
    launch(part.request, std::move(message), true);
}

void Dcc::on(RegistrationChange part) {
    registration.rows.at(static_cast<std::size_t>(part.home)).network_operator = part.network_operator;
    Record& row = record("registration changed");
    row.home = part.home;
    row.party = network_.directory.users[part.network_operator].id;
}

void Dcc::on(OutageChange part) {
    record(part.begins ? "outage begun" : "outage ended").detail = part.name;
    if (part.begins == dsp_.down()) return;  // it was down, or up, before
    if (part.begins) return dsp_.begin_outage(now_);
    dsp_.end_outage(now_);
    for (Held& each : std::exchange(held_, {})) take_turn(std::move(each.parcel), each.arrived);
}

}  // namespace meterbed
