#include "sim/prepayment/cover.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace meterbed {
namespace {

/// Homes that lack WAN at the start were installed, or lost it, up to so long before
/// (no_wan_prepay_manual_entry_months_max: three months).
constexpr Duration kOldest = std::chrono::days{90};
constexpr Duration kShortest = std::chrono::seconds{1};  ///< up or down

enum Purpose : std::uint64_t { share, part, when, first_interval };

std::uint64_t entity(std::int32_t home) { return static_cast<std::uint64_t>(home); }

Duration times(Duration length, double factor) {
    return Duration{static_cast<std::int64_t>(static_cast<double>(length.count()) * factor)};
}

bool is_down(const WanCover& cover, Time now) { return now >= cover.down_from && now < cover.down_until; }

}  // namespace

CoverDraws::CoverDraws(const Streams& streams) : draws_(streams.of("home faults")) {}

WanCover CoverDraws::cover(const PrepaymentSettings& settings, std::int32_t home, Time start,
                           Duration length) const {
    WanCover cover;
    // Homes without WAN from the one end, the others from the other end: no share changes who has another
    // fault.
    const double u = draws_.uniform(entity(home), share);
    const double w = draws_.uniform(entity(home), when);
    if (u < settings.no_wan_share) {
        const bool never = draws_.uniform(entity(home), part) < settings.no_wan_never_part;
        cover.fault = never ? HomeFault::never_wan : HomeFault::lost_wan;
        cover.down_from = start - kOldest + times(never ? kOldest : kOldest + length, w);
        cover.down_until = cover.down_from + settings.coverage_repair;
    } else if (u >= 1 - settings.intermittent_wan_share) {
        cover.fault = HomeFault::intermittent_wan;
        cover.interval_ends = start + times(settings.intermittent_wan_up, w);
    } else if (u >= 1 - settings.intermittent_wan_share - settings.han_fault_share) {
        cover.fault = HomeFault::han;
    }
    return cover;
}

bool han_is_cut(const WanCover& cover, Time at) {
    return cover.fault == HomeFault::han && at < cover.down_until;
}

bool repair_han(WanCover& cover, Time now) {
    if (!han_is_cut(cover, now)) return false;
    cover.down_until = now;
    return true;
}

bool CoverDraws::reaches(WanCover& cover, const PrepaymentSettings& settings, std::int32_t home,
                         Time now) const {
    if (cover.fault != HomeFault::intermittent_wan) return !is_down(cover, now);
    while (now >= cover.interval_ends) {
        const bool goes_down = ++cover.interval % 2 == 1;
        const double u = draws_.uniform(entity(home), first_interval + cover.interval);
        const Duration mean = goes_down ? settings.intermittent_wan_down : settings.intermittent_wan_up;
        cover.interval_ends += std::max(kShortest, times(mean, -std::log1p(-u)));
    }
    return cover.interval % 2 == 0;
}

Time CoverDraws::next_change(WanCover& cover, const PrepaymentSettings& settings, std::int32_t home,
                             Time now) const {
    if (cover.fault == HomeFault::intermittent_wan) {
        reaches(cover, settings, home, now);
        return cover.interval_ends;
    }
    if (now < cover.down_from) return cover.down_from;
    return is_down(cover, now) ? cover.down_until : Time::max();
}

bool CoverDraws::look(CreditFallback& fallback, WanCover& cover, const PrepaymentSettings& settings,
                      std::int32_t home, Time now) const {
    if (settings.credit_fallback_after <= Duration{}) return false;
    const bool up = reaches(cover, settings, home, now);
    if (up) fallback.down_since = Time::max();
    if (!up && fallback.down_since == Time::max())
        fallback.down_since = fallback.changes <= now ? fallback.changes : cover.down_from;
    const Time due = up ? Time::max() : fallback.down_since + settings.credit_fallback_after;
    const bool was = std::exchange(fallback.fallen, due <= now);
    fallback.changes = next_change(cover, settings, home, now);
    const Time next = fallback.fallen ? fallback.changes : std::min(fallback.changes, due);
    fallback.looks = next == Time::max() ? next : std::chrono::ceil<std::chrono::seconds>(next);
    return fallback.fallen != was;
}

}  // namespace meterbed
