// Prepayment of the GSME: balance, payment mode, configuration, debt, emergency credit (1.5 to 2.5).
#include <array>

#include "sim/duis/gas_calendar.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum Cluster;

// 1.5: GCS40a to GCS40d
// ---------------------------------------------------------------------------------------------

/// Credit Adjustment Type: prepayment or credit mode's balance, changed or set to nothing.
enum class Adjustment : std::uint8_t { prepayment = 0, prepayment_reset = 1, credit_reset = 2, credit = 3 };

Bytes adjust_credit(Adjustment type, std::int64_t value, const Situation& situation) {
    return one_command(
        prepayment, 0x05,
        Zcl().u32(issuer_event_id(situation)).u32(kNow).u8(static_cast<std::uint8_t>(type)).u32(value));
}

struct PrepaymentMode {
    static constexpr std::string_view name = "PrepaymentMode";
    static constexpr Adjustment adjust = Adjustment::prepayment, reset = Adjustment::prepayment_reset;
};
struct CreditMode {
    static constexpr std::string_view name = "CreditMode";
    static constexpr Adjustment adjust = Adjustment::credit, reset = Adjustment::credit_reset;
};

template <typename Mode>
bool adjusts(const Reading& body, const Situation&) {
    return body.has(Mode::name) && body.child(Mode::name).has("AdjustMeterBalance");
}
template <typename Mode>
bool resets(const Reading& body, const Situation&) {
    return body.has(Mode::name) && body.child(Mode::name).has("ResetMeterBalance");
}
template <typename Mode>
Bytes adjust_balance(const Reading& body, const Situation& situation) {
    const std::int64_t by = body.child(Mode::name).child("AdjustMeterBalance").integer(INT32_MIN, INT32_MAX);
    return adjust_credit(Mode::adjust, by, situation);
}
template <typename Mode>
Bytes reset_balance(const Reading& body, const Situation& situation) {
    body.child(Mode::name).child("ResetMeterBalance");
    return adjust_credit(Mode::reset, 0, situation);
}

// 1.6: GCS02, GCS03
// -------------------------------------------------------------------------------------------------

bool to_credit(const Reading& body, const Situation&) { return body.has("Credit"); }
bool to_prepayment(const Reading& body, const Situation&) { return body.has("Prepayment"); }

Bytes change_payment_mode(const Reading& body, std::uint16_t configuration, std::int64_t cut_off,
                          const Situation& situation) {
    return one_command(prepayment, 0x06,
                       Zcl()
                           .u32(0)
                           .u32(issuer_event_id(situation))
                           .u32(utc_execution_time(body))
                           .u16(configuration)
                           .u32(cut_off));
}

Bytes set_credit_mode(const Reading& body, const Situation& situation) {
    body.child("Credit");
    return change_payment_mode(body, 0x0C94, 0xFFFFFFFF, situation);
}

/// Payment Control Configuration: prepayment, and the bits for debt collection while disabled or in emergency
/// credit.
Bytes set_prepayment_mode(const Reading& body, const Situation& situation) {
    constexpr std::uint16_t prepayment_mode = 0x0097, suspend_when_disabled = 0x0400,
                            collect_in_emergency = 0x0800;
    const Reading mode = body.child("Prepayment");
    unsigned configuration = prepayment_mode;
    if (mode.child("SuspendDebtDisabled").boolean()) configuration |= suspend_when_disabled;
    if (!mode.child("SuspendDebtEmergency").boolean()) configuration |= collect_in_emergency;
    const std::int64_t threshold = mode.child("DisablementThreshold").integer(INT32_MIN, INT32_MAX);
    return change_payment_mode(body, static_cast<std::uint16_t>(configuration), threshold, situation);
}

// 2.1: GCS05
// --------------------------------------------------------------------------------------------------------

constexpr Word<std::uint8_t> kActions[] = {{"START", 1}, {"STOP", 0}};

/// Entries of three octets: minutes since midnight, and whether non-disablement begins or ends.
DayProfile non_disablement_day(const Reading& from) {
    DayProfile day;
    for (const Reading& entry : from.children("TimeStartAction", 1, 3)) {
        const auto start = entry.child("StartTime").time_of_day();
        if (start % std::chrono::minutes(1) != Duration(0)) entry.mistake("does not start at a whole minute");
        day.schedule.u16(start / std::chrono::minutes(1))
            .u8(entry.child("NonDisablementAction").one_of(kActions));
        ++day.entries;
    }
    day.id = from.child("GasDayName").integer(1, 5);
    return day;
}

Calendar non_disablement_calendar(const Reading& from) {
    Calendar calendar{CalendarType::non_disablement, {},
                      from.child("WeekProfiles"),    from.child("SeasonProfiles"),
                      from.child("SpecialDays"),     5};
    for (const Reading& day : from.child("DayProfiles").children("GasNonDisablementDayProfile", 1, 5))
        calendar.days.push_back(non_disablement_day(day));
    return calendar;
}

