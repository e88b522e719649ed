// A lognormal of mean 1 as a table of equally likely values, for draws that a country makes by the million:
// no logarithm and no exponential each.
#pragma once

#include <cstdint>
#include <vector>

namespace meterbed {

class LognormalTable {
  public:
    /// `sigma` in ln units, at least 0; all values are 1 then.
    explicit LognormalTable(double sigma);

    /// Of 64 random bits.
    double at(std::uint64_t bits) const { return values_[bits >> kShift]; }

  private:
    static constexpr unsigned kBits = 10;  ///< 1024 values: 8 kB, which stay in the nearest cache
    static constexpr unsigned kShift = 64 - kBits;
    std::vector<double> values_;
};

}  // namespace meterbed
