// DLMS payloads of the ESME and CHF: A-XDR values, access-request, access-response, data-notification
// (GBCS 7.2, 18).
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "devices/gbcs/message.h"
#include "pki/time.h"

namespace meterbed::gbcs::dlms {

/// A-XDR type tags used by GBCS.
enum class Type : std::uint8_t {
    null = 0x00,
    array = 0x01,
    structure = 0x02,
    boolean = 0x03,
    bit_string = 0x04,
    int32 = 0x05,
    uint32 = 0x06,
    octet_string = 0x09,
    visible_string = 0x0A,
    utf8_string = 0x0C,
    int8 = 0x0F,
    int16 = 0x10,
    uint8 = 0x11,
    uint16 = 0x12,
    compact_array = 0x13,
    int64 = 0x14,
    uint64 = 0x15,
    enumerated = 0x16,
};

/// One A-XDR value; re-encodes to the octets it was read from.
struct Value {
    Type type = Type::null;
    std::int64_t number = 0;  ///< boolean (the octet), integers, enumerated; number of bits of a bit-string
    Bytes octets;             ///< octet-, visible-, UTF-8 and bit-string
    std::vector<Value> elements;  ///< array, structure

    bool operator==(const Value&) const = default;

    static Value null() { return {}; }
    static Value integer(Type type, std::int64_t number) { return {type, number, {}, {}}; }
    static Value octet_string(Bytes octets) { return {Type::octet_string, 0, std::move(octets), {}}; }
    static Value structure(std::vector<Value> elements) {
        return {Type::structure, 0, {}, std::move(elements)};
    }
};

/// Deepest nesting that is read.
constexpr int kMaximumDepth = 16;

using Obis = std::array<std::uint8_t, 6>;

enum class Access : std::uint8_t { get = 1, set = 2, action = 3, get_with_selection = 4 };

/// class, OBIS, attribute or method.
struct Attribute {
    std::uint16_t class_id = 0;
    Obis obis{};
    std::uint8_t index = 0;
    auto operator<=>(const Attribute&) const = default;
};

struct Specification {
    Access access{};
    Attribute attribute;
    std::uint8_t selector = 0;  ///< with get_with_selection
    Value selection;
    bool operator==(const Specification&) const = default;
};

struct AccessRequest {
    std::uint32_t invoke_id = 0;  ///< 20 || low 24 bits of the originator counter
    std::vector<Specification> specifications;
    std::vector<Value> data;
    bool operator==(const AccessRequest&) const = default;
};

enum class Result : std::uint8_t {
    success = 0,
    hardware_fault = 1,
    temporary_failure = 2,
    read_write_denied = 3,
    object_undefined = 4,
    class_inconsistent = 9,
    unavailable = 11,
    type_unmatched = 12,
    scope_violated = 13,
    other = 250,
};

struct AccessResult {
    Access access{};
    Result result{};
    bool operator==(const AccessResult&) const = default;
};

struct AccessResponse {
    std::uint32_t invoke_id = 0;
    std::vector<Value> data;
    std::vector<AccessResult> results;
    bool operator==(const AccessResponse&) const = default;
};

/// data-notification of an alert: structure { alert code, time, ... }.
struct DataNotification {
    std::uint32_t invoke_id = 0;
    Value body;
    bool operator==(const DataNotification&) const = default;
};

using Payload = std::variant<AccessRequest, AccessResponse, DataNotification>;

Parsed<Payload> parse(ByteView payload);
Bytes encode(const Payload& payload);
Parsed<Value> parse_value(ByteView octets);
Bytes encode_value(const Value& value);

/// 20 and the low 24 bits of the counter: break on error.
std::uint32_t invoke_id(std::uint64_t originator_counter);
/// 12 octets as GBCS devices write them: day of week FF, hundredths 00, deviation 8000, clock status FF.
DateTime date_time(Time time);
/// Nothing when a field is unspecified.
std::optional<Time> time_of(const DateTime& date_time);

}  // namespace meterbed::gbcs::dlms
