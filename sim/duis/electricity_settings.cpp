// Messages, tenancy, logs, load limits, clock, billing calendar, maximum demand, MPANs of the ESME:
// services 3.x, 6.x.
#include <algorithm>
#include <array>

#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

Value number(const Reading& body, std::string_view name) {
    return u32(body.child(name).integer(0, UINT32_MAX));
}

// 3.x
// ------------------------------------------------------------------------------------------------------------------

Bytes send_message(const Reading& body, const Situation& situation) {
    return AccessList()
        .set({1, {0, 2, 96, 13, 1, 255}, 2}, text_octets(body.child("SupplierMessage").text(116)))
        .octets(situation);
}

Bytes restrict_access(const Reading& body, const Situation& situation) {
    return AccessList()
        .set({1, {0, 0, 94, 44, 3, 2}, 2}, date_time_value(body.child("RestrictionDateTime").date_time()))
        .octets(situation);
}

/// The ESME's own log unless the other is named.
bool clears_alcs_log(const Reading& body, const Situation&) {
    return body.peek("ESMEEventLogType") == "ALCS";
}
bool clears_event_log(const Reading& body, const Situation& situation) {
    return !clears_alcs_log(body, situation);
}

Bytes clear_log(const Reading& body, const Situation& situation) {
    constexpr Word<std::uint8_t> logs[] = {{"ESME", 0}, {"ALCS", 17}};
    const auto type = body.optional("ESMEEventLogType");
    const bool alcs = type && type->one_of(logs) == 17;
    const dlms::Attribute reset =
        alcs ? dlms::Attribute{7, {0, 17, 99, 98, 2, 255}, 1} : dlms::Attribute{7, {0, 0, 99, 98, 0, 255}, 1};
    return AccessList().action(reset, i8(0)).octets(situation);
}

Bytes set_contact_details(const Reading& body, const Situation& situation) {
    return AccessList()
        .set({9000, {0, 0, 96, 13, 0, 255}, 2}, text_octets(body.child("SupplierTelephoneNumber").text(18)))
        .set({9000, {0, 0, 96, 13, 1, 255}, 2}, text_octets(body.child("SupplierName").text(15)))
        .octets(situation);
}

Bytes disable_pin(const Reading&, const Situation& situation) {
    return AccessList().set({1, {0, 0, 94, 44, 3, 1}, 2}, octets({})).octets(situation);
}

// 6.4.x, 6.12
// ----------------------------------------------------------------------------------------------------------

Bytes set_load_limits(const Reading& body, const Situation& situation) {
    constexpr Word<bool> states[] = {{"Disable", true}, {"Unchanged", false}};
    constexpr dlms::Obis state{0, 0, 94, 44, 0, 3}, threshold{0, 0, 94, 44, 128, 7},
        period{0, 0, 94, 44, 128, 6}, restoration{0, 0, 94, 44, 128, 8};
    const Value at = activation(execution_time(body));
    AccessList list;
    list.set({9000, state, 4}, boolean(body.child("LoadLimitSupplyState").one_of(states)))
        .set({9000, threshold, 4}, number(body, "LoadLimitPowerThreshold"))
        .set({9000, period, 4}, number(body, "LoadLimitPeriod"))
        .set({9000, restoration, 4}, number(body, "LoadLimitRestorationPeriod"));
    for (const dlms::Obis& obis : {state, threshold, period, restoration}) list.set({9000, obis, 6}, at);
    return list.octets(situation);
}

Bytes reset_load_limit_counter(const Reading&, const Situation& situation) {
    return AccessList().action({3, {0, 0, 94, 44, 42, 255}, 1}, i8(0)).octets(situation);
}

Bytes set_power_thresholds(const Reading& body, const Situation& situation) {
    return AccessList()
        .set({21, {0, 0, 16, 0, 0, 255}, 2},
             array({number(body, "LowMediumPowerThreshold"), number(body, "MediumHighPowerThreshold")}))
        .octets(situation);
}

// 6.8: the times at which a period ends, each a time and a date with wildcards
// ---------------------------------------------

Bytes yearly_date(std::int64_t month, std::int64_t day) {
    return {0xFF, 0xFF, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day), 0xFF};
}

