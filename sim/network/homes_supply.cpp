// What happens at the homes of a region when the mains goes and comes back: hubs report it, meters note it.
#include "sim/network/homes.h"

namespace meterbed {
namespace {

std::string_view cause_name(CutCause cause) { return kCutCauseNames[static_cast<std::size_t>(cause)]; }

}  // namespace

void Homes::on(CutChange part) {
    const PowerCut& cut = *part.cut;
    const CutTag tag{cut.number, cut.cause, word(cut.label)};
    if (part.begins) note_cut(tag, cut.homes.size());
    for (std::int32_t home = cut.homes.first; home < cut.homes.end; ++home) {
        if (!equipment_.contains(home)) continue;  // in another region
        if (part.begins) {
            cut_off(home, tag);
        } else {
            bring_back(home, tag);
        }
    }
}

/// A switch that already stands so does nothing.
void Homes::on(PowerChange part) {
    HomeEquipment& equipment = at(part.home);
    if (part.on != equipment.switched_off) return;
    equipment.switched_off = !part.on;
    const CutTag tag{part.cut, CutCause::network, 0};
    if (part.on) return bring_back(part.home, tag);
    note_cut(tag, 1);
    cut_off(part.home, tag);
}

void Homes::note_cut(const CutTag& cut, double premises) {
    Record& row = record("power cut");
    row.counter = cut.number;
    row.step = cut.step;
    row.detail = word(cause_name(cut.cause));
    row.value = premises;
}

Record& Homes::hub_record(std::string_view what, std::int32_t home) {
    Record& row = record(what);
    row.home = home;
    row.device = network_.home(home).chf;
    return row;
}

void Homes::note_mains(std::string_view what, std::int32_t home, const CutTag& cut) {
    Record& row = hub_record(what, home);
    row.counter = cut.number;
    row.step = cut.step;
    row.detail = word(cause_name(cut.cause));
}

void Homes::note_unreported(std::int32_t home, std::string_view why) {
    Record& row = hub_record("power outage not reported", home);
    row.counter = at(home).hub.losses;
    row.code = word(why);
}

/// SMETS1 hubs report no outages, and nothing is recorded of their mains.
void Homes::cut_off(std::int32_t home, const CutTag& cut) {
    HomeEquipment& equipment = at(home);
    const CutEffect effect = cut_begins(equipment.cuts, cut.cause);
    if (effect.hub) {
        equipment.first_cut = cut;
        lose_mains(equipment.hub, now_, hub_rules_);
    }
    if (effect.hub && !equipment.smets1) {
        note_mains("mains lost", home, cut);
        post(id_, report_due(equipment.hub, hub_rules_, draws_, home) - now_,
             Alarm{report_due_alarm, static_cast<std::uint64_t>(home), equipment.hub.losses});
    }
    if (effect.meter) supply(home, false);
}

void Homes::bring_back(std::int32_t home, const CutTag& cut) {
    HomeEquipment& equipment = at(home);
    const CutEffect effect = cut_ends(equipment.cuts, cut.cause);
    const bool unreported = effect.hub && restore_mains(equipment.hub, now_, hub_rules_, draws_, home);
    if (effect.hub && !equipment.smets1) {
        note_mains("mains restored", home, equipment.first_cut);
        if (unreported) note_unreported(home, reasons::power_back);
    }
    if (effect.meter) supply(home, true);
    if (effect.hub && equipment.prepaid) look_for_release(home);
}

void Homes::report(std::int32_t home, std::uint16_t loss) {
    HubSupply& hub = at(home).hub;
    const ReportDecision decision = report_now(hub, loss, now_, hub_rules_);
    if (!decision.reason.empty()) note_unreported(home, decision.reason);
    if (!decision.send) return;
    Record& row = hub_record("power outage reported", home);
    row.counter = loss;
    row.value = hub.reports;
    post(network_.wan_of(home), Duration{1},
         PowerOutageEvent{{home, loss, hub.reports, hub.changed_at, store_ends(hub)}});
}

void Homes::on(ReportAnswered part) {
    if (part.heard) {
        heard(at(part.home).hub, part.loss);
    } else {
        report(part.home, part.loss);
    }
}

}  // namespace meterbed
