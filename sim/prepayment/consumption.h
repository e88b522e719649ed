// What a customer uses: a load in W that changes at half-hours, by season, day of the week and customer.
// Drawn, or read from a table of half-hours.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pki/draws.h"
#include "pki/time.h"
#include "sim/prepayment/lognormal.h"
#include "sim/prepayment/settings.h"
#include "sim/streams.h"

namespace meterbed {

/// Half-hours of days by the clock on the wall: 48, in spring once 46 and in autumn once 50. In W.
struct ProfileDay {
    std::vector<std::uint32_t> watts;
};
/// Of one kind of customer, day after day without a gap.
struct Profile {
    std::string name;
    std::int64_t first_day = 0;  ///< days since 1970, of the clock on the wall
    std::vector<ProfileDay> days;
};
using Profiles = std::vector<Profile>;

/// From a time on, this load, until another.
struct Load {
    std::uint32_t watts = 0;
    Time until;  ///< after the time that was asked for; a whole second
};

class Consumption {
  public:
    /// `profiles`: null for the built-in shape (weekdays and weekends, months; ASSUMPTION). Each customer has
    /// one of them, drawn evenly.
    Consumption(const PrepaymentSettings& settings, const Streams& streams,
                std::shared_ptr<const Profiles> profiles = nullptr);

    /// A function of home and time only. Outside the days of a profile SimulationError: the loader checked
    /// that.
    Load at(std::int32_t home, Time now) const;
    /// Mean spend of this customer relative to all; 1 with profiles.
    double scale(std::int32_t home) const;

  private:
    double mean_watts_;  ///< over customers, and over a year
    LognormalTable customers_, days_;
    Draws draws_;
    std::shared_ptr<const Profiles> profiles_;
};

}  // namespace meterbed
