// Homes with a prepayment customer: what is used, looked at, paid, typed; and meters that change their mode
// when the WAN stays away.
#include "devices/prepayment/arrange.h"
#include "devices/prepayment/metering.h"
#include "devices/utrn.h"
#include "sim/network/home_context.h"
#include "sim/prepayment/records.h"
#include "sim/prepayment/tariff.h"
#include "sim/prepayment/vend.h"

namespace meterbed {
namespace {

using prepayment::Mode;

std::string_view name_of(Mode mode) { return mode == Mode::credit ? "credit" : "prepayment"; }

SupplyState state_named(std::string_view text) {
    for (const SupplyState state : {SupplyState::Disabled, SupplyState::Enabled})
        if (name(state) == text) return state;
    return SupplyState::Armed;
}

}  // namespace

const PrepaidHome* Homes::prepaid(std::int32_t home) const {
    const auto found = equipment_.find(home);
    return found == equipment_.end() ? nullptr : found->second.prepaid.get();
}

Record& Homes::customer_record(std::string_view what, std::int32_t home) {
    Record& row = record(what);
    row.home = home;
    row.device = meter_of(home);
    return row;
}

/// The hub of such a home does not reach its meter, nor the meter its hub.
bool Homes::is_cut_off_by_han(std::int32_t home, Eui64 device) {
    const PrepaidHome* const it = at(home).prepaid.get();
    return it != nullptr && han_is_cut(it->cover, now_) && device == meter_of(home);
}

// The meter
// -----------------------------------------------------------------------------------------------------

void Homes::begin_prepayment(std::int32_t home, std::unique_ptr<PrepaidHome> prepaid, Time now) {
    now_ = now;
    HomeEquipment& equipment = at(home);
    const Settings& settings = network_.settings;
    prepaid->customer = customers_.begin(home, prepaid->consumption->scale(home), now);
    const std::int64_t balance = customers_.opening_balance(home, prepaid->customer);
    const prepayment::Plan plan = prepayment_plan(settings, now);
    HomeContext context(*this, home, meter_of(home), 0);
    if (equipment.smets1) {
        equipment.smets1->top_ups().rules = top_up_rules(settings);
        equipment.smets1->arrange(plan, Mode::prepayment, balance, context);
    } else {
        Device& meter = *device(home, meter_of(home));
        meter.top_ups().rules = top_up_rules(settings);
        prepayment::arrange(meter, plan, Mode::prepayment, balance);
        prepayment::set_load(meter, 0, context);
    }
    equipment.prepaid = std::move(prepaid);
    PrepaidHome& it = *equipment.prepaid;
    it.audit = begin_audit(ledger_of(home));
    it.began = now;
    it.charged = held_plan(home);
    if (it.cover.fault == HomeFault::never_wan) {
        // Of both generations and at both scales; of a SMETS2 home SRV 8.14.2 tells the DCC, too
        // (World::tell_no_wan).
        customer_record(prepay::installed_without_wan, home).value =
            std::chrono::duration<double, std::chrono::days::period>(now - it.cover.down_from).count();
    }
    next_load(home);
    look_for_wan(home);
    wait_for_decision(home);
    plan_customer(home);
}

prepayment::Ledger Homes::ledger_of(std::int32_t home) {
    if (const Smets1Meter* const meter = smets1(home)) return *meter->ledger();
    return prepayment::metering_of(*device(home, meter_of(home)))->ledger;
}
const prepayment::Plan& Homes::plan_of(std::int32_t home) {
    if (const Smets1Meter* const meter = smets1(home)) return meter->plan();
    return prepayment::metering_of(*device(home, meter_of(home)))->plan;
}

void Homes::settle_meter(std::int32_t home) { settle(home, meter_of(home), now_); }

bool Homes::balances(std::int32_t home, Time now) {
    now_ = now;
    settle_meter(home);
    return imbalance(at(home).prepaid->audit, ledger_of(home), plan_of(home)) == 0;
}

void Homes::next_load(std::int32_t home) {
    const Load load = at(home).prepaid->consumption->at(home, now_);
    set_load(home, meter_of(home), load.watts, now_);
    post(id_, load.until - now_, Alarm{load_alarm, static_cast<std::uint64_t>(home), 0});
}

void Homes::look_for_wan(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    const bool changes = cover_draws_.look(it.fallback, it.cover, network_.settings, home, now_);
    if (changes && !it.on_credit) set_mode(home, it.fallback.fallen ? Mode::credit : Mode::prepayment);
    if (it.fallback.looks != Time::max())
        post(id_, it.fallback.looks - now_, Alarm{fallback_alarm, static_cast<std::uint64_t>(home), 0});
}

void Homes::set_mode(std::int32_t home, Mode mode) {
    customer_record(prepay::payment_mode, home).code = word(name_of(mode));
    HomeContext context(*this, home, meter_of(home), 0);
    if (Smets1Meter* const meter = smets1(home)) return meter->set_mode(mode, context);
    Device& meter = *device(home, meter_of(home));
    prepayment::settle(meter, context);
    prepayment::arrange_mode(meter, mode);
    prepayment::settle(meter, context);
}

// The customer
// --------------------------------------------------------------------------------------------------

void Homes::plan_customer(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    if (it.customer.wakes == it.planned) return;
    it.planned = it.customer.wakes;
    ++it.alarm;
    if (it.planned == Time::max()) return;
    post(id_, it.planned - now_, Alarm{customer_alarm, static_cast<std::uint64_t>(home), it.alarm});
}

MeterView Homes::look_at_meter(std::int32_t home) {
    settle_meter(home);
    const prepayment::Ledger ledger = ledger_of(home);
    return {ledger.supply, prepayment::units(ledger.balance),
            ledger.emergency == prepayment::EmergencyCredit::available, !at(home).prepaid->on_credit};
}

void Homes::customer_wakes(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    it.planned = Time::max();
    const MeterView view = look_at_meter(home);
    perform(customers_.act(it.customer, home, view, now_), home);
    plan_customer(home);
}

void Homes::perform(Act act, std::int32_t home) {
    const Eui64 meter = meter_of(home);
    switch (act) {
        case Act::nothing:
            return;
        case Act::take_emergency:
            customer_record(prepay::emergency_taken, home);
            activate_emergency_credit(home, meter, now_);
            return;
        case Act::enable:
            return enable_supply(home, meter, now_);
        case Act::pay:
            return pay_in(home);
        case Act::type_code:
            return type_code(home);
        case Act::call_help_line: {
            const std::uint32_t payment = at(home).prepaid->customer.waiting_for;
            customer_record(prepay::help_line_called, home).counter = payment;
            post(network_.users, kToDesk, HelpLineCalled{home, payment});
            return;
        }
        case Act::let_engineer_in:
            return let_engineer_in(home);
    }
}

void Homes::let_engineer_in(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    const std::uint32_t payment = it.customer.waiting_for;
    Record& row = customer_record(prepay::engineer_visit, home);
    row.counter = payment;
    if (repair_han(it.cover, now_)) row.detail = word(prepay::han_repaired);
    post(network_.users, kToDesk, EngineerAsks{home, payment});
}

std::uint32_t Homes::count_payment(std::int32_t home, std::uint16_t pounds) {
    PrepaidHome& it = *at(home).prepaid;
    it.pounds.push_back(pounds);
    return ++it.customer.payments;
}

std::uint32_t Homes::pay(std::int32_t home, std::uint16_t pounds, Time now) {
    now_ = now;
    PrepaidHome& it = *at(home).prepaid;
    customers_.pay_now(it.customer, home, now);
    it.pounds.push_back(pounds);
    pay_in(home);
    plan_customer(home);
    return it.customer.waiting_for;
}

/// What was decided: payment `waiting_for`.
void Homes::pay_in(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    const std::uint32_t payment = it.customer.waiting_for;
    it.pounds.resize(payment, it.customer.traits.pounds);
    it.code.clear();
    Record& row = customer_record(prepay::customer_pays, home);
    row.counter = payment;
    row.value = it.pounds.back();
    row.detail = word(kChannelNames[static_cast<std::size_t>(it.customer.traits.channel)]);
    post(network_.users, kToDesk, CustomerPays{home, payment, it.pounds.back(), it.customer.traits.channel});
}

void Homes::on(CodeTold part) {
    PrepaidHome& it = *at(part.home).prepaid;
    if (part.code.empty()) {
        customers_.no_code_yet(it.customer, part.payment, now_);
        return plan_customer(part.home);
    }
    Record& row = customer_record(prepay::code_told, part.home);
    row.counter = part.payment;
    row.detail = word(kWayNames[static_cast<std::size_t>(part.way)]);
    if (part.payment == it.customer.waiting_for) it.code = std::move(part.code);
    customers_.code_told(it.customer, part.home, part.payment, part.way, now_);
    plan_customer(part.home);
}

void Homes::type_code(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    const CustomerRules::Slip slip = customers_.slip(home, it.customer);
    std::string typed = it.code;
    if (slip.wrong) typed[slip.digit] = static_cast<char>('0' + (typed[slip.digit] - '0' + slip.by) % 10);
    const auto outcome = enter_utrn(home, meter_of(home), typed, now_);
    if (!outcome || !outcome->accepted()) customers_.entry_refused(it.customer, home, now_);
}

/// What a meter notes is seen by the customer at once.
void Homes::tell_customer(const Note& note, std::int32_t home, UtrnOrigin origin) {
    PrepaidHome* const it = at(home).prepaid.get();
    if (it == nullptr || note.device != meter_of(home)) return;
    if (note.what == notes::top_up) {
        top_up_noted(note, home, origin);
    } else if (note.what == notes::command_executed) {
        return command_noted(note.code, home);
    } else if (note.what == notes::supply_state) {
        customers_.supply_went(it->customer, home, state_named(note.verdict), now_);
    } else {
        return;
    }
    plan_customer(home);
}

void Homes::top_up_noted(const Note& note, std::int32_t home, UtrnOrigin origin) {
    PrepaidHome& it = *at(home).prepaid;
    const bool typed = origin == UtrnOrigin::local;
    // Digits that are no code do not tell of which payment they are.
    const auto payment =
        static_cast<std::uint32_t>(note.counter == 0 && typed ? it.customer.waiting_for : note.counter);
    Record& row = customer_record(note.verdict.empty() ? prepay::credit_added : prepay::credit_refused, home);
    row.counter = payment;
    row.detail = word(typed ? prepay::keypad : prepay::over_the_air);
    row.code = word(note.verdict);
    if (!note.verdict.empty()) return;
    const std::uint16_t pounds = payment >= 1 && payment <= it.pounds.size() ? it.pounds[payment - 1] : 0;
    row.value = pounds;
    paid(it.audit, pounds);
    customers_.credited(it.customer, home, payment, now_);
}

}  // namespace meterbed
