// What must hold of outages at the end of every run.
#include <algorithm>
#include <cmath>

#include "sim/metrics/folds.h"
#include "sim/metrics/outage_figures.h"

namespace meterbed::folds {
namespace {

std::string words_for(const OutageRow& row) {
    return "home " + std::to_string(row.home) + ", mains lost at " + to_text(Time{Duration{row.lost_at}}) +
           " (power cut " + std::to_string(row.cut) + ")";
}

template <typename Breaks>
std::optional<std::string> first_breach(const RunEnd& end, Breaks breaks) {
    const auto& rows = end.outages.rows;
    const auto found = std::find_if(rows.begin(), rows.end(), breaks);
    if (found == rows.end()) return std::nullopt;
    return words_for(*found);
}

Duration times(Duration duration, double factor) {
    return Duration{static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor)};
}

/// Six standard deviations of a lognormal.
double spread(double sigma) { return std::exp(6 * sigma); }

/// How long after a loss a hub has been heard or has given up: its last attempt begins before its store ends.
/// Should the mains go while it starts, it starts first.
Duration hub_patience(const Settings& settings) {
    const Duration first = settings.outage_hold + settings.hub_alert_delay + settings.outage_confirm_delay;
    const Duration start = settings.hub_boot + times(settings.wan_attach, spread(settings.wan_attach_sigma));
    return std::max(first, settings.hub_hold_up) + start + settings.outage_alert_interval;
}

/// How long an event that was heard may take to the users: the longest latency, and the queues of the DCC
/// (also after an outage of its own, a millisecond each) were all alerts in them.
Duration travel_patience(const RunEnd& end) {
    const Settings& settings = end.settings;
    const Duration median =
        std::max({settings.outage_alert_latency_north, settings.outage_alert_latency_central,
                  settings.outage_alert_latency_south});
    const double alerts = 3 * static_cast<double>(end.outages.rows.size());
    const double queued = settings.dcc_alert_capacity > 0 ? alerts / settings.dcc_alert_capacity : 0;
    return times(median, spread(settings.outage_alert_latency_sigma)) +
           times(std::chrono::seconds{1}, queued + alerts / 1000) + settings.dcc_processing;
}

}  // namespace

std::optional<std::string> no_alert_for_short_cuts(const Records&, const RunEnd& end) {
    return first_breach(
        end, [&](const OutageRow& row) { return row.informed_at != 0 && is_short(row, end.settings); });
}

std::optional<std::string> no_alert_without_mpxn(const Records&, const RunEnd& end) {
    return first_breach(end,
                        [](const OutageRow& row) { return row.informed_at != 0 && row.mpxn_known == 0; });
}

std::optional<std::string> restoration_codes_right(const Records&, const RunEnd& end) {
    return first_breach(end, [&](const OutageRow& row) {
        const auto code = right_code(row, end.settings);
        return code && *code != row.restoration;
    });
}

std::optional<std::string> every_outage_accounted_for(const Records&, const RunEnd& end) {
    const Duration patience = hub_patience(end.settings) + travel_patience(end);
    return first_breach(end, [&](const OutageRow& row) {
        if (row.informed_at != 0 || row.reason != 0) return false;
        if (dark_for(row, end.outages) < end.settings.outage_hold) return false;
        const std::int64_t since = std::max(row.lost_at, end.outages.dcc_works_from);
        return Duration{end.outages.end - since} > patience;
    });
}

}  // namespace meterbed::folds
