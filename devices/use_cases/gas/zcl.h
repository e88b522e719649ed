// Words of the ZCL frames that GBZ use cases are made of (ZigBee Cluster Library 2.4, GBCS 10).
#pragma once

#include <cstdint>

namespace meterbed::gas::zcl {

constexpr std::uint8_t read_attributes = 0x00, read_response = 0x01, default_response = 0x0B;
/// Names no command: what a frame after a failed one is answered for (RTDS, GCS60).
constexpr std::uint8_t no_command = 0xFF;

namespace status {
constexpr std::uint8_t success = 0x00, failure = 0x01, not_authorised = 0x7E, malformed = 0x80,
                       unsupported_command = 0x81, invalid_field = 0x85, not_found = 0x8B,
                       hardware_failure = 0xC0;
}

/// Bits of the frame control.
namespace frame {
constexpr std::uint8_t cluster_specific = 0x01, to_client = 0x08, no_default_response = 0x10;
}

}  // namespace meterbed::gas::zcl
