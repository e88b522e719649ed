#include "devices/prepayment/ledger.h"

#include <algorithm>

#include "devices/prepayment/charging.h"

namespace meterbed::prepayment {

Time time_of(const Ledger& ledger) { return Time{std::chrono::seconds{ledger.at}}; }

std::int64_t emergency_left(const Ledger& ledger, const Settings& settings) {
    if (ledger.emergency != EmergencyCredit::active) return 0;
    return std::max<std::int64_t>(0, parts(settings.emergency_limit) - ledger.emergency_used);
}

std::int64_t combined_credit(const Ledger& ledger, const Settings& settings) {
    return ledger.balance + emergency_left(ledger, settings);
}

DebtRate debt_rate(const Ledger& ledger, unsigned debt) {
    const bool hourly = (ledger.hourly >> debt & 1U) != 0;
    return {ledger.rate_amount[debt], hourly ? RatePeriod::hourly : RatePeriod::daily};
}

void set_debt_rate(Ledger& ledger, unsigned debt, const DebtRate& rate) {
    ledger.rate_amount[debt] = rate.amount;
    const unsigned others = ledger.hourly & ~(1U << debt);
    const unsigned own = rate.period == RatePeriod::hourly ? 1U << debt : 0;
    ledger.hourly = static_cast<std::uint8_t>((others | own) & 3U);
}

std::int64_t owed(const Ledger& ledger) {
    return ledger.emergency_used + ledger.accumulated_debt + ledger.time_debt[0] + ledger.time_debt[1] +
           parts(ledger.payment_debt) - ledger.balance;
}

std::vector<std::string> check(const Ledger& ledger) {
    std::vector<std::string> out;
    for (unsigned debt = 0; debt < 2; ++debt) {
        const std::string number = std::to_string(debt + 1);
        if (ledger.rate_amount[debt] < 0) out.push_back("the rate of time debt " + number + " is negative.");
        if (ledger.time_debt[debt] < 0) out.push_back("time debt register " + number + " is negative.");
    }
    if (ledger.payment_debt < 0) out.emplace_back("the payment debt register is negative.");
    if (ledger.accumulated_debt < 0) out.emplace_back("the accumulated debt register is negative.");
    if (ledger.payment_percent > 10'000)
        out.emplace_back("more than the whole of each payment goes to payment debt.");
    return out;
}

namespace {

using enum EmergencyCredit;

void tell(const Ledger& ledger, std::uint16_t code, Happenings& happened) {
    happened.push_back({time_of(ledger), code});
}

void move_supply(Ledger& ledger, const Plan& plan, SupplyEvent event, Happenings& happened) {
    const SupplyState before = ledger.supply;
    set_supply(ledger, next(before, event, plan.gas));
    if (ledger.supply == SupplyState::Armed && before != SupplyState::Armed)
        tell(ledger, codes::supply_armed, happened);
}

void review_warning(Ledger& ledger, const Settings& settings, Happenings& happened) {
    const bool low = combined_credit(ledger, settings) <= parts(settings.low_credit);
    if (low && !ledger.low_credit) tell(ledger, codes::low_credit, happened);
    ledger.low_credit = low;
}

void review_offer(Ledger& ledger, const Settings& settings, Happenings& happened) {
    if (ledger.emergency == active) {
        const bool exhausted = emergency_left(ledger, settings) == 0;
        if (exhausted && !ledger.emergency_exhausted) tell(ledger, codes::emergency_exhausted, happened);
        ledger.emergency_exhausted = exhausted;
        return;
    }
    const bool offered =
        settings.emergency_limit > 0 && ledger.balance <= parts(settings.emergency_threshold);
    if (offered && ledger.emergency == none) tell(ledger, codes::emergency_available, happened);
    ledger.emergency = offered ? available : none;
}

/// Only what want of credit took: a supply that the supplier or tamper switched off waits for SRV 7.1 or 7.3.
void give_back_supply(Ledger& ledger, const Plan& plan, Happenings& happened) {
    if (ledger.off_for_credit) move_supply(ledger, plan, SupplyEvent::credit_restored, happened);
}

void review_supply(Ledger& ledger, const Plan& plan, bool is_protected, Happenings& happened) {
    using enum Disablement;
    const bool has_credit = combined_credit(ledger, plan.settings) > parts(plan.settings.disablement);
    if (has_credit) {
        give_back_supply(ledger, plan, happened);
        ledger.disablement = in_credit;
    } else if (ledger.disablement == disabled) {
        return;
    } else if (is_protected) {
        if (ledger.disablement != reprieved) tell(ledger, codes::disablement_suspended, happened);
        ledger.disablement = reprieved;
    } else {
        ledger.disablement = disabled;
        ledger.off_for_credit = ledger.supply != SupplyState::Disabled;
        tell(ledger, codes::credit_disabled, happened);
        move_supply(ledger, plan, SupplyEvent::credit_exhausted, happened);
    }
}

}  // namespace

void review(Ledger& ledger, const Plan& plan, bool is_protected, Happenings& happened) {
    if (ledger.mode != Mode::prepayment) return;
    review_warning(ledger, plan.settings, happened);
    review_offer(ledger, plan.settings, happened);
    review_supply(ledger, plan, is_protected, happened);
}

void review(Ledger& ledger, const Plan& plan, Happenings& happened) {
    review(ledger, plan, stretch_at(plan, ledger.at).is_protected, happened);
}

bool activate_emergency_credit(Ledger& ledger, const Plan& plan, Happenings& happened) {
    if (ledger.mode != Mode::prepayment || ledger.emergency != available) return false;
    ledger.emergency = active;
    tell(ledger, codes::emergency_activated, happened);
    if (ledger.off_for_credit && combined_credit(ledger, plan.settings) > parts(plan.settings.disablement))
        tell(ledger, codes::armed_by_emergency, happened);
    review(ledger, plan, happened);
    return true;
}

void set_supply(Ledger& ledger, SupplyState supply) {
    ledger.supply = supply;
    if (supply != SupplyState::Disabled) ledger.off_for_credit = false;
}

void apply(Ledger& ledger, const Plan& plan, SupplyEvent event, Happenings& happened) {
    move_supply(ledger, plan, event, happened);
}

void set_mode(Ledger& ledger, const Plan& plan, Mode mode, Happenings& happened) {
    if (mode == ledger.mode) return;
    ledger.mode = mode;
    if (mode == Mode::prepayment) return review(ledger, plan, happened);
    // Nothing keeps a supply off for want of credit any more; the customer may switch it on.
    give_back_supply(ledger, plan, happened);
    ledger.disablement = Disablement::in_credit;
    ledger.low_credit = false;
    if (ledger.emergency == available) ledger.emergency = none;
}

void reset_blocks(Ledger& ledger) { ledger.block_used = {}; }

}  // namespace meterbed::prepayment
