// One interruption of supply: some homes lose mains together and get it back together.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pki/time.h"
#include "sim/supply/number_range.h"

namespace meterbed {

enum class CutCause : std::uint8_t {
    network,  ///< the homes are dark
    firmware  ///< only the hub is: its meter took its power away while it activated firmware (MP102A)
};

inline constexpr std::array<std::string_view, 2> kCutCauseNames{"network", "firmware"};

struct PowerCut {
    /// From 1, in the order (start, step of the timeline, first home) of the whole story, the same in every
    /// part of the world.
    std::uint32_t number = 0;
    CutCause cause = CutCause::network;
    NumberRange homes;  ///< all of them in one part of the world
    Time start;
    Time end;           ///< kForever: not restored within the story
    std::string label;  ///< of the step
};

/// By number, and so by start.
using PowerCuts = std::vector<PowerCut>;

/// Firmware is being activated at this home: a job of the DCC from then on for `firmware_job`, whether or not
/// its meter takes the power from the hub.
struct FirmwareJob {
    Time start;
    std::int32_t home = 0;
};

/// All that happens to the supply, drawn before the run. Never depends on the variant.
struct SupplyStory {
    PowerCuts cuts;
    std::vector<FirmwareJob> jobs;  ///< by (start, home)
};

}  // namespace meterbed
