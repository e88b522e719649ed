#include "sim/network/radio.h"

#include <array>

namespace meterbed {
namespace {

struct RegionRow {
    Duration Settings::*latency;
    Duration Settings::*outage_latency;
    double Settings::*outage_delivery;
};
/// In the order of `Region`.
constexpr std::array kRegions{
    RegionRow{&Settings::wan_latency_north, &Settings::outage_alert_latency_north,
              &Settings::outage_alert_delivery_north},
    RegionRow{&Settings::wan_latency_central, &Settings::outage_alert_latency_central,
              &Settings::outage_alert_delivery_central},
    RegionRow{&Settings::wan_latency_south, &Settings::outage_alert_latency_south,
              &Settings::outage_alert_delivery_south},
};

/// In the order of `Technology`.
constexpr std::array kCapacities{&Settings::cell_capacity_long_range, &Settings::cell_capacity_cellular,
                                 &Settings::cell_capacity_mesh, &Settings::cell_capacity_4g};

const RegionRow& row(const Site& site) { return kRegions[static_cast<std::size_t>(site.region)]; }

}  // namespace

Duration median_latency(const Settings& settings, const Site& site) {
    if (site.technology == Technology::lte) return settings.wan_latency_4g;
    return settings.*row(site).latency;
}

Duration outage_alert_latency(const Settings& settings, const Site& site) {
    return settings.*row(site).outage_latency;
}

double outage_alert_delivery(const Settings& settings, const Site& site) {
    return settings.*row(site).outage_delivery;
}

double cell_capacity(const Settings& settings, Technology technology) {
    return settings.*kCapacities[static_cast<std::size_t>(technology)];
}

}  // namespace meterbed
