#include "devices/replay_counters.h"

namespace meterbed {
namespace {

template <typename Map>
std::uint64_t value_or(const Map& map, const typename Map::key_type& key, std::uint64_t otherwise) {
    const auto found = map.find(key);
    return found != map.end() ? found->second : otherwise;
}

}  // namespace

bool is_fresh(const ReplayCounters& counters, RemotePartyRole role, gbcs::MessageCode code, bool future_dated,
              std::uint64_t counter) {
    const std::uint64_t floor = value_or(counters.floors, role, 0);
    const std::uint64_t highest = future_dated ? value_or(counters.future_dated, {role, code}, floor)
                                               : value_or(counters.immediate, role, floor);
    return counter > highest && counter <= kMaximumCounter;
}

void accept(ReplayCounters& counters, RemotePartyRole role, gbcs::MessageCode code, bool future_dated,
            std::uint64_t counter) {
    if (future_dated)
        counters.future_dated[{role, code}] = counter;
    else
        counters.immediate[role] = counter;
}

void set_floor(ReplayCounters& counters, RemotePartyRole role, std::uint64_t floor) {
    counters.immediate[role] = floor;
    counters.floors[role] = floor;
    std::erase_if(counters.future_dated, [role](const auto& entry) { return entry.first.first == role; });
}

std::uint64_t current(const ReplayCounters& counters, RemotePartyRole role) {
    return value_or(counters.immediate, role, value_or(counters.floors, role, 0));
}

}  // namespace meterbed
