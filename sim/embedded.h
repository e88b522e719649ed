// The tables of scenarios/ that are built into the program (sim/CMakeLists.txt, cmake/EmbedText.cmake).
#pragma once

#include <string_view>

namespace meterbed {

/// scenarios/figures.csv: name, value, unit, source, confidence.
std::string_view figures_csv();
/// scenarios/service_requests.csv: one row a Service Request Variant.
std::string_view service_requests_csv();

}  // namespace meterbed
