// Reads of the GSME and the GPF that take no parameters: attributes and whole tables (GCS13 to GCS60).
#include <array>

#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum Cluster;

/// Calendars held under this Issuer Calendar ID: the tariff's, and the non-disablement calendar (GBCS 4.x,
/// U).
constexpr std::uint32_t kTariffCalendar = 0xFFFFFFFF, kNonDisablementCalendar = 0xFFFFFFFE;
constexpr std::uint8_t kAll = 0;  ///< as a number of days, weeks or events

Bytes consumption_register(const Reading&, const Situation&) {
    return Components().read(metering, {0x0302, 0x0301, 0x0300, 0x0000}).octets();
}

Bytes tou_registers(const Reading&, const Situation&) {
    return Components().read(metering, {0x0302, 0x0301, 0x0300, 0x0100, 0x0102, 0x0104, 0x0106}).octets();
}

Bytes block_counters(const Reading&, const Situation&) {
    return Components().read(metering, {0x0700, 0x0701, 0x0702, 0x0703, 0x0302, 0x0301, 0x0300}).octets();
}

Bytes prepayment_registers(const Reading&, const Situation&) {
    return Components()
        .read(price, {0x0617, 0x0616})
        .read(prepayment, {0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221})
        .octets();
}

Bytes meter_balance(const Reading&, const Situation&) {
    return Components().read(metering, {0x0A00}).read(prepayment, {0x0001}).octets();
}

Bytes gas_configuration(const Reading&, const Situation&) {
    return Components()
        .read(price, {0x0306, 0x0305, 0x0304, 0x0303, 0x0302})
        .read(metering, {0x0B13, 0x0B12, 0x0B11, 0x0B10, 0x0B14, 0x0B15})
        .octets();
}

/// The tables of one calendar, as both tariff and prepayment reads ask for them.
Components& read_calendar(Components& to, std::uint32_t calendar_id, std::uint8_t calendar_type) {
    const Zcl table = Zcl().u32(0).u32(calendar_id);
    return to.command(calendar, 0x01, Zcl(table).u8(1).u8(kAll))
        .command(calendar, 0x02, Zcl(table).u8(1).u8(kAll))
        .command(calendar, 0x03, table)
        .command(calendar, 0x04, Zcl().u32(kNow).u8(kAll).u8(calendar_type).append(table));
}

Bytes prepayment_configuration(const Reading&, const Situation&) {
    Components to;
    to.read(prepayment,
            {0x0239, 0x0006, 0x0216, 0x0226, 0x0040, 0x0010, 0x0011, 0x0031, 0x0021, 0x0022, 0x0217, 0x0227});
    to.read(price, {0x0617});
    return read_calendar(to, kNonDisablementCalendar, 0x03).octets();
}

Bytes tariff(const Reading&, const Situation&) {
    Components to;
    to.read(price, {0x0203, 0x0202, 0x0100, 0x0101, 0x0102, 0x0615, 0x0400, 0x0401, 0x0402, 0x0403, 0x0410,
                    0x0420, 0x0430, 0x0440, 0x0616, 0x0617, 0x0301});
    return read_calendar(to, kTariffCalendar, 0x00).command(price, 0x00, Zcl().u8(0)).octets();
}

/// GetBillingPeriod: from any time, the highest Issuer Event ID, one command.
Bytes billing_calendar(const Reading&, const Situation&) {
    return one_command(price, 0x0B, Zcl().u32(0).u32(0xFFFFFFFF).u8(1).u8(0));
}

/// ASSUMPTION: GCS21e reads what GCS21m reads without the states of the supply, which the GPF has not. Public
/// source of a Gas Proxy Function answers it from the Basic cluster alone.
Bytes device_identity(const Reading&, const Situation&) {
    return Components().read(basic, {0x0004, 0x0005}).octets();
}

Bytes device_identity_and_states(const Reading&, const Situation&) {
    return Components().read(basic, {0x0004, 0x0005}).read(metering, {0x0608, 0x0607}).octets();
}

Bytes mprn(const Reading&, const Situation&) { return Components().read(metering, {0x0307}).octets(); }

Bytes payment_mode(const Reading&, const Situation&) {
    return Components().read(prepayment, {0x0000}).octets();
}

Bytes valve_status(const Reading&, const Situation&) {
    return Components().read(metering, {0x0205, 0x0014}).octets();
}

Bytes firmware_version(const Reading&, const Situation&) {
    return Components().read(metering, {0x0206}).octets();
}

/// GetEventConfiguration of every event that the Supplier configures.
Bytes event_configuration(const Reading&, const Situation&) {
    return one_publish(device_management, 0x05, Zcl().u16(0x81FF));
}

constexpr std::array kRows{
    Row{"4.1.1", "ReadInstantaneousImportRegisters", {gSME, GPF}, 0x0074, consumption_register},
    Row{"4.1.2", "ReadInstantaneousImportTOUMatrices", {gSME, GPF}, 0x00B6, tou_registers},
    Row{"4.1.4", "ReadInstantaneousImportBlockCounters", {gSME, GPF}, 0x00B8, block_counters},
    Row{"4.3", "ReadInstantaneousPrepayValues", {gSME, GPF}, 0x0075, prepayment_registers},
    Row{"4.11.1", "ReadTariffPrimaryElement", {gSME, GPF}, 0x009F, tariff},
    Row{"4.13", "ReadPrepaymentConfiguration", {gSME, GPF}, 0x00B5, prepayment_configuration},
    Row{"4.18", "ReadMeterBalance", {gSME, GPF}, 0x012A, meter_balance, nullptr, Fits::current},
    Row{"4.18", "ReadMeterBalance", {gSME, GPF}, 0x008D, meter_balance, nullptr, Fits::superseded},
    Row{"6.2.3",
        "ReadDeviceConfigurationBillingCalendar",
        {gSME, GPF},
        0x00DA,
        billing_calendar,
        nullptr,
        Fits::current},
    Row{"6.2.3",
        "ReadDeviceConfigurationBillingCalendar",
        {gSME, GPF},
        0x009D,
        billing_calendar,
        nullptr,
        Fits::superseded},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {gSME},
        0x00FB,
        device_identity_and_states,
        nullptr,
        Fits::current},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {gSME},
        0x009E,
        device_identity,
        nullptr,
        Fits::superseded},
    Row{"6.2.4", "ReadDeviceConfigurationIdentityExcMPxN", {GPF}, 0x009E, device_identity},
    Row{"6.2.7", "ReadDeviceConfigurationMPxN", {gSME, GPF}, 0x0089, mprn},
    Row{"6.2.8", "ReadDeviceConfigurationGas", {gSME, GPF}, 0x007B, gas_configuration},
    Row{"6.2.9", "ReadDeviceConfigurationPaymentMode", {gSME, GPF}, 0x00BF, payment_mode},
    Row{"6.2.10", "ReadDeviceConfigurationEventAndAlertBehaviours", {gSME}, 0x00F1, event_configuration},
    Row{"7.4", "ReadSupplyStatus", {gSME, GPF}, 0x0082, valve_status},
    Row{"11.2", "ReadFirmwareVersion", {gSME, GPF}, 0x0084, firmware_version},
};

}  // namespace

std::span<const Row> gas_read_rows() { return kRows; }

}  // namespace meterbed::duis