/// Every `step` months from the one named; the months come in the order of the periods (ASSUMPTION).
std::vector<Bytes> longer_period(const Reading& of, std::int64_t step) {
    const auto day = of.child("DayOfMonth").integer(1, 28);
    const auto start = of.child("BillingPeriodStartMonth").integer(1, 12);
    std::vector<Bytes> dates;
    for (std::int64_t month = 0; month < 12; month += step)
        dates.push_back(yearly_date((start - 1 + month) % 12 + 1, day));
    return dates;
}

std::vector<Bytes> billing_dates(const Reading& calendar) {
    if (calendar.optional("Daily")) return {Bytes(5, 0xFF)};
    if (const auto weekday = calendar.optional("Weekly"))
        return {{0xFF, 0xFF, 0xFF, 0xFF, static_cast<std::uint8_t>(weekday->integer(1, 7))}};
    if (const auto day = calendar.optional("Monthly"))
        return {{0xFF, 0xFF, 0xFF, static_cast<std::uint8_t>(day->integer(1, 28)), 0xFF}};
    if (const auto quarter = calendar.optional("Quarterly")) return longer_period(*quarter, 3);
    if (const auto half = calendar.optional("SixMonthly")) return longer_period(*half, 6);
    return longer_period(calendar.child("Yearly"), 12);
}

Bytes set_billing_calendar(const Reading& body, const Situation& situation) {
    const Reading calendar = body.child("ElectricityBillingCalendar");
    const Value time = switch_time(calendar.child("BillingTime"));
    std::vector<Value> times;
    for (Bytes& date : billing_dates(calendar)) times.push_back(structure({time, octets(std::move(date))}));
    return AccessList().set({22, {0, 0, 15, 0, 0, 255}, 4}, array(std::move(times))).octets(situation);
}

/// ECS30 knows days, weeks and months and suits meters of every version.
bool bills_monthly_at_most(const Reading& body, const Situation&) {
    if (!body.has("ElectricityBillingCalendar")) return false;
    const Reading calendar = body.child("ElectricityBillingCalendar");
    return calendar.has("Daily") || calendar.has("Weekly") || calendar.has("Monthly");
}
bool bills_electricity(const Reading& body, const Situation&) {
    return body.has("ElectricityBillingCalendar");
}

// 6.11, 8.1.1: the meter takes the hub's time if it lies in the interval
// --------------------------------------------------

Bytes set_clock(const Reading& body, const Situation& situation) {
    constexpr dlms::Obis clock{0, 0, 1, 0, 0, 255};
    constexpr std::int64_t radio_controlled = 5;
    const Time from = body.child("CurrentDateTime").date_time();
    const auto tolerance = std::chrono::seconds(body.child("TolerancePeriod").integer(0, 86400));
    const Value unspecified = activation({ExecutionTime::Kind::cancel, {}});
    return AccessList()
        .set({8, clock, 9}, enumerated(radio_controlled))
        .action({8, clock, 5},
                structure({unspecified, date_time_value(from), date_time_value(from + tolerance)}))
        .action({8, clock, 4}, i8(0))
        .get({8, clock, 2})
        .get({8, clock, 4})
        .octets(situation);
}

// 6.18.x maximum demand
// ---------------------------------------------------------------------------------------------------

Value demand_line(std::int64_t index, std::int64_t script, const Reading& time) {
    // Every day of every year, from its first day.
    const Bytes first{0, 0, 1, 0xFF, 0xFF};
    ScheduleEntry entry{index,       {0, 0, 10, 128, 100, 255}, script,        switch_time(time),
                        every_day(), special_days_of({}, 0),    octets(first), any_date()};
    return entry.value();
}

Bytes set_demand_period(const Reading& body, const Situation& situation) {
    const Reading period = body.child("MaximumDemandTimePeriodSchedule");
    const Value lines =
        array({demand_line(0, 1, period.child("StartTime")), demand_line(1, 2, period.child("EndTime"))});
    return AccessList().set({10, {0, 0, 12, 0, 0, 255}, 2}, lines).octets(situation);
}

Bytes reset_demand(const Reading& body, const Situation& situation) {
    struct Register {
        std::string_view element;
        dlms::Obis obis;
    };
    constexpr Register registers[] = {{"MaxDemandActivePowerImportValue", {1, 0, 1, 6, 0, 255}},
                                      {"MaxDemandConfigTimeActivePowerImportValue", {1, 0, 1, 6, 1, 255}},
                                      {"MaxDemandActivePowerExportValue", {1, 0, 2, 6, 0, 255}}};
    AccessList list;
    for (const Register& one : registers)
        if (body.optional(one.element)) list.action({4, one.obis, 1}, i8(0));
    return list.octets(situation);
}

