// The physical side of a scenario, for both scales: on which wires and in which cells its homes are, and when
// they lose supply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"
#include "sim/streams.h"
#include "sim/supply/cuts.h"
#include "sim/supply/supply_network.h"

namespace meterbed::scenario {

struct Supply {
    SupplyNetwork network;
    SupplyStory story;
};

/// The network and the power cuts of one repeat; `only`: of one population, by its position. Of the settings
/// it takes the firmware power gap, so that all variants have the same cuts.
Supply supply(const Scenario& scenario, const Settings& settings, const Streams& streams,
              std::optional<std::size_t> only = std::nullopt);

/// Who is registered as network operator of the n-th home of a population, and who is by mistake in the cells
/// of its meter.
std::string_view network_operator_of(const Population& population, std::int32_t index);
struct CellsOf {
    bool wrong = false;           ///< another network operator's certificates
    bool dcc_controlled = false;  ///< the ACB's
};
CellsOf cells_of(const Population& population, const Streams& streams, std::int32_t index);

/// The label of the step at this position.
std::string label_of(const Scenario& scenario, std::size_t step);

}  // namespace meterbed::scenario
