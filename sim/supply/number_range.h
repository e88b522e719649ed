// Numbers in a row: homes, feeders, primaries, cells.
#pragma once

#include <cstdint>

namespace meterbed {

struct NumberRange {
    std::int32_t first = 0;
    std::int32_t end = 0;  ///< one past the last

    std::int32_t size() const { return end - first; }
    bool has(std::int32_t number) const { return number >= first && number < end; }
    bool operator==(const NumberRange&) const = default;
};

}  // namespace meterbed
