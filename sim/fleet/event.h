// One event of a fleet: sixteen bytes, for tens of millions of them wait at the same time.
// Handed on by value: in two registers, where a copy through memory would wait for its own store.
#pragma once

#include <cstdint>

namespace meterbed::fleet {

struct Event {
    std::uint64_t time_us = 0;  ///< microseconds on the clock of the model that owns the calendar
    std::uint32_t entity = 0;   ///< row of the columns it concerns
    std::uint32_t what = 0;     ///< the model's own word: a kind, and what fits beside it
    bool operator==(const Event&) const = default;
};
static_assert(sizeof(Event) == 16);

/// Ties in time break on entity, then on what: so the order depends on neither pushing nor slicing.
inline bool before(const Event& a, const Event& b) {
    const auto tie = [](const Event& e) { return std::uint64_t{e.entity} << 32 | e.what; };
    return a.time_us != b.time_us ? a.time_us < b.time_us : tie(a) < tie(b);
}
struct Earlier {
    bool operator()(const Event& a, const Event& b) const { return before(a, b); }
};
struct Later {
    bool operator()(const Event& a, const Event& b) const { return before(b, a); }
};

}  // namespace meterbed::fleet
