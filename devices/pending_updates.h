// Future dated Update Security Credentials commands that a device keeps until their time (GBCS 9.2, 13).
#pragma once

#include <vector>

#include "devices/context.h"
#include "devices/gbcs/cs02.h"

namespace meterbed {

struct PendingUpdate {
    std::uint64_t tag = 0;  ///< of its timer
    TimerId timer = 0;
    Eui64 originator;  ///< who is told the result
    RemotePartyRole role{};
    gbcs::MessageCode code{};
    gbcs::UpdateSecurityCredentials update;
};

struct PendingUpdates {
    std::uint64_t last_tag = 0;
    std::vector<PendingUpdate> commands;  ///< at most one a role and message code: a newer one replaces it
};

}  // namespace meterbed
