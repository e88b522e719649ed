// A share, counted.
#pragma once

#include <optional>

namespace meterbed {

struct Share {
    double n = 0, of = 0;
    void count(bool yes) { ++of, n += yes ? 1 : 0; }
    std::optional<double> value() const { return of == 0 ? std::nullopt : std::optional(n / of); }
};

}  // namespace meterbed
