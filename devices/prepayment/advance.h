// How a ledger gets from one time to another: in one leap as long as load, price and rules stay the same.
#pragma once

#include <optional>

#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

/// A ledger that begins at this time, whatever it holds then.
Ledger open_ledger(Time at, const Plan& plan, Mode mode, std::int64_t balance, Happenings& happened);

/// Settles it up to `to` (whole seconds; an earlier time changes nothing) with this load in W while supply is
/// enabled, at most kMostLoad. In whatever intervals it is asked, state and happenings are the same.
constexpr std::uint32_t kMostLoad = 100'000;
/// Returns in how many moves.
std::uint64_t advance(Ledger& ledger, const Plan& plan, Time to, std::uint32_t load, Happenings& happened);

/// The same, but stops at the first time at which something is told.
std::uint64_t advance_to_event(Ledger& ledger, const Plan& plan, Time to, std::uint32_t load,
                               Happenings& happened);

/// Likewise, with the stretch of the plan last looked up, which many meters of one plan may share; it is
/// looked up anew when the ledger is outside.
std::uint64_t advance_to_event(Ledger& ledger, const Plan& plan, Stretch& looked_up, Time to,
                               std::uint32_t load, Happenings& happened);

/// What is told next when nobody does anything, up to `until`; nothing when nothing is. One timer at its time
/// replaces polling.
std::optional<Happened> next_event(const Ledger& ledger, const Plan& plan, std::uint32_t load, Time until);

}  // namespace meterbed::prepayment
