// A meter whose hub has had no WAN for long goes to credit mode by itself, and back when it has (a remedy of
// DP094; no document says that meters do). A value machine, at both scales.
#pragma once

#include <optional>

#include "devices/prepayment/ledger.h"
#include "sim/prepayment/cover.h"

namespace meterbed {

struct CreditFallback {
    Time due = Time::max();  ///< when to look next
    Time down_since = Time::max();
    bool fallen_back = false;
};

/// Before the run. Never due without `credit_fallback_after`, or at a home that the WAN always reaches.
CreditFallback begin_fallback(const PrepaymentSettings& settings, const WanCover& cover, Time start);
/// At `due`: the mode that the meter changes to, if it does. `due` lies later then.
std::optional<prepayment::Mode> look(CreditFallback& fallback, const CoverDraws& draws, WanCover& cover,
                                     const PrepaymentSettings& settings, std::int32_t home, Time now);

}  // namespace meterbed
