// What became of the reports that hubs held while no WAN reached them (sim/prepayment/hub_buffer.h): a fold
// over their records, part of that over prepayment (sim/metrics/prepayments.h).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace meterbed {

enum class ReportFate : std::uint8_t {
    still_held,  ///< when the run ends
    late,        ///< left the hub when there was WAN again
    dropped,     ///< gave way to another one
};
inline constexpr std::array<std::string_view, 3> kReportFateNames{"still held", "late", "dropped"};

/// A report that a hub held. Microseconds since the epoch; 0 when it did not happen.
struct ReportRow {
    std::int64_t held_at = 0;
    std::int64_t left_at = 0;  ///< late or dropped
    std::int32_t home = 0;
    std::uint16_t code = 0;  ///< of an alert; 0: a response
    std::uint8_t fate = 0;   ///< ReportFate
};

class HubReports {
  public:
    void held(std::int64_t at, std::int32_t home, std::string_view code);
    /// `seconds` that it was held.
    void left(std::int64_t at, std::int32_t home, std::string_view code, double seconds, ReportFate fate);
    /// In the order in which they were held.
    std::vector<ReportRow> finish() { return std::move(rows_); }

  private:
    std::vector<ReportRow> rows_;
    std::map<std::int32_t, std::vector<std::size_t>> waiting_;  ///< rows, by home
};

}  // namespace meterbed
