#include "devices/prepayment/advance.h"

#include <algorithm>

#include "devices/prepayment/charging.h"

namespace meterbed::prepayment {
namespace {

constexpr std::int64_t kDay = 86'400;

/// The standing charge of the day that begins; the week of payment debt ends with Sunday (ASSUMPTION: UTC).
void midnight(Ledger& ledger, const Plan& plan) {
    const std::int64_t standing = parts(plan.tariff.standing_charge);
    if (!is_suspended(ledger, plan))
        take(ledger, plan, standing);
    else if (accumulates(ledger, plan))
        ledger.accumulated_debt += standing;
    const std::chrono::sys_days day{std::chrono::days{ledger.at / kDay}};
    if (std::chrono::weekday{day} == std::chrono::Monday) ledger.taken_this_week = 0;
    if (plan.tariff.blocks_start_anew_daily) reset_blocks(ledger);
}

/// The edge of a stretch: a day or a period begins, and what it allows follows.
void begin(Ledger& ledger, const Plan& plan, const Stretch& stretch, Happenings& happened) {
    if (ledger.at % kDay == 0) midnight(ledger, plan);
    review(ledger, plan, stretch.is_protected, happened);
}

/// One move within a stretch: all its quiet seconds, or else the one that is not.
void move(Ledger& ledger, const Plan& plan, const Stretch& stretch, std::int64_t until, std::uint32_t load,
          Happenings& happened) {
    const Flow flow = flow_of(ledger, plan, stretch, load);
    const std::int64_t quiet = quiet_seconds(ledger, plan, flow);
    if (quiet > 0)
        leap(ledger, plan, flow, std::min(quiet, until - ledger.at));
    else
        one_second(ledger, plan, stretch, flow, happened);
}

/// Up to `to`, or to the first thing that is told.
std::uint64_t run(Ledger& ledger, const Plan& plan, Stretch& stretch, std::int64_t to, std::uint32_t load,
                  bool to_first, Happenings& happened) {
    if (ledger.at >= to) return 0;
    load = std::min(load, kMostLoad);
    const std::size_t told_before = happened.size();
    std::uint64_t moves = 0;
    if (ledger.at < stretch.from || ledger.at >= stretch.until) stretch = stretch_at(plan, ledger.at);
    while (ledger.at < to && !(to_first && happened.size() > told_before)) {
        move(ledger, plan, stretch, std::min(to, stretch.until), load, happened);
        ++moves;
        if (ledger.at < stretch.until) continue;
        stretch = stretch_at(plan, ledger.at);
        begin(ledger, plan, stretch, happened);
    }
    return moves;
}

std::int64_t seconds_of(Time time) {
    const auto count = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
    return std::clamp<std::int64_t>(count, 0, UINT32_MAX);
}

}  // namespace

Ledger open_ledger(Time at, const Plan& plan, Mode mode, std::int64_t balance, Happenings& happened) {
    Ledger ledger;
    ledger.at = static_cast<std::uint32_t>(seconds_of(at));
    ledger.mode = mode;
    ledger.balance = parts(balance);
    review(ledger, plan, happened);
    return ledger;
}

std::uint64_t advance(Ledger& ledger, const Plan& plan, Time to, std::uint32_t load, Happenings& happened) {
    Stretch stretch;
    return run(ledger, plan, stretch, seconds_of(to), load, false, happened);
}

std::uint64_t advance_to_event(Ledger& ledger, const Plan& plan, Time to, std::uint32_t load,
                               Happenings& happened) {
    Stretch stretch;
    return run(ledger, plan, stretch, seconds_of(to), load, true, happened);
}

std::uint64_t advance_to_event(Ledger& ledger, const Plan& plan, Stretch& looked_up, Time to,
                               std::uint32_t load, Happenings& happened) {
    return run(ledger, plan, looked_up, seconds_of(to), load, true, happened);
}

std::optional<Happened> next_event(const Ledger& ledger, const Plan& plan, std::uint32_t load, Time until) {
    Ledger ahead = ledger;
    Happenings happened;
    advance_to_event(ahead, plan, until, load, happened);
    return happened.empty() ? std::nullopt : std::optional(happened.front());
}

}  // namespace meterbed::prepayment
