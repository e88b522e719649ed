// Figures of outages in one pass over their rows: what the metrics and the invariants of outages say.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/metrics/outages.h"
#include "sim/metrics/share.h"
#include "sim/settings.h"

namespace meterbed {

/// Classes of cuts by their premises.
inline constexpr std::array<std::string_view, 4> kCutSizes{"single premises", "2 to 100 premises",
                                                           "101 to 5000 premises", "over 5000 premises"};
std::size_t size_class(std::uint32_t premises);

struct OutageFigures {
    /// An alert is expected of a hub whose mains was lost through a cut in the network for at least the hold,
    /// whose MPxN the DCC knows, so long before the end that the target lies within the run.
    double expected = 0;
    Share delivered, in_time;
    std::array<Share, kRegionNames.size()> in_time_by_region;
    std::array<Share, kCutSizes.size()> in_time_by_size;
    std::optional<double> clock_d_median, clock_d_95, clock_d_99;  ///< of delivered expected alerts, s
    Share clock_c;                                                 ///< DSP to operator within the target
    std::array<double, kOutageReasons.size()> without_alert{};     ///< expected ones, by reason
    double short_cut_alerts = 0, without_mpxn = 0, wrong_codes = 0;
    double false_alerts_count = 0;
    Share false_alerts;         ///< of all outage alerts: the firmware's
    Share restoration_in_time;  ///< of expected outages that ended
    double outage_alerts_misled = 0, restoration_alerts_misled = 0;
    /// Alerts of one feeder after which a cut is 95 % sure. When a share f of all alerts is false, each
    /// independently of the others (ASSUMPTION), the chance that all of n alerts are is f^n.
    std::optional<double> alerts_to_be_sure;
    /// Medians over the cuts of each feeder with two or more premises; a cut that comes to too few alerts
    /// counts as never detected.
    std::optional<double> first_alert, sure;
};

OutageFigures figures_of(const Outages& outages, const Settings& settings);

// Tests of one row, shared with the invariants.
/// How long mains was missing, to the end of the run where it did not come back.
Duration dark_for(const OutageRow& row, const Outages& outages);
bool is_short(const OutageRow& row, const Settings& settings);
/// The code the meter should have sent; nothing where it sent none, or where not the network was the cause.
std::optional<std::uint16_t> right_code(const OutageRow& row, const Settings& settings);

}  // namespace meterbed
