#include "devices/attributes.h"

#include <algorithm>

namespace meterbed {
namespace {

struct Width {
    ZclType type;
    unsigned octets;
};
constexpr Width kWidths[] = {{ZclType::uint16, 2}, {ZclType::uint24, 3}, {ZclType::uint32, 4},
                             {ZclType::uint48, 6}, {ZclType::int32, 4},  {ZclType::enum8, 1}};

template <typename Pairs>
auto* found(Pairs& pairs, const ZclAttribute& attribute) {
    const auto at = std::ranges::find(pairs, attribute, [](const auto& pair) { return pair.first; });
    return at != pairs.end() ? &at->second : nullptr;
}

template <typename Pairs, typename Value>
void assign(Pairs& pairs, const ZclAttribute& attribute, Value value) {
    if (auto* held = found(pairs, attribute))
        *held = value;
    else
        pairs.emplace_back(attribute, value);
}

}  // namespace

Bytes ZclValue::encoded() const {
    Bytes out{static_cast<std::uint8_t>(type)};
    for (const Width& row : kWidths)
        for (unsigned i = 0; row.type == type && i < row.octets; ++i)
            out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * i)));
    return out;
}

/// Metering cluster 0702 and prepayment cluster 0705 of GBCS 19: money in 10^-5 GBP, gas in litres. The valve
/// status is the device's own state and not kept here.
const ZclDefaults& zcl_defaults(DeviceType type) {
    static const ZclDefaults kGas{
        {{0x0702, 0x0000}, {ZclType::uint48, 0}},     // CurrentSummationDelivered
        {{0x0702, 0x0205}, {ZclType::uint16, 3650}},  // RemainingBatteryCapacity, days (GCS33)
        {{0x0702, 0x0300}, {ZclType::enum8, 1}},      // UnitOfMeasure: cubic metres
        {{0x0702, 0x0301}, {ZclType::uint24, 1}},     // Multiplier
        {{0x0702, 0x0302}, {ZclType::uint24, 1000}},  // Divisor
        {{0x0702, 0x0700}, {ZclType::uint48, 0}},     // CurrentNoTierBlock1SummationDelivered to block 4
                                                      // (GCS13b)
        {{0x0702, 0x0701}, {ZclType::uint48, 0}},
        {{0x0702, 0x0702}, {ZclType::uint48, 0}},
        {{0x0702, 0x0703}, {ZclType::uint48, 0}},
        {{0x0702, 0x0A00}, {ZclType::uint32, 0}},  // BillToDate (GCS60)
        {{0x0705, 0x0001}, {ZclType::int32, 0}},   // CreditRemaining (GCS60)
    };
    static const ZclDefaults kNone;
    return type == DeviceType::gSME || type == DeviceType::GPF ? kGas : kNone;
}

const ZclValue* Attributes::find(const ZclAttribute& attribute) const {
    if (const ZclValue* own = found(own_, attribute)) return own;
    const auto shared = defaults_->find(attribute);
    return shared != defaults_->end() ? &shared->second : nullptr;
}

void Attributes::put(const ZclAttribute& attribute, ZclValue value) { assign(own_, attribute, value); }

void Attributes::fail(const ZclAttribute& attribute, std::uint8_t status) {
    assign(faults_, attribute, status);
}

std::uint8_t Attributes::fault(const ZclAttribute& attribute) const {
    const std::uint8_t* status = found(faults_, attribute);
    return status ? *status : std::uint8_t{0};
}

}  // namespace meterbed
