// Messages, display, gas conversion, flow, billing calendar, identifiers and the valve of the GSME; change of
// tenancy at the GPF (3.x, 6.6 to 6.8, 6.20.1, 7.x, 9.1).
#include <algorithm>
#include <array>

#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum Cluster;

/// Provider ID, then the Issuer Event ID: how most publications begin.
Zcl provider_and_event(const Situation& situation) { return Zcl().u32(0).u32(issuer_event_id(situation)); }

/// Text of the characters from space to tilde, as the schema restricts it.
std::string printable(const Reading& from, std::size_t longest) {
    std::string text = from.text(longest);
    if (std::ranges::any_of(text, [](char sign) { return sign < ' ' || sign > '~'; }))
        from.mistake("holds characters other than letters, digits and punctuation");
    return text;
}

// Messages and contact
// ------------------------------------------------------------------------------------------

/// ASSUMPTION: Message ID is the Issuer Event ID; shown from now on, until replaced (duration FFFF).
Bytes display_message(const Reading& body, const Situation& situation) {
    const Reading message = body.child("SupplierMessage");
    const std::string text = printable(message, 116);
    if (text.empty()) message.mistake("is empty");
    return one_publish(messaging, 0x00,
                       Zcl().u32(issuer_event_id(situation)).u8(0).u32(kNow).u16(0xFFFF).text(text));
}

Bytes change_of_tenancy(const Reading& body, const Situation& situation) {
    const Reading at = body.child("RestrictionDateTime");
    return one_publish(device_management, 0x00,
                       provider_and_event(situation).u8(0).u32(utc_time(at.date_time(), at)).u32(0x200));
}

Bytes supplier_name(const Reading& body, const Situation& situation) {
    const std::string name = printable(body.child("SupplierName"), 15);
    const std::string telephone = printable(body.child("SupplierTelephoneNumber"), 18);
    return one_publish(
        device_management, 0x01,
        provider_and_event(situation).u8(0).u32(0).u32(kNow).u32(0x1800).text(name).text(telephone));
}

Bytes disable_privacy_pin(const Reading&, const Situation& situation) {
    constexpr std::uint8_t privacy_pin = 0x02;
    return one_publish(device_management, 0x02,
                       Zcl().u32(issuer_event_id(situation)).u32(kNow).u16(0).u8(privacy_pin).text(""));
}

Bytes customer_identification_number(const Reading&, const Situation& situation) {
    return one_publish(device_management, 0x06,
                       Zcl().u32(issuer_event_id(situation)).u32(kNow).u32(0).text(situation.dcc.cin));
}

bool is_mprn(const Reading& body, const Situation&) { return body.has("ImportMPRN"); }

Bytes set_mprn(const Reading& body, const Situation& situation) {
    const std::string mprn = printable(body.child("ImportMPRN"), 10);
    return one_publish(device_management, 0x03,
                       Zcl().u32(issuer_event_id(situation)).u32(kNow).u32(0).text(mprn));
}

// Gas
// -----------------------------------------------------------------------------------------------------------

Bytes conversion(const Reading& body, const Situation& situation) {
    const auto event = issuer_event_id(situation);
    const std::int64_t factor = body.child("ConversionFactor").decimal(5, 0, 0xFFFFFFFF);
    const std::int64_t calorific = body.child("CalorificValue").decimal(1, 0, 0xFFFFFFFF);
    constexpr std::uint8_t five_digits = 0x50, one_digit = 0x10, megajoule_per_cubic_metre = 0x01;
    return Components()
        .publish(price, 0x02, Zcl().u32(event).u32(kNow).u32(factor).u8(five_digits))
        .publish(price, 0x03,
                 Zcl().u32(event).u32(kNow).u32(calorific).u8(megajoule_per_cubic_metre).u8(one_digit))
        .octets();
}

/// What happens to the supply on tamper and on depletion of the battery.
constexpr Word<std::uint8_t> kSupplyStates[] = {{"Unchanged", 0x03}, {"Locked", 0x00}};

Bytes uncontrolled_flow(const Reading& body, std::int64_t threshold, std::int64_t divisor,
                        const Situation& situation) {
    constexpr std::uint8_t unit = 0x01, off = 0x00, unchanged = 0x03;
    const std::int64_t stabilisation = body.child("StabilisationPeriod").integer(1, 255);
    const std::int64_t measurement = body.child("MeasurementPeriod").integer(1, 65535);
    const auto tamper = body.child("SupplyTamperState").one_of(kSupplyStates);
    const auto depletion = body.child("SupplyDepletionState").one_of(kSupplyStates);
    return Components()
        .command(metering, 0x0E,
                 provider_and_event(situation)
                     .u16(threshold)
                     .u8(unit)
                     .u16(1)
                     .u16(divisor)
                     .u8(stabilisation)
                     .u16(measurement))
        .command(metering, 0x0D,
                 Zcl().u32(issuer_event_id(situation)).u8(tamper).u8(depletion).u8(off).u8(unchanged))
        .octets();
}

