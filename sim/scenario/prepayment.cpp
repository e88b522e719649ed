#include "sim/scenario/prepayment.h"

#include <algorithm>

#include "sim/faults.h"
#include "sim/prepayment/dsp_turns.h"

namespace meterbed::scenario {
namespace {

/// Each outage with what piled up meanwhile. Who overtakes that does not wait for it.
Spans disturbances(const Scenario& scenario, const Settings& settings) {
    Spans out;
    DspTurns turns(settings);
    for (const auto& [begin, end] : dcc_outages(scenario)) {
        turns.begin_outage(begin);
        turns.end_outage(end);
        const Time clear = settings.dsp_prepay_priority ? end : turns.clear_from();
        if (!out.empty() && out.back().second >= begin) {
            out.back().second = clear;
        } else {
            out.emplace_back(begin, clear);
        }
    }
    return out;
}

}  // namespace

bool prepays(const Scenario& scenario) {
    return std::any_of(scenario.populations.begin(), scenario.populations.end(),
                       [](const Population& population) { return population.prepayment; });
}

Spans dcc_outages(const Scenario& scenario) {
    Spans out;
    for (const Step& step : scenario.timeline) {
        const auto* outage = std::get_if<OutageStep>(&step.action);
        if (outage != nullptr && outage->what == "DCC") out.emplace_back(step.at, step.at + outage->lasts);
    }
    return out;
}

std::vector<PrepayHomes> prepay_homes(const Scenario& scenario, std::optional<std::size_t> only) {
    std::vector<PrepayHomes> out;
    std::int32_t first = 0;
    for (std::size_t i = 0; i < scenario.populations.size(); ++i) {
        const Population& population = scenario.populations[i];
        const NumberRange homes{first, first + population.premises};
        first = homes.end;
        if (!population.prepayment || (only && *only != i)) continue;
        const bool smets1 = population.kind == Kind::SMETS1;
        out.push_back({homes, smets1 ? Generation::SMETS1 : Generation::SMETS2, population.profiles});
    }
    return out;
}

PrepayFacts prepay_facts(const Scenario& scenario, const Settings& settings, const Streams& streams,
                         const SupplyNetwork& network, std::optional<std::size_t> only) {
    PrepayFacts facts;
    const CoverDraws draws(streams);
    for (const PrepayHomes& group : prepay_homes(scenario, only)) {
        for (std::int32_t home = group.homes.first; home < group.homes.end; ++home) {
            const Site& site = network.site(home);
            const WanCover cover = draws.cover(settings, home, scenario.start, scenario.length);
            facts.homes.push_back({home, static_cast<std::uint8_t>(site.region), site.gsp_group,
                                   static_cast<std::uint8_t>(group.generation),
                                   static_cast<std::uint8_t>(cover.fault)});
        }
    }
    facts.dsp_outages = disturbances(scenario, settings);
    facts.counted_from = scenario.start + settings.warm_up;
    facts.end = scenario.start + scenario.length;
    facts.patience = patience(settings);
    facts.blames_dcc = has_fault(settings, broken::blames_dcc);
    if (settings.price_change_after > Duration{})
        facts.price_change = scenario.start + settings.price_change_after;
    return facts;
}

}  // namespace meterbed::scenario
