// Which read is which use case: services 4.x, 6.2.x, 6.13, 7.x, 8.9 and the sub-GHz reads of the hub.
#include <algorithm>
#include <array>

#include "sim/duis/electricity_reads.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum RemotePartyRole;

template <std::size_t N>
struct Text {
    char value[N];
    constexpr Text(const char (&text)[N]) { std::copy_n(text, N, value); }
};

template <Text log>
bool reads_log(const Reading& body, const Situation&) {
    return body.peek("LogToRead") == log.value;
}

/// The word that says which log stands beside the period.
Bytes read_log(const Reading& body, const Situation& situation) {
    body.child("LogToRead").text(20);
    return read_objects(body, situation);
}

bool by_network_operator(const Reading&, const Situation& situation) {
    return situation.role == networkOperator;
}
bool by_another(const Reading& body, const Situation& situation) {
    return !by_network_operator(body, situation);
}
bool with_security_details(const Reading& body, const Situation&) { return body.has("ReadSecurityDetails"); }
bool without_security_details(const Reading& body, const Situation&) {
    return !body.has("ReadSecurityDetails");
}

/// ECS35f came first and admits the supplier only; ECS35g admits other parties.
bool alcs_log_by_supplier(const Reading& body, const Situation& situation) {
    return reads_log<"ALCSEvent">(body, situation) && situation.role.value_or(supplier) == supplier;
}

/// CCS07: the log with link keys, and that of the hub before.
Bytes read_security_details(const Reading& body, const Situation& situation) {
    body.child("ReadSecurityDetails");
    return AccessList()
        .action({104, {0, 0, 30, 3, 0, 255}, 4}, dlms::Value::null())
        .action({104, {0, 0, 30, 3, 1, 255}, 4}, dlms::Value::null())
        .octets(situation);
}

