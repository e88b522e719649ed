// Where a home stands in the physical world: whose wires and whose radio reach it, and what hangs on the
// wall.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meterbed {

/// CSP region.
enum class Region : std::uint8_t { North, Central, South };
inline constexpr std::array<std::string_view, 3> kRegionNames{"North", "Central", "South"};
std::optional<Region> region(std::string_view name);

/// How a hub reaches the WAN (sec_modifications section 0: North long-range radio; Central and South 2G/3G
/// and mesh; 4G from the current DUIS schema).
enum class Technology : std::uint8_t { long_range, cellular, mesh, lte };
inline constexpr std::array<std::string_view, 4> kTechnologyNames{"long-range radio", "cellular", "mesh",
                                                                  "4G"};

/// GSP groups in the order of their letters; position 0 stands for none.
inline constexpr std::array<std::string_view, 15> kGspGroups{"",   "_A", "_B", "_C", "_D", "_E", "_F", "_G",
                                                             "_H", "_J", "_K", "_L", "_M", "_N", "_P"};

struct Site {
    std::uint32_t feeder = 0;  ///< of the world's `SupplyNetwork`
    std::uint32_t cell = 0;    ///< radio cell, likewise
    Region region = Region::Central;
    std::uint8_t gsp_group = 0;  ///< position in `kGspGroups`
    Technology technology = Technology::cellular;
    bool polyphase : 1 = false;  ///< its meter sends 8F37 and 8F38 instead of 8F35 and 8F36
    bool mpxn_known : 1 = true;  ///< the DCC can name the supply point of its hub
    bool cuts_hub_power : 1 =
        false;  ///< its meter takes the power from the hub when firmware is activated (MP102A)
};

}  // namespace meterbed
