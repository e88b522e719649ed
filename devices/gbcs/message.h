// GBCS message framing: MAC header, grouping header, other-information, payload, signature, MAC (GBCS 7.2).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "pki/bytes.h"
#include "pki/eui64.h"
#include "pki/key_pair.h"

namespace meterbed::gbcs {

/// Message code, for example 0x0052 (ECS45); a response has its command's.
enum class MessageCode : std::uint16_t {};

enum class CraFlag : std::uint8_t { command = 1, response = 2, alert = 3 };

/// DLMS date-time, 12 octets.
using DateTime = std::array<std::uint8_t, 12>;
/// GMAC tag, 96 bits.
using Mac = std::array<std::uint8_t, 12>;

/// other-information: 2, 10, 18, 26 octets, or 18 and a certificate.
struct OtherInformation {
    MessageCode code{};
    std::optional<Eui64> supplementary_party;            ///< supplementary remote party ID
    std::optional<std::uint64_t> supplementary_counter;  ///< supplementary remote party counter
    std::optional<std::uint64_t>
        supplementary_originator_counter;  ///< in responses only; feeds the encryption key
    Bytes supplementary_certificate;       ///< key agreement certificate of an unknown remote party

    bool operator==(const OtherInformation&) const = default;
};

struct GroupingHeader {
    CraFlag cra = CraFlag::command;
    std::uint64_t counter = 0;  ///< originator counter; a response echoes the command's
    Eui64 originator;           ///< Business Originator ID
    Eui64 recipient;            ///< Business Target ID
    std::optional<DateTime> date_time;
    OtherInformation other;

    bool operator==(const GroupingHeader&) const = default;
};

/// A whole message. Its shape follows from what is present:
/// MAC header = `mac`; a Pre-Command is the only shape without even a signature length octet.
struct Message {
    GroupingHeader header;
    Bytes payload;
    bool pre_command = false;
    std::optional<Signature> signature;
    std::optional<Mac> mac;

    bool operator==(const Message&) const = default;
    MessageCode code() const { return header.other.code; }
};

/// Where and why octets are not a message.
struct ParseError {
    std::size_t offset = 0;
    std::string what;
    std::string text() const;  ///< "offset 17: recipient identifier is not 8 octets"
};

template <typename T>
using Parsed = tl::expected<T, ParseError>;

/// Every octet is accounted for: `encode(*parse(octets)) == octets`.
Parsed<Message> parse(ByteView octets);
Bytes encode(const Message& message);

/// DLMS/DER length octets.
void append_length(Bytes& out, std::size_t length);

/// GroupingHeader without its first octet DF, then the payload: what a signature covers (RTDS).
Bytes signed_octets(const Message& message);
/// 110000000000 || GroupingHeader || payload || signature length || signature: the MAC's additional data.
Bytes mac_additional_data(const Message& message);

}  // namespace meterbed::gbcs
