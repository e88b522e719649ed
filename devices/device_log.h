// Who a device is joined with, and the firmware it runs and holds (GBCS 11, 13).
#pragma once

#include <optional>
#include <vector>

#include "devices/context.h"
#include "devices/gbcs/asn1_payloads.h"

namespace meterbed {

/// The Device Log: devices this one may talk to. How many there is room for is ASSUMPTION.
struct JoinedDevices {
    std::vector<gbcs::DeviceLogEntry> entries;
    std::size_t capacity = 16;
};

struct FirmwareImage {
    gbcs::ImageHash hash{};
    gbcs::FirmwareVersion version{};
};

struct PendingActivation {
    std::uint64_t tag = 0;
    TimerId timer = 0;
    Eui64 originator;  ///< who is told the result
    gbcs::ActivateFirmware command;
};

struct Firmware {
    gbcs::FirmwareVersion running{0x00, 0x00, 0x00, 0x01};
    std::optional<FirmwareImage> image;  ///< received, verified, waits to be activated
    std::optional<PendingActivation> pending;
};

}  // namespace meterbed
