#include <map>

#include "sim/metrics/folds.h"

namespace meterbed::folds {

/// Every request is completed, unless it was sent so shortly before the end that its attempts are not used
/// up.
std::optional<std::string> every_message_accounted_for(const Records& records, const RunEnd& end) {
    const Duration patience = end.settings.retry_interval * (end.settings.retries + 1) +
                              std::chrono::minutes{10} + end.settings.gsme_wake_interval;
    const std::int64_t latest = (end.end - patience).time_since_epoch().count();
    std::map<std::uint32_t, std::size_t> open;
    for_each(records, "request sent", [&](std::size_t i) { open[records.request[i]] = i; });
    for_each(records, "request completed", [&](std::size_t i) { open.erase(records.request[i]); });
    for (const auto& [request, row] : open) {
        if (records.time[row] < latest) {
            return "request " + std::to_string(request) + " (" + records.text(records.service[row]) +
                   ", home " + std::to_string(records.home[row]) + ") was never completed";
        }
    }
    return std::nullopt;
}

}  // namespace meterbed::folds
