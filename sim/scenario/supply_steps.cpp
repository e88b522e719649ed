// Steps about the supply: power cuts and firmware that darkens hubs.
#include <algorithm>

#include "sim/scenario/steps.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

/// The population that a step is about; reports a name that none has.
const Population* population_at(const Node& step, const Scenario& scenario, Reading& reading) {
    const Node* node = step.find("target");
    if (node == nullptr) return nullptr;
    const std::string name = read_name(*node, reading);
    if (name.empty()) return nullptr;
    const auto found = std::find_if(scenario.populations.begin(), scenario.populations.end(),
                                    [&](const Population& each) { return each.name == name; });
    if (found != scenario.populations.end()) return &*found;
    std::vector<std::string_view> known;
    for (const Population& each : scenario.populations) known.push_back(each.name);
    reading.problems.add(*node, "unknown population " + in_quotes(name), did_you_mean(name, known));
    return nullptr;
}

std::size_t position(const Population& population, const Scenario& scenario) {
    return static_cast<std::size_t>(&population - scenario.populations.data());
}

Duration over_at(const Node& step, Reading& reading) {
    const Node* over = step.find("over");
    return over == nullptr ? Duration{} : read_duration(*over, reading).value_or(Duration{});
}

Lasting read_lasting(const Node& node, Reading& reading) {
    Lasting lasting;
    if (!node.is_map()) {
        if (const auto range = read_durations(node, reading)) {
            lasting.least = range->first;
            lasting.most = range->second;
            if (range->first <= Duration{})
                reading.problems.add(node, in_quotes(node.text) + " is too short");
        }
        return lasting;
    }
    if (!check_keys(node, lasting_keys(), reading.problems)) return lasting;
    if (const Node* median = node.find("median")) {
        lasting.median = read_duration(*median, reading, Duration{1});
    }
    if (const Node* sigma = node.find("sigma")) lasting.sigma = read_number(*sigma, reading).value_or(0);
    if (const Node* least = node.find("at least")) {
        lasting.least = read_duration(*least, reading).value_or(Duration{});
    }
    return lasting;
}

Reclose read_reclose(const Node& node, Reading& reading) {
    Reclose reclose;
    if (!check_keys(node, reclose_keys(), reading.problems)) return reclose;
    if (const Node* share = node.find("share")) reclose.share = read_share(*share, reading).value_or(0);
    if (const Node* after = node.find("after")) {
        if (const auto range = read_durations(*after, reading)) {
            reclose.least = range->first;
            reclose.most = range->second;
            if (range->first <= Duration{})
                reading.problems.add(*after, in_quotes(after->text) + " is too short");
        }
    }
    return reclose;
}

/// How many units there are at least, whatever the draws say.
std::int64_t fewest_units(const Population& population, CutUnit unit) {
    const SupplyPlan& plan = population.supply;
    if (unit == CutUnit::population) return 1;
    if (unit == CutUnit::premises) return plan.premises;
    if (population.given) {
        const SupplyNetwork& network = population.given->network;
        const auto size = unit == CutUnit::feeder ? network.feeders.size() : network.primaries.size();
        return static_cast<std::int64_t>(size);
    }
    const std::int64_t feeders = (plan.premises + plan.feeder_most - 1) / plan.feeder_most;
    if (unit == CutUnit::feeder) return feeders;
    return (feeders + plan.feeders_a_primary - 1) / plan.feeders_a_primary;
}

void read_amount(const Node& step, CutStep& cut, const Population* population, Reading& reading) {
    const Node* count = step.find("count");
    const Node* share = step.find("share");
    if (share != nullptr) cut.share = read_share(*share, reading).value_or(1);
    if (count == nullptr) return;
    if (share != nullptr) reading.problems.add_key(*count, "either 'count' or 'share'");
    cut.count = read_integer(*count, reading, 1, INT32_MAX);
    if (!cut.count || population == nullptr) return;
    const std::int64_t most = fewest_units(*population, cut.unit);
    // A population that could not be read has no premises, and that is reported already.
    if (*cut.count > most && population->premises > 0) {
        reading.problems.add(*count, in_quotes(population->name) + " has " + std::to_string(most) + " " +
                                         std::string(kCutUnits[static_cast<std::size_t>(cut.unit)]) +
                                         " units for certain");
    }
}

}  // namespace

PowerCutStep read_power_cut(const Node& node, const Scenario& scenario, Time at, Reading& reading) {
    PowerCutStep step;
    step.cut.at = at;
    const Population* population = population_at(node, scenario, reading);
    if (population != nullptr) {
        step.population = population->name;
        step.cut.area = position(*population, scenario);
    }
    if (const Node* unit = node.find("of")) {
        const std::string word = read_choice(*unit, reading, "unit", kCutUnits);
        const auto* found = std::find(kCutUnits.begin(), kCutUnits.end(), word);
        if (found != kCutUnits.end()) step.cut.unit = static_cast<CutUnit>(found - kCutUnits.begin());
    }
    read_amount(node, step.cut, population, reading);
    step.cut.over = over_at(node, reading);
    if (const Node* lasts = node.find("lasts")) step.cut.lasts = read_lasting(*lasts, reading);
    if (const Node* reclose = node.find("reclose")) step.cut.reclose = read_reclose(*reclose, reading);
    return step;
}

FirmwareActivation read_firmware(const Node& node, const Scenario& scenario, Time at, Reading& reading) {
    FirmwareActivation step;
    step.firmware.at = at;
    step.firmware.over = over_at(node, reading);
    if (const Population* population = population_at(node, scenario, reading)) {
        step.population = population->name;
        step.firmware.area = position(*population, scenario);
    }
    return step;
}

}  // namespace meterbed::scenario
