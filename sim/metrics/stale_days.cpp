#include "sim/metrics/stale_days.h"

#include <algorithm>

namespace meterbed {
namespace {

constexpr double kMicrosecondsADay = 8.64e10;

/// Microseconds of some meters, exactly, and how many meters these are.
struct Group {
    std::int64_t stale = 0, meters = 0;
    void add(std::int64_t time) {
        stale += time;
        ++meters;
    }
    std::optional<double> per_thousand() const {
        if (meters == 0) return std::nullopt;
        return static_cast<double>(stale) / kMicrosecondsADay * 1000 / static_cast<double>(meters);
    }
};

template <std::size_t N>
void show(const std::array<Group, N>& groups, std::array<std::optional<double>, N>& out) {
    for (std::size_t i = 0; i < N; ++i) out[i] = groups[i].per_thousand();
}

}  // namespace

StaleDays stale_days(const Prepayments& all, NoticeKind kind) {
    StaleDays out;
    Group total;
    std::array<Group, kHomeFaultNames.size()> by_fault;
    std::array<Group, kRegionNames.size()> by_region;
    std::array<Group, 2> by_generation;
    auto home = all.homes.begin();  // both are ascending
    for (const NoticeRow& row : all.notices) {
        if (row.kind != static_cast<std::uint8_t>(kind)) continue;
        if (home == all.homes.end() || home->home > row.home) home = all.homes.begin();
        while (home != all.homes.end() && home->home < row.home) ++home;
        if (home == all.homes.end()) break;
        const std::int64_t until = row.taken_at != 0 ? row.taken_at : all.end;
        const std::int64_t stale =
            std::max<std::int64_t>(0, until - std::max(row.decided_at, all.counted_from));
        total.add(stale);
        by_fault[home->fault].add(stale);
        by_region[home->region].add(stale);
        by_generation[home->generation].add(stale);
        out.left.count(row.taken_at == 0);
    }
    out.all = total.per_thousand();
    show(by_fault, out.by_fault);
    show(by_region, out.by_region);
    show(by_generation, out.by_generation);
    return out;
}

}  // namespace meterbed
