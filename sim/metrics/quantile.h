// A quantile by rank.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace meterbed {

/// The value that this share of all lies at or below; sorts a part of the values. Nothing when there are
/// none.
inline std::optional<double> quantile(std::vector<double>& values, double share) {
    if (values.empty()) return std::nullopt;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace meterbed
