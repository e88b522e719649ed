// Alert storm protection of the DCC (SECMP0062): of one alert of one device, copies above a threshold within
// a window are dropped, and one a period is passed on.
#pragma once

#include <cstdint>

#include "pki/time.h"

namespace meterbed {

struct AlertStormRules {
    int threshold = 10;  ///< copies within a window that are all passed on
    Duration window{};
};

/// Of one alert code of one device.
struct AlertCount {
    Time window_began;
    int copies = 0;
};

/// Whether this copy is passed on: the first `threshold` of a window are, and then nothing until the next
/// one.
inline bool passes(AlertCount& count, Time at, const AlertStormRules& rules) {
    if (count.copies == 0 || at >= count.window_began + rules.window) count = {at, 0};
    return ++count.copies <= rules.threshold;
}

}  // namespace meterbed
