// What the homes of a population hang on: feeders, radio cells, flags of their sites.
#include <algorithm>

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

}  // namespace meterbed::scenario