constexpr std::array kRows{
    Row{"4.1.1", "ReadInstantaneousImportRegisters", {eSME}, 0x0027, read_protected},
    Row{"4.1.2", "ReadInstantaneousImportTOUMatrices", {eSME}, 0x0029, read_protected},
    Row{"4.1.3", "ReadInstantaneousImportTOUWithBlocksMatrices", {eSME}, 0x002A, read_protected},
    Row{"4.2", "ReadInstantaneousExportRegisters", {eSME}, 0x0026, read_objects},
    Row{"4.3", "ReadInstantaneousPrepayValues", {eSME}, 0x002D, read_protected},
    Row{"4.4.2", "RetrieveCoMOrTariffTriggeredBillingDataLog", {eSME}, 0x002F, read_protected},
    Row{"4.4.3", "RetrieveBillingCalendarTriggeredBillingDataLog", {eSME}, 0x0030, read_protected},
    Row{"4.4.4", "RetrieveBillingDataLogDebtPayments", {eSME}, 0x002E, read_objects},
    Row{"4.4.5", "RetrieveBillingDataLogPrepaymentCredits", {eSME}, 0x00C9, read_objects},
    Row{"4.6.1", "RetrieveImportDailyReadLog", {eSME}, 0x0033, read_protected},
    Row{"4.6.2", "RetrieveExportDailyReadLog", {eSME}, 0x0035, read_objects},
    Row{"4.8.1", "ReadActiveImportProfileData", {eSME}, 0x0037, read_protected},
    Row{"4.8.2", "ReadReactiveImportProfileData", {eSME}, 0x0038, read_objects},
    Row{"4.8.3", "ReadExportProfileData", {eSME}, 0x0036, read_objects},
    Row{"4.10", "ReadNetworkData", {eSME}, 0x0039, read_objects, nullptr, Fits::single_phase},
    Row{"4.10", "ReadNetworkData", {eSME}, 0x00BC, read_objects, nullptr, Fits::polyphase},
    Row{"4.11.1", "ReadTariffPrimaryElement", {eSME}, 0x003A, read_objects},
    Row{"4.11.2", "ReadTariffSecondaryElement", {eSME}, 0x00BD, read_objects},
    Row{"4.12.1", "ReadMaximumDemandImportRegisters", {eSME}, 0x002C, read_objects},
    Row{"4.12.2", "ReadMaximumDemandExportRegisters", {eSME}, 0x002B, read_objects},
    Row{"4.13", "ReadPrepaymentConfiguration", {eSME}, 0x003B, read_objects},
    Row{"4.14", "ReadPrepaymentDailyReadLog", {eSME}, 0x0034, read_protected},
    Row{"4.15", "ReadLoadLimitData", {eSME}, 0x0042, read_objects},
    Row{"4.16", "ReadActivePowerImport", {eSME}, 0x0028, read_objects},
    Row{"4.17", "RetrieveDailyConsumptionLog", {eSME}, 0x0060, read_protected},
    Row{"4.18", "ReadMeterBalance", {eSME}, 0x0069, read_objects},
    Row{"6.2.1", "ReadDeviceConfigurationVoltage", {eSME}, 0x003C, read_objects, nullptr, Fits::single_phase},
    Row{"6.2.1", "ReadDeviceConfigurationVoltage", {eSME}, 0x00C6, read_objects, nullptr, Fits::polyphase},
    Row{"6.2.2", "ReadDeviceConfigurationRandomisation", {eSME}, 0x003D, read_objects},
    Row{"6.2.3",
        "ReadDeviceConfigurationBillingCalendar",
        {eSME},
        0x00D9,
        read_objects,
        nullptr,
        Fits::current},
    Row{"6.2.3",
        "ReadDeviceConfigurationBillingCalendar",
        {eSME},
        0x003E,
        read_objects,
        nullptr,
        Fits::superseded},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {eSME},
        0x00F9,
        read_objects,
        nullptr,
        Fits::current},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {eSME},
        0x003F,
        read_objects,
        nullptr,
        Fits::superseded},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {CHF},
        0x00FA,
        read_objects,
        nullptr,
        Fits::current},
    Row{"6.2.4",
        "ReadDeviceConfigurationIdentityExcMPxN",
        {CHF},
        0x0092,
        read_objects,
        nullptr,
        Fits::superseded},
    Row{"6.2.5", "ReadDeviceConfigurationInstantaneousPowerThresholds", {eSME}, 0x0040, read_objects},
    Row{"6.2.7", "ReadDeviceConfigurationMPxN", {eSME}, 0x004E, read_objects},
    Row{"6.2.9", "ReadDeviceConfigurationPaymentMode", {eSME}, 0x00BE, read_objects},
    Row{"6.2.10", "ReadDeviceConfigurationEventAndAlertBehaviours", {eSME}, 0x00EE, read_objects, by_another},
    Row{"6.2.10",
        "ReadDeviceConfigurationEventAndAlertBehaviours",
        {eSME},
        0x00EF,
        read_objects,
        by_network_operator},
    Row{"6.13", "ReadEventOrSecurityLog", {eSME}, 0x0048, read_log, reads_log<"Event">},
    Row{"6.13", "ReadEventOrSecurityLog", {eSME}, 0x0049, read_log, reads_log<"Security">},
    Row{"6.13", "ReadEventOrSecurityLog", {eSME}, 0x00B9, read_log, reads_log<"PowerEvent">},
    Row{"6.13", "ReadEventOrSecurityLog", {eSME}, 0x00BA, read_log, alcs_log_by_supplier},
    Row{"6.13", "ReadEventOrSecurityLog", {eSME}, 0x00FD, read_log, reads_log<"ALCSEvent">},
    Row{"6.13", "ReadEventOrSecurityLog", {CHF}, 0x0093, read_log, reads_log<"Event">},
    Row{"6.13", "ReadEventOrSecurityLog", {CHF}, 0x0094, read_log, reads_log<"Security">},
    Row{"6.30", "ReadCHFSubGHzConfiguration", {CHF}, 0x010C, read_objects},
    Row{"6.31", "ReadCHFSubGHzChannel", {CHF}, 0x010A, read_objects},
    Row{"6.32", "ReadCHFSubGHzChannelLog", {CHF}, 0x010B, read_objects},
    Row{"7.4", "ReadSupplyStatus", {eSME}, 0x0052, read_objects},
    Row{"7.7", "ReadALCSData", {eSME}, 0x00BB, read_objects},
    Row{"7.11", "ReadBoostButtonDetails", {eSME}, 0x005E, read_objects},
    Row{"7.14", "ReadAuxiliaryControllerConfigurationData", {eSME}, 0x011C, read_objects},
    Row{"7.15", "ReadAuxiliaryControllerOperationalData", {eSME}, 0x011D, read_objects},
    Row{"8.9", "ReadDeviceLog", {CHF}, 0x010F, read_objects, without_security_details, Fits::current},
    Row{"8.9", "ReadDeviceLog", {CHF}, 0x0004, read_objects, without_security_details, Fits::superseded},
    Row{"8.9", "ReadDeviceLog", {CHF}, 0x00FE, read_security_details, with_security_details},
    Row{"11.2", "ReadFirmwareVersion", {eSME, CHF}, 0x0059, read_objects},
};

}  // namespace

std::span<const Row> electricity_read_rows() { return kRows; }

}  // namespace meterbed::duis
