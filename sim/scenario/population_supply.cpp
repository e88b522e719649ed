// What the homes of a population hang on: feeders, radio cells, flags of their sites.
#include <algorithm>
#include <array>

#include "sim/scenario/figures.h"
#include "sim/scenario/parts.h"

namespace meterbed::scenario {
namespace {

constexpr std::int64_t kMostOnFeeder = 100'000;

std::int32_t count_at(const Node& population, std::string_view key, std::int32_t otherwise,
                      Reading& reading) {
    const Node* node = population.find(key);
    if (node == nullptr) return otherwise;
    return static_cast<std::int32_t>(read_integer(*node, reading, 1, kMostOnFeeder).value_or(otherwise));
}

double share_at(const Node& population, std::string_view key, Reading& reading) {
    const Node* node = population.find(key);
    return node == nullptr ? 0 : read_share(*node, reading).value_or(0);
}

struct Default {
    std::string_view key, text, figure;
};
/// As SupplyPlan has them.
constexpr std::array<Default, 6> kDefaults{{{"feeder premises", "100", "feeder_premises"},
                                            {"feeders a primary", "40", "feeders_a_primary"},
                                            {"cell premises", "1000", "cell_premises"},
                                            {"polyphase share", "0 %", "network_no_faults"},
                                            {"MPxN unknown share", "0 %", "network_no_faults"},
                                            {"firmware fault share", "0 %", "network_no_faults"}}};

bool is_about_supply(const Step& step) {
    return std::holds_alternative<PowerCutStep>(step.action) ||
           std::holds_alternative<FirmwareActivation>(step.action) ||
           std::holds_alternative<ReplayStep>(step.action);
}

template <typename Names>
std::size_t position_at(const Node& node, Reading& reading, std::string_view what, const Names& names) {
    const std::string word = read_choice(node, reading, what, names);
    const auto* found = std::find(names.begin(), names.end(), word);
    return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
}

}  // namespace

void read_supply(const Node& node, Population& population, Reading& reading) {
    SupplyPlan& plan = population.supply;
    plan.name = population.name;
    plan.premises = population.premises;
    plan.region = region(population.region).value_or(Region::Central);
    plan.technology = plan.region == Region::North ? Technology::long_range : Technology::cellular;
    if (const Node* technology = node.find("technology")) {
        plan.technology =
            static_cast<Technology>(position_at(*technology, reading, "technology", kTechnologyNames));
    }
    if (const Node* group = node.find("GSP group")) {
        plan.gsp_group = static_cast<std::uint8_t>(position_at(*group, reading, "GSP group", kGspGroups));
    }
    if (const Node* sizes = node.find("feeder premises")) {
        const auto range = read_integers(*sizes, reading, 1, kMostOnFeeder);
        plan.feeder_least = static_cast<std::int32_t>(range ? range->first : 1);
        plan.feeder_most = static_cast<std::int32_t>(range ? range->second : 1);
    }
    plan.feeders_a_primary = count_at(node, "feeders a primary", plan.feeders_a_primary, reading);
    plan.cell_premises = count_at(node, "cell premises", plan.cell_premises, reading);
    plan.polyphase_share = share_at(node, "polyphase share", reading);
    plan.mpxn_unknown_share = share_at(node, "MPxN unknown share", reading);
    plan.firmware_fault_share = share_at(node, "firmware fault share", reading);
}

void list_supply_defaults(const Node& populations, Scenario& scenario) {
    if (std::none_of(scenario.timeline.begin(), scenario.timeline.end(), is_about_supply)) return;
    for (const Default& row : kDefaults) {
        const bool everywhere = std::all_of(
            populations.children.begin(), populations.children.end(), [&](const Node& population) {
                return population.find(row.key) != nullptr || population.find("table") != nullptr;
            });
        if (everywhere) continue;
        std::string line = std::string(row.key) + " = " + std::string(row.text);
        if (const Figure* figure = find_figure(row.figure)) {
            line += " ($" + figure->name + ", " + figure->confidence + ": " + figure->source + ")";
        }
        scenario.defaults.push_back(line);
    }
}

}  // namespace meterbed::scenario
