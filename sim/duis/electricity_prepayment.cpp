// Balances, payment mode, prepayment configuration and debt of the ESME: services 1.5, 1.6, 2.1, 2.3, 2.5.
#include <array>

#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

constexpr std::int64_t kLowest32 = INT32_MIN, kHighest32 = INT32_MAX;

constexpr dlms::Obis credit(std::uint8_t n) { return {0, 0, 19, 10, n, 255}; }
constexpr dlms::Obis charge(std::uint8_t n) { return {0, 0, 19, 20, n, 255}; }
Bytes octets_of(const dlms::Obis& obis) { return {obis.begin(), obis.end()}; }

// 1.5 Update Meter Balance: the ESME has one balance for both modes
// -----------------------------------------------------------------------------

Reading mode_of(const Reading& body) {
    return body.has("CreditMode") ? body.child("CreditMode") : body.child("PrepaymentMode");
}

template <bool wanted>
bool resets_balance(const Reading& body, const Situation&) {
    return mode_of(body).has("ResetMeterBalance") == wanted;
}

Bytes adjust_balance(const Reading& body, const Situation& situation) {
    const auto amount = mode_of(body).child("AdjustMeterBalance").integer(kLowest32, kHighest32);
    return AccessList().action({112, credit(0), 1}, i32(amount)).octets(situation);
}

/// Meter balance, emergency credit balance, accumulated debt register.
Bytes reset_balance(const Reading& body, const Situation& situation) {
    mode_of(body).child("ResetMeterBalance");
    AccessList list;
    for (std::uint8_t n : std::to_array<std::uint8_t>({0, 1, 2})) list.action({112, credit(n), 2}, i32(0));
    return list.octets(situation);
}

// 1.6 Update Payment Mode
// -----------------------------------------------------------------------------------------

constexpr dlms::Obis kNextAccount{0, 1, 19, 0, 0, 255};
constexpr dlms::Obis kDisablementThreshold{0, 0, 94, 44, 128, 22};

struct Suspension {
    bool when_disabled = false, in_emergency_credit = false;
};

/// Which charge is collected from which credit (class 111, attribute 11), every credit with every charge that
/// runs on its own. The size is that of the reference command; the order and the meaning of the bits are an
/// ASSUMPTION: collect when the supply is disabled, in load limiting, in friendly credit periods; suspended
/// time debts clear the first, and no time debt is taken from emergency credit that is suspended.
Value collection(const Suspension& suspension) {
    std::vector<Value> entries;
    for (std::uint8_t from : std::to_array<std::uint8_t>({0, 1, 2})) {
        for (std::uint8_t what : std::to_array<std::uint8_t>({0, 1, 2, 4, 5})) {
            const bool is_debt = what == 1 || what == 2;
            std::uint8_t configuration = 0xE0;
            if (is_debt && suspension.when_disabled) configuration = 0x60;
            if (is_debt && from == 1 && suspension.in_emergency_credit) configuration = 0x00;
            entries.push_back(structure({octets(octets_of(credit(from))), octets(octets_of(charge(what))),
                                         bits(3, {configuration})}));
        }
    }
    return array(std::move(entries));
}

Value payment_mode(std::int64_t mode) { return structure({enumerated(mode), enumerated(1)}); }

Bytes to_credit_mode(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    body.child("Credit");
    return AccessList()
        .set({111, kNextAccount, 2}, payment_mode(1))
        .set({111, kNextAccount, 11}, collection({}))
        .set({111, kNextAccount, 13}, at)
        .octets(situation);
}

Bytes to_prepayment_mode(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    const Reading mode = body.child("Prepayment");
    const Suspension suspension{mode.child("SuspendDebtDisabled").boolean(),
                                mode.child("SuspendDebtEmergency").boolean()};
    const auto threshold = mode.child("DisablementThreshold").integer(kLowest32, kHighest32);
    return AccessList()
        .set({111, kNextAccount, 2}, payment_mode(2))
        .set({9000, kDisablementThreshold, 4}, i32(threshold))
        .set({111, kNextAccount, 11}, collection(suspension))
        .set({9000, kDisablementThreshold, 6}, at)
        .set({111, kNextAccount, 13}, at)
        .octets(situation);
}

bool credit_mode(const Reading& body, const Situation&) { return body.has("Credit"); }
bool prepayment_mode(const Reading& body, const Situation&) { return body.has("Prepayment"); }

// 2.1 Update Prepay Configuration
// ------------------------------------------------------------------------------------

constexpr dlms::Obis kMaximumBalance{0, 0, 94, 44, 2, 20}, kMaximumCredit{0, 0, 94, 44, 2, 10};
constexpr dlms::Obis configuration(std::uint8_t n) { return {0, 0, 94, 44, 128, n}; }
constexpr Word<int> kNonDisablement[] = {{"START", 0x20}, {"STOP", 0x21}};

SpecialDays non_disablement_days(const Reading& calendar) {
    SpecialDays days;
    for (const Reading& day : calendar.child("ElectricitySpecialDays").children("SpecialDay", 0, 20)) {
        const auto index = day.attribute("index", 1, 20);
        days.add(index, date_with_wildcards(day.child("Date")), index);
    }
    return days;
}

Value non_disablement_entry(const Reading& line, std::int64_t index, std::int64_t special_days) {
    std::vector<std::int64_t> applying;
    for (const Reading& day :
         line.child("SpecialDaysApplicability").children("SpecialDayApplicability", 0, 20))
        applying.push_back(day.child("SpecialDayID").integer(1, 20));
    const Reading when = line.child("ScheduleDatesAndTime");
    ScheduleEntry entry{index,
                        {0, 0, 10, 0, 106, 255},
                        line.child("NonDisablementScript").one_of(kNonDisablement),
                        switch_time(when.child("SwitchTime")),
                        weekdays_of(line),
                        special_days_of(applying, special_days),
                        plain_date(when.child("StartDate")),
                        plain_date(when.child("EndDate"))};
    return entry.value();
}

