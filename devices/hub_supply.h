// The power of a communications hub: mains, the store it works on without mains, and its last message
// (CHTS; SEC Section H3.14 RECALL; sec_modifications: DP096). The same values for one hub on a bench and for
// millions in columns.
#pragma once

#include <cstdint>
#include <optional>

#include "pki/time.h"

namespace meterbed {

/// Numbers of the hub's maker and of the CSP; all of them parameters.
struct HubRules {
    Duration hold_up;           ///< a full store carries a hub this long
    Duration recharge;          ///< an empty store is full after this long with mains
    Duration outage_hold;       ///< dark this long before the hub reports it
    Duration alert_delay;       ///< longest random delay of that report
    int attempts = 1;           ///< at most so many times
    Duration attempt_interval;  ///< from a report that nobody heard to the next
    int sampling = 1;           ///< one hub of so many reports first ...
    Duration confirm_delay;     ///< ... and the others so much later
    Duration boot;              ///< until a hub whose store ran empty works again
    Duration attach;            ///< median until it is attached to the WAN again
    double attach_sigma = 0;    ///< of the lognormal, ln units
};

struct HubSupply {
    Time changed_at;           ///< since when the mains is as it is
    Duration store;            ///< running time left in the store at that moment
    Time works_from;           ///< started and attached from then on
    std::uint16_t losses = 0;  ///< number of mains losses so far: the present one when dark
    std::uint8_t reports = 0;  ///< attempts to report the present or last loss
    bool mains = true;
    bool told = false;  ///< the present or last loss was heard, or given up with a reason
};

/// A hub with a full store that has worked since the epoch.
HubSupply full(const HubRules& rules);

void lose_mains(HubSupply& hub, Time at, const HubRules& rules);
/// `normal`: a standard normal draw, for the time to attach.
void restore_mains(HubSupply& hub, Time at, const HubRules& rules, double normal);

/// When a hub without mains stops working; Time::max() with mains.
Time store_ends(const HubSupply& hub);
/// Whether it carries messages at this moment.
bool works(const HubSupply& hub, Time at);
/// How long the mains has been missing, or was missing before the last restoration at `restored`.
inline Duration dark_for(const HubSupply& hub, Time at) { return at - hub.changed_at; }

/// When a hub that just lost mains reports it, if it is still dark then: not before it works, should the
/// mains go while it starts. Both draws are uniform in [0, 1).
Time report_due(const HubSupply& hub, const HubRules& rules, double delay, double sample);

}  // namespace meterbed
