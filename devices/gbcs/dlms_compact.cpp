#include "devices/gbcs/dlms_compact.h"

#include <algorithm>
#include <stdexcept>

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

/// Reads entries; those whose parts take no octets (null) could be more than any memory holds, hence a bound.
class Reader {
  public:
    explicit Reader(ByteView contents) : in_(contents), left_(kValuesPerOctet * (contents.size() + 1)) {}

    Value read(const Description& description) {
        if (left_ == 0) in_.fail("more values than its octets can say");
        if (!in_.ok()) return {};
        --left_;
        if (!has_elements(description.type))
            return read_contents(in_, static_cast<std::uint8_t>(description.type), in_.offset());
        Value out{description.type, 0, {}, {}};
        const bool is_array = description.type == Type::array;
        const std::size_t count = is_array ? description.count : description.parts.size();
        for (std::size_t i = 0; in_.ok() && i < count; ++i)
            out.elements.push_back(read(description.parts[is_array ? 0 : i]));
        return out;
    }
    Cursor& cursor() { return in_; }

  private:
    /// A number in structures within structures is a few values to an octet.
    static constexpr std::size_t kValuesPerOctet = 16;
    Cursor in_;
    std::size_t left_;
};

void check_type(const Value& value, const Description& description) {
    const std::size_t count = description.type == Type::array ? description.count : description.parts.size();
    if (value.type != description.type || (has_elements(value.type) && value.elements.size() != count))
        throw std::invalid_argument("an entry of a compact array is not of the described type");
    for (std::size_t i = 0; i < value.elements.size(); ++i)
        check_type(value.elements[i], description.parts[description.type == Type::array ? 0 : i]);
}

Value packed(ByteView description, const Bytes& contents) {
    Value out{Type::compact_array, static_cast<std::int64_t>(description.size()), {}, {}};
    append(out.octets, description);
    append_length(out.octets, contents.size());
    append(out.octets, contents);
    return out;
}

}  // namespace

Value pack(const std::vector<const Value*>& entries) {
    if (entries.empty()) return {Type::array, 0, {}, {}};
    Bytes description, contents;
    describe(description, *entries.front());
    for (const Value* entry : entries) append_untagged(contents, *entry);
    return packed(description, contents);
}

Value pack(ByteView description, const std::vector<Value>& entries) {
    Cursor in(description);
    const Description type = read_description(in);
    in.finish("the type description");
    if (!in.ok()) throw std::invalid_argument("type description of a compact array: " + in.error().what);
    Bytes contents;
    for (const Value& entry : entries) {
        check_type(entry, type);
        append_untagged(contents, entry);
    }
    return packed(description, contents);
}

ByteView description_of(const Value& compact) {
    return ByteView(compact.octets)
        .first(std::min(static_cast<std::size_t>(compact.number), compact.octets.size()));
}

Parsed<Value> unpack(const Value& compact) {
    Cursor in(compact.octets);
    const Description description = read_description(in);
    const std::size_t size = in.length("compact-array length");
    const ByteView contents = in.take(size, "compact-array");
    in.finish("the compact array");
    if (!in.ok()) return tl::unexpected(in.error());
    Reader entries(contents);
    Value out{Type::array, 0, {}, {}};
    while (entries.cursor().ok() && entries.cursor().left() > 0)
        out.elements.push_back(entries.read(description));
    if (!entries.cursor().ok()) return tl::unexpected(entries.cursor().error());
    return out;
}

}  // namespace meterbed::gbcs::dlms
