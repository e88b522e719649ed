// Alert storm protection of the DCC (SECMP0062): of one alert of one device, copies above a threshold within
// a window are dropped, and one a period is passed on.
#pragma once

#include <cstdint>

#include "pki/time.h"

namespace meterbed {

struct AlertStormRules {
    int threshold = 10;  ///< copies within a window that are all passed on
    Duration window{};
    int forwarded = 1;  ///< copies that are passed on a window once there were more
};

/// Of one alert code of one device.
struct AlertCount {
    Time window_began;
    int copies = 0;
    bool is_storm = false;  ///< the window before had more than the threshold
};

/// Whether this copy is passed on: the first `threshold` of a window are; in the windows that follow at once
/// upon one with more, the first `forwarded`.
inline bool passes(AlertCount& count, Time at, const AlertStormRules& rules) {
    if (count.copies == 0 || at >= count.window_began + rules.window) {
        const bool goes_on = count.copies > rules.threshold && at < count.window_began + 2 * rules.window;
        count = {at, 0, goes_on};
    }
    return ++count.copies <= (count.is_storm ? rules.forwarded : rules.threshold);
}

}  // namespace meterbed
