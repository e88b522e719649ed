#include "devices/attributes.h"

#include <algorithm>

namespace meterbed {
namespace {

using gbcs::gbz::FieldWire;

/// Null for a type that attributes do not have.
const FieldWire* attribute_wire(ZclType type) {
    return type == ZclType::date ? nullptr : gbcs::gbz::wire_of(type);
}
bool is_string(const FieldWire& wire) { return wire.size == 0; }

template <typename Pairs, typename Key>
auto* found(Pairs& pairs, const Key& key) {
    const auto at = std::ranges::find(pairs, key, [](const auto& pair) { return pair.first; });
    return at != pairs.end() ? &at->second : nullptr;
}

template <typename Pairs, typename Key, typename Value>
void assign(Pairs& pairs, const Key& key, Value value) {
    if (auto* held = found(pairs, key))
        *held = std::move(value);
    else
        pairs.emplace_back(key, std::move(value));
}

}  // namespace

Bytes ZclValue::encoded() const {
    gbcs::zcl::Writer out;
    out.u8(static_cast<std::uint8_t>(type));
    const FieldWire* wire = attribute_wire(type);
    if (!wire) return out.take();
    if (is_string(*wire)) return out.string(octets).take();
    return out.number(static_cast<std::uint64_t>(number), wire->size).take();
}

std::optional<ZclValue> ZclValue::read(gbcs::zcl::Reader& in) {
    ZclValue value{static_cast<ZclType>(in.u8())};
    const FieldWire* wire = attribute_wire(value.type);
    if (!wire)
        in.fail();
    else if (is_string(*wire))
        value.octets = in.string();
    else
        value.number = gbcs::gbz::number_of(in.number(wire->size), *wire);
    return in.ok() ? std::optional(std::move(value)) : std::nullopt;
}

const ZclValue* Attributes::find(const ZclAttribute& attribute) const {
    if (const ZclValue* own = found(own_, attribute)) return own;
    const auto shared = defaults_->find(attribute);
    return shared != defaults_->end() ? &shared->second : nullptr;
}

void Attributes::put(const ZclAttribute& attribute, ZclValue value) {
    assign(own_, attribute, std::move(value));
}

std::int64_t Attributes::number(const ZclAttribute& attribute) const {
    const ZclValue* held = find(attribute);
    return held ? held->number : 0;
}

void Attributes::set_number(const ZclAttribute& attribute, std::int64_t number) {
    const ZclValue* held = find(attribute);
    if (held) put(attribute, {held->type, number});
}

void Attributes::fail(const ZclAttribute& attribute, std::uint8_t status) {
    assign(faults_, attribute, status);
}

std::uint8_t Attributes::fault(const ZclAttribute& attribute) const {
    const std::uint8_t* status = found(faults_, attribute);
    return status ? *status : std::uint8_t{0};
}

void Attributes::fail_command(const ZclCommand& command, std::uint8_t status, std::size_t occurrence) {
    assign(command_faults_, command, CommandFault{status, occurrence});
}

std::uint8_t Attributes::command_fault(const ZclCommand& command, std::size_t occurrence) const {
    const CommandFault* fault = found(command_faults_, command);
    return fault && occurrence >= fault->occurrence ? fault->status : std::uint8_t{0};
}

}  // namespace meterbed
