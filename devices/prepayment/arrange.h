// What a supplier arranges for a prepayment meter when it is installed, put into the objects of an ESME as if
// SRVs 1.1.1, 1.2.1, 1.5, 1.6 and 2.1 had written it.
#pragma once

#include "devices/device.h"
#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

/// From now on the account of the device says what the plan says. One week that holds all year, times in UTC:
/// what one schedule of an ESME can say; time-of-use prices only.
void arrange(Device& esme, const Plan& plan, Mode mode, std::int64_t balance);
/// SRV 1.6. To be called between two `settle`s on a meter that meters.
void arrange_mode(Device& esme, Mode mode);

}  // namespace meterbed::prepayment
