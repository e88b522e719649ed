#include "devices/hub_supply.h"

#include <algorithm>
#include <cmath>

namespace meterbed {
namespace {

Duration share_of(Duration whole, double share) {
    return Duration{static_cast<std::int64_t>(share * static_cast<double>(whole.count()))};
}

/// What the store holds after this long with mains.
Duration charged(const HubSupply& hub, Time at, const HubRules& rules) {
    const Duration since = at - hub.changed_at;
    if (since >= rules.recharge) return rules.hold_up;
    const double share = static_cast<double>(since.count()) / static_cast<double>(rules.recharge.count());
    return std::min(rules.hold_up, hub.store + share_of(rules.hold_up, share));
}

}  // namespace

HubSupply full(const HubRules& rules) {
    HubSupply hub;
    hub.store = rules.hold_up;
    return hub;
}

void lose_mains(HubSupply& hub, Time at, const HubRules& rules) {
    hub.store = charged(hub, at, rules);
    hub.changed_at = at;
    hub.mains = false;
    ++hub.losses;
    hub.reports = 0;
    hub.told = false;
}

void restore_mains(HubSupply& hub, Time at, const HubRules& rules, double normal) {
    const Duration dark = dark_for(hub, at);
    if (dark >= hub.store) {
        hub.works_from = at + rules.boot + share_of(rules.attach, std::exp(rules.attach_sigma * normal));
    }
    hub.store = std::max(Duration{0}, hub.store - dark);
    hub.changed_at = at;
    hub.mains = true;
}

Time store_ends(const HubSupply& hub) { return hub.mains ? Time::max() : hub.changed_at + hub.store; }

bool works(const HubSupply& hub, Time at) { return at >= hub.works_from && at < store_ends(hub); }

Time report_due(const HubSupply& hub, const HubRules& rules, double delay, double sample) {
    const bool first = sample * rules.sampling < 1.0;
    const Time due = hub.changed_at + rules.outage_hold + share_of(rules.alert_delay, delay) +
                     (first ? Duration{0} : rules.confirm_delay);
    return std::max(due, hub.works_from);
}

}  // namespace meterbed
