// The table of devices/gbcs/ that is built into the program as text (devices/CMakeLists.txt,
// cmake/EmbedText.cmake).
#pragma once

#include <string_view>

namespace meterbed {

/// devices/gbcs/dlms_elements.csv: objects of the DLMS use cases in wire order.
std::string_view dlms_elements_csv();

}  // namespace meterbed
