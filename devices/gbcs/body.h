// The payload of any message as a typed value: one door to the DLMS, GBZ and ASN.1 codecs.
#pragma once

#include <variant>

#include "devices/gbcs/asn1_payloads.h"
#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/message.h"

namespace meterbed::gbcs {

/// The payload of a code or alert that nobody knows, and of a shape that nobody knows.
struct Unknown {
    Bytes octets;
    bool operator==(const Unknown&) const = default;
};

using Body = std::variant<dlms::Payload, gbz::Payload, Cs02Payload, Asn1Payload, Unknown>;

/// A known message whose payload is not what its use case says is an error; the payload of an unknown code is
/// read as DLMS or GBZ when it is either, and is `Unknown` otherwise.
Parsed<Body> parse_body(const Message& message);
/// `encode_body(*parse_body(message)) == message.payload`.
Bytes encode_body(const Body& body);

/// The blocks of encrypted data (GBCS 8) in order: octet-strings of DLMS responses and alerts that start 31
/// 00000000, and the payloads of encrypted GBZ components.
std::vector<Bytes> ciphered_blocks(const Body& body);

}  // namespace meterbed::gbcs
