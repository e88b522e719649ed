#include "sim/metrics/hub_reports.h"

#include <algorithm>
#include <cmath>

#include "devices/raise.h"

namespace meterbed {
namespace {

constexpr double kMicroseconds = 1e6;

/// 0 for a response (`report_name`, sim/prepayment/hub_buffer.h).
std::uint16_t code_of(std::string_view text) { return alert_code_of(text).value_or(0); }

}  // namespace

void HubReports::held(std::int64_t at, std::int32_t home, std::string_view code) {
    waiting_[home].push_back(rows_.size());
    rows_.push_back({at, 0, home, code_of(code), static_cast<std::uint8_t>(ReportFate::still_held)});
}

void HubReports::left(std::int64_t at, std::int32_t home, std::string_view code, double seconds,
                      ReportFate fate) {
    const std::int64_t since = at - std::llround(seconds * kMicroseconds);
    std::vector<std::size_t>& waiting = waiting_[home];
    const auto found = std::ranges::find_if(waiting, [&](std::size_t row) {
        return rows_[row].held_at == since && rows_[row].code == code_of(code);
    });
    if (found == waiting.end()) return;  // held before the records begin
    rows_[*found].left_at = at;
    rows_[*found].fate = static_cast<std::uint8_t>(fate);
    waiting.erase(found);
}

}  // namespace meterbed
