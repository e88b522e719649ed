#include "devices/event_log.h"

#include <algorithm>

namespace meterbed {

void EventLogs::write(Log log, LogEntry entry) {
    if (!rings_) rings_ = std::make_unique<std::array<Ring, 3>>();
    Ring& ring = (*rings_)[static_cast<std::size_t>(log)];
    if (ring.entries.size() < kCapacity)
        ring.entries.push_back(std::move(entry));
    else
        ring.entries[ring.next] = std::move(entry);
    ring.next = (ring.next + 1) % kCapacity;
}

void EventLogs::clear(Log log) {
    if (rings_) (*rings_)[static_cast<std::size_t>(log)] = {};
}

std::vector<LogEntry> EventLogs::read(Log log) const {
    if (!rings_) return {};
    const Ring& ring = (*rings_)[static_cast<std::size_t>(log)];
    std::vector<LogEntry> entries = ring.entries;
    if (entries.size() == kCapacity)
        std::rotate(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(ring.next), entries.end());
    return entries;
}

}  // namespace meterbed
