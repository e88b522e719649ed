#include "sim/duis/dlms_values.h"

namespace meterbed::duis::axdr {

Value activation(const ExecutionTime& at) {
    if (at.kind == ExecutionTime::Kind::at) return date_time_value(at.time);
    const std::uint8_t filler = at.kind == ExecutionTime::Kind::cancel ? 0xFF : 0x00;
    Bytes marker(9, filler);
    marker.insert(marker.end(), {0x80, 0x00, 0xFF});
    return octets(std::move(marker));
}

}  // namespace meterbed::duis::axdr
