// The ZCL attributes gas use cases touch, by their names in the ZigBee Smart Energy standard.
#pragma once

#include "devices/attributes.h"

namespace meterbed::gas {

namespace cluster {
constexpr std::uint16_t basic = 0x0000, price = 0x0700, metering = 0x0702, messaging = 0x0703,
                        prepayment = 0x0705, calendar = 0x0707, device_management = 0x0708, events = 0x0709;
}  // namespace cluster

namespace basic {
constexpr ZclAttribute manufacturer_name{0x0000, 0x0004}, model_identifier{0x0000, 0x0005};
}  // namespace basic

namespace price {
constexpr ZclAttribute block_period_start{0x0700, 0x0200}, block_period_duration{0x0700, 0x0201};
constexpr ZclAttribute threshold_multiplier{0x0700, 0x0202}, threshold_divisor{0x0700, 0x0203};
constexpr ZclAttribute standing_charge{0x0700, 0x0301};
constexpr ZclAttribute conversion_factor{0x0700, 0x0302}, conversion_factor_trailing{0x0700, 0x0303};
constexpr ZclAttribute calorific_value{0x0700, 0x0304}, calorific_value_unit{0x0700, 0x0305},
    calorific_value_trailing{0x0700, 0x0306};
constexpr ZclAttribute tariff_unit{0x0700, 0x0615}, currency{0x0700, 0x0616}, tariff_trailing{0x0700, 0x0617};
/// n-th block threshold, from 0.
constexpr ZclAttribute block_threshold(unsigned n) {
    return {0x0700, static_cast<std::uint16_t>(0x0100 + n)};
}
/// Price of a block in a tier; tier 0 stands for no tier, block 0 for the first.
constexpr ZclAttribute tier_block_price(unsigned tier, unsigned block) {
    return {0x0700, static_cast<std::uint16_t>(0x0400 + 16 * tier + block)};
}
}  // namespace price

namespace metering {
constexpr ZclAttribute summation{0x0702, 0x0000}, supply_status{0x0702, 0x0014};
constexpr ZclAttribute remaining_battery{0x0702, 0x0205}, firmware_version{0x0702, 0x0206};
constexpr ZclAttribute unit{0x0702, 0x0300}, multiplier{0x0702, 0x0301}, divisor{0x0702, 0x0302};
constexpr ZclAttribute site_id{0x0702, 0x0307};
constexpr ZclAttribute tamper_state{0x0702, 0x0607}, depletion_state{0x0702, 0x0608},
    uncontrolled_flow_state{0x0702, 0x0609}, load_limit_state{0x0702, 0x060A};
constexpr ZclAttribute bill_to_date{0x0702, 0x0A00};
constexpr ZclAttribute flow_threshold{0x0702, 0x0B10}, flow_unit{0x0702, 0x0B11},
    flow_multiplier{0x0702, 0x0B12}, flow_divisor{0x0702, 0x0B13}, flow_stabilisation{0x0702, 0x0B14},
    flow_measurement{0x0702, 0x0B15};
/// Summation in a tier, from 1.
constexpr ZclAttribute tier_summation(unsigned tier) {
    return {0x0702, static_cast<std::uint16_t>(0x0100 + 2 * (tier - 1))};
}
/// Summation in a block without tiers, block 0 for the first.
constexpr ZclAttribute block_summation(unsigned block) {
    return {0x0702, static_cast<std::uint16_t>(0x0700 + block)};
}
}  // namespace metering

namespace prepayment {
constexpr ZclAttribute payment_control{0x0705, 0x0000}, credit_remaining{0x0705, 0x0001},
    emergency_credit_remaining{0x0705, 0x0002}, accumulated_debt{0x0705, 0x0005},
    overall_debt_cap{0x0705, 0x0006};
constexpr ZclAttribute emergency_credit_limit{0x0705, 0x0010}, emergency_credit_threshold{0x0705, 0x0011};
constexpr ZclAttribute max_credit_limit{0x0705, 0x0021}, max_credit_per_top_up{0x0705, 0x0022};
constexpr ZclAttribute low_credit_warning{0x0705, 0x0031}, cut_off_value{0x0705, 0x0040};
/// The three debts, n from 1: amount, recovery method, frequency, recovery amount, top-up percentage.
constexpr ZclAttribute debt(unsigned n, unsigned field) {
    return {0x0705, static_cast<std::uint16_t>(0x0200 + 16 * n + field)};
}
constexpr ZclAttribute debt_amount(unsigned n) { return debt(n, 1); }
constexpr ZclAttribute debt_method(unsigned n) { return debt(n, 2); }
constexpr ZclAttribute debt_frequency(unsigned n) { return debt(n, 6); }
constexpr ZclAttribute debt_recovery_amount(unsigned n) { return debt(n, 7); }
constexpr ZclAttribute debt_percentage(unsigned n) { return debt(n, 9); }
}  // namespace prepayment

}  // namespace meterbed::gas
