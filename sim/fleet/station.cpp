#include "sim/fleet/station.h"

#include "sim/errors.h"

namespace meterbed::fleet {

FleetStation::FleetStation(std::string name, Kernel& kernel, FleetModel& model, Duration slice)
    : name_(std::move(name)),
      kernel_(kernel),
      model_(model),
      start_(kernel.now()),
      slice_(slice),
      id_(kernel.add(*this)) {
    if (slice <= Duration::zero())
        throw BadRequest("the slice of " + name_ + " is " + std::to_string(slice.count()) +
                         " us; it must be positive");
    plan();
}

void FleetStation::handle(Parcel parcel, Time now) {
    if (const auto* alarm = std::get_if<Alarm>(&parcel)) {
        if (alarm->a != alarm_number_) return;
        alarm_.reset();
        model_.run_until(now, *this);
    } else {
        model_.run_until(now, *this);
        model_.receive(std::move(parcel), now, *this);
    }
    plan();
}

void FleetStation::post(StationId to, Time at, Parcel parcel) {
    if (at < kernel_.now()) {
        throw SimulationError(name_ + " posts for " + to_text(at) + " at " + to_text(kernel_.now()) +
                              ": its slice of " + std::to_string(slice_.count()) +
                              " us is longer than its shortest delay");
    }
    kernel_.post(id_, to, at, std::move(parcel));
}

void FleetStation::catch_up(Time now) {
    model_.run_until(now, *this);
    plan();
}

void FleetStation::plan() {
    const std::optional<Time> next = model_.next();
    if (!next) return;
    const auto slices = (*next - start_ + slice_ - Duration{1}) / slice_;
    const Time end = start_ + slices * slice_;
    if (alarm_ && *alarm_ <= end) return;
    alarm_ = end;
    kernel_.post(id_, id_, end, Alarm{0, ++alarm_number_, 0});
}

}  // namespace meterbed::fleet
