// The repair routes by name, for the vocabulary.
#pragma once

#include <string_view>
#include <vector>

#include "sim/errors.h"

namespace meterbed {

struct NamedMeaning {
    std::string_view name;
    std::string_view meaning;
};

std::vector<NamedMeaning> repair_routes();

}  // namespace meterbed
