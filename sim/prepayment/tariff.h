// What the supplier configures on every prepayment meter of a population.
#pragma once

#include <cstdint>

#include "devices/prepayment/plan.h"
#include "devices/top_up.h"
#include "pki/time.h"
#include "sim/settings.h"

namespace meterbed {

/// One price at all times, the standing charge, thresholds, friendly hours (by UTC, as meters count) from the
/// year of the start on.
prepayment::Plan prepayment_plan(const PrepaymentSettings& settings, Time start);
/// What SRV 1.2.1 tells: 16 bits and a power of ten of GBP each, so that five digits may be rounded to four.
struct ToldPrice {
    std::int16_t amount = 0;
    std::int8_t scale = -5;
    std::int64_t units() const;  ///< 10^-5 GBP
};
struct ToldPrices {
    ToldPrice unit;      ///< of a kWh
    ToldPrice standing;  ///< a day
};
ToldPrices told_prices(const PrepaymentSettings& settings);
/// The plan of a meter that has taken the new price: the standing charge stays, as far as it can be told.
prepayment::Plan plan_after_change(const PrepaymentSettings& settings, const prepayment::Plan& before);
/// How every prepayment meter takes codes; the faults of sim/faults.h that lie there included.
TopUpRules top_up_rules(const Settings& settings);

}  // namespace meterbed
