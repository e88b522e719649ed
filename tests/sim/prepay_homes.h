// Homes for the tests that tell records of prepayment by hand.
#pragma once

#include "sim/metrics/prepayments.h"

namespace meterbed::testing {

inline constexpr Time kFirstOfMarch{
    std::chrono::sys_days{std::chrono::year{2020} / 3 / 1}.time_since_epoch()};

inline PrepayHomeRow prepay_home(std::int32_t home, Region region, Generation generation, HomeFault fault) {
    return {home, static_cast<std::uint8_t>(region), 0, static_cast<std::uint8_t>(generation),
            static_cast<std::uint8_t>(fault)};
}

}  // namespace meterbed::testing
