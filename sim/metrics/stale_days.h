// How long meters went on with an old price, or in prepayment mode, after the supplier was to change it.
#pragma once

#include <array>
#include <optional>

#include "sim/metrics/prepayments.h"
#include "sim/metrics/share.h"

namespace meterbed {

/// Days per 1,000 meters that were to change: of all of them, and of those of the kind. Nothing where none
/// was.
struct StaleDays {
    std::optional<double> all;
    std::array<std::optional<double>, kHomeFaultNames.size()> by_fault;
    std::array<std::optional<double>, kRegionNames.size()> by_region;
    std::array<std::optional<double>, 2> by_generation;
    Share left;  ///< meters that had not changed by the end
};

StaleDays stale_days(const Prepayments& prepayments, NoticeKind kind);

}  // namespace meterbed
