// figures.csv as the loader uses it: `$name`.
#pragma once

#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

/// All rows of scenarios/figures.csv, `used_at` empty.
const std::vector<Figure>& all_figures();
/// Null when there is no such figure.
const Figure* find_figure(std::string_view name);

}  // namespace meterbed::scenario
