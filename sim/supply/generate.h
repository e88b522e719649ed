// Makes the supply network of a world from a description of each population, or takes it as given.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "pki/draws.h"
#include "sim/streams.h"
#include "sim/supply/supply_network.h"

namespace meterbed {

/// One population. Everything drawn depends on (seed, run, name of the population) and not on the others.
struct SupplyPlan {
    std::string name;  ///< of the population
    std::int32_t premises = 0;
    Region region = Region::Central;
    Technology technology = Technology::cellular;
    std::uint8_t gsp_group = 0;       ///< position in `kGspGroups`
    std::int32_t feeder_least = 100;  ///< premises a feeder, drawn evenly between the two
    std::int32_t feeder_most = 100;
    std::int32_t feeders_a_primary = 40;
    std::int32_t cell_premises = 1000;  ///< premises a radio cell
    double polyphase_share = 0;
    double mpxn_unknown_share = 0;
    double firmware_fault_share = 0;  ///< of the meters: they take the power from their hub (MP102A)
    /// A network that a table gave instead, with numbers from 0; null: generated.
    std::shared_ptr<const SupplyNetwork> given = nullptr;
};

/// The network of all populations together; `only`: with the sites of this one alone, for a part of the
/// world. Everything else is the same in both.
SupplyNetwork supply_network(std::span<const SupplyPlan> plans, const Streams& streams,
                             std::optional<std::size_t> only = std::nullopt);

/// What a population's network is drawn from.
Draws supply_draws(const SupplyPlan& plan, const Streams& streams);
/// Whether the meter of the n-th home of a population takes the power from its hub while it activates
/// firmware.
bool takes_hub_power(const SupplyPlan& plan, const Draws& draws, std::int32_t index);

}  // namespace meterbed
