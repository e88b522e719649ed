#include "tests/places.h"

namespace meterbed::testing {

std::filesystem::path source_dir() { return METERBED_SOURCE_DIR; }
std::filesystem::path shared_dir() { return source_dir() / "../shared"; }

}  // namespace meterbed::testing
