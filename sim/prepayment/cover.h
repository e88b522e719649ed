// Whether the WAN reaches the hub of a home, and the hub its meter: five fates, drawn by home.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "pki/draws.h"
#include "pki/time.h"
#include "sim/prepayment/settings.h"
#include "sim/streams.h"

namespace meterbed {

enum class HomeFault : std::uint8_t { none, never_wan, lost_wan, intermittent_wan, han };
inline constexpr std::array<std::string_view, 5> kHomeFaultNames{"none", "never had WAN", "lost WAN",
                                                                 "intermittent WAN", "HAN fault"};
namespace reasons {
constexpr std::string_view no_wan_at_home = "no WAN at home";
constexpr std::string_view han_fault = "HAN fault";
}  // namespace reasons

/// The fate of one home. The draws of a home are the same for all shares, and the homes without WAN of a
/// smaller share are among those of a larger one.
struct WanCover {
    HomeFault fault = HomeFault::none;
    Time down_from = Time::max();   ///< never_wan: the installation, before the run; lost_wan: the loss
    Time down_until = Time::max();  ///< when coverage, or the HAN, is repaired
    // intermittent: the interval that was looked at last
    std::uint32_t interval = 0;  ///< even: up; odd: down
    Time interval_ends{};
};

/// Whether the hub and its meter do not reach each other at this time.
bool han_is_cut(const WanCover& cover, Time at);
/// By an engineer in the home; false when there is nothing to repair.
bool repair_han(WanCover& cover, Time now);

/// A meter that goes to credit mode when its hub had no WAN for `credit_fallback_after`, and back when there
/// is WAN again; at whole seconds, as all that a ledger does.
struct CreditFallback {
    bool fallen = false;
    Time down_since = Time::max();  ///< without WAN since then
    Time changes = Time::max();     ///< of the cover, as last looked up
    Time looks = Time::max();       ///< when to look next; Time::max(): never
};

class CoverDraws {
  public:
    explicit CoverDraws(const Streams& streams);
    WanCover cover(const PrepaymentSettings& settings, std::int32_t home, Time start, Duration length) const;
    /// Whether the WAN reaches the hub now. Asked in the order of time; the answer does not depend on how
    /// often.
    bool reaches(WanCover& cover, const PrepaymentSettings& settings, std::int32_t home, Time now) const;
    /// When that changes next; Time::max() when it does not.
    Time next_change(WanCover& cover, const PrepaymentSettings& settings, std::int32_t home, Time now) const;

    /// At the start and at `looks`. Whether the mode changes now.
    bool look(CreditFallback& fallback, WanCover& cover, const PrepaymentSettings& settings,
              std::int32_t home, Time now) const;

  private:
    Draws draws_;
};

}  // namespace meterbed
