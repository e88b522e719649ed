// Consumption as a table gives it.
#include "sim/scenario/parts.h"

namespace meterbed::scenario {

std::shared_ptr<const Profiles> read_profiles(const Node& file, const Scenario&, Reading& reading) {
    reading.problems.add(file, "tables of consumption are not read yet");
    return nullptr;
}

}  // namespace meterbed::scenario
