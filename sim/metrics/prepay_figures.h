// Figures of prepayment in one pass over its rows: what the metrics of prepayment say.
#pragma once

#include <array>
#include <optional>

#include "sim/metrics/prepayments.h"
#include "sim/metrics/share.h"
#include "sim/metrics/stale_days.h"

namespace meterbed {

/// Top-ups shall be at the meter this long after the payment.
inline constexpr std::array<Duration, 3> kCreditTargets{std::chrono::minutes{5}, std::chrono::minutes{30},
                                                        std::chrono::hours{24}};

/// Nothing of the warm-up counts: of spells that began in it the rest, of top-ups those paid later.
struct PrepayFigures {
    // Hours off supply per 1,000 meters: of all meters ...
    std::optional<double> off_supply;
    std::array<std::optional<double>, kHarmNames.size()> by_harm;
    // ... and of the meters of the kind.
    std::array<std::optional<double>, kHomeFaultNames.size()> by_fault;
    std::array<std::optional<double>, kRegionNames.size()> by_region;
    std::array<std::optional<double>, 2> by_generation;
    std::array<std::optional<double>, 2> in_dcc_outage;  ///< that harm alone, by generation
    Share off_once;                                      ///< meters off supply at least once

    std::optional<double> top_ups;
    /// Of those paid so long before the end that the target lies within the run.
    std::array<Share, kCreditTargets.size()> in_time, in_time_at_faulty;
    Share typed;  ///< of those at the meter
    std::optional<double> wrong_entries, duplicate_attempts, duplicate_credits;
    std::optional<double> calls;   ///< of the help line, per 1,000 meters
    std::optional<double> visits;  ///< of engineers, per 1,000 meters
    StaleDays stale_price, stale_mode;

    // Of hubs without WAN: of what they held after the warm-up
    std::optional<double> reports_held, reports_dropped;  ///< per 1,000 meters
    /// Seconds from a typed UTRN whose report a hub held until the report left; to the end where it had not,
    /// so that these are lower bounds.
    std::optional<double> typed_unknown_median, typed_unknown_95;
    std::optional<double> late_reports_a_minute;  ///< the most that left hubs in one
};

PrepayFigures figures_of(const Prepayments& prepayments);

}  // namespace meterbed
