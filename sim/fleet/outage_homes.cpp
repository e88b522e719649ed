// What happens in the homes: mains, hub, meter.
#include <array>
#include <utility>

#include "devices/raise.h"
#include "sim/fleet/outage_state.h"
#include "sim/network/directory.h"

namespace meterbed::fleet {
namespace {

std::string_view text_of(CutCause cause) { return kCutCauseNames[static_cast<std::size_t>(cause)]; }

}  // namespace

void OutageModel::State::change(const CutChange& change) {
    const PowerCut& cut = part.story.cuts[change.cut];
    if (cut.homes.size() == 0) return;
    HomeRow* row = &rows[touched.rank(cut.homes.first)];
    std::array<bool, kRegionNames.size()> told{};
    for (std::int32_t i = 0; i < cut.homes.size(); ++i, ++row) {
        const Region region = row->site.region;
        if (!change.ends && !std::exchange(told[static_cast<std::size_t>(region)], true)) {
            Record begun = records.homes(region, records.power_cut, change.at, kNoHome);
            begun.counter = cut.number;
            begun.value = cut.homes.size();
            begun.detail = records.word(text_of(cut.cause));
            begun.step = records.word(cut.label);
            records.writer.add(begun);
        }
        if (change.ends) {
            restore(*row, cut, change.at);
        } else {
            lose(*row, change.cut, change.at);
        }
    }
}

void OutageModel::State::mains(Word what, const HomeRow& row, Time at) {
    const PowerCut& cut = part.story.cuts[row.cut];
    Record mains = records.homes(row.site.region, what, at, row.home);
    mains.device = device_id(row.home, DevicePlace::chf);
    mains.counter = cut.number;
    mains.step = records.word(cut.label);
    mains.detail = records.word(text_of(cut.cause));
    records.writer.add(mains);
}

void OutageModel::State::lose(HomeRow& row, std::uint32_t cut, Time at) {
    const CutEffect effect = cut_begins(row.depth, part.story.cuts[cut].cause);
    if (effect.meter) lose_supply(row, at);
    if (!effect.hub) return;
    lose_mains(row.hub, at, rules);
    row.cut = cut;
    row.loss = static_cast<std::uint32_t>(losses.size());
    losses.push_back({at, store_ends(row.hub), rank_of(row), row.hub.losses, 0});
    mains(records.mains_lost, row, at);
    push(report_due(row.hub, rules, draws, row.home), rank_of(row), Kind::report, row.loss);
}

void OutageModel::State::lose_supply(HomeRow& row, Time at) {
    supply_lost(row.clock, at);
    if (!std::exchange(row.starting, false)) return;
    Record out = records.homes(row.site.region, records.lost, at, row.home);
    out.device = device_id(row.home, DevicePlace::esme);
    out.detail = records.alert;
    out.code = records.word(reasons::meter_off);
    records.writer.add(out);
}

void OutageModel::State::restore(HomeRow& row, const PowerCut& cut, Time at) {
    const CutEffect effect = cut_ends(row.depth, cut.cause);
    if (effect.hub) {
        mains(records.mains_restored, row, at);
        if (restore_mains(row.hub, at, rules, draws, row.home)) not_reported(row, at, reasons::power_back);
    }
    if (!effect.meter) return;
    const auto outage = supply_restored(row.clock, at, outage_codes(settings, row.site));
    if (!outage) return;
    row.starting = true;
    row.restored_from = outage->lost_at;
    const MeterAlert alert{outage->alert_code, ++row.restorations};
    push(at + settings.meter_boot, rank_of(row), Kind::meter_ready, alert.number());
}

void OutageModel::State::not_reported(const HomeRow& row, Time at, std::string_view reason) {
    Record out = records.homes(row.site.region, records.not_reported, at, row.home);
    out.device = device_id(row.home, DevicePlace::chf);
    out.counter = row.hub.losses;
    out.code = records.word(reason);
    records.writer.add(out);
}

void OutageModel::State::report(std::uint32_t number, Time at) {
    LossRow& loss = losses[number];
    HomeRow& row = rows[loss.rank];
    const ReportDecision decision = report_now(row.hub, loss.number, at, rules);
    if (!decision.reason.empty()) not_reported(row, at, decision.reason);
    if (!decision.send) return;
    loss.attempt = row.hub.reports;
    Record out = records.homes(row.site.region, records.reported, at, row.home);
    out.device = device_id(row.home, DevicePlace::chf);
    out.counter = loss.number;
    out.value = loss.attempt;
    records.writer.add(out);
    push(at + kToCell, loss.rank, Kind::report_at_cell, number);
}

void OutageModel::State::meter_ready(HomeRow& row, MeterAlert alert, Time at) {
    if (!row.starting || row.restorations != alert.counter) return;  // another loss came first
    row.starting = false;
    alert.counter = ++row.alerts;
    Record sent = records.homes(row.site.region, records.alert_sent, at, row.home);
    sent.device = device_id(row.home, DevicePlace::esme);
    sent.party = row.holder;
    sent.message = static_cast<std::uint16_t>(alert_messages::outage_restored);
    sent.counter = alert.counter;
    sent.detail = records.word(alert_code_text(alert.code));
    records.writer.add(sent);
    push(at + settings.han_latency, rank_of(row), Kind::alert_at_hub, alert.number());
}

void OutageModel::State::alert_at_hub(HomeRow& row, MeterAlert alert, Time at) {
    const std::optional<Time> when = passes_on(row.hub, at);
    if (!when) {
        Record out = records.homes(row.site.region, records.lost, at, row.home);
        out.device = device_id(row.home, DevicePlace::esme);
        out.detail = records.answer;
        out.code = records.word(reasons::no_power);
        records.writer.add(out);
    } else if (*when > at) {
        push(*when, rank_of(row), Kind::alert_at_hub, alert.number());
    } else {
        push(at + kToCell, rank_of(row), Kind::alert_at_cell, alert.number());
    }
}

}  // namespace meterbed::fleet
