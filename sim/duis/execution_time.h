// When a future-datable command is to take effect.
#pragma once

#include "sim/duis/reading.h"

namespace meterbed::duis {

struct ExecutionTime {
    enum class Kind : std::uint8_t { now, cancel, at };
    Kind kind = Kind::now;
    Time time{};  ///< with Kind::at
};

/// ExecutionDateTime of a body: absent means now; 3000-12-31T00:00:00Z cancels what is stored (DUIS 2.6.2, as
/// the public requests write it).
ExecutionTime execution_time(const Reading& body);

}  // namespace meterbed::duis
