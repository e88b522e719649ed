#include "sim/network/user_desk.h"

#include <algorithm>
#include <array>

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/use_case.h"
#include "devices/raise.h"
#include "sim/network/carriage.h"
#include "sim/network/dispatch.h"
#include "sim/services/transform.h"

namespace meterbed {

namespace {

std::string_view first_failure(const gbcs::UpdateSecurityCredentialsResponse& response) {
    if (!response.outcome) return {};
    for (const gbcs::ReplacementOutcome& replaced : response.outcome->replacements) {
        if (replaced.status != gbcs::StatusCode::success) return gbcs::name(replaced.status);
    }
    return {};
}

std::string_view first_failure(const gbcs::dlms::AccessResponse& response) {
    for (const gbcs::dlms::AccessResult& item : response.results) {
        if (item.result != gbcs::dlms::Result::success) return "access failed";
    }
    return {};
}

/// Of a gas device only the answer to a top-up is looked into (CS01b: its first octet, 0 when credit was
/// added).
std::string_view first_failure(const gbcs::gbz::Payload& payload) {
    constexpr std::uint16_t kPrepayment = 0x0705;
    constexpr std::uint8_t kConsumerTopUpResponse = 0x03;
    const auto* frame = std::get_if<gbcs::gbz::Frame>(&payload);
    if (frame == nullptr) return {};
    for (const gbcs::gbz::Component& each : frame->components) {
        const bool top_up = each.cluster == kPrepayment && each.command == kConsumerTopUpResponse;
        if (top_up && !each.payload.empty() && each.payload.front() != 0) return "access failed";
    }
    return {};
}

bool needs_device_facing_signature(const ServiceRequest& request, const Network& network) {
    return request.service->critical && network.home(request.home).generation == Generation::SMETS1;
}

}  // namespace

void UserDesk::handle(Parcel parcel, Time now) {
    now_ = now;
    dispatch(*this, std::move(parcel));
}

ServiceRequest of_supplier(const Directory& directory, std::string_view service, const Home& home,
                           Eui64 target) {
    ServiceRequest request;
    request.service = find_service(service);
    request.user = home.supplier;
    request.originator = directory.users[home.supplier].id;
    request.target = target;
    request.home = home.number;
    return request;
}

RequestRef UserDesk::open(ServiceRequest request) {
    request.number = static_cast<std::uint32_t>(tickets_.size() + 1);
    // Counters rise per originator (GBCS 4.3.1.3); one sequence for all users rises for each of them.
    request.counter = 1000 + request.number;
    auto opened = std::make_shared<const ServiceRequest>(std::move(request));
    tickets_.push_back(Ticket{opened, {}, {}, {}, {}, {}});
    return opened;
}

std::uint32_t UserDesk::open(Repair repair) {
    repairs_.push_back(std::move(repair));
    return static_cast<std::uint32_t>(repairs_.size() - 1);
}

const CredentialSet& UserDesk::keys_on_device(std::uint16_t user, Eui64 device) const {
    const Party& party = network_.directory.users[user];
    if (const auto devices = placed_.find(user); devices != placed_.end()) {
        if (const auto at = devices->second.find(device); at != devices->second.end()) {
            return party.credentials[at->second];
        }
    }
    return party.credentials.front();
}

void UserDesk::sign(const ServiceRequest& request, gbcs::Message& message) const {
    message.signature = gbcs::make_signature(message, keys_on_device(request.user, request.target).signing);
}

void UserDesk::on(SendRequest part) {
    const ServiceRequest& request = *part.request;
    if (request.credentials && !request.credentials->choice.empty()) {
        Record& row = record("certificate chosen", request);
        row.party = request.credentials->owner;
        row.detail = word(request.credentials->choice);
    }
    const Party& user = sender(request);
    const Bytes octets = request_octets(request);
    RequestSubmitted submitted{part.request, user.xml_key->sign(octets), std::nullopt};
    if (needs_device_facing_signature(request, network_)) {
        submitted.device_facing = keys_on_device(request.user, request.target).signing.sign(octets);
    }
    tickets_[request.number - 1].sent_at = now_;
    record("request sent", request).bytes = static_cast<std::uint32_t>(octets.size());
    post(network_.dcc, kUserLink, std::move(submitted));
}

void UserDesk::on(PreCommandReturned part) {
    const ServiceRequest& request = *part.request;
    const auto parsed = gbcs::parse(part.pre_command);
    if (!parsed)
        throw SimulationError("the DCC returned an unreadable Pre-Command: " + parsed.error().text());
    if (network_.settings.user_correlates) {
        // The SEC makes it the user's duty to check that the Pre-Command says what it asked for.
        const DeviceType type = network_.directory.devices.at(request.target).type;
        const auto expected = transform(request, type, {request.originator, request.counter});
        if (!expected || expected->payload != parsed->payload || !(expected->header == parsed->header)) {
            record("pre-command rejected", request);
            complete(tickets_[request.number - 1], "pre-command rejected", {});
            return;
        }
    }
    gbcs::Message signed_command = *parsed;
    signed_command.pre_command = false;
    sign(request, signed_command);
    Bytes octets = gbcs::encode(signed_command);
    Record& row = record("pre-command signed", request);
    row.bytes = static_cast<std::uint32_t>(octets.size());
    row.message = static_cast<std::uint16_t>(parsed->code());
    post(network_.dcc, network_.settings.user_processing + kUserLink,
         PreCommandSigned{part.request, std::move(octets)});
}

/// Whether the MAC is made with one of the user's key agreement keys: the one it believes the device to hold,
/// or, where the answer to a renewal got lost, an older or newer one.
bool UserDesk::made_for(const ServiceRequest& request, const gbcs::Message& message,
                        const DeviceEntry& device) const {
    const auto valid = [&](const CredentialSet& own) {
        const PublicKey& peer = device.agreement_certificate->public_key;
        return gbcs::mac_is_valid(message, network_.secrets.of(own.agreement, peer));
    };
    return valid(keys_on_device(request.user, request.target)) ||
           std::ranges::any_of(network_.directory.users[request.user].credentials, valid);
}

/// What the device's message says went wrong; empty when nothing did. Throws away nothing silently: a message
/// that does not verify is reported as such.
std::string_view UserDesk::outcome(const ServiceRequest& request, const Bytes& payload) const {
    if (payload.empty() || network_.home(request.home).generation == Generation::SMETS1) return {};
    const auto message = gbcs::parse(payload);
    if (!message) return "unreadable response";
    const DeviceEntry& device = network_.directory.devices.at(request.target);
    if (message->signature) {
        if (!gbcs::signature_is_valid(*message, device.signing_certificate->public_key))
            return "bad signature";
    } else if (message->header.recipient == request.originator) {
        if (!made_for(request, *message, device)) return "bad MAC";
    }
    if (gbcs::is_cs02(message->code())) {
        const auto body = gbcs::parse_cs02(message->code(), message->header.cra, message->payload);
        if (!body) return "unreadable response";
        const auto* update = std::get_if<gbcs::UpdateSecurityCredentialsResponse>(&*body);
        return update != nullptr ? first_failure(*update) : std::string_view{};
    }
    if (gbcs::payload_family(message->code(), message->payload) == gbcs::PayloadFamily::gbz) {
        const auto frame = gbcs::gbz::parse(message->header.cra, message->payload);
        return frame ? first_failure(*frame) : "unreadable response";
    }
    const auto body = gbcs::dlms::parse(message->payload);
    if (!body) return "unreadable response";
    const auto* access = std::get_if<gbcs::dlms::AccessResponse>(&*body);
    return access != nullptr ? first_failure(*access) : std::string_view{};
}

void UserDesk::on(ResponseReturned part) {
    const ServiceRequest& request = *part.request;
    if (part.code == "I99" && !request.service->dcc_only) {
        record("request accepted", request).code = word(part.code);
        return;
    }
    Ticket& ticket = tickets_[request.number - 1];
    if (ticket.done()) return;  // a late duplicate
    std::string_view detail = part.detail;
    if (part.code == "I0") {
        record("response received", request).bytes = static_cast<std::uint32_t>(part.payload.size());
        detail = outcome(request, part.payload);
    }
    ticket.response = std::move(part.payload);
    ticket.answer = std::move(part.data);
    complete(ticket, part.code, detail);
}

void UserDesk::complete(Ticket& ticket, std::string_view code, std::string_view detail) {
    ticket.done_at = now_;
    ticket.code = code;
    ticket.detail = detail;
    Record& row = record("request completed", *ticket.request);
    row.code = word(code);
    row.detail = word(detail);
    row.value = std::chrono::duration<double>(now_ - ticket.sent_at).count();
    vend_ended(ticket.request->number, code == "I0");
    notice_ended(ticket.request->number, ticket.succeeded());
    if (const auto repair = repair_of_request_.find(ticket.request->number);
        repair != repair_of_request_.end()) {
        route_ended(repair->second, ticket.succeeded());
    }
}

void UserDesk::on(AlertReturned part) {
    const auto message = gbcs::parse(part.alert);
    if (!message) throw SimulationError("the DCC routed an unreadable alert: " + message.error().text());
    const DeviceEntry& device = network_.directory.devices.at(message->header.originator);
    Record& row = record("alert received");
    row.home = part.home;
    row.device = message->header.originator;
    row.party = message->header.recipient;
    row.counter = message->header.counter;
    row.message = static_cast<std::uint16_t>(message->code());
    row.bytes = static_cast<std::uint32_t>(part.alert.size());
    if (message->signature && !gbcs::signature_is_valid(*message, device.signing_certificate->public_key)) {
        row.code = word("bad signature");
    }
    if (const auto code = code_of_alert(*message)) row.detail = word(alert_code_text(*code));
}

void UserDesk::on(CredentialsChanged part) {
    const Party& party = network_.directory.users[part.user];
    for (std::size_t i = 0; i < party.credentials.size(); ++i) {
        if (party.credentials[i].signing_certificate->key_identifier == part.key_identifier) {
            placed_[part.user][part.device] = i;
        }
    }
    Record& row = record("DCC alert");
    row.home = part.home;
    row.device = part.device;
    row.party = party.id;
    row.code = word("N42");
}

void UserDesk::on(DccAlertReturned part) {
    Record& row = record("DCC alert");
    row.home = part.home;
    row.party = network_.directory.users[part.user].id;
    row.code = word(part.code);
    row.request = part.request;
    if (part.loss == 0) return;
    row.device = network_.home(part.home).chf;
    row.counter = part.loss;
    row.value = std::chrono::duration<double>(now_ - part.started).count();
}

}  // namespace meterbed
