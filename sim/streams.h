// Random streams of one world: (seed, run, name). The same name gives the same stream in every variant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pki/random.h"

namespace meterbed {

struct Streams {
    std::uint64_t seed = 0;
    std::uint64_t run = 0;
    Random of(std::string_view name) const {
        return Random(seed, std::to_string(run) + "/" + std::string(name));
    }
};

}  // namespace meterbed
