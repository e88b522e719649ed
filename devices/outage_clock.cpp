#include "devices/outage_clock.h"

namespace meterbed {

void supply_lost(OutageClock& clock, Time at) {
    if (!clock.lost_at) clock.lost_at = at;
}

std::optional<Outage> supply_restored(OutageClock& clock, Time at, OutageCodes codes) {
    if (!clock.lost_at) return std::nullopt;
    const Time lost_at = *clock.lost_at;
    clock.lost_at.reset();
    const bool is_long = (at - lost_at >= kLongOutage) != codes.swapped;
    const int code = (codes.polyphase ? 0x8F37 : 0x8F35) + (is_long ? 1 : 0);
    return Outage{lost_at, at, static_cast<std::uint16_t>(code)};
}

}  // namespace meterbed
