// Random streams: a stream is a pure function of (seed, name, counter), so that no order of use elsewhere
// changes it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace meterbed {

class Random {
  public:
    Random(std::uint64_t seed, std::string_view name);

    std::uint64_t next();
    /// Uniform in [0, 1).
    double uniform();
    /// Uniform in [0, bound); bound must be positive.
    std::uint64_t below(std::uint64_t bound);
    bool chance(double probability);
    /// Standard normal (Box-Muller, two draws).
    double normal();
    void fill(std::span<std::uint8_t> out);
    /// A stream of its own for one named thing; does not advance this one.
    Random child(std::string_view name) const;

  private:
    std::uint64_t key_;
    std::uint64_t counter_ = 0;
};

}  // namespace meterbed
