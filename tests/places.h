// Where tests find the files of the checkout, and the reference data beside it. Only places.cpp knows the
// path, so that a compiler cache serves every checkout.
#pragma once

#include <filesystem>

namespace meterbed::testing {

std::filesystem::path source_dir();
std::filesystem::path shared_dir();  ///< may not exist: then tests of reference data skip

}  // namespace meterbed::testing
