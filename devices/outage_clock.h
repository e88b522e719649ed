// The outage clock of an electricity meter: how long supply was lost decides the alert (GBCS 16,
// SMETS 5.5.12.6).
#pragma once

#include <cstdint>
#include <optional>

#include "pki/time.h"

namespace meterbed {

/// The boundary between 8F35 and 8F36.
constexpr Duration kLongOutage = std::chrono::minutes{3};

/// Sixteen octets of state, kept the same way for one meter on a bench and for millions in columns.
struct OutageClock {
    std::optional<Time> lost_at;
};

struct Outage {
    Time lost_at;
    Time restored_at;
    /// 0x8F35 below three minutes, 0x8F36 at three minutes or longer; polyphase meters 0x8F37 and 0x8F38.
    std::uint16_t alert_code;
};

/// How a meter names its outages.
struct OutageCodes {
    /// Phases go and come together here, and one alert tells of all of them (ASSUMPTION: with the codes of
    /// phase 1).
    bool polyphase = false;
    bool swapped = false;  ///< a fault: short outages are called long, and long ones short
};

/// A second loss without a restoration changes nothing.
void supply_lost(OutageClock& clock, Time at);
/// Nothing when supply was not lost before.
std::optional<Outage> supply_restored(OutageClock& clock, Time at, OutageCodes codes = {});

}  // namespace meterbed
