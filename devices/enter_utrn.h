// A device takes a UTRN: over the WAN, at its keypad or from a PPMID.
#pragma once

#include "devices/device.h"
#include "devices/utrn.h"

namespace meterbed {

enum class UtrnOrigin : std::uint8_t { remote, local };

struct UtrnOutcome {
    std::string_view refusal;   ///< one of `refusals`; empty when the credit was added
    std::uint16_t event = 0;    ///< logged with it, 0 when none was
    std::int64_t credit = 0;    ///< 10^-5 GBP, of an accepted code
    std::int64_t balance = 0;   ///< Meter Balance afterwards
    std::uint64_t counter = 0;  ///< UTRN counter deduced, 0 when it came to none

    bool accepted() const { return refusal.empty(); }
};

/// Judges the code by the rules of `top_up_refusals` in their order; credit, cache, events and alerts follow.
UtrnOutcome enter_utrn(Device& device, std::string_view code, UtrnOrigin origin, Context& context);

/// The account as the device's objects hold it.
CreditAccount credit_account(const Device& device);

}  // namespace meterbed
