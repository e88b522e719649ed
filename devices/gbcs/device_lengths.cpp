#include "devices/gbcs/device_lengths.h"

#include <stdexcept>

#include "devices/gbcs/cursor.h"

namespace meterbed::gbcs {
namespace {

enum class Form : std::uint8_t { der, device };

constexpr int kMaximumDepth = 16;
constexpr std::uint8_t kConstructed = 0x20;

std::size_t read_length(Cursor& in, Form form) {
    if (form == Form::der) return in.length("length");
    const std::size_t start = in.offset();
    const std::uint8_t first = in.u8("length");
    if (first < 0x80) return first;
    if (first != 0x82) in.fail_at(start, "length of a device is neither one octet nor 82 nnnn");
    const std::size_t length = in.u16("length");
    if (length < 0x80) in.fail_at(start, "length is not minimal");
    return length;
}

void append_length(Bytes& out, std::size_t length, Form form) {
    if (form == Form::der || length < 0x80) return gbcs::append_length(out, length);
    out.push_back(0x82);
    append_number<2>(out, length);
}

/// Copies elements up to `end` and changes the form of their lengths, inside out.
Bytes rewrite(Cursor& in, std::size_t end, Form from, Form to, int depth) {
    Bytes out;
    if (depth > kMaximumDepth) in.fail("elements are nested too deep");
    while (in.ok() && in.offset() < end) {
        const std::uint8_t tag = in.u8("tag");
        const std::size_t length = read_length(in, from);
        if (in.offset() > end || length > end - in.offset())
            in.fail("element is longer than what encloses it");
        if (!in.ok()) break;
        const std::size_t inner_end = in.offset() + length;
        const Bytes contents = (tag & kConstructed) != 0 ? rewrite(in, inner_end, from, to, depth + 1)
                                                         : in.bytes(length, "contents");
        out.push_back(tag);
        append_length(out, contents.size(), to);
        append(out, contents);
    }
    return out;
}

}  // namespace

Parsed<Bytes> der_from_device(ByteView elements) {
    Cursor in(elements);
    Bytes der = rewrite(in, elements.size(), Form::device, Form::der, 0);
    if (!in.ok()) return tl::unexpected(in.error());
    return der;
}

Bytes device_from_der(ByteView der) {
    Cursor in(der);
    Bytes elements = rewrite(in, der.size(), Form::der, Form::device, 0);
    if (!in.ok()) throw std::invalid_argument("not DER: " + in.error().text());
    return elements;
}

}  // namespace meterbed::gbcs
