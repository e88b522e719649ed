#include "sim/fleet/outage_model.h"

#include <algorithm>
#include <tuple>

#include "sim/errors.h"
#include "sim/fleet/outage_state.h"

namespace meterbed::fleet {
namespace {

/// At equal times cuts come in the order of their numbers (`sim/network/outage_rules.h`).
std::vector<CutChange> changes_of(const PowerCuts& cuts) {
    std::vector<CutChange> out;
    out.reserve(2 * cuts.size());
    for (std::uint32_t i = 0; i < cuts.size(); ++i) {
        out.push_back({cuts[i].start, i, false});
        if (cuts[i].end != kForever) out.push_back({cuts[i].end, i, true});
    }
    std::sort(out.begin(), out.end());
    return out;
}

HomeRow first_row(std::int32_t home, const Part& part, const HubRules& rules) {
    const HomeParties parties = part.parties(home);
    HomeRow row;
    row.hub = full(rules);
    row.holder = parties.holder;
    row.site = part.network.site(home);
    row.home = home;
    row.supplier = parties.supplier;
    row.network_operator = parties.network_operator;
    return row;
}

}  // namespace

OutageModel::State::State(Part given, const Settings& chosen, const Streams& streams, Time from)
    : part(std::move(given)),
      settings(chosen),
      rules(hub_rules(chosen)),
      dcc_rules(dcc_alert_rules(chosen)),
      draws(streams),
      start(from),
      touched(part.story.cuts),
      cells(part.network.cells.size()),
      changes(changes_of(part.story.cuts)),
      calendar({touched.size(), 0, 0}) {
    rows.reserve(touched.size());
    touched.each([&](std::int32_t home) { rows.push_back(first_row(home, part, rules)); });
    for (const FirmwareJob& job : part.story.jobs) {
        if (touched.has(job.home)) jobs.push_back(job);
    }
    std::sort(jobs.begin(), jobs.end(), [](const FirmwareJob& a, const FirmwareJob& b) {
        return std::pair(a.home, a.start) < std::pair(b.home, b.start);
    });
}

void OutageModel::State::handle(const Event& event) {
    ++handled;
    const Time at = time(event.time_us);
    const std::uint32_t number = number_of(event);
    HomeRow& row = rows[event.entity];
    const MeterAlert alert = MeterAlert::of(number);
    switch (kind_of(event)) {
        case Kind::heard:
            return heard(row.hub, losses[number].number);
        case Kind::report:
            return report(number, at);
        case Kind::meter_ready:
            return meter_ready(row, alert, at);
        case Kind::alert_at_hub:
            return alert_at_hub(row, alert, at);
        case Kind::report_at_cell:
            return report_at_cell(number, at);
        case Kind::alert_at_cell:
            return alert_at_cell(row, alert, at);
        case Kind::report_at_dcc:
            return report_at_dcc(number, at);
        case Kind::alert_at_dcc:
            return alert_at_dcc(row, alert, at);
        case Kind::report_admitted:
            return report_admitted(number, at);
        case Kind::alert_admitted:
            return alert_admitted(row, alert, at);
        case Kind::report_at_users:
            return report_at_users(number, at);
        case Kind::alert_at_users:
            return alert_at_users(row, alert, at);
    }
}

OutageModel::OutageModel(Part part, const Settings& settings, const Streams& streams, Time start)
    : state_(std::make_unique<State>(std::move(part), settings, streams, start)) {}
OutageModel::~OutageModel() = default;

void OutageModel::receive(Parcel, Time now, FleetStation& station) {
    throw SimulationError("'" + std::string(station.name()) + "' got a parcel that is not for it at " +
                          to_text(now));
}

std::optional<Time> OutageModel::next() const {
    const auto event = state_->calendar.next();
    std::optional<Time> out;
    if (event) out = state_->time(*event);
    if (state_->next_change < state_->changes.size()) {
        const Time change = state_->changes[state_->next_change].at;
        out = out ? std::min(*out, change) : change;
    }
    return out;
}

void OutageModel::run_until(Time until) {
    State& state = *state_;
    while (state.next_change < state.changes.size()) {
        const CutChange& change = state.changes[state.next_change];
        if (change.at > until) break;
        // At equal times the story comes before what it causes.
        if (change.at > state.start) state.calendar.run_until(state.us(change.at) - 1, state);
        state.change(change);
        ++state.handled;
        ++state.next_change;
    }
    state.calendar.run_until(state.us(until), state);
}

Records OutageModel::take_records() { return state_->records.writer.finish(); }
std::uint64_t OutageModel::events() const { return state_->handled; }
std::uint16_t OutageModel::network_operator(std::int32_t home) const {
    return state_->rows[state_->touched.rank(home)].network_operator;
}

const SupplyNetwork& OutageModel::network() const { return state_->part.network; }

std::size_t OutageModel::bytes() const {
    const State& state = *state_;
    return state.rows.capacity() * sizeof(HomeRow) + state.losses.capacity() * sizeof(LossRow) +
           state.cells.capacity() * sizeof(RadioCell) + state.changes.capacity() * sizeof(CutChange) +
           state.part.network.sites.capacity() * sizeof(Site);
}

}  // namespace meterbed::fleet
