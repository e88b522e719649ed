// The homes that a story touches, numbered without gaps: only they need a state of their own.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/supply/power_cut.h"

namespace meterbed::fleet {

class TouchedHomes {
  public:
    explicit TouchedHomes(const PowerCuts& cuts);

    std::uint32_t size() const { return size_; }
    /// Whether any cut of the story reaches the home.
    bool has(std::int32_t home) const;
    /// Place of a touched home among them; those of one cut follow each other.
    std::uint32_t rank(std::int32_t home) const;

    /// `see(home)` for each, in order.
    template <typename See>
    void each(See&& see) const {
        for (const Row& row : rows_) {
            for (std::int32_t home = row.homes.first; home < row.homes.end; ++home) see(home);
        }
    }

  private:
    /// Homes in a row, apart from all others.
    struct Row {
        NumberRange homes;
        std::uint32_t rank = 0;  ///< of the first
    };
    const Row* find(std::int32_t home) const;

    std::vector<Row> rows_;
    std::uint32_t size_ = 0;
};

}  // namespace meterbed::fleet
