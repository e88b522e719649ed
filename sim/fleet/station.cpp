#include "sim/fleet/station.h"

#include <algorithm>

#include "sim/errors.h"

namespace meterbed::fleet {

FleetStation::FleetStation(std::string name, Kernel& kernel, FleetModel& model, Duration slice)
    : name_(std::move(name)),
      kernel_(kernel),
      model_(model),
      start_(kernel.now()),
      present_(kernel.now()),
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
        work(now);
        work_ahead();
    } else {
        work(now);
        model_.receive(std::move(parcel), now, *this);
    }
    plan();
}

void FleetStation::work(Time until) {
    present_ = until;
    model_.run_until(until, *this);
}

/// The slices in which nobody else does anything, so that nothing can reach the fleet before they end.
void FleetStation::work_ahead() {
    const std::optional<Time> parcel = kernel_.next_event();
    quiet_until_ = kernel_.until();
    if (parcel) quiet_until_ = std::min(quiet_until_, *parcel - Duration{1});
    for (auto end = next_slice_end(); end && *end <= quiet_until_; end = next_slice_end()) work(*end);
}

void FleetStation::post(StationId to, Time at, Parcel parcel) {
    if (at < present_) {
        throw SimulationError(name_ + " posts for " + to_text(at) + " in a slice that ends at " +
                              to_text(present_) + ": the slice of " + std::to_string(slice_.count()) +
                              " us is longer than its shortest delay");
    }
    quiet_until_ = std::min(quiet_until_, at - Duration{1});
    kernel_.post(id_, to, at, std::move(parcel));
}

void FleetStation::catch_up(Time now) {
    work(now);
    plan();
}

std::optional<Time> FleetStation::next_slice_end() const {
    const std::optional<Time> next = model_.next();
    if (!next) return std::nullopt;
    const auto slices = (*next - start_ + slice_ - Duration{1}) / slice_;
    return start_ + slices * slice_;
}

void FleetStation::plan() {
    const std::optional<Time> end = next_slice_end();
    if (!end || (alarm_ && *alarm_ <= *end)) return;
    alarm_ = *end;
    kernel_.post(id_, id_, *end, Alarm{0, ++alarm_number_, 0});
}

}  // namespace meterbed::fleet
