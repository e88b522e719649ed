// Anti-replay: the highest originator counter accepted per remote party role (GBCS 9.2), as a value.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "devices/gbcs/message.h"
#include "pki/roles.h"

namespace meterbed {

/// Immediate commands count per role, future dated ones per role and message code, so that a stored command
/// can be replaced and is not blocked by immediate ones (GBCS 9.2, details K).
struct ReplayCounters {
    std::map<RemotePartyRole, std::uint64_t> immediate;
    std::map<std::pair<RemotePartyRole, gbcs::MessageCode>, std::uint64_t> future_dated;
    std::map<RemotePartyRole, std::uint64_t>
        floors;  ///< set by CS02b, below which no counter of either kind counts
};

/// SeqNumber ::= INTEGER (0..9223372036854775807) (GBCS 13): larger counters do not occur.
constexpr std::uint64_t kMaximumCounter = 0x7FFF'FFFF'FFFF'FFFF;

/// Whether a command with this counter is newer than every one accepted before.
bool is_fresh(const ReplayCounters& counters, RemotePartyRole role, gbcs::MessageCode code, bool future_dated,
              std::uint64_t counter);
void accept(ReplayCounters& counters, RemotePartyRole role, gbcs::MessageCode code, bool future_dated,
            std::uint64_t counter);
/// CS02b floors replace the stored counters of a role.
void set_floor(ReplayCounters& counters, RemotePartyRole role, std::uint64_t floor);
std::uint64_t current(const ReplayCounters& counters, RemotePartyRole role);

}  // namespace meterbed