bool flow_is_whole(const Reading& body, const Situation&) { return body.has("UncontrolledGasFlowRate"); }
bool flow_is_decimal(const Reading& body, const Situation&) {
    return body.has("UncontrolledGasFlowRateDecimal");
}

Bytes gas_flow(const Reading& body, const Situation& situation) {
    return uncontrolled_flow(body, body.child("UncontrolledGasFlowRate").integer(0, 65535), 1, situation);
}

Bytes gas_flow_decimal(const Reading& body, const Situation& situation) {
    return uncontrolled_flow(body, body.child("UncontrolledGasFlowRateDecimal").decimal(4, 0, 65535), 10000,
                             situation);
}

// Billing calendar
// ----------------------------------------------------------------------------------------------

/// A number of days, weeks or months; Duration Type has control "not specified" (2) above the time base.
struct Periodicity {
    std::uint8_t duration, duration_type;
};
constexpr std::uint8_t kDays = 0x21, kWeeks = 0x22, kMonths = 0x23;
constexpr Word<Periodicity> kPeriodicities[] = {
    {"Daily", {1, kDays}},       {"Weekly", {1, kWeeks}},      {"Monthly", {1, kMonths}},
    {"Quarterly", {3, kMonths}}, {"SixMonthly", {6, kMonths}}, {"Yearly", {12, kMonths}},
};

bool is_gas_calendar(const Reading& body, const Situation&) { return body.has("GasBillingCalendar"); }

/// GCS25 knows days, weeks and months only.
bool is_simple_gas_calendar(const Reading& body, const Situation& situation) {
    if (!is_gas_calendar(body, situation)) return false;
    const std::string_view periodicity = body.child("GasBillingCalendar").peek("Periodicity");
    return periodicity == "Daily" || periodicity == "Weekly" || periodicity == "Monthly";
}

Bytes billing_calendar(const Reading& body, const Situation& situation) {
    const Reading from = body.child("GasBillingCalendar");
    const Reading start = from.child("BillingPeriodStart");
    const Periodicity every = from.child("Periodicity").one_of(kPeriodicities);
    constexpr std::uint8_t block_period_control = 0x02, block_period = 0x01;
    const Zcl period =
        provider_and_event(situation).u32(utc_time(start.date_time(), start)).u24(every.duration);
    return Components()
        .publish(price, 0x09, Zcl(period).u8(every.duration_type).u8(0))
        .publish(price, 0x01,
                 Zcl(period).u8(block_period_control).u8(every.duration_type).u8(0).u8(block_period))
        .octets();
}

// Valve
// ---------------------------------------------------------------------------------------------------------

enum class Supply : std::uint8_t { off = 0, armed = 1 };

/// Change Supply: requested at no stated time, now.
template <Supply wanted>
Bytes change_supply(const Reading&, const Situation& situation) {
    constexpr std::uint8_t acknowledge = 0x01;
    return one_command(
        metering, 0x0B,
        provider_and_event(situation).u32(0).u32(kNow).u8(static_cast<std::uint8_t>(wanted)).u8(acknowledge));
}

constexpr std::array kRows{
    Row{"3.1", "DisplayMessage", {gSME}, 0x0071, display_message},
    Row{"3.2", "RestrictAccessForChangeOfTenancy", {GPF}, 0x0072, change_of_tenancy},
    Row{"3.4", "UpdateSupplierName", {gSME}, 0x0088, supplier_name},
    Row{"3.5", "DisablePrivacyPIN", {gSME}, 0x0073, disable_privacy_pin},
    Row{"6.6", "UpdateDeviceConfigurationGasConversion", {gSME}, 0x007C, conversion},
    Row{"6.7", "UpdateDeviceConfigurationGasFlow", {gSME}, 0x00FC, gas_flow_decimal, flow_is_decimal},
    Row{"6.7", "UpdateDeviceConfigurationGasFlow", {gSME}, 0x007D, gas_flow, flow_is_whole},
    Row{"6.8",
        "UpdateDeviceConfigurationBillingCalendar",
        {gSME},
        0x00D8,
        billing_calendar,
        is_gas_calendar,
        Fits::current},
    Row{"6.8",
        "UpdateDeviceConfigurationBillingCalendar",
        {gSME},
        0x007E,
        billing_calendar,
        is_simple_gas_calendar,
        Fits::superseded},
    Row{"6.20.1", "SetDeviceConfigurationImportMPxN", {gSME}, 0x0087, set_mprn, is_mprn},
    Row{"7.2", "DisableSupply", {gSME}, 0x0081, change_supply<Supply::off>},
    Row{"7.3", "ArmSupply", {gSME}, 0x0085, change_supply<Supply::armed>},
    Row{"9.1", "RequestCustomerIdentificationNumber", {gSME}, 0x0083, customer_identification_number},
};

}  // namespace

std::span<const Row> gas_setting_rows() { return kRows; }

}  // namespace meterbed::duis
