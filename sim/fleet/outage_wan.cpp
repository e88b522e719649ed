// What the cells of the WAN do with what the hubs send.
#include "sim/fleet/outage_state.h"

namespace meterbed::fleet {

void OutageModel::State::waited(const HomeRow& row, Time at, const CellFate& fate) {
    if (fate.turn <= at) return;
    Record out = records.wan(row.site.region, records.waited, at, row.home);
    out.counter = row.site.cell;
    out.value = std::chrono::duration<double>(fate.turn - at).count();
    records.writer.add(out);
}

void OutageModel::State::lost_in_wan(const HomeRow& row, Time at, Word what, std::string_view why) {
    Record out = records.wan(row.site.region, records.lost, at, row.home);
    out.detail = what;
    out.code = records.word(why);
    records.writer.add(out);
}

void OutageModel::State::report_at_cell(std::uint32_t number, Time at) {
    const LossRow& loss = losses[number];
    const HomeRow& row = rows[loss.rank];
    const OutageAttempt event{row.home, loss.number, loss.attempt, loss.started, loss.store_ends};
    const CellFate fate =
        outage_event_fate(cells[row.site.cell], event, at, settings, row.site, draws, false);
    if (fate.lost.empty()) {
        waited(row, at, fate);
        push(at + kFromCell, loss.rank, Kind::heard, number);
        push(fate.arrives, loss.rank, Kind::report_at_dcc, number);
        return;
    }
    if (fate.lost != reasons::no_power) waited(row, at, fate);
    lost_in_wan(row, at, records.outage_event, fate.lost);
    push(next_look(event, fate, at, rules), loss.rank, Kind::report, number);
}

void OutageModel::State::alert_at_cell(HomeRow& row, MeterAlert alert, Time at) {
    const CellFate fate =
        alert_fate(cells[row.site.cell], row.home, row.passages++, at, settings, row.site, draws, false);
    waited(row, at, fate);
    if (!fate.lost.empty()) return lost_in_wan(row, at, records.answer, fate.lost);
    push(fate.arrives, rank_of(row), Kind::alert_at_dcc, alert.number());
}

}  // namespace meterbed::fleet
