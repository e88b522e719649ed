#include "sim/prepayment/fallback.h"

#include <algorithm>

namespace meterbed {

CreditFallback begin_fallback(const PrepaymentSettings& settings, const WanCover& cover, Time start) {
    CreditFallback fallback;
    const bool always = cover.fault == HomeFault::none || cover.fault == HomeFault::han;
    if (settings.credit_fallback_after > Duration{} && !always) fallback.due = start;
    return fallback;
}

std::optional<prepayment::Mode> look(CreditFallback& fallback, const CoverDraws& draws, WanCover& cover,
                                     const PrepaymentSettings& settings, std::int32_t home, Time now) {
    const bool reached = draws.reaches(cover, settings, home, now);
    const bool was_back = fallback.fallen_back;
    fallback.due = draws.next_change(cover, settings, home, now);
    if (reached) {
        fallback.down_since = Time::max();
        fallback.fallen_back = false;
    } else {
        // An outage that began before the run is as old as it is.
        if (fallback.down_since == Time::max())
            fallback.down_since = cover.fault == HomeFault::intermittent_wan ? now : cover.down_from;
        const Time falls = fallback.down_since + settings.credit_fallback_after;
        fallback.fallen_back = was_back || now >= falls;
        if (!fallback.fallen_back) fallback.due = std::min(fallback.due, falls);
    }
    if (fallback.fallen_back == was_back) return std::nullopt;
    return fallback.fallen_back ? prepayment::Mode::credit : prepayment::Mode::prepayment;
}

}  // namespace meterbed
