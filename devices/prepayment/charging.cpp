#include "devices/prepayment/charging.h"

#include <algorithm>
#include <limits>

namespace meterbed::prepayment {
namespace {

constexpr std::int64_t kWattSeconds = 3'600;  ///< to the Wh
/// Parts that a watt second costs at 10^-5 GBP a kWh; that an hourly and a daily rate of 10^-5 GBP take a
/// second.
constexpr std::int64_t kEnergyParts = kParts / (1'000 * kWattSeconds);
constexpr std::int64_t kHourlyParts = kParts / 3'600, kDailyParts = kParts / 86'400;
static_assert(kEnergyParts * 1'000 * kWattSeconds == kParts && kHourlyParts * 3'600 == kParts &&
              kDailyParts * 86'400 == kParts);

constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();

bool is_prepayment(const Ledger& ledger) { return ledger.mode == Mode::prepayment; }

std::int64_t debt_flow(const Ledger& ledger, unsigned debt) {
    const std::int64_t each = (ledger.hourly >> debt & 1U) != 0 ? kHourlyParts : kDailyParts;
    return std::max<std::int64_t>(0, std::min(ledger.rate_amount[debt] * each, ledger.time_debt[debt]));
}

unsigned block_of(const Ledger& ledger, const Tariff& tariff, unsigned set) {
    const auto& thresholds = tariff.block_thresholds[set];
    unsigned block = 0;
    while (block < thresholds.size() && ledger.block_used[set] >= thresholds[block]) ++block;
    return block;
}

std::int64_t price_of(const Ledger& ledger, const Tariff& tariff, unsigned line) {
    if (line < kFirstBlockSet) return tariff.prices[line];
    const unsigned set = line - kFirstBlockSet;
    return tariff.block_prices[set][block_of(ledger, tariff, set)];
}

void add_energy(Ledger& ledger, const Flow& flow, std::int64_t seconds) {
    const std::int64_t all = ledger.below_wh + flow.energy * seconds;
    const auto full = static_cast<std::uint32_t>(all / kWattSeconds);
    ledger.below_wh = static_cast<std::uint16_t>(all % kWattSeconds);
    ledger.energy += full;
    if (flow.block_set >= 0) ledger.block_used[static_cast<std::size_t>(flow.block_set)] += full;
}

/// Whole seconds of a flow after which a quantity is still above a mark; for ever when it is not above it
/// now.
std::int64_t above(std::int64_t quantity, std::int64_t mark, std::int64_t flow) {
    return flow <= 0 || quantity <= mark ? kEver : (quantity - mark - 1) / flow;
}

std::int64_t quiet_blocks(const Ledger& ledger, const Tariff& tariff, const Flow& flow) {
    if (flow.block_set < 0 || flow.energy == 0) return kEver;
    const auto set = static_cast<unsigned>(flow.block_set);
    const unsigned block = block_of(ledger, tariff, set);
    if (block == kBlocks - 1) return kEver;
    const std::int64_t left = tariff.block_thresholds[set][block] - std::int64_t{ledger.block_used[set]};
    return (left * kWattSeconds - ledger.below_wh - 1) / flow.energy;
}

std::int64_t quiet_credit(const Ledger& ledger, const Settings& settings, const Flow& flow) {
    const std::int64_t off = parts(settings.disablement);
    const std::int64_t all = combined_credit(ledger, settings);
    std::int64_t seconds =
        std::min(above(all, parts(settings.low_credit), flow.due), above(all, off, flow.due));
    if (ledger.emergency != EmergencyCredit::active)
        return std::min(seconds, above(ledger.balance, parts(settings.emergency_threshold), flow.due));
    // The balance runs down to the disablement threshold, then what is lent.
    seconds = std::min(seconds, above(ledger.balance, off, flow.due));
    return ledger.balance > off ? seconds
                                : std::min(seconds, above(emergency_left(ledger, settings), 0, flow.due));
}

}  // namespace

bool is_suspended(const Ledger& ledger, const Plan& plan) {
    const Settings& settings = plan.settings;
    if (!is_prepayment(ledger)) return false;
    if (settings.suspend_debt_disabled && ledger.supply != SupplyState::Enabled) return true;
    return settings.suspend_debt_emergency && ledger.emergency == EmergencyCredit::active &&
           ledger.balance <= parts(settings.disablement);
}

bool accumulates(const Ledger& ledger, const Plan& plan) {
    const bool off = plan.settings.suspend_debt_disabled && ledger.supply != SupplyState::Enabled;
    return !off || plan.settings.accumulate_while_disabled;
}

Flow flow_of(const Ledger& ledger, const Plan& plan, const Stretch& stretch, std::uint32_t load) {
    Flow flow;
    if (ledger.supply == SupplyState::Enabled) flow.energy = load;
    if (stretch.line >= kFirstBlockSet) flow.block_set = stretch.line - static_cast<int>(kFirstBlockSet);
    flow.due = flow.energy * price_of(ledger, plan.tariff, stretch.line) * kEnergyParts;
    if (!is_prepayment(ledger)) return flow;
    const bool suspended = is_suspended(ledger, plan);
    // Without accumulation, what is suspended stays in its register.
    if (suspended && !accumulates(ledger, plan)) return flow;
    for (unsigned debt = 0; debt < 2; ++debt) flow.time_debt[debt] = debt_flow(ledger, debt);
    (suspended ? flow.set_aside : flow.due) += flow.time_debt[0] + flow.time_debt[1];
    return flow;
}

std::int64_t quiet_seconds(const Ledger& ledger, const Plan& plan, const Flow& flow) {
    std::int64_t seconds = quiet_blocks(ledger, plan.tariff, flow);
    if (!is_prepayment(ledger)) return seconds;
    for (unsigned debt = 0; debt < 2; ++debt)
        seconds = std::min(seconds, above(ledger.time_debt[debt], 0, flow.time_debt[debt]));
    return std::min(seconds, quiet_credit(ledger, plan.settings, flow));
}

void take(Ledger& ledger, const Plan& plan, std::int64_t due) {
    if (is_prepayment(ledger) && ledger.emergency == EmergencyCredit::active) {
        const std::int64_t above_off =
            std::max<std::int64_t>(0, ledger.balance - parts(plan.settings.disablement));
        const std::int64_t first = std::min(due, above_off);
        const std::int64_t lent = std::min(due - first, emergency_left(ledger, plan.settings));
        ledger.emergency_used += lent;
        due -= lent;
    }
    ledger.balance -= due;
}

void leap(Ledger& ledger, const Plan& plan, const Flow& flow, std::int64_t seconds) {
    add_energy(ledger, flow, seconds);
    for (unsigned debt = 0; debt < 2; ++debt) ledger.time_debt[debt] -= flow.time_debt[debt] * seconds;
    ledger.accumulated_debt += flow.set_aside * seconds;
    take(ledger, plan, flow.due * seconds);
    ledger.at += static_cast<std::uint32_t>(seconds);
}

void one_second(Ledger& ledger, const Plan& plan, const Stretch& stretch, const Flow& flow,
                Happenings& happened) {
    leap(ledger, plan, flow, 1);
    constexpr std::uint16_t kPaid[] = {codes::time_debt_1_paid, codes::time_debt_2_paid};
    for (unsigned debt = 0; debt < 2; ++debt)
        if (flow.time_debt[debt] > 0 && ledger.time_debt[debt] == 0)
            happened.push_back({time_of(ledger), kPaid[debt]});
    review(ledger, plan, stretch.is_protected, happened);
}

}  // namespace meterbed::prepayment
