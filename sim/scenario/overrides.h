// `--set`: changes to the document before it is checked, so that they are checked like everything else.
#pragma once

#include <vector>

#include "sim/scenario/yaml_reader.h"

namespace meterbed::scenario {

/// Applies overrides in order. A dotted path names a place ("population.street.premises", "timeline[2].over",
/// "timeline.renewal.over" by label); a setting's name alone changes the common settings, so that a variant
/// which states its own value keeps it. Mistakes are filed under "--set".
void apply_overrides(Node& document, const std::vector<Override>& overrides, Problems& problems);

}  // namespace meterbed::scenario
