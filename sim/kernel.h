// The only clock. Stations share nothing: they hand each other parcels that take at least a microsecond.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pki/time.h"
#include "sim/network/parcels.h"

namespace meterbed {

using StationId = std::uint16_t;

/// A place that reacts to parcels: the users' desk, the DCC, an S1SP, a region's WAN, a region's homes.
class Station {
  public:
    virtual ~Station() = default;
    virtual std::string_view name() const = 0;
    virtual void handle(Parcel parcel, Time now) = 0;
};

/// A parcel on its way. Parcels that reach a station at the same time are handled in the order (from,
/// sequence), where `sequence` counts what the sender sent: so the order depends on neither kernel nor
/// slicing.
struct Event {
    Time at;
    StationId to = 0;
    StationId from = 0;
    std::uint64_t sequence = 0;
    Parcel parcel;
};

/// Heap order of one station's events: the earliest on top.
struct Later {
    bool operator()(const Event& a, const Event& b) const {
        if (a.at != b.at) return a.at > b.at;
        if (a.to != b.to) return a.to > b.to;
        if (a.from != b.from) return a.from > b.from;
        return a.sequence > b.sequence;
    }
};

class Kernel {
  public:
    virtual ~Kernel() = default;

    /// All stations are added before the first `run_until`.
    virtual StationId add(Station& station) = 0;
    virtual Time now() const = 0;
    /// Delivers at `at`, but not before the next microsecond.
    virtual void post(StationId from, StationId to, Time at, Parcel parcel) = 0;
    /// When the next parcel is due; nothing when none is on its way. Also while a parcel is handled.
    virtual std::optional<Time> next_event() const = 0;
    /// Handles every parcel due up to and including `until`, then stands at `until`.
    virtual void run_until(Time until) = 0;
    /// Where the run at work, or else the last one, ends.
    virtual Time until() const = 0;
};

/// A heap, about a hundred lines: fast unit tests, and an oracle for the SystemC kernel.
std::unique_ptr<Kernel> make_plain_kernel(Time start);

}  // namespace meterbed
