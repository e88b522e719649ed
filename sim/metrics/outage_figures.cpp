#include "sim/metrics/outage_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "devices/outage_clock.h"
#include "sim/metrics/quantile.h"

namespace meterbed {
namespace {

constexpr double kSure = 0.95;
constexpr double kMicro = 1e-6;
constexpr double kNever = std::numeric_limits<double>::infinity();

bool is_network(const OutageRow& row) { return row.cause == static_cast<std::uint8_t>(CutCause::network); }

Duration duration(std::int64_t from, std::int64_t to) { return Duration{to - from}; }

/// Nothing when that share was never reached.
std::optional<double> reached(std::vector<double>& values, double share) {
    const auto found = quantile(values, share);
    return found == kNever ? std::nullopt : found;
}

/// Outages of one cut at one feeder.
struct FeederCut {
    std::uint32_t cut, feeder;
    double after;  ///< alert after the loss, s
    bool operator<(const FeederCut& b) const {
        return std::tuple(cut, feeder, after) < std::tuple(b.cut, b.feeder, b.after);
    }
};

class Counting {
  public:
    Counting(const Outages& outages, const Settings& settings) : outages_(outages), settings_(settings) {}

    OutageFigures finish() {
        for (const OutageRow& row : outages_.rows) take(row);
        out_.expected = out_.delivered.of;
        out_.false_alerts_count = out_.false_alerts.n;
        out_.clock_d_median = reached(clock_d_, 0.5);
        out_.clock_d_95 = reached(clock_d_, 0.95);
        out_.clock_d_99 = reached(clock_d_, 0.99);
        detect();
        return out_;
    }

  private:
    bool is_expected(const OutageRow& row) const {
        const Duration needed = settings_.outage_hold + settings_.outage_alert_target;
        return is_network(row) && row.mpxn_known != 0 && dark_for(row, outages_) >= settings_.outage_hold &&
               duration(row.lost_at, outages_.end) >= needed;
    }

    void take(const OutageRow& row) {
        if (row.informed_at != 0) {
            out_.false_alerts.count(!is_network(row));
            if (is_short(row, settings_)) ++out_.short_cut_alerts;
            if (row.mpxn_known == 0) ++out_.without_mpxn;
            if (row.informed_right == 0) ++out_.outage_alerts_misled;
        }
        if (row.restoration_informed != 0 && row.restoration_right == 0) ++out_.restoration_alerts_misled;
        if (const auto code = right_code(row, settings_); code && *code != row.restoration)
            ++out_.wrong_codes;
        if (is_expected(row)) expected(row);
    }

    void expected(const OutageRow& row) {
        const bool informed = row.informed_at != 0;
        const Duration d = duration(row.lost_at, row.informed_at) - settings_.outage_hold;
        const bool in_time = informed && d <= settings_.outage_alert_target;
        out_.delivered.count(informed);
        out_.in_time.count(in_time);
        out_.in_time_by_region[row.region].count(in_time);
        out_.in_time_by_size[size_class(row.size)].count(in_time);
        if (informed) {
            clock_d_.push_back(static_cast<double>(d.count()) * kMicro);
            out_.clock_c.count(duration(row.received_at, row.informed_at) <= settings_.outage_alert_target);
        } else {
            ++out_.without_alert[row.reason];
        }
        restored(row);
        if (row.size < 2) return;
        const double after = informed ? static_cast<double>(row.informed_at - row.lost_at) * kMicro : kNever;
        feeder_cuts_.push_back({row.cut, row.feeder, after});
    }

    void restored(const OutageRow& row) {
        if (row.restored_at == 0) return;
        const Duration target = settings_.restoration_alert_target;
        if (duration(row.restored_at, outages_.end) < target) return;
        out_.restoration_in_time.count(row.restoration_informed != 0 && row.restoration_right != 0 &&
                                       duration(row.restored_at, row.restoration_informed) <= target);
    }

    void detect() {
        if (feeder_cuts_.empty()) return;
        const double wrong = out_.false_alerts.value().value_or(0);
        if (wrong < 1) {
            const double needed = wrong == 0 ? 1 : std::ceil(std::log(1 - kSure) / std::log(wrong));
            out_.alerts_to_be_sure = std::max(needed, 1.0);
        }
        std::sort(feeder_cuts_.begin(), feeder_cuts_.end());
        std::vector<double> first, sure;
        for (std::size_t i = 0; i < feeder_cuts_.size();) {
            std::size_t end = i;
            while (end < feeder_cuts_.size() && feeder_cuts_[end].cut == feeder_cuts_[i].cut &&
                   feeder_cuts_[end].feeder == feeder_cuts_[i].feeder)
                ++end;
            const auto needed = static_cast<std::size_t>(out_.alerts_to_be_sure.value_or(0));
            first.push_back(feeder_cuts_[i].after);
            sure.push_back(needed == 0 || i + needed > end ? kNever : feeder_cuts_[i + needed - 1].after);
            i = end;
        }
        out_.first_alert = reached(first, 0.5);
        out_.sure = reached(sure, 0.5);
    }

    const Outages& outages_;
    const Settings& settings_;
    OutageFigures out_;
    std::vector<double> clock_d_;
    std::vector<FeederCut> feeder_cuts_;
};

}  // namespace

std::size_t size_class(std::uint32_t premises) {
    constexpr std::array<std::uint32_t, kCutSizes.size() - 1> kMost{1, 100, 5000};
    return static_cast<std::size_t>(std::lower_bound(kMost.begin(), kMost.end(), premises) - kMost.begin());
}

Duration dark_for(const OutageRow& row, const Outages& outages) {
    return duration(row.lost_at, row.restored_at != 0 ? row.restored_at : outages.end);
}

bool is_short(const OutageRow& row, const Settings& settings) {
    return row.restored_at != 0 && duration(row.lost_at, row.restored_at) < settings.outage_hold;
}

std::optional<std::uint16_t> right_code(const OutageRow& row, const Settings& settings) {
    if (row.restoration == 0 || !is_network(row)) return std::nullopt;
    // GBCS alert codes, on purpose not by the rule of the meters: this judges them.
    constexpr Duration kLong = std::chrono::minutes{3};
    const bool is_long = Duration{row.restoration_sent - row.lost_at} - settings.meter_boot >= kLong;
    if (row.polyphase != 0) return is_long ? 0x8F38 : 0x8F37;
    return is_long ? 0x8F36 : 0x8F35;
}

OutageFigures figures_of(const Outages& outages, const Settings& settings) {
    return Counting(outages, settings).finish();
}

}  // namespace meterbed
