// The distribution network under the homes of a world: feeders, primaries, GSP groups, and the radio cells
// above them. Homes are numbered so that those of a feeder stand in a row, and so do the feeders of a primary
// and all that belongs to a population.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/supply/number_range.h"
#include "sim/supply/site.h"

namespace meterbed {

struct Feeder {
    std::uint32_t primary = 0;
    NumberRange homes;
};

struct Primary {
    std::uint8_t gsp_group = 0;
    NumberRange feeders;
};

struct RadioCellSite {
    Region region = Region::Central;
    Technology technology = Technology::cellular;
};

/// What one population takes of the numbers of a world.
struct NetworkArea {
    NumberRange homes, feeders, primaries, cells;
};

/// Numbers are those of the whole world, also where `sites` holds the homes of one population only (a part of
/// the world); feeders, primaries and cells are always complete.
struct SupplyNetwork {
    NumberRange homes;        ///< those in `sites`
    std::vector<Site> sites;  ///< of `homes`, in order
    std::vector<Feeder> feeders;
    std::vector<Primary> primaries;
    std::vector<RadioCellSite> cells;
    std::vector<NetworkArea> areas;  ///< by population

    const Site& site(std::int32_t home) const { return sites[static_cast<std::size_t>(home - homes.first)]; }
};

}  // namespace meterbed
