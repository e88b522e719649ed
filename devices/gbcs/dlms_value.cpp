// A-XDR values (IEC 61334-6 as DLMS uses it).
#include <stdexcept>

#include "devices/gbcs/dlms_wire.h"

namespace meterbed::gbcs::dlms {
namespace {

/// How the contents of a type stand on the wire.
enum class Form : std::uint8_t { empty, elements, number, octets, bits, compact };

struct Wire {
    Type type;
    Form form;
    std::uint8_t size = 0;  ///< octets of a number
    bool is_signed = false;
};

constexpr Wire kWires[] = {
    {Type::null, Form::empty},
    {Type::array, Form::elements},
    {Type::structure, Form::elements},
    {Type::boolean, Form::number, 1},
    {Type::bit_string, Form::bits},
    {Type::int32, Form::number, 4, true},
    {Type::uint32, Form::number, 4},
    {Type::octet_string, Form::octets},
    {Type::visible_string, Form::octets},
    {Type::utf8_string, Form::octets},
    {Type::int8, Form::number, 1, true},
    {Type::int16, Form::number, 2, true},
    {Type::uint8, Form::number, 1},
    {Type::uint16, Form::number, 2},
    {Type::compact_array, Form::compact},
    {Type::int64, Form::number, 8, true},
    {Type::uint64, Form::number, 8},
    {Type::enumerated, Form::number, 1},
};

const Wire* wire_of(std::uint8_t tag) {
    for (const Wire& wire : kWires)
        if (static_cast<std::uint8_t>(wire.type) == tag) return &wire;
    return nullptr;
}

std::int64_t read_number(Cursor& in, const Wire& wire) {
    std::uint64_t value = 0;
    for (std::uint8_t octet : in.take(wire.size, "number")) value = value << 8 | octet;
    // The sign bit moves to the top and back, copying itself downwards.
    const unsigned unused = 64U - 8U * wire.size;
    if (!wire.is_signed) return static_cast<std::int64_t>(value);
    return static_cast<std::int64_t>(value << unused) >> unused;
}

void read_elements(Cursor& in, Value& value, int depth) {
    const std::size_t start = in.offset();
    const std::size_t count = in.length("element count");
    // Each element takes an octet at least: a larger count is refused before anything is made for it.
    if (count > in.left()) in.fail_at(start, "more elements than octets");
    for (std::size_t i = 0; in.ok() && i < count; ++i) value.elements.push_back(read_value(in, depth + 1));
}

void read_bits(Cursor& in, Value& value) {
    const std::size_t bits = in.length("bit-string length");
    value.number = static_cast<std::int64_t>(bits);
    value.octets = in.bytes((bits + 7) / 8, "bit-string");
}

/// TypeDescription of a compact array: a tag; an array adds a count and a description, a structure as many as
/// it says.
void skip_description(Cursor& in, int depth) {
    if (depth > kMaximumDepth) return in.fail("type description is nested too deep");
    const std::size_t start = in.offset();
    const std::uint8_t tag = in.u8("type description");
    const Wire* wire = wire_of(tag);
    if (!wire || wire->form == Form::compact) return in.fail_at(start, "unknown type in a description");
    if (wire->form != Form::elements) return;
    const bool is_array = wire->type == Type::array;
    const std::size_t count = is_array ? in.u16("array description") : in.length("structure description");
    for (std::size_t i = 0; in.ok() && i < (is_array ? 1 : count); ++i) skip_description(in, depth + 1);
}

/// Kept as octets, description first; `number` says how many octets the description has.
void read_compact(Cursor& in, Value& value) {
    Cursor ahead = in;
    skip_description(ahead, 0);
    const std::size_t description = ahead.offset() - in.offset();
    ahead.take(ahead.length("compact-array length"), "compact-array");
    if (!ahead.ok()) return in.fail_at(ahead.error().offset, ahead.error().what);
    value.number = static_cast<std::int64_t>(description);
    value.octets = in.bytes(ahead.offset() - in.offset(), "compact-array");
}

void append_contents(Bytes& out, const Value& value, const Wire& wire) {
    const auto number = static_cast<std::uint64_t>(value.number);
    switch (wire.form) {
        case Form::empty:
            return;
        case Form::number:
            for (unsigned i = wire.size; i-- > 0;)
                out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
            return;
        case Form::elements:
            append_length(out, value.elements.size());
            for (const Value& element : value.elements) append_value(out, element);
            return;
        case Form::octets:
            append_length(out, value.octets.size());
            break;
        case Form::bits:
            append_length(out, number);
            break;
        case Form::compact:
            break;
    }
    append(out, value.octets);
}

}  // namespace

Value read_value(Cursor& in, int depth) {
    if (depth >= kMaximumDepth) return in.fail("value is nested too deep"), Value{};
    const std::size_t start = in.offset();
    const std::uint8_t tag = in.u8("value");
    return read_contents(in, tag, start, depth);
}

Value read_contents(Cursor& in, std::uint8_t tag, std::size_t start, int depth) {
    Value value;
    const Wire* wire = wire_of(tag);
    if (!wire) return in.fail_at(start, "unknown type tag " + to_hex(ByteView(&tag, 1))), value;
    value.type = wire->type;
    switch (wire->form) {
        case Form::empty:
            break;
        case Form::elements:
            read_elements(in, value, depth);
            break;
        case Form::number:
            value.number = read_number(in, *wire);
            break;
        case Form::octets:
            value.octets = in.bytes(in.length("string length"), "string");
            break;
        case Form::bits:
            read_bits(in, value);
            break;
        case Form::compact:
            read_compact(in, value);
            break;
    }
    return value;
}

void append_value(Bytes& out, const Value& value) {
    const auto tag = static_cast<std::uint8_t>(value.type);
    const Wire* wire = wire_of(tag);
    if (!wire) throw std::invalid_argument("no such DLMS type");
    out.push_back(tag);
    append_contents(out, value, *wire);
}

Parsed<Value> parse_value(ByteView octets) {
    Cursor in(octets);
    Value value = read_value(in, 0);
    in.finish("the value");
    if (!in.ok()) return tl::unexpected(in.error());
    return value;
}

Bytes encode_value(const Value& value) {
    Bytes out;
    append_value(out, value);
    return out;
}

}  // namespace meterbed::gbcs::dlms
