// How much memory a run will need, so that one that cannot fit is refused before it starts.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

/// Bytes. A worker holds one part of a world at a time: a population at fleet scale, all homes at bench
/// scale.
struct MemoryEstimate {
    std::uint64_t premises = 0;              ///< of all populations
    std::uint64_t cuts = 0;                  ///< mains losses of homes to be expected in one world
    std::uint64_t part = 0;                  ///< largest part of a world while it runs, its records included
    std::uint64_t records = 0;               ///< of one whole world
    std::vector<std::uint64_t> populations;  ///< each while it runs, its records included
};

MemoryEstimate memory_estimate(const Scenario& scenario);

}  // namespace meterbed::scenario
