#include "sim/duis/signed_pre_command.h"

#include <algorithm>

namespace meterbed::duis {
namespace {

constexpr std::size_t kLongest = 20000;

void check_header(const Reading& payload, const gbcs::GroupingHeader& header, const Request& request) {
    if (header.cra != gbcs::CraFlag::command) payload.mistake("is no command");
    if (header.originator != request.originator) payload.mistake("names another originator than RequestID");
    if (header.recipient != request.target) payload.mistake("names another target than RequestID");
    if (header.counter != request.counter) payload.mistake("has another counter than RequestID");
}

void check_service(const Reading& payload, gbcs::MessageCode code, const Request& request) {
    const auto is_its = [&](const Row* row) { return gbcs::MessageCode{row->code} == code; };
    if (std::ranges::none_of(rows_of(request.srv), is_its))
        payload.mistake("is no command of service " + request.srv);
}

void check(const Reading& payload, const gbcs::Message& message, const Request& request) {
    if (!message.signature || message.mac) payload.mistake("is not a pre-command with its signature");
    check_header(payload, message.header, request);
    check_service(payload, message.code(), request);
}

}  // namespace

bool is_signed_pre_command(const Request& request) { return request.body.name == "SignedPreCommand"; }

tl::expected<Transformed, Refusal> from_signed_pre_command(const Request& request) {
    Journal journal;
    const Reading body(request.body, journal, "Body/SignedPreCommand");
    if (request.command_variant < 5 || request.command_variant > 7)
        body.mistake("goes with command variant 5, 6 or 7");
    // For the DCC, which holds it back until then; the command itself carries its own time.
    if (const auto at = body.optional("ExecutionDateTime")) at->date_time();
    const Reading payload = body.child("GBCSPayload");
    const auto message = gbcs::parse(payload.base64(kLongest));
    if (message)
        check(payload, *message, request);
    else
        payload.mistake("is no GBCS message: " + message.error().text());
    journal.note_unread(request.body, body.path());
    if (!journal.mistakes().empty()) return tl::unexpected(Refusal{false, journal.mistakes()});
    Transformed made;
    made.message = *message;
    made.use_case = gbcs::find_use_case(message->code());
    made.protection = gbcs::Protection::mac;
    return made;
}

}  // namespace meterbed::duis
