#include "devices/attributes.h"

#include <algorithm>

namespace meterbed {
namespace {

struct Width {
    ZclType type;
    std::size_t octets;
    bool is_signed = false;
};
constexpr Width kWidths[] = {
    {ZclType::boolean, 1},     {ZclType::bitmap8, 1},     {ZclType::bitmap16, 2},
    {ZclType::bitmap24, 3},    {ZclType::bitmap32, 4},    {ZclType::uint8, 1},
    {ZclType::uint16, 2},      {ZclType::uint24, 3},      {ZclType::uint32, 4},
    {ZclType::uint40, 5},      {ZclType::uint48, 6},      {ZclType::uint56, 7},
    {ZclType::uint64, 8},      {ZclType::enum8, 1},       {ZclType::enum16, 2},
    {ZclType::utc_time, 4},    {ZclType::int8, 1, true},  {ZclType::int16, 2, true},
    {ZclType::int24, 3, true}, {ZclType::int32, 4, true}, {ZclType::int64, 8, true},
};

const Width* width_of(ZclType type) {
    const auto row = std::ranges::find(kWidths, type, &Width::type);
    return row != std::end(kWidths) ? row : nullptr;
}

bool is_string(ZclType type) { return type == ZclType::octet_string || type == ZclType::character_string; }

std::int64_t extended(std::uint64_t number, const Width& width) {
    const unsigned unused = 64U - 8U * static_cast<unsigned>(width.octets);
    if (!width.is_signed) return static_cast<std::int64_t>(number);
    return static_cast<std::int64_t>(number << unused) >> unused;
}

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
    if (is_string(type)) return out.string(octets).take();
    if (const Width* width = width_of(type)) out.number(static_cast<std::uint64_t>(number), width->octets);
    return out.take();
}

std::optional<ZclValue> ZclValue::read(gbcs::zcl::Reader& in) {
    ZclValue value{static_cast<ZclType>(in.u8())};
    if (const Width* width = width_of(value.type))
        value.number = extended(in.number(width->octets), *width);
    else if (is_string(value.type))
        value.octets = in.string();
    else
        in.fail();
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