Bytes set_prepayment_configuration(const Reading& body, const Situation& situation) {
    const std::uint32_t execution = utc_execution_time(body), event = issuer_event_id(situation);
    const Reading from = body.child("UpdatePrepayConfigGas");
    const auto amount = [&](std::string_view name) { return from.child(name).integer(0, 0xFFFFFFFF); };
    const std::int64_t cap = from.child("DebtRecoveryRateCap").integer(INT32_MIN, INT32_MAX);
    Components to;
    to.command(prepayment, 0x03,
               Zcl()
                   .u32(event)
                   .u32(execution)
                   .u32(amount("EmergencyCreditLimit"))
                   .u32(amount("EmergencyCreditThreshold")));
    to.command(prepayment, 0x0C, Zcl().u32(0).u32(event).u32(execution).u32(cap));
    to.command_from(prepayment, 0x09, execution, Zcl().u32(amount("LowCreditThreshold")));
    to.command(prepayment, 0x0B,
               Zcl()
                   .u32(0)
                   .u32(event)
                   .u32(execution)
                   .u32(amount("MaxMeterBalance"))
                   .u32(amount("MaxCreditThreshold")));
    publish_calendar(to, non_disablement_calendar(from.child("GasNonDisablementCalendar")), execution,
                     situation);
    return to.octets();
}

// 2.3: GCS04
// --------------------------------------------------------------------------------------------------------

constexpr Word<std::uint8_t> kRecoveryPeriods[] = {{"HOURLY", 0x00}, {"DAILY", 0x01}};

struct Debt {
    std::int64_t amount = 0;
    std::uint8_t method = 0;  ///< time based 0, percentage of top-ups 1
    std::uint8_t type = 0;    ///< Debt Amount Type: first, second, third debt, changed by the amount
    std::uint8_t frequency = 0x01;
    std::int64_t recovery_amount = 0, recovery_percentage = 0;
};

void change_debt(Components& to, const Debt& debt, const Situation& situation) {
    to.command(prepayment, 0x02,
               Zcl()
                   .u32(issuer_event_id(situation))
                   .text("")
                   .u32(debt.amount)
                   .u8(debt.method)
                   .u8(debt.type)
                   .u32(kNow)
                   .u16(0)
                   .u8(debt.frequency)
                   .u32(debt.recovery_amount)
                   .u16(debt.recovery_percentage));
}

Debt time_debt(const Reading& body, std::string_view amount, std::string_view recovery, std::uint8_t type) {
    const Reading rate = body.child(recovery);
    Debt debt;
    debt.amount = body.child(amount).integer(INT32_MIN, INT32_MAX);
    debt.type = type;
    debt.recovery_amount = rate.child("DebtRecoveryRate").integer(INT32_MIN, INT32_MAX);
    debt.frequency = rate.child("DebtRecoveryRatePeriod").one_of(kRecoveryPeriods);
    return debt;
}

Debt payment_debt(const Reading& body) {
    Debt debt;
    debt.amount = body.child("PaymentDebtRegister").integer(INT32_MIN, INT32_MAX);
    debt.method = 1;
    debt.type = 0x05;
    debt.recovery_percentage = body.child("DebtRecoveryPerPayment").integer(0, 10000);
    return debt;
}

Bytes manage_debt(const Reading& body, const Situation& situation) {
    Components to;
    change_debt(to, time_debt(body, "TimeDebtRegister1", "GasDebtRecovery1", 0x01), situation);
    change_debt(to, time_debt(body, "TimeDebtRegister2", "GasDebtRecovery2", 0x03), situation);
    change_debt(to, payment_debt(body), situation);
    return to.octets();
}

// 2.5: GCS06
// --------------------------------------------------------------------------------------------------------

constexpr std::uint8_t kRemote = 0x00;  ///< Originating Device: not a device in the home

Bytes activate_emergency_credit(const Reading&, const Situation&) {
    return one_command(prepayment, 0x00, Zcl().u32(kNow).u8(kRemote));
}

constexpr std::array kRows{
    Row{"1.5", "UpdateMeterBalance", {gSME}, 0x0086, adjust_balance<PrepaymentMode>, adjusts<PrepaymentMode>},
    Row{"1.5", "UpdateMeterBalance", {gSME}, 0x00B4, reset_balance<PrepaymentMode>, resets<PrepaymentMode>},
    Row{"1.5", "UpdateMeterBalance", {gSME}, 0x00C0, adjust_balance<CreditMode>, adjusts<CreditMode>},
    Row{"1.5", "UpdateMeterBalance", {gSME}, 0x00C2, reset_balance<CreditMode>, resets<CreditMode>},
    Row{"1.6", "UpdatePaymentMode", {gSME}, 0x006C, set_credit_mode, to_credit},
    Row{"1.6", "UpdatePaymentMode", {gSME}, 0x006D, set_prepayment_mode, to_prepayment},
    Row{"2.1", "UpdatePrepayConfiguration", {gSME}, 0x006F, set_prepayment_configuration},
    Row{"2.3", "UpdateDebt", {gSME}, 0x006E, manage_debt},
    Row{"2.5", "ActivateEmergencyCredit", {gSME}, 0x0070, activate_emergency_credit},
};

}  // namespace

std::span<const Row> gas_prepayment_rows() { return kRows; }

}  // namespace meterbed::duis
