// The prepayment side of a SMETS1 meter: the ledger, its timer, and the codes of its maker.
#include <algorithm>

#include "devices/maker_code.h"
#include "devices/prepayment/advance.h"
#include "devices/smets1_meter.h"
#include "devices/utrn.h"

namespace meterbed {
namespace {

using prepayment::Happenings;

/// How far ahead a meter looks.
constexpr Duration kHorizon = std::chrono::days{7};

}  // namespace

void Smets1Meter::arrange(prepayment::Plan plan, prepayment::Mode mode, std::int64_t balance,
                          Context& context) {
    Account fresh;
    fresh.plan = std::move(plan);
    account_ = std::move(fresh);
    Happenings happened;  // SMETS1 meters send no alerts of their own here
    account_->ledger = prepayment::open_ledger(context.now(), account_->plan, mode, balance, happened);
    settle(context);
}

void Smets1Meter::set_mode(prepayment::Mode mode, Context& context) {
    if (!account_) return;
    settle(context);
    Happenings happened;
    prepayment::set_mode(account_->ledger, account_->plan, mode, happened);
    settle(context);
}

bool Smets1Meter::set_prices(std::int32_t unit, std::int64_t standing_charge, Context& context) {
    if (!account_) return false;
    settle(context);
    account_->plan.tariff.prices[0] = unit;
    account_->plan.tariff.standing_charge = standing_charge;
    settle(context);
    return true;
}

void Smets1Meter::set_load(std::uint32_t watts, Context& context) {
    if (!account_) arrange({}, prepayment::Mode::credit, 0, context);
    settle(context);
    account_->load = std::min(watts, prepayment::kMostLoad);
    wait(context);
}

void Smets1Meter::settle(Context& context) {
    if (account_) charge(account_->has_power ? account_->load : 0, context);
}

void Smets1Meter::charge(std::uint32_t load, Context& context) {
    Happenings happened;
    prepayment::advance(account_->ledger, account_->plan, context.now(), load, happened);
    go_to(account_->ledger.supply, context);
    wait(context);
}

void Smets1Meter::go_to(SupplyState state, Context& context) {
    if (state == supply_) return;
    supply_ = state;
    context.note({.what = notes::supply_state, .device = id_, .verdict = name(state), .detail = name(state)});
}

/// Whoever moves it, a supply state is noted, also when it stays.
void Smets1Meter::act(SupplyEvent event, Context& context) {
    settle(context);
    supply_ = next(supply_, event, false);
    context.note(
        {.what = notes::supply_state, .device = id_, .verdict = name(supply_), .detail = name(supply_)});
    if (!account_) return;
    Happenings happened;
    prepayment::set_supply(account_->ledger, supply_);
    prepayment::review(account_->ledger, account_->plan, happened);
    settle(context);
}

void Smets1Meter::enable_locally(Context& context) {
    settle(context);
    const SupplyState state = next(supply_, SupplyEvent::enable_locally, false);
    if (state != supply_) act(SupplyEvent::enable_locally, context);
}

bool Smets1Meter::activate_emergency_credit(Context& context) {
    if (!account_) return false;
    settle(context);
    Happenings happened;
    const bool lent = prepayment::activate_emergency_credit(account_->ledger, account_->plan, happened);
    settle(context);
    return lent;
}

void Smets1Meter::wait(Context& context) {
    Account& it = *account_;
    const Time until = context.now() + kHorizon;
    const auto next = prepayment::next_event(it.ledger, it.plan, it.has_power ? it.load : 0, until);
    const Time due = std::max(next ? next->at : until, context.now() + Duration{1});
    if (it.timer != 0 && it.due <= due && it.due > context.now()) return;
    if (it.timer != 0) context.cancel(it.timer);
    it.due = due;
    it.timer = context.after(due - context.now(), 0);
}

void Smets1Meter::on_timer(std::uint64_t, Context& context) {
    account_->timer = 0;
    settle(context);
}

/// In the order of a SMETS2 meter (devices/enter_utrn.cpp).
std::string_view Smets1Meter::refusal_of(std::string_view digits, UtrnOrigin origin, UtrnOutcome& outcome,
                                         Context& context) {
    const auto code = maker_code::read(digits);
    if (!code) return refusals::wrong_digits;
    outcome.counter = code->counter;
    outcome.credit = std::int64_t{code->pence} * utrn::kUnitsPerPenny;
    if (origin == UtrnOrigin::local && is_suspended(top_ups_.entry, context.now()))
        return refusals::suspended;
    if (!top_ups_.rules.takes_codes_again && is_used(top_ups_.counters, code->counter))
        return refusals::duplicate;
    if (!maker_code::is_authentic(*code, key_, id_)) return refusals::not_authentic;
    const auto& settings = account_->plan.settings;
    return refused_credit(
        {prepayment::units(account_->ledger.balance), settings.maximum_credit, settings.maximum_balance},
        outcome.credit);
}

void Smets1Meter::take_credit(UtrnOutcome& outcome, UtrnOrigin origin, Context& context) {
    remember(top_ups_.counters, outcome.counter, top_ups_.rules);
    if (origin == UtrnOrigin::local) right_code(top_ups_.entry);
    Happenings happened;
    prepayment::top_up(account_->ledger, account_->plan, outcome.credit - top_ups_.rules.lost_of_each,
                       happened);
    settle(context);
}

UtrnOutcome Smets1Meter::enter_code(std::string_view code, UtrnOrigin origin, Context& context) {
    if (!account_) arrange({}, prepayment::Mode::credit, 0, context);
    settle(context);
    UtrnOutcome outcome;
    outcome.refusal = refusal_of(code, origin, outcome, context);
    if (outcome.accepted()) {
        take_credit(outcome, origin, context);
    } else {
        outcome.credit = 0;
        if (origin == UtrnOrigin::local && top_up_refusal(outcome.refusal).wrong)
            wrong_code(top_ups_.entry, context.now(), top_ups_.rules);
    }
    outcome.balance = prepayment::units(account_->ledger.balance);
    context.note(
        {.what = notes::top_up, .device = id_, .counter = outcome.counter, .verdict = outcome.refusal});
    return outcome;
}

}  // namespace meterbed
