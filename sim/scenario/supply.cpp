#include "sim/scenario/supply.h"

namespace meterbed::scenario {
namespace {

std::vector<SupplyPlan> plans_of(const Scenario& scenario) {
    std::vector<SupplyPlan> plans;
    for (const Population& population : scenario.populations) plans.push_back(population.supply);
    return plans;
}

std::vector<FeederOutage> outages_of(const ReplayStep& replay, const SupplyNetwork& network) {
    std::vector<FeederOutage> outages;
    for (const ReplayStep::Row& row : replay.rows) {
        const std::int32_t first = network.areas[row.population].feeders.first;
        outages.push_back({row.start, row.end, first + row.feeder});
    }
    return outages;
}

std::vector<SupplyStep> steps_of(const Scenario& scenario, const SupplyNetwork& network) {
    std::vector<SupplyStep> steps;
    for (std::size_t i = 0; i < scenario.timeline.size(); ++i) {
        const auto& action = scenario.timeline[i].action;
        if (const auto* cut = std::get_if<PowerCutStep>(&action)) {
            steps.push_back({label_of(scenario, i), cut->cut});
        } else if (const auto* firmware = std::get_if<FirmwareActivation>(&action)) {
            steps.push_back({label_of(scenario, i), firmware->firmware});
        } else if (const auto* replay = std::get_if<ReplayStep>(&action)) {
            steps.push_back({label_of(scenario, i), outages_of(*replay, network)});
        }
    }
    return steps;
}

}  // namespace

Supply supply(const Scenario& scenario, const Settings& settings, const Streams& streams,
              std::optional<std::size_t> only) {
    const std::vector<SupplyPlan> plans = plans_of(scenario);
    Supply out;
    out.network = supply_network(plans, streams, only);
    const std::vector<SupplyStep> steps = steps_of(scenario, out.network);
    out.story = supply_story(steps, plans, out.network, streams, settings.firmware_power_gap, only);
    return out;
}

std::string_view network_operator_of(const Population& population, std::int32_t index) {
    if (population.given) {
        const std::uint16_t given = population.given->operator_of[static_cast<std::size_t>(index)];
        if (given != 0) return population.given->operators[given];
    }
    return population.network_operator;
}

CellsOf cells_of(const Population& population, const Streams& streams, std::int32_t index) {
    if (population.wrong_share <= 0 && population.dcc_controlled_share <= 0) return {};
    // A stream per premises: its lot does not change when another population grows.
    Random lot = streams.of("population/" + population.name + "/" + std::to_string(index));
    const bool wrong = lot.uniform() < population.wrong_share;
    return {wrong, lot.uniform() < population.dcc_controlled_share};
}

std::string label_of(const Scenario& scenario, std::size_t step) {
    const std::string& label = scenario.timeline[step].label;
    return label.empty() ? "step " + std::to_string(step + 1) : label;
}

}  // namespace meterbed::scenario
