// A fleet as one station: it wakes once a slice and lets its model handle everything that fell due.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/kernel.h"

namespace meterbed::fleet {

class FleetStation;

/// What a fleet does. Called once a slice, not once an event: inside it drains its own Calendar.
class FleetModel {
  public:
    virtual ~FleetModel() = default;
    /// When its earliest event is due; nothing when none waits.
    virtual std::optional<Time> next() const = 0;
    /// Handles every event due up to and including `until`. Parcels leave through `station.post`, in the
    /// order of the events, so that the slices do not show.
    virtual void run_until(Time until, FleetStation& station) = 0;
    /// A parcel from another station, after the events due up to and including `now`.
    virtual void receive(Parcel parcel, Time now, FleetStation& station) = 0;
};

/// Slices lie on multiples of `slice` after the start, so parcels that a model posts arrive no earlier than
/// the end of the slice: `slice` is at most the shortest delay of what leaves the fleet. Stretches without
/// events are passed over. As long as no parcel at all is due, slice follows slice without the kernel.
class FleetStation final : public Station {
  public:
    /// Throws BadRequest when the slice is not a positive time.
    FleetStation(std::string name, Kernel& kernel, FleetModel& model, Duration slice);

    std::string_view name() const override { return name_; }
    void handle(Parcel parcel, Time now) override;

    /// For a model, while it runs. SimulationError when `at` lies before the end of the slice: then that is
    /// longer than the shortest delay.
    void post(StationId to, Time at, Parcel parcel);

    /// Between runs of the kernel: handles what is due since the last slice, and plans the next when
    /// something was added to the model from outside.
    void catch_up(Time now);

  private:
    void work(Time until);
    void work_ahead();
    std::optional<Time> next_slice_end() const;
    void plan();

    std::string name_;
    Kernel& kernel_;
    FleetModel& model_;
    Time start_;
    Time present_;      ///< up to where the model has run or is running; may be ahead of the kernel
    Time quiet_until_;  ///< while it works ahead: until then no parcel is due
    Duration slice_;
    StationId id_;
    std::optional<Time> alarm_;       ///< when the next slice ends, if one is planned
    std::uint64_t alarm_number_ = 0;  ///< of that; an older alarm was overtaken
};

}  // namespace meterbed::fleet