Value non_disablement_schedule(const Reading& calendar, std::int64_t special_days) {
    std::vector<Value> entries;
    for (const Reading& line : calendar.children("ElectricityNonDisablementSchedule", 1, 22))
        entries.push_back(
            non_disablement_entry(line, static_cast<std::int64_t>(entries.size()) + 1, special_days));
    return array(std::move(entries));
}

/// The older use case sets the active maximum meter balance, the current one the passive (RTDS, GBCS 20).
template <std::uint8_t maximum_balance_attribute>
Bytes configure_prepayment(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    const Reading config = body.child("UpdatePrepayConfigElectricity");
    const Reading calendar = config.child("ElectricityNonDisablementCalendar");
    const SpecialDays days = non_disablement_days(calendar);
    const auto amount = [&](std::string_view name) {
        return i32(config.child(name).integer(kLowest32, kHighest32));
    };
    constexpr std::int64_t week = 604800;  // The cap is an amount per week.
    AccessList list;
    list.set({11, {0, 1, 11, 0, 2, 255}, 2}, array(days.entries))
        .set({9000, kMaximumBalance, maximum_balance_attribute}, amount("MaxMeterBalance"))
        .set({9000, kMaximumCredit, 4}, amount("MaxCreditThreshold"))
        .set({10, {0, 1, 12, 0, 1, 255}, 2}, non_disablement_schedule(calendar, days.count()))
        .set({9000, configuration(12), 4}, u16(config.child("DebtRecoveryRateCap").integer(0, UINT16_MAX)))
        .set({9000, configuration(13), 4}, i32(week))
        .set({9000, configuration(9), 4}, amount("LowCreditThreshold"))
        .set({9000, configuration(2), 4}, amount("EmergencyCreditLimit"))
        .set({9000, configuration(31), 6}, at)
        .set({9000, configuration(3), 4}, amount("EmergencyCreditThreshold"))
        .set({9000, kMaximumBalance, 6}, at)
        .set({9000, kMaximumCredit, 6}, at);
    for (std::uint8_t n : std::to_array<std::uint8_t>({12, 13, 9, 2, 3, 28}))
        list.set({9000, configuration(n), 6}, at);
    return list.octets(situation);
}

// 2.3 Update Debt, 2.5 Activate Emergency Credit
// ---------------------------------------------------------------------

constexpr Word<int> kPeriods[] = {{"HOURLY", 3600}, {"DAILY", 86400}};

Value recovery_rate(const Reading& recovery) {
    const auto scale = recovery.child("DebtRecoveryRatePriceScale").integer(-128, 127);
    const auto rate = recovery.child("DebtRecoveryRate").integer(INT16_MIN, INT16_MAX);
    return structure({structure({i8(0), i8(scale)}), structure({u16(0), octets(Bytes(6)), i8(0)}),
                      array({structure({octets({}), i16(rate)})})});
}

Bytes manage_debt(const Reading& body, const Situation& situation) {
    const Reading first = body.child("ElecDebtRecovery1"), second = body.child("ElecDebtRecovery2");
    const auto change = [&](std::string_view name) {
        return i32(body.child(name).integer(kLowest32, kHighest32));
    };
    const auto period = [](const Reading& recovery) {
        return u32(recovery.child("DebtRecoveryRatePeriod").one_of(kPeriods));
    };
    return AccessList()
        .set({113, charge(1), 6}, recovery_rate(first))
        .set({113, charge(2), 6}, recovery_rate(second))
        .set({113, charge(3), 13}, u16(body.child("DebtRecoveryPerPayment").integer(0, 10000)))
        .set({113, charge(1), 8}, period(first))
        .set({113, charge(2), 8}, period(second))
        .action({113, charge(1), 2}, i8(0))
        .action({113, charge(2), 2}, i8(0))
        .action({113, charge(3), 4}, change("PaymentDebtRegister"))
        .action({113, charge(1), 4}, change("TimeDebtRegister1"))
        .action({113, charge(2), 4}, change("TimeDebtRegister2"))
        .octets(situation);
}

Bytes activate_emergency_credit(const Reading&, const Situation& situation) {
    return AccessList().action({112, credit(1), 3}, i8(0)).octets(situation);
}

constexpr std::array kRows{
    Row{"1.5", "UpdateMeterBalance", {eSME}, 0x001C, adjust_balance, resets_balance<false>},
    Row{"1.5", "UpdateMeterBalance", {eSME}, 0x00B3, reset_balance, resets_balance<true>},
    Row{"1.6", "UpdatePaymentMode", {eSME}, 0x001A, to_credit_mode, credit_mode},
    Row{"1.6", "UpdatePaymentMode", {eSME}, 0x001B, to_prepayment_mode, prepayment_mode},
    Row{"2.1", "UpdatePrepayConfiguration", {eSME}, 0x00DE, configure_prepayment<4>, nullptr, Fits::current},
    Row{"2.1",
        "UpdatePrepayConfiguration",
        {eSME},
        0x001F,
        configure_prepayment<2>,
        nullptr,
        Fits::superseded},
    Row{"2.3", "UpdateDebt", {eSME}, 0x001E, manage_debt},
    Row{"2.5", "ActivateEmergencyCredit", {eSME}, 0x0020, activate_emergency_credit},
};

}  // namespace

std::span<const Row> electricity_prepayment_rows() { return kRows; }

}  // namespace meterbed::duis
