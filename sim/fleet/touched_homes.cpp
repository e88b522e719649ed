#include "sim/fleet/touched_homes.h"

#include <algorithm>
#include <string>

#include "sim/errors.h"

namespace meterbed::fleet {

TouchedHomes::TouchedHomes(const PowerCuts& cuts) {
    rows_.reserve(cuts.size());
    for (const PowerCut& cut : cuts) {
        if (cut.homes.size() > 0) rows_.push_back({cut.homes, 0});
    }
    std::sort(rows_.begin(), rows_.end(),
              [](const Row& a, const Row& b) { return a.homes.first < b.homes.first; });
    std::size_t kept = 0;
    for (const Row& row : rows_) {
        if (kept > 0 && row.homes.first <= rows_[kept - 1].homes.end) {
            rows_[kept - 1].homes.end = std::max(rows_[kept - 1].homes.end, row.homes.end);
        } else {
            rows_[kept++] = row;
        }
    }
    rows_.resize(kept);
    rows_.shrink_to_fit();
    for (Row& row : rows_) {
        row.rank = size_;
        size_ += static_cast<std::uint32_t>(row.homes.size());
    }
}

const TouchedHomes::Row* TouchedHomes::find(std::int32_t home) const {
    auto after = std::upper_bound(rows_.begin(), rows_.end(), home, [](std::int32_t number, const Row& row) {
        return number < row.homes.first;
    });
    if (after == rows_.begin()) return nullptr;
    const Row& row = *--after;
    return row.homes.has(home) ? &row : nullptr;
}

bool TouchedHomes::has(std::int32_t home) const { return find(home) != nullptr; }

std::uint32_t TouchedHomes::rank(std::int32_t home) const {
    const Row* row = find(home);
    if (row == nullptr) throw SimulationError("no cut reaches home " + std::to_string(home));
    return row->rank + static_cast<std::uint32_t>(home - row->homes.first);
}

}  // namespace meterbed::fleet
