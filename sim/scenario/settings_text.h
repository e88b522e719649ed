// Settings from words, for a world that is not made from a scenario file.
#pragma once

#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

struct SettingsRead {
    Settings settings;
    std::vector<Problem> problems;
};

/// Each override is the name of a setting and its value as a scenario would write it.
SettingsRead read_settings_text(const std::vector<Override>& words, const Vocabulary& vocabulary);

}  // namespace meterbed::scenario
