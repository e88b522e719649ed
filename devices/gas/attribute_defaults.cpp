// What every gas meter holds when it leaves the maker: the attributes that the read use cases of GBCS 19 name
// (GCS13, GCS14, GCS21, GCS33, GCS38, GCS46, GCS60). Money in 10^-5 GBP, gas in litres. The valve status is
// the device's own state and not kept here. The figures are ASSUMPTION.
#include "devices/gas/attribute_names.h"

namespace meterbed {
namespace {

constexpr unsigned kTiers = 4, kBlocks = 4, kThresholds = 3, kDebts = 3;

ZclValue text(ZclType type, std::string_view value) { return {type, 0, Bytes(value.begin(), value.end())}; }

ZclDefaults plain() {
    using namespace gas;
    return {
        {basic::manufacturer_name, text(ZclType::character_string, "MBED")},
        {basic::model_identifier, text(ZclType::character_string, "GASMETER")},
        {price::block_period_start, {ZclType::utc_time, 0}},
        {price::block_period_duration, {ZclType::uint24, 0}},
        {price::threshold_multiplier, {ZclType::uint24, 1}},
        {price::threshold_divisor, {ZclType::uint24, 1000}},
        {price::standing_charge, {ZclType::uint32, 0}},
        {price::conversion_factor, {ZclType::uint32, 102264}},
        {price::conversion_factor_trailing, {ZclType::bitmap8, 0x50}},
        {price::calorific_value, {ZclType::uint32, 395}},
        {price::calorific_value_unit, {ZclType::enum8, 1}},
        {price::calorific_value_trailing, {ZclType::bitmap8, 0x10}},
        {price::tariff_unit, {ZclType::enum8, 0}},
        {price::currency, {ZclType::uint16, 0x033A}},
        {price::tariff_trailing, {ZclType::bitmap8, 0x50}},
        {metering::summation, {ZclType::uint48, 0}},
        {metering::remaining_battery, {ZclType::uint16, 3650}},
        {metering::firmware_version, {ZclType::octet_string, 0, {0x01, 0x00, 0x00, 0x00}}},
        {metering::unit, {ZclType::enum8, 1}},
        {metering::multiplier, {ZclType::uint24, 1}},
        {metering::divisor, {ZclType::uint24, 1000}},
        {metering::site_id, text(ZclType::octet_string, "0000000000")},
        {metering::tamper_state, {ZclType::enum8, 3}},
        {metering::depletion_state, {ZclType::enum8, 3}},
        {metering::uncontrolled_flow_state, {ZclType::enum8, 0}},
        {metering::load_limit_state, {ZclType::enum8, 3}},
        {metering::bill_to_date, {ZclType::uint32, 0}},
        {metering::flow_threshold, {ZclType::uint16, 500}},
        {metering::flow_unit, {ZclType::enum8, 1}},
        {metering::flow_multiplier, {ZclType::uint16, 1}},
        {metering::flow_divisor, {ZclType::uint16, 10000}},
        {metering::flow_stabilisation, {ZclType::uint8, 60}},
        {metering::flow_measurement, {ZclType::uint16, 300}},
        {prepayment::payment_control, {ZclType::bitmap16, 0x0C94}},
        {prepayment::credit_remaining, {ZclType::int32, 0}},
        {prepayment::emergency_credit_remaining, {ZclType::int32, 0}},
        {prepayment::accumulated_debt, {ZclType::int32, 0}},
        {prepayment::overall_debt_cap, {ZclType::int32, 0}},
        {prepayment::emergency_credit_limit, {ZclType::uint32, 1000000}},
        {prepayment::emergency_credit_threshold, {ZclType::uint32, 200000}},
        {prepayment::max_credit_limit, {ZclType::uint32, 50000000}},
        {prepayment::max_credit_per_top_up, {ZclType::uint32, 25000000}},
        {prepayment::low_credit_warning, {ZclType::uint32, 500000}},
        {prepayment::cut_off_value, {ZclType::int32, 0}},
    };
}

ZclDefaults complete() {
    using namespace gas;
    ZclDefaults all = plain();
    for (unsigned n = 0; n < kThresholds; ++n) all[price::block_threshold(n)] = {ZclType::uint48, 0};
    for (unsigned n = 0; n < kBlocks; ++n) all[price::tier_block_price(0, n)] = {ZclType::uint32, 0};
    for (unsigned n = 1; n <= kTiers; ++n) all[price::tier_block_price(n, 0)] = {ZclType::uint32, 0};
    for (unsigned n = 1; n <= kTiers; ++n) all[metering::tier_summation(n)] = {ZclType::uint48, 0};
    for (unsigned n = 0; n < kBlocks; ++n) all[metering::block_summation(n)] = {ZclType::uint48, 0};
    for (unsigned n = 1; n <= kDebts; ++n) {
        all[prepayment::debt_amount(n)] = {ZclType::uint32, 0};
        all[prepayment::debt_method(n)] = {ZclType::enum8, n == kDebts ? 1 : 0};
        all[prepayment::debt_frequency(n)] = {ZclType::enum8, 1};
        all[prepayment::debt_recovery_amount(n)] = {ZclType::uint32, 0};
        all[prepayment::debt_percentage(n)] = {ZclType::uint16, 0};
    }
    return all;
}

}  // namespace

const ZclDefaults& zcl_defaults(DeviceType type) {
    static const ZclDefaults kGas = complete();
    static const ZclDefaults kNone;
    return type == DeviceType::gSME || type == DeviceType::GPF ? kGas : kNone;
}

}  // namespace meterbed
