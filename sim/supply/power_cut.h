// One interruption of supply: some homes lose mains together and get it back together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pki/time.h"

namespace meterbed {

enum class CutCause : std::uint8_t {
    network,  ///< the homes are dark
    firmware  ///< only the hub is: its meter took its power away while it activated firmware (MP102A)
};

struct PowerCut {
    std::uint32_t number =
        0;  ///< from 1, in the order (start, label, unit) of the whole story, the same in every part
    Time start;
    Time end;           ///< kForever: not restored within the story
    std::string label;  ///< of the step
    CutCause cause = CutCause::network;
    std::uint32_t premises = 0;       ///< of the whole cut, also where a part of the world holds some of them
    std::vector<std::int32_t> homes;  ///< ascending
};

/// By (start, number).
using PowerCuts = std::vector<PowerCut>;

}  // namespace meterbed
