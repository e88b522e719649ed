// Where a top-up goes, step by step (a maker's manual; steps 3 and 4 by option).
#include <algorithm>

#include "devices/prepayment/charging.h"

namespace meterbed::prepayment {
namespace {

constexpr std::int64_t kWhole = 10'000;  ///< hundredths of a percent

/// As many whole units of what is left as this many parts take; parts below one go with the last unit.
std::int64_t pay(std::int64_t& left, std::int64_t owed_parts) {
    const std::int64_t paid = std::min(left, (std::max<std::int64_t>(0, owed_parts) + kParts - 1) / kParts);
    left -= paid;
    return paid;
}

/// A percentage of every payment, within what the week allows and what is owed.
std::int64_t take_payment_debt(Ledger& ledger, const Settings& settings, std::int64_t amount) {
    const std::int64_t week = std::max<std::int64_t>(0, settings.debt_cap - ledger.taken_this_week);
    const std::int64_t taken = std::min(
        {amount * ledger.payment_percent / kWhole, week, std::int64_t{std::max(0, ledger.payment_debt)}});
    ledger.payment_debt -= static_cast<std::int32_t>(taken);
    ledger.taken_this_week += static_cast<std::int32_t>(taken);
    return taken;
}

/// A register of parts gets whole units; what is over in parts goes to the balance.
std::int64_t repay(Ledger& ledger, std::int64_t& reg, std::int64_t& left) {
    const std::int64_t paid = pay(left, reg);
    const std::int64_t over = std::max<std::int64_t>(0, parts(paid) - std::max<std::int64_t>(0, reg));
    reg -= parts(paid) - over;
    ledger.balance += over;
    return paid;
}

std::int64_t fill_shortfall(Ledger& ledger, const Settings& settings, std::int64_t& left) {
    const std::int64_t paid = pay(left, parts(settings.disablement) - ledger.balance);
    ledger.balance += parts(paid);
    return paid;
}

}  // namespace

Allocated top_up(Ledger& ledger, const Plan& plan, std::int64_t amount, Happenings& happened) {
    const Settings& settings = plan.settings;
    Allocated out;
    std::int64_t left = amount;
    if (ledger.mode == Mode::prepayment) {
        const bool owed_before = ledger.payment_debt > 0;
        out.payment_debt = take_payment_debt(ledger, settings, amount);
        left -= out.payment_debt;
        if (owed_before && ledger.payment_debt == 0)
            happened.push_back({time_of(ledger), codes::payment_debt_paid});
        out.accumulated_debt = repay(ledger, ledger.accumulated_debt, left);
        if (settings.allocation == Allocation::shortfall_first)
            out.shortfall = fill_shortfall(ledger, settings, left);
        out.emergency = repay(ledger, ledger.emergency_used, left);
        if (settings.allocation == Allocation::emergency_first)
            out.shortfall = fill_shortfall(ledger, settings, left);
    }
    out.balance = left;
    ledger.balance += parts(left);
    // What is paid back is not lent any more; it is offered again when credit is low again.
    if (ledger.emergency == EmergencyCredit::active && ledger.emergency_used == 0) {
        ledger.emergency = EmergencyCredit::none;
        ledger.emergency_exhausted = false;
    }
    review(ledger, plan, happened);
    return out;
}

}  // namespace meterbed::prepayment
