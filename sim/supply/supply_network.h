// The distribution network under the homes of a world: feeders, primaries, GSP groups, and the radio cells
// above them. Homes stand in the order of their numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/supply/site.h"

namespace meterbed {

struct Feeder {
    std::uint32_t primary = 0;
    std::vector<std::int32_t> homes;  ///< ascending
};

struct Primary {
    std::uint8_t gsp_group = 0;
    std::vector<std::uint32_t> feeders;
};

struct RadioCellSite {
    Region region = Region::Central;
    Technology technology = Technology::cellular;
};

struct SupplyNetwork {
    std::vector<Site> sites;  ///< by number of the home
    std::vector<Feeder> feeders;
    std::vector<Primary> primaries;
    std::vector<RadioCellSite> cells;
};

}  // namespace meterbed
