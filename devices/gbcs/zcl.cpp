#include "devices/gbcs/zcl.h"

#include <algorithm>
#include <stdexcept>

#include "devices/gbcs/cursor.h"
#include "devices/gbcs/zcl_grammar.h"

namespace meterbed::gbcs::gbz {
namespace {

std::int64_t read_number(Cursor& in, const FieldWire& wire) {
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (std::uint8_t octet : in.take(wire.size, "field")) {
        value |= std::uint64_t{octet} << shift;
        shift += 8;
    }
    return number_of(value, wire);
}

/// The strings of the ZCL have a length octet, of which FF says that there is no string.
void read_string(Cursor& in, Field& field) {
    const std::uint8_t length = in.u8("string length");
    if (length == 0xFF)
        field.number = -1;
    else
        field.octets = in.bytes(length, "string");
}

Field read_field(Cursor& in, std::string_view name, FieldType type, FieldUnit unit) {
    Field field{name, type, 0, {}, {}, unit};
    if (type == FieldType::octets) {
        field.octets = in.bytes(in.left(), "payload");
        return field;
    }
    const std::size_t start = in.offset();
    const FieldWire* wire = wire_of(type);
    if (!wire)
        in.fail_at(start, "unknown data type of an attribute");
    else if (wire->size == 0)
        read_string(in, field);
    else if (type == FieldType::date)
        field.octets = in.bytes(wire->size, "date");
    else
        field.number = read_number(in, *wire);
    return field;
}

const Field* among(std::span<const Field> fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found != fields.end() ? &*found : nullptr;
}

using Fields = std::vector<Field>;
void read_elements(Cursor& in, const std::vector<Element>& elements, Fields& fields);

void read_group(Cursor& in, const Element& element, Fields& fields) {
    Field group{element.name, FieldType::group, 0, {}, {}, {}};
    const bool to_the_end = element.count == "*";
    const Field* said = to_the_end ? nullptr : among(fields, element.count);
    std::int64_t count = said ? said->number : 0;
    if (element.low_nibble) count &= 0x0F;
    while (in.ok() && (to_the_end ? in.left() > 0 : count-- > 0))
        read_elements(in, element.children, group.groups.emplace_back());
    fields.push_back(std::move(group));
}

bool holds(const Element& when, const Fields& fields) {
    const Field* field = among(fields, when.name);
    return field && std::ranges::find(when.values, field->number) != when.values.end();
}

void read_elements(Cursor& in, const std::vector<Element>& elements, Fields& fields) {
    bool chosen = false;
    for (const Element& element : elements) {
        if (!in.ok()) return;
        switch (element.kind) {
            case Element::Kind::field:
                fields.push_back(read_field(in, element.name, element.type, element.unit));
                break;
            case Element::Kind::value:
                fields.push_back(
                    read_field(in, element.name, static_cast<FieldType>(fields.back().number), {}));
                break;
            case Element::Kind::group:
                read_group(in, element, fields);
                break;
            case Element::Kind::when:
                if (!holds(element, fields)) continue;
                chosen = true;
                read_elements(in, element.children, fields);
                continue;
            case Element::Kind::otherwise:
                if (!chosen) read_elements(in, element.children, fields);
                break;
        }
        chosen = false;
    }
}

void check_range(const Field& field, const FieldWire& wire) {
    const unsigned bits = 8 * wire.size;
    if (bits == 64) return;
    const std::int64_t limit = std::int64_t{1} << (wire.is_signed ? bits - 1 : bits);
    if (field.number >= limit || field.number < (wire.is_signed ? -limit : 0))
        throw std::invalid_argument(std::string(field.name) + " " + std::to_string(field.number) +
                                    " does not fit " + std::string(wire.name));
}

void append_string(Bytes& out, const Field& field) {
    if (field.octets.size() > 0xFE) throw std::invalid_argument("a ZCL string has at most 254 octets");
    const bool absent = field.number == -1 && field.octets.empty();
    out.push_back(absent ? 0xFF : static_cast<std::uint8_t>(field.octets.size()));
    append(out, field.octets);
}

void append_field(Bytes& out, const Field& field) {
    for (const Fields& group : field.groups)
        for (const Field& inner : group) append_field(out, inner);
    if (field.type == FieldType::group) return;
    if (field.type == FieldType::octets || field.type == FieldType::date) return append(out, field.octets);
    const FieldWire* wire = wire_of(field.type);
    if (!wire) throw std::invalid_argument("no such ZCL type");
    if (wire->size == 0) return append_string(out, field);
    check_range(field, *wire);
    for (unsigned i = 0; i < wire->size; ++i)
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(field.number) >> (8 * i)));
}

}  // namespace

Parsed<std::vector<Field>> fields_of(const Component& component) {
    Fields fields;
    Cursor in(component.payload);
    if (const Layout* layout = layout_of(component)) {
        read_elements(in, elements_of(*layout), fields);
        in.finish(layout->name);
    } else if (!component.payload.empty()) {
        fields.push_back(read_field(in, "Payload", FieldType::octets, {}));
    }
    if (!in.ok()) return tl::unexpected(in.error());
    return fields;
}

Bytes payload_of(std::span<const Field> fields) {
    Bytes out;
    for (const Field& field : fields) append_field(out, field);
    return out;
}

const Field* find(std::span<const Field> fields, std::string_view name) {
    for (const Field& field : fields) {
        if (field.name == name) return &field;
        for (const Fields& group : field.groups)
            if (const Field* inner = find(group, name)) return inner;
    }
    return nullptr;
}

}  // namespace meterbed::gbcs::gbz