// 6.20.x, 6.25
// ---------------------------------------------------------------------------------------------------------

std::string mpan(const Reading& from) {
    std::string text = from.text(13);
    if (text.size() != 13) from.mistake("an MPAN has 13 characters");
    return text;
}

Bytes set_import_mpan(const Reading& body, const Situation& situation) {
    const Reading mpans = body.child("ImportMPANs");
    std::string text = mpan(mpans.child("ImportMPAN"));
    if (const auto second = mpans.optional("SecondaryImportMPAN")) text += mpan(*second);
    return AccessList().set({1, {0, 0, 94, 44, 34, 11}, 2}, text_octets(text)).octets(situation);
}

Bytes set_export_mpan(const Reading& body, const Situation& situation) {
    return AccessList()
        .set({1, {1, 0, 0, 0, 2, 255}, 2}, text_octets(mpan(body.child("ExportMPAN"))))
        .octets(situation);
}

Bytes set_tamper_state(const Reading& body, const Situation& situation) {
    constexpr Word<bool> states[] = {{"Locked", true}, {"Unchanged", false}};
    return AccessList()
        .set({1, {0, 0, 94, 44, 0, 4}, 2}, boolean(body.child("SupplyTamperState").one_of(states)))
        .octets(situation);
}

// 9.1: the DCC draws the number and shows it to the user
// -----------------------------------------------------------------

Bytes send_identification_number(const Reading&, const Situation& situation) {
    return AccessList().set({1, {0, 3, 96, 13, 1, 255}, 2}, text_octets(situation.dcc.cin)).octets(situation);
}

constexpr std::array kRows{
    Row{"3.1", "DisplayMessage", {eSME}, 0x0021, send_message},
    Row{"3.2", "RestrictAccessForChangeOfTenancy", {eSME}, 0x0022, restrict_access},
    Row{"3.3", "ClearEventLog", {eSME}, 0x0024, clear_log, clears_event_log},
    Row{"3.3", "ClearEventLog", {eSME}, 0x00C1, clear_log, clears_alcs_log},
    Row{"3.4", "UpdateSupplierName", {eSME}, 0x0025, set_contact_details},
    Row{"3.5", "DisablePrivacyPIN", {eSME}, 0x0023, disable_pin},
    Row{"6.4.1", "UpdateDeviceConfigurationLoadLimitingGeneralSettings", {eSME}, 0x0043, set_load_limits},
    Row{"6.4.2",
        "UpdateDeviceConfigurationLoadLimitingCounterReset",
        {eSME},
        0x0044,
        reset_load_limit_counter},
    Row{"6.8",
        "UpdateDeviceConfigurationBillingCalendar",
        {eSME},
        0x0046,
        set_billing_calendar,
        bills_monthly_at_most},
    Row{"6.8",
        "UpdateDeviceConfigurationBillingCalendar",
        {eSME},
        0x00D7,
        set_billing_calendar,
        bills_electricity},
    Row{"6.11", "SynchroniseClock", {eSME}, 0x0062, set_clock},
    Row{"6.12", "UpdateDeviceConfigurationInstantaneousPowerThreshold", {eSME}, 0x0047, set_power_thresholds},
    Row{"6.18.1", "SetMaximumDemandConfigurableTimePeriod", {eSME}, 0x004A, set_demand_period},
    Row{"6.18.2", "ResetMaximumDemandRegisters", {eSME}, 0x005A, reset_demand},
    Row{"6.20.1", "SetDeviceConfigurationImportMPxN", {eSME}, 0x004C, set_import_mpan},
    Row{"6.20.2", "SetDeviceConfigurationExportMPAN", {eSME}, 0x004D, set_export_mpan},
    Row{"6.25", "SetElectricitySupplyTamperState", {eSME}, 0x0068, set_tamper_state},
    Row{"8.1.1", "CommissionDeviceSynchroniseClock", {eSME}, 0x0062, set_clock},
    Row{"9.1", "RequestCustomerIdentificationNumber", {eSME}, 0x0058, send_identification_number},
};

}  // namespace

std::span<const Row> electricity_setting_rows() { return kRows; }

}  // namespace meterbed::duis
