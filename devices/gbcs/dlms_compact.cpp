#include "devices/gbcs/dlms_compact.h"

#include "devices/gbcs/dlms_wire.h"

namespace meterbed::gbcs::dlms {
namespace {

bool has_elements(Type type) { return type == Type::structure || type == Type::array; }

void describe(Bytes& out, const Value& value) {
    out.push_back(static_cast<std::uint8_t>(value.type));
    if (value.type == Type::structure) {
        append_length(out, value.elements.size());
        for (const Value& element : value.elements) describe(out, element);
    } else if (value.type == Type::array) {
        out.push_back(static_cast<std::uint8_t>(value.elements.size() >> 8));
        out.push_back(static_cast<std::uint8_t>(value.elements.size() & 0xFF));
        if (!value.elements.empty()) describe(out, value.elements.front());
    }
}

/// The value without the tags that the description gives.
void append_untagged(Bytes& out, const Value& value) {
    if (has_elements(value.type)) {
        for (const Value& element : value.elements) append_untagged(out, element);
        return;
    }
    Bytes tagged;
    append_value(tagged, value);
    append(out, ByteView(tagged).subspan(1));
}

struct Description {
    Type type{};
    std::size_t count = 0;  ///< of an array
    std::vector<Description> parts;
};

Description read_description(Cursor& in, int depth = 0) {
    Description out;
    if (depth > kMaximumDepth) return in.fail("type description is nested too deep"), out;
    out.type = static_cast<Type>(in.u8("type description"));
    if (out.type == Type::array) {
        out.count = in.u16("array description");
        if (out.count > 0) out.parts.push_back(read_description(in, depth + 1));
    } else if (out.type == Type::structure) {
        const std::size_t count = in.length("structure description");
        for (std::size_t i = 0; in.ok() && i < count; ++i)
            out.parts.push_back(read_description(in, depth + 1));
    }
    return out;
}

Value read_untagged(Cursor& in, const Description& description);

Value read_parts(Cursor& in, const Description& description) {
    Value out{description.type, 0, {}, {}};
    if (description.type == Type::structure)
        for (const Description& part : description.parts) out.elements.push_back(read_untagged(in, part));
    else
        for (std::size_t i = 0; in.ok() && in.left() > 0 && i < description.count; ++i)
            out.elements.push_back(read_untagged(in, description.parts.front()));
    return out;
}

Value read_untagged(Cursor& in, const Description& description) {
    if (!in.ok()) return {};
    if (has_elements(description.type)) return read_parts(in, description);
    return read_contents(in, static_cast<std::uint8_t>(description.type), in.offset());
}

}  // namespace

Value pack(const std::vector<const Value*>& entries) {
    if (entries.empty()) return {Type::array, 0, {}, {}};
    Bytes description, contents;
    describe(description, *entries.front());
    for (const Value* entry : entries) append_untagged(contents, *entry);
    Value out{Type::compact_array, static_cast<std::int64_t>(description.size()), description, {}};
    append_length(out.octets, contents.size());
    append(out.octets, contents);
    return out;
}

Parsed<Value> unpack(const Value& compact) {
    Cursor in(compact.octets);
    const Description description = read_description(in);
    const std::size_t size = in.length("compact-array length");
    const ByteView contents = in.take(size, "compact-array");
    in.finish("the compact array");
    if (!in.ok()) return tl::unexpected(in.error());
    Cursor entries(contents);
    Value out{Type::array, 0, {}, {}};
    while (entries.ok() && entries.left() > 0) {
        const std::size_t before = entries.offset();
        out.elements.push_back(read_untagged(entries, description));
        if (entries.ok() && entries.offset() == before) entries.fail("entries without octets");
    }
    if (!entries.ok()) return tl::unexpected(entries.error());
    return out;
}

}  // namespace meterbed::gbcs::dlms
