#include "devices/gbcs/message.h"

#include <stdexcept>

#include "devices/gbcs/cursor.h"

namespace meterbed::gbcs {
namespace {

constexpr std::uint8_t kGeneralCiphering = 0xDD;
constexpr std::uint8_t kGeneralSigning = 0xDF;
/// transaction-id, originator, recipient, date-time, other-information (all empty) and key-info (absent).
constexpr std::array<std::uint8_t, 6> kEmptyCipheringFields{};
/// Security control (authenticated only, suite 1) and invocation counter.
constexpr std::array<std::uint8_t, 5> kSecurityHeader{0x11, 0, 0, 0, 0};
/// What the MAC covers in place of the MAC header: security control and the five empty fields' lengths.
constexpr std::array<std::uint8_t, 6> kMacPrefix{0x11, 0, 0, 0, 0, 0};

constexpr std::size_t kTransactionIdSize = 9;
constexpr std::size_t kEuiSize = 8;
constexpr std::size_t kDateTimeSize = 12;
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kMacSize = 12;

// Sizes of other-information (GBCS 7.2.7); anything longer than the last one is 18 octets and a certificate.
constexpr std::size_t kCodeOnly = 2, kWithParty = 10, kWithPartyAndCounter = 18, kWithOriginatorCounter = 26;

CraFlag read_cra(Cursor& in) {
    const std::size_t start = in.offset();
    const std::uint8_t flag = in.u8("CRA flag");
    if (flag < 1 || flag > 3) in.fail_at(start, "CRA flag is not 1, 2 or 3");
    return static_cast<CraFlag>(flag);
}

Eui64 read_party(Cursor& in, std::string_view what) {
    in.expect(kEuiSize, std::string(what) + " is not 8 octets");
    return Eui64{in.u64(what)};
}

std::optional<DateTime> read_date_time(Cursor& in) {
    const std::size_t start = in.offset();
    const std::uint8_t length = in.u8("date-time length");
    if (length == 0) return std::nullopt;
    if (length != kDateTimeSize) in.fail_at(start, "date-time is neither empty nor 12 octets");
    return in.fixed<kDateTimeSize>("date-time");
}

OtherInformation read_other_information(Cursor& in) {
    const std::size_t start = in.offset();
    const std::size_t length = in.length("other-information length");
    const bool known = length == kCodeOnly || length == kWithParty || length == kWithPartyAndCounter ||
                       length >= kWithOriginatorCounter;
    if (!known) in.fail_at(start, "other-information is not 2, 10, 18, 26 or more octets");
    OtherInformation other;
    other.code = MessageCode{in.u16("message code")};
    if (length >= kWithParty) other.supplementary_party = Eui64{in.u64("supplementary remote party ID")};
    if (length >= kWithPartyAndCounter)
        other.supplementary_counter = in.u64("supplementary remote party counter");
    if (length == kWithOriginatorCounter)
        other.supplementary_originator_counter = in.u64("supplementary originator counter");
    if (length > kWithOriginatorCounter)
        other.supplementary_certificate =
            in.bytes(length - kWithPartyAndCounter, "supplementary certificate");
    return other;
}

GroupingHeader read_grouping_header(Cursor& in) {
    GroupingHeader header;
    in.expect(kGeneralSigning, "grouping header does not start with DF");
    in.expect(kTransactionIdSize, "transaction-id is not 9 octets");
    header.cra = read_cra(in);
    header.counter = in.u64("originator counter");
    header.originator = read_party(in, "originator identifier");
    header.recipient = read_party(in, "recipient identifier");
    header.date_time = read_date_time(in);
    header.other = read_other_information(in);
    return header;
}

/// Everything up to the payload's length covers the rest of the octets, which is checked here.
void read_mac_header(Cursor& in) {
    in.expect(kGeneralCiphering, "MAC header does not start with DD");
    in.expect(kEmptyCipheringFields, "a general-ciphering field is not empty");
    const std::size_t start = in.offset();
    const std::size_t length = in.length("ciphered-service length");
    if (length != in.left()) in.fail_at(start, "ciphered-service length is not what follows");
    in.expect(kSecurityHeader, "security header is not 11 00000000");
}

std::optional<Signature> read_signature(Cursor& in) {
    const std::size_t start = in.offset();
    const std::size_t length = in.length("signature length");
    if (length == 0) return std::nullopt;
    if (length != kSignatureSize) in.fail_at(start, "signature is neither absent nor 64 octets");
    return Signature{in.fixed<kSignatureSize>("signature")};
}

std::size_t size_of(const OtherInformation& other) {
    if (!other.supplementary_party) return kCodeOnly;
    if (!other.supplementary_counter) return kWithParty;
    if (other.supplementary_originator_counter) return kWithOriginatorCounter;
    return kWithPartyAndCounter + other.supplementary_certificate.size();
}

void append_other_information(Bytes& out, const OtherInformation& other) {
    append_length(out, size_of(other));
    append_number<2>(out, static_cast<std::uint16_t>(other.code));
    if (other.supplementary_party) append(out, other.supplementary_party->octets());
    if (other.supplementary_counter) append_number<8>(out, *other.supplementary_counter);
    if (other.supplementary_originator_counter)
        append_number<8>(out, *other.supplementary_originator_counter);
    append(out, other.supplementary_certificate);
}

/// GroupingHeader, with its DF, and payload.
void append_signing_part(Bytes& out, const Message& message) {
    const GroupingHeader& header = message.header;
    out.push_back(kGeneralSigning);
    out.push_back(kTransactionIdSize);
    out.push_back(static_cast<std::uint8_t>(header.cra));
    append_number<8>(out, header.counter);
    out.push_back(kEuiSize);
    append(out, header.originator.octets());
    out.push_back(kEuiSize);
    append(out, header.recipient.octets());
    out.push_back(header.date_time ? kDateTimeSize : 0);
    if (header.date_time) append(out, *header.date_time);
    append_other_information(out, header.other);
    append_length(out, message.payload.size());
    append(out, message.payload);
}

void append_signature(Bytes& out, const Message& message) {
    out.push_back(message.signature ? kSignatureSize : 0);
    if (message.signature) append(out, message.signature->rs);
}

/// Room for the largest header without a supplementary certificate, the signature and the MAC.
std::size_t room_for(const Message& message) {
    return message.payload.size() + message.header.other.supplementary_certificate.size() + 192;
}

Bytes with_mac_header(const Bytes& body, const Mac& mac) {
    Bytes out;
    out.reserve(body.size() + 32);
    out.push_back(kGeneralCiphering);
    append(out, kEmptyCipheringFields);
    append_length(out, kSecurityHeader.size() + body.size() + mac.size());
    append(out, kSecurityHeader);
    append(out, body);
    append(out, mac);
    return out;
}

}  // namespace

std::string ParseError::text() const { return "offset " + std::to_string(offset) + ": " + what; }

void append_length(Bytes& out, std::size_t length) {
    if (length > 0xFFFF)
        throw std::length_error("a GBCS length is at most 65535, not " + std::to_string(length));
    if (length >= 0x100) {
        out.push_back(0x82);
        append_number<2>(out, length);
        return;
    }
    if (length >= 0x80) out.push_back(0x81);
    out.push_back(static_cast<std::uint8_t>(length));
}

Parsed<Message> parse(ByteView octets) {
    Cursor in(octets);
    Message message;
    const bool has_mac = !octets.empty() && octets[0] == kGeneralCiphering;
    if (has_mac) read_mac_header(in);
    message.header = read_grouping_header(in);
    message.payload = in.bytes(in.length("content length"), "content");
    message.pre_command = !has_mac && in.ok() && in.left() == 0;
    if (!message.pre_command) message.signature = read_signature(in);
    if (has_mac) message.mac = in.fixed<kMacSize>("MAC");
    in.finish("the message");
    if (!in.ok()) return tl::unexpected(in.error());
    return message;
}

Bytes encode(const Message& message) {
    Bytes out;
    out.reserve(room_for(message));
    append_signing_part(out, message);
    if (message.pre_command) return out;
    append_signature(out, message);
    return message.mac ? with_mac_header(out, *message.mac) : out;
}

Bytes signed_octets(const Message& message) {
    Bytes out;
    out.reserve(room_for(message));
    append_signing_part(out, message);
    out.erase(out.begin());
    return out;
}

Bytes mac_additional_data(const Message& message) {
    Bytes out;
    out.reserve(room_for(message));
    append(out, kMacPrefix);
    append_signing_part(out, message);
    append_signature(out, message);
    return out;
}

}  // namespace meterbed::gbcs
