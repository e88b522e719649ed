// The radio of the WAN: cells of finite capacity, and the passage of one message. Pure functions of draws, so
// that a bench and a fleet give one message the same fate.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "pki/time.h"
#include "sim/settings.h"
#include "sim/supply/site.h"

namespace meterbed {

/// One sender after the other. Messages come in the order of their times; at equal times in the order of the
/// homes.
struct RadioCell {
    Time free_at;
};

/// When a message that comes at `at` has its turn; the cell serves `per_second` messages (0: any number). A
/// message that would have to wait to `gives_up` or longer takes no turn.
inline Time take_turn(RadioCell& cell, Time at, double per_second, Time gives_up) {
    if (per_second <= 0) return at;
    const Time turn = std::max(cell.free_at, at);
    if (turn < gives_up) cell.free_at = turn + Duration{static_cast<std::int64_t>(1e6 / per_second)};
    return turn;
}

struct Passage {
    bool lost = false;
    Duration latency{};
};

/// `uniform` decides over loss, `normal` over the lognormal latency.
inline Passage passage(double loss, Duration median, double sigma, double uniform, double normal) {
    const double factor = std::exp(sigma * normal);
    return {uniform < loss,
            Duration{static_cast<std::int64_t>(static_cast<double>(median.count()) * factor)}};
}

/// The loss of one attempt at which this share gets through within `attempts` attempts.
inline double attempt_loss(double delivered, int attempts) {
    return std::pow(1.0 - delivered, 1.0 / std::max(attempts, 1));
}

/// Of an ordinary message of a SMETS2 home at this site, one way.
Duration median_latency(const Settings& settings, const Site& site);
/// Of a power outage event.
Duration outage_alert_latency(const Settings& settings, const Site& site);
/// Share of power outage events that get through a cell that is not busy, all attempts together.
double outage_alert_delivery(const Settings& settings, const Site& site);
/// Alerts a second that a cell of this technology serves.
double cell_capacity(const Settings& settings, Technology technology);

}  // namespace meterbed
