// What a supplier tells prepayment meters besides top-ups, and repeats until the meter confirms it: another
// price (SRV 1.2.1), credit mode (SRV 1.6). A value; the users' desk of a bench and the columns of a fleet
// ask it the same things.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "pki/draws.h"
#include "pki/time.h"
#include "sim/settings.h"
#include "sim/streams.h"

namespace meterbed {

enum class NoticeKind : std::uint8_t { price, credit_mode };
inline constexpr std::size_t kNoticeKinds = 2;
inline constexpr std::array<std::string_view, kNoticeKinds> kNoticeNames{"price", "mode"};
inline constexpr std::array<std::string_view, kNoticeKinds> kNoticeServices{"1.2.1", "1.6"};

/// One notice for one meter, at its supplier.
struct Notice {
    Time wakes = Time::max();  ///< when the next request goes
    NoticeKind kind = NoticeKind::price;
    bool confirmed = false;
};

/// It reaches the desk now; the first request goes `user_processing` later.
Notice begin_notice(const Settings& settings, NoticeKind kind, Time now);
/// At `wakes`: a request is sent, and the next waits for what becomes of it.
void request_sent(Notice& notice);
/// The meter answered, and reports no failure.
void confirmed(Notice& notice);
/// E20, E21, or an answer that reports a failure: the supplier asks again, however often.
void not_confirmed(Notice& notice, const Settings& settings, Time now);

class NoticeRules {
  public:
    NoticeRules(const Settings& settings, const Streams& streams);

    /// When this is decided for a home whose prepayment began at `from`: by the supplier for all its meters,
    /// or by the customer; Time::max() for never. The customers of a smaller share are among those of a
    /// larger one. The desk knows of it kToDesk later (vend.h).
    Time decided(NoticeKind kind, std::int32_t home, Time from) const;
    /// The first decision for a home after `last`.
    Time next_decision(std::int32_t home, Time from, Time last) const;

  private:
    Duration price_after_, mode_after_;
    double mode_share_;
    Draws draws_;
};

}  // namespace meterbed
