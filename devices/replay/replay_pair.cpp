#include <algorithm>

#include "devices/gbcs/cs02.h"
#include "devices/replay/loading.h"
#include "devices/replay/replay.h"
#include "devices/use_cases/update_checks.h"
#include "pki/der.h"

namespace meterbed::replay {
namespace {

Outcome failed(std::string reason) { return {.reason = std::move(reason)}; }

/// CS02c: a request for a certificate of a key pair that the device has just made.
bool is_of_own_key(const gbcs::Message& ours, const gbcs::Message& recorded) {
    constexpr gbcs::MessageCode kIssueCredentials{0x000A};
    const auto is_request = [](const Bytes& payload) {
        return !payload.empty() && payload[0] == der::kSequence;
    };
    return ours.code() == kIssueCredentials && is_request(ours.payload) && is_request(recorded.payload);
}

std::string not_answered(const Bench& bench) {
    const std::string_view dropped = bench.dropped_as();
    if (!dropped.empty()) return "the device dropped the command: " + std::string(dropped);
    return "the device did not answer";
}

}  // namespace

CertificateRef anchor_in(ByteView octets) {
    const auto message = gbcs::parse(octets);
    if (!message || !update_mode(message->code())) return nullptr;
    const auto payload = gbcs::parse_cs02(message->code(), message->header.cra, message->payload);
    const auto* update = payload ? std::get_if<gbcs::UpdateSecurityCredentials>(&*payload) : nullptr;
    if (!update || update->path_certificates.empty()) return nullptr;
    auto issuing = Certificate::parse_shared(update->path_certificates.front());
    return issuing ? *std::move(issuing) : nullptr;
}

Outcome replay_pair(ByteView command_octets, ByteView response_octets, DeviceType type,
                    const Setting& setting) {
    const auto command = gbcs::parse(command_octets);
    if (!command) return failed("command: " + command.error().text());
    const auto response = gbcs::parse(response_octets);
    if (!response) return failed("response: " + response.error().text());
    Bench bench({command->header.recipient, type}, setting, *command);
    Loading loading{bench, *command, *response};
    load(loading);
    // CS02d answers with the key that was in force when it came.
    const PublicKey signer = bench.device().identity().signing.public_key();
    const std::vector<gbcs::Message> sent = bench.receive(command_octets);
    const auto is_response = [](const gbcs::Message& message) {
        return message.header.cra == gbcs::CraFlag::response;
    };
    const auto answer = std::ranges::find_if(sent, is_response);
    Outcome outcome =
        answer == sent.end() ? failed(not_answered(bench)) : compare(*answer, response_octets, signer);
    if (outcome.likeness == Likeness::different && answer != sent.end() && is_of_own_key(*answer, *response))
        outcome.reason = "the device makes a key pair of its own, so that request and signature differ";
    outcome.loaded = loading.loaded;
    outcome.fault = loading.fault;
    return outcome;
}

}  // namespace meterbed::replay
