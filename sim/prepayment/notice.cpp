#include "sim/prepayment/notice.h"

#include <algorithm>

#include "sim/faults.h"

namespace meterbed {

Notice begin_notice(const Settings& settings, NoticeKind kind, Time now) {
    return {now + settings.user_processing, kind, false};
}

void request_sent(Notice& notice) { notice.wakes = Time::max(); }

void confirmed(Notice& notice) {
    notice.confirmed = true;
    notice.wakes = Time::max();
}

void not_confirmed(Notice& notice, const Settings& settings, Time now) {
    if (notice.confirmed || has_fault(settings, broken::tells_once)) return;
    notice.wakes = now + settings.notice_resend_interval;
}

NoticeRules::NoticeRules(const Settings& settings, const Streams& streams)
    : price_after_(settings.price_change_after),
      mode_after_(settings.mode_change_after),
      mode_share_(settings.mode_change_share),
      draws_(streams.of("mode changes")) {}

Time NoticeRules::decided(NoticeKind kind, std::int32_t home, Time from) const {
    const Duration after = kind == NoticeKind::price ? price_after_ : mode_after_;
    if (after == Duration{}) return Time::max();
    const bool concerned =
        kind == NoticeKind::price || draws_.uniform(static_cast<std::uint64_t>(home), 0) < mode_share_;
    return concerned ? from + after : Time::max();
}

Time NoticeRules::next_decision(std::int32_t home, Time from, Time last) const {
    Time next = Time::max();
    for (const NoticeKind kind : {NoticeKind::price, NoticeKind::credit_mode})
        if (const Time at = decided(kind, home, from); at > last) next = std::min(next, at);
    return next;
}

}  // namespace meterbed
