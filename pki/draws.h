// Random numbers as a function of (key, entity, counter): no state, so that neither the order of use, nor the
// slicing of time, nor the number of workers changes a draw.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

#include "pki/random.h"

namespace meterbed {

class Draws {
  public:
    /// The stream gives the key and is not needed any more.
    explicit Draws(Random stream) : key_(stream.next()) {}

    std::uint64_t bits(std::uint64_t entity, std::uint64_t counter) const {
        return mix(mix(key_ + 0x9E3779B97F4A7C15ULL * (entity + 1)) ^
                   (0xD1B54A32D192ED03ULL * (counter + 1)));
    }
    /// Uniform in [0, 1).
    double uniform(std::uint64_t entity, std::uint64_t counter) const {
        return static_cast<double>(bits(entity, counter) >> 11) * 0x1.0p-53;
    }
    /// Standard normal (Box-Muller). Takes the draws 2 * counter and 2 * counter + 1.
    double normal(std::uint64_t entity, std::uint64_t counter) const {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform(entity, 2 * counter)));
        return radius * std::cos(2.0 * std::numbers::pi * uniform(entity, 2 * counter + 1));
    }

  private:
    /// Finaliser of SplitMix64, as in random.cpp.
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t key_;
};

}  // namespace meterbed
