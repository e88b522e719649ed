#include "devices/outage_clock.h"

namespace meterbed {

void supply_lost(OutageClock& clock, Time at) {
    if (!clock.lost_at) clock.lost_at = at;
}

std::optional<Outage> supply_restored(OutageClock& clock, Time at) {
    if (!clock.lost_at) return std::nullopt;
    const Time lost_at = *clock.lost_at;
    clock.lost_at.reset();
    const bool is_long = at - lost_at >= kLongOutage;
    return Outage{lost_at, at, static_cast<std::uint16_t>(is_long ? 0x8F36 : 0x8F35)};
}

}  // namespace meterbed
