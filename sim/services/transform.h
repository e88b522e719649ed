// From a Service Request to the GBCS command it stands for: what the DCC's Transform does, and what a user
// compares it with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "devices/gbcs/message.h"
#include "sim/network/directory.h"
#include "sim/services/service_request.h"

namespace meterbed {

/// Who the command comes from and under which counter. Ordinary requests: the user and its counter. Requests
/// that the DCC carries out in its own name (6.21, 6.24.1): the ACB and its own counter.
struct CommandIdentity {
    Eui64 originator;
    std::uint64_t counter = 0;
};

/// Whether the DCC makes this command in its own name.
bool made_by_dcc(const Service& service);

/// The command without signature and MAC; nothing when this service has no command for this type of device.
std::optional<gbcs::Message> transform(const ServiceRequest& request, DeviceType device,
                                       CommandIdentity identity);

/// What is wrong with the request's DUIS body for this type of device, one mistake a line; empty when nothing
/// is.
std::string mistakes_of(const ServiceRequest& request, DeviceType device);

/// CS02b anyExceptAbnormalRootByRecovery with the same replacements (recovery methods 2 and 3).
gbcs::Message recovery_command(const ServiceRequest& request, CommandIdentity recovery);

/// SRVs that can be requested without a DUIS body, for the catalogue.
bool has_transform(std::string_view srv);

}  // namespace meterbed
