#include "sim/metrics/prepay_figures.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "devices/top_up.h"
#include "sim/metrics/quantile.h"

namespace meterbed {
namespace {

constexpr double kMicrosecondsAnHour = 3.6e9, kMicrosecondsASecond = 1e6;

/// Microseconds off supply of some meters, exactly, and how many meters these are.
struct Hours {
    std::int64_t off = 0, meters = 0;
    std::optional<double> per_thousand() const {
        if (meters == 0) return std::nullopt;
        return static_cast<double>(off) / kMicrosecondsAnHour * 1000 / static_cast<double>(meters);
    }
};

template <std::size_t N>
using HoursBy = std::array<Hours, N>;

template <std::size_t N>
void show(const HoursBy<N>& hours, std::array<std::optional<double>, N>& out) {
    for (std::size_t i = 0; i < N; ++i) out[i] = hours[i].per_thousand();
}

class Counting {
  public:
    explicit Counting(const Prepayments& all) : all_(all), off_(all.homes.size()) {
        for (const PrepayHomeRow& home : all.homes) {
            ++total_.meters;
            ++by_fault_[home.fault].meters;
            ++by_region_[home.region].meters;
            ++by_generation_[home.generation].meters;
        }
    }

    PrepayFigures finish() {
        if (all_.homes.empty()) return out_;
        for (const SpellRow& spell : all_.spells) take(spell);
        double top_ups = 0, wrong = 0, attempts = 0, twice = 0, calls = 0, visits = 0;
        for (const TopUpRow& row : all_.top_ups) {
            twice += row.added_twice;  // in the warm-up, too
            if (row.paid_at < all_.counted_from) continue;
            ++top_ups;
            wrong += row.wrong_digits;
            attempts += row.duplicates;
            calls += row.calls;
            visits += row.visits;
            take(row);
        }
        out_.top_ups = top_ups;
        out_.wrong_entries = wrong;
        out_.duplicate_attempts = attempts;
        out_.duplicate_credits = twice;
        out_.calls = calls * 1000 / static_cast<double>(total_.meters);
        out_.visits = visits * 1000 / static_cast<double>(total_.meters);
        count_reports();
        for (const bool off : off_) out_.off_once.count(off);
        out_.stale_price = stale_days(all_, NoticeKind::price);
        out_.stale_mode = stale_days(all_, NoticeKind::credit_mode);
        show_hours();
        return out_;
    }

  private:
    std::size_t position(std::int32_t home) const {
        const auto found =
            std::lower_bound(all_.homes.begin(), all_.homes.end(), home,
                             [](const PrepayHomeRow& row, std::int32_t number) { return row.home < number; });
        return static_cast<std::size_t>(found - all_.homes.begin());
    }

    void take(const SpellRow& spell) {
        const std::int64_t from = std::max(spell.off_at, all_.counted_from);
        const std::int64_t off = (spell.on_at != 0 ? spell.on_at : all_.end) - from;
        if (off <= 0) return;
        const std::size_t at = position(spell.home);
        const PrepayHomeRow& home = all_.homes[at];
        off_[at] = true;
        total_.off += off;
        by_fault_[home.fault].off += off;
        by_region_[home.region].off += off;
        by_generation_[home.generation].off += off;
        harm_[spell.harm] += spell.waited;
        harm_[static_cast<std::size_t>(Harm::not_paid)] += off - spell.waited;
        if (static_cast<Harm>(spell.harm) == Harm::dcc_outage) dcc_outage_[home.generation] += spell.waited;
    }

    void take(const TopUpRow& row) {
        const bool faulty = all_.homes[position(row.home)].fault != 0;
        if (row.way != 0) out_.typed.count(row.way == 2);
        for (std::size_t i = 0; i < kCreditTargets.size(); ++i) {
            const std::int64_t target = kCreditTargets[i].count();
            if (all_.end - row.paid_at < target) continue;
            const bool in_time = row.added_at != 0 && row.added_at - row.paid_at <= target;
            out_.in_time[i].count(in_time);
            if (faulty) out_.in_time_at_faulty[i].count(in_time);
        }
    }

    void count_reports() {
        constexpr std::int64_t kMinute = 60'000'000;
        double held = 0, dropped = 0, most = 0;
        std::vector<double> unknown;
        std::unordered_map<std::int64_t, double> by_minute;
        for (const ReportRow& row : all_.reports) {
            const auto fate = static_cast<ReportFate>(row.fate);
            if (fate == ReportFate::late) most = std::max(most, ++by_minute[row.left_at / kMinute]);
            if (row.held_at < all_.counted_from) continue;
            ++held;
            dropped += fate == ReportFate::dropped;
            // One that was dropped never tells it.
            const std::int64_t known = fate == ReportFate::late ? row.left_at : all_.end;
            if (row.code == kCreditAddedLocally)
                unknown.push_back(static_cast<double>(known - row.held_at) / kMicrosecondsASecond);
        }
        const double thousands = static_cast<double>(total_.meters) / 1000;
        out_.reports_held = held / thousands;
        out_.reports_dropped = dropped / thousands;
        out_.typed_unknown_median = quantile(unknown, 0.5);
        out_.typed_unknown_95 = quantile(unknown, 0.95);
        out_.late_reports_a_minute = most;
    }

    void show_hours() {
        out_.off_supply = total_.per_thousand();
        for (std::size_t i = 0; i < harm_.size(); ++i)
            out_.by_harm[i] = Hours{harm_[i], total_.meters}.per_thousand();
        show(by_fault_, out_.by_fault);
        show(by_region_, out_.by_region);
        show(by_generation_, out_.by_generation);
        for (std::size_t i = 0; i < dcc_outage_.size(); ++i)
            out_.in_dcc_outage[i] = Hours{dcc_outage_[i], by_generation_[i].meters}.per_thousand();
    }

    const Prepayments& all_;
    PrepayFigures out_;
    Hours total_;
    HoursBy<kHomeFaultNames.size()> by_fault_;
    HoursBy<kRegionNames.size()> by_region_;
    HoursBy<2> by_generation_;
    std::array<std::int64_t, kHarmNames.size()> harm_{};
    std::array<std::int64_t, 2> dcc_outage_{};
    std::vector<bool> off_;
};

}  // namespace

PrepayFigures figures_of(const Prepayments& prepayments) { return Counting(prepayments).finish(); }

}  // namespace meterbed
