// The billing calendar of a gas meter: a reading at the end of every period, told as an alert (GCS25, GCS53).
#pragma once

#include "devices/device.h"

namespace meterbed::gas {

/// End of the period that holds `now`, nothing when the calendar has no length.
std::optional<Seconds> next_period_end(const BillingPeriod& period, Seconds now);
/// Sets the timer for the end of the period, in place of an earlier one.
void await_billing(Device& device, Context& context);
/// Takes the reading, pushes it and waits for the next.
void end_billing_period(Device& device, Context& context);

}  // namespace meterbed::gas
