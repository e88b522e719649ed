// Tariff, prices, conversion and billing calendar: the price cluster (GCS01a, GCS01b, GCS23, GCS25).
#include "devices/gas/attribute_names.h"
#include "devices/gas/billing.h"
#include "devices/gas/readings.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

void put(Act& it, const ZclAttribute& attribute, std::int64_t number) {
    it.device.attributes().set_number(attribute, number);
}

/// Provider, issuer event, start, tariff, command index 0 of 1; gives the sub-payload control.
std::uint8_t tariff_part(Reader& in) {
    in.bytes(16);
    if (in.u8() != 0 || in.u8() != 1) in.fail();
    return in.u8();
}

}  // namespace

std::uint8_t publish_conversion_factor(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(8);
    const std::uint32_t factor = in.u32();
    const std::uint8_t trailing = in.u8();
    if (!in.finished()) return zcl::status::malformed;
    put(it, price::conversion_factor, factor);
    put(it, price::conversion_factor_trailing, trailing);
    return zcl::status::success;
}

std::uint8_t publish_calorific_value(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(8);
    const std::uint32_t value = in.u32();
    const std::uint8_t unit = in.u8(), trailing = in.u8();
    if (!in.finished()) return zcl::status::malformed;
    put(it, price::calorific_value, value);
    put(it, price::calorific_value_unit, unit);
    put(it, price::calorific_value_trailing, trailing);
    return zcl::status::success;
}

std::uint8_t publish_tariff(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(17);  // provider, issuer event, tariff, start, type
    in.string();   // label
    in.u16();      // numbers of tiers and of thresholds
    const std::uint8_t unit = in.u8();
    const std::uint16_t currency = in.u16();
    const std::uint8_t trailing = in.u8();
    const std::uint32_t standing_charge = in.u32();
    in.u8();  // tier block mode
    const std::uint32_t multiplier = in.u24(), divisor = in.u24();
    if (!in.finished()) return zcl::status::malformed;
    if (divisor == 0) return zcl::status::invalid_field;
    if (!it.takes_effect()) return zcl::status::success;
    take_snapshots(it.device, snapshot_cause::tariff_change, it.now());
    put(it, price::tariff_unit, unit);
    put(it, price::currency, currency);
    put(it, price::tariff_trailing, trailing);
    put(it, price::standing_charge, standing_charge);
    put(it, price::threshold_multiplier, multiplier);
    put(it, price::threshold_divisor, divisor);
    return zcl::status::success;
}

/// Price matrix: by block, where the number has tier and block, or by tier (sub-payload control bit 0).
std::uint8_t publish_prices(Act& it) {
    constexpr std::size_t kEntry = 5;
    Reader in(it.asked.payload);
    const bool by_tier = (tariff_part(in) & 1U) != 0;
    std::vector<std::pair<ZclAttribute, std::uint32_t>> prices;
    while (in.left() >= kEntry) {
        const unsigned number = in.u8();
        const auto attribute =
            by_tier ? price::tier_block_price(number, 0) : price::tier_block_price(number / 16, number % 16);
        prices.emplace_back(attribute, in.u32());
    }
    if (!in.finished()) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    for (const auto& [attribute, amount] : prices)
        it.device.attributes().put(attribute, {ZclType::uint32, amount});
    return zcl::status::success;
}

/// A count (with a tier in the upper nibble), then so many thresholds.
std::uint8_t publish_thresholds(Act& it) {
    Reader in(it.asked.payload);
    tariff_part(in);
    const unsigned count = in.u8() & 0x0FU;
    std::vector<std::uint64_t> thresholds;
    for (unsigned n = 0; in.ok() && n < count; ++n) thresholds.push_back(in.u48());
    if (!in.finished()) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    for (unsigned n = 0; n < count; ++n)
        it.device.attributes().put(price::block_threshold(n),
                                   {ZclType::uint48, static_cast<std::int64_t>(thresholds[n])});
    return zcl::status::success;
}

std::uint8_t publish_billing_period(Act& it) {
    const auto period = read_billing_period(it.asked.payload);
    if (!period) return zcl::status::malformed;
    it.data().billing_period = *period;
    await_billing(it.device, it.context);
    return zcl::status::success;
}

std::uint8_t publish_block_period(Act& it) {
    const auto block = read_block_period(it.asked.payload);
    if (!block) return zcl::status::malformed;
    it.data().block_period = *block;
    put(it, price::block_period_start, block->period.start);
    put(it, price::block_period_duration, block->period.duration);
    return zcl::status::success;
}

}  // namespace meterbed::gas
