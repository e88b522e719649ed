// A home of a fleet in the middle of the story, for full devices to carry on from.
#include <algorithm>

#include "sim/errors.h"
#include "sim/fleet/outage_state.h"

namespace meterbed::fleet {
namespace {

std::string name(std::int32_t home) { return "home " + std::to_string(home); }

/// What waits for the hub and the meter of one home.
class Waiting {
  public:
    Waiting(const HomeRow& row, std::uint32_t rank, Time start, Duration boot)
        : row_(row), rank_(rank), start_(start), boot_(boot) {}

    void see(const Event& event, HomeState& state) const {
        if (event.entity != rank_) return;
        const Time at = start_ + Duration{static_cast<std::int64_t>(event.time_us)};
        switch (kind_of(event)) {
            case Kind::heard:
                return heard(state.hub, state.hub.losses);
            case Kind::report:
                if (number_of(event) == row_.loss) state.reports.push_back(at);
                return;
            case Kind::meter_ready:
                return meter(MeterAlert::of(number_of(event)), at, state);
            case Kind::alert_at_hub:
            case Kind::report_at_cell:
            case Kind::alert_at_cell:
                throw BadRequest(name(row_.home) + " is sending at this moment; promote it a little later");
            default:
                return;  // it has left the home, and arrives in the fleet
        }
    }

  private:
    void meter(MeterAlert alert, Time ready, HomeState& state) const {
        if (!row_.starting || row_.restorations != alert.counter) return;
        state.starting = StartingMeter{{row_.restored_from, ready - boot_, alert.code}, ready};
    }

    const HomeRow& row_;
    std::uint32_t rank_;
    Time start_;
    Duration boot_;
};

}  // namespace

HomeState OutageModel::state_of(std::int32_t home) const {
    const State& inside = *state_;
    if (!inside.part.network.homes.has(home))
        throw BadRequest(name(home) + " is not in this part of the country");
    HomeState state;
    state.hub = full(inside.rules);
    const Site& site = inside.part.network.site(home);
    state.cell = inside.cells[site.cell];
    if (!inside.touched.has(home)) return state;
    std::copy_if(inside.jobs.begin(), inside.jobs.end(), std::back_inserter(state.jobs),
                 [&](const FirmwareJob& job) { return job.home == home; });
    const std::uint32_t rank = inside.touched.rank(home);
    const HomeRow& row = inside.rows[rank];
    state.hub = row.hub;
    state.cuts = row.depth;
    state.first_cut = inside.part.story.cuts[row.cut];
    state.clock = row.clock;
    state.counter = row.alerts;
    state.messages = row.passages;
    const Waiting waiting(row, rank, inside.start, inside.settings.meter_boot);
    inside.calendar.each([&](const Event& event) { waiting.see(event, state); });
    for (std::uint32_t i = 0; i < inside.part.story.cuts.size(); ++i) {
        const PowerCut& cut = inside.part.story.cuts[i];
        if (!cut.homes.has(home)) continue;
        if (inside.is_to_come({cut.start, i, false})) {
            state.to_come.push_back(cut);
        } else if (cut.end != kForever && inside.is_to_come({cut.end, i, true})) {
            state.lasting.push_back(cut);
        }
    }
    return state;
}

HomeParties OutageModel::parties_of(std::int32_t home) const { return state_->part.parties(home); }

}  // namespace meterbed::fleet
