#pragma once

#include <cstdint>

#include "pki/time.h"

namespace meterbed {

/// One attempt of a hub to report a loss of mains.
struct OutageAttempt {
    std::int32_t home = -1;
    std::uint16_t loss = 0;    ///< counts the losses of this hub, from 1
    std::uint8_t attempt = 0;  ///< from 1
    Time started;              ///< when mains was lost
    Time store_ends;           ///< the hub gives up then
};

}  // namespace meterbed
