// UTCTime of ZigBee: seconds since 2000-01-01.
#pragma once

#include <cstdint>

#include "pki/time.h"

namespace meterbed {

constexpr Time kGbzEpoch = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

inline std::uint32_t gbz_time(Time time) {
    const auto since = std::chrono::floor<std::chrono::seconds>(time - kGbzEpoch).count();
    return static_cast<std::uint32_t>(since);
}
inline Time time_of_gbz(std::uint32_t seconds) { return kGbzEpoch + std::chrono::seconds{seconds}; }

}  // namespace meterbed
