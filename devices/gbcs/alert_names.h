// Names of alert and event codes (GBCS 16).
#pragma once

#include <cstdint>
#include <string_view>

namespace meterbed::gbcs {

/// "Unauthorised Communication Access attempted"; empty when nobody knows the code.
std::string_view alert_name(std::uint16_t code);

}  // namespace meterbed::gbcs
