#include "sim/duis/request.h"

#include "sim/duis/text.h"

namespace meterbed::duis {
namespace {

/// EUI:EUI:counter (schema type RequestIDType).
void read_identifier(const Reading& from, Request& request) {
    const std::string text = from.text(80);
    const std::size_t first = text.find(':'), last = text.rfind(':');
    if (text.empty() || first == last) return from.mistake("is not originator:target:counter");
    const auto originator = Eui64::parse(std::string_view(text).substr(0, first));
    const auto target = Eui64::parse(std::string_view(text).substr(first + 1, last - first - 1));
    const auto counter = read_unsigned(std::string_view(text).substr(last + 1));
    if (!originator) from.mistake("the originator is not an EUI-64");
    if (!target) from.mistake("the target is not an EUI-64");
    // DUIS allows 64 bits, GBCS keeps the top one clear (GBCS 4.3.1.4).
    if (!counter || *counter > INT64_MAX) from.mistake("the counter is not from 0 to 9223372036854775807");
    request.originator = originator.value_or(Eui64{});
    request.target = target.value_or(Eui64{});
    request.counter = counter.value_or(0);
}

void read_header(const Reading& header, Request& request) {
    read_identifier(header.child("RequestID"), request);
    if (const auto first = header.optional("FirstInSequence")) first->boolean();
    if (const auto preceding = header.optional("PrecedingServiceRequestID")) {
        Request other;
        read_identifier(*preceding, other);
    }
    request.command_variant = static_cast<int>(header.child("CommandVariant").integer(1, 9));
    request.service_reference = header.child("ServiceReference").text(8);
    request.srv = header.child("ServiceReferenceVariant").text(8);
}

/// Its content is left to the transform: only its place is checked here.
void read_body(const Element& root, const Reading& reading, Request& request) {
    const Reading body = reading.child("Body");
    for (const Element& part : root.children) {
        if (part.name != "Body") continue;
        if (part.children.size() == 1)
            request.body = part.children.front();
        else
            body.mistake("holds " + std::to_string(part.children.size()) + " elements, not one");
        return;
    }
}

/// The header and the root's own attributes; Body and Signature are looked into elsewhere.
void note_unread(const Element& root, Journal& journal) {
    for (const Element& part : root.children) {
        if (part.name == "Header")
            journal.note_unread(part, "Request/Header");
        else if (part.name != "Body" && part.name != "Signature")
            journal.note("Request/" + part.name, part.line, "is not expected here");
    }
}

}  // namespace

tl::expected<Request, std::vector<Mistake>> read_request(const Element& root) {
    Journal journal;
    Request request;
    const Reading reading(root, journal, "Request");
    if (root.name != "Request") {
        reading.mistake("the document is a '" + root.name + "', not a Request");
        return tl::unexpected(journal.mistakes());
    }
    read_header(reading.child("Header"), request);
    read_body(root, reading, request);
    note_unread(root, journal);
    if (!journal.mistakes().empty()) return tl::unexpected(journal.mistakes());
    return request;
}

}  // namespace meterbed::duis
