#include "sim/network/carriage.h"

#include <algorithm>

#include "sim/faults.h"

namespace meterbed {

CarriageDraws::CarriageDraws(const Streams& streams)
    : draws_{Draws(streams.of("wan command")), Draws(streams.of("wan answer")),
             Draws(streams.of("wan instruction")), Draws(streams.of("wan instruction answer"))} {}

Duration to_hub(const Settings& settings, Generation generation) {
    if (generation == Generation::SMETS2) return settings.han_latency;
    return std::max(Duration{1}, settings.han_latency - kHubToWan);
}

bool code_needs_dsp(const Settings& settings, Generation generation) {
    return generation == Generation::SMETS1 && !has_fault(settings, broken::smets1_makes_codes);
}

bool wan_reaches(const CoverDraws& draws, WanCover& cover, const Settings& settings, std::int32_t home,
                 Time now) {
    return draws.reaches(cover, settings, home, now) || has_fault(settings, broken::reaches_without_wan);
}

}  // namespace meterbed
