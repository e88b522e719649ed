#include "devices/gbcs/body.h"

#include <algorithm>

#include "devices/gbcs/use_case.h"

namespace meterbed::gbcs {
namespace {

/// A ciphered block starts with this and ends with a tag of 12.
constexpr std::array<std::uint8_t, 5> kBlockHeader{0x31, 0, 0, 0, 0};
constexpr std::size_t kSmallestBlock = kBlockHeader.size() + 12;

bool is_block(const Bytes& octets) {
    return octets.size() >= kSmallestBlock &&
           std::ranges::equal(ByteView(octets).first(kBlockHeader.size()), kBlockHeader);
}

template <typename Typed>
Parsed<Body> as_body(Parsed<Typed>&& parsed) {
    if (!parsed) return tl::unexpected(parsed.error());
    return Body(*std::move(parsed));
}

Parsed<Body> parse_asn1_body(const Message& message) {
    const CraFlag cra = message.header.cra;
    if (is_cs02(message.code())) return as_body(parse_cs02(message.code(), cra, message.payload));
    return as_body(parse_asn1(message.code(), cra, message.payload));
}

/// An access-request is a command, an access-response a response, a data-notification an alert.
bool fits(CraFlag cra, const dlms::Payload& payload) {
    return payload.index() == static_cast<std::size_t>(cra) - 1;
}

Parsed<Body> parse_dlms_body(const Message& message) {
    auto payload = dlms::parse(message.payload);
    if (payload && !fits(message.header.cra, *payload))
        return tl::unexpected(ParseError{0, "the DLMS payload is not of the kind that the CRA flag says"});
    return as_body(std::move(payload));
}

/// Nobody knows the code, or it is that of the generic alerts: the shape of the payload decides.
Body sniffed(const Message& message) {
    if (auto payload = parse_dlms_body(message)) return *std::move(payload);
    if (auto payload = gbz::parse(message.header.cra, message.payload)) return *std::move(payload);
    return Unknown{message.payload};
}

void collect(const dlms::Value& value, std::vector<Bytes>& blocks) {
    if (value.type == dlms::Type::octet_string && is_block(value.octets)) blocks.push_back(value.octets);
    for (const dlms::Value& element : value.elements) collect(element, blocks);
}

struct Collector {
    std::vector<Bytes> blocks;

    void operator()(const dlms::Payload& payload) {
        if (const auto* response = std::get_if<dlms::AccessResponse>(&payload))
            for (const dlms::Value& value : response->data) collect(value, blocks);
        if (const auto* alert = std::get_if<dlms::DataNotification>(&payload)) collect(alert->body, blocks);
    }
    void operator()(const gbz::Payload& payload) {
        if (const auto* frame = std::get_if<gbz::Frame>(&payload))
            for (const gbz::Component& component : frame->components) add(component);
        if (const auto* alert = std::get_if<gbz::Alert>(&payload))
            if (const auto component = gbz::component_of(*alert)) add(*component);
    }
    void operator()(const auto&) {}

    void add(const gbz::Component& component) {
        if (component.encrypted) blocks.push_back(component.payload);
    }
};

struct Encoder {
    Bytes operator()(const dlms::Payload& payload) const { return dlms::encode(payload); }
    Bytes operator()(const gbz::Payload& payload) const { return gbz::encode(payload); }
    Bytes operator()(const Cs02Payload& payload) const { return encode_cs02(payload); }
    Bytes operator()(const Asn1Payload& payload) const { return encode_asn1(payload); }
    Bytes operator()(const Unknown& unknown) const { return unknown.octets; }
};

}  // namespace

Parsed<Body> parse_body(const Message& message) {
    if (is_cs02(message.code()) || is_asn1(message.code())) return parse_asn1_body(message);
    const UseCase* row = find_use_case(message.code());
    if (row && row->payload == PayloadFamily::dlms) return parse_dlms_body(message);
    if (row && row->payload == PayloadFamily::gbz)
        return as_body(gbz::parse(message.header.cra, message.payload));
    return sniffed(message);
}

Bytes encode_body(const Body& body) { return std::visit(Encoder{}, body); }

std::vector<Bytes> ciphered_blocks(const Body& body) {
    Collector collector;
    std::visit(collector, body);
    return std::move(collector.blocks);
}

}  // namespace meterbed::gbcs
