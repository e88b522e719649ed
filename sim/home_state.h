// The supply of one home in the middle of a story, from which full devices carry on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "devices/hub_supply.h"
#include "devices/outage_clock.h"
#include "sim/network/outage_rules.h"

namespace meterbed {

/// A meter that has its supply back, and sends its alert when it has started.
struct StartingMeter {
    Outage outage;
    Time ready;
};

struct HomeState {
    HubSupply hub;
    CutDepth cuts;
    PowerCut first_cut;  ///< of those that last; its homes do not count
    OutageClock clock;
    std::optional<StartingMeter> starting;
    std::uint64_t counter = 0;      ///< of the meter's alerts
    std::uint32_t messages = 0;     ///< ordinary messages over the WAN so far
    RadioCell cell;                 ///< of the hub
    std::vector<Time> reports;      ///< when the hub will report or look again whether it must
    PowerCuts lasting;              ///< cuts of this home that have begun and have an end to come
    std::vector<FirmwareJob> jobs;  ///< begun or to come
    PowerCuts to_come;              ///< and those that have not begun
};

}  // namespace meterbed
