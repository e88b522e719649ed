// What the supplier configures on every prepayment meter of a population.
#pragma once

#include "devices/prepayment/plan.h"
#include "devices/top_up.h"
#include "pki/time.h"
#include "sim/settings.h"

namespace meterbed {

/// One price at all times, the standing charge, the thresholds that meters are made with, friendly hours
/// (by UTC, as meters count) from the year of the start on.
prepayment::Plan prepayment_plan(const PrepaymentSettings& settings, Time start);
/// How every prepayment meter takes codes; the faults of sim/faults.h that lie there included.
TopUpRules top_up_rules(const Settings& settings);

}  // namespace meterbed
