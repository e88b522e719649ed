// `run`, `settings`, `compare` and `population`.
#include <algorithm>

#include "sim/scenario/parts.h"
#include "sim/scenario/settings_table.h"

namespace meterbed::scenario {
namespace {

constexpr std::int64_t kMostBenchPremises = 200'000;     // where every meter has real keys
constexpr std::int64_t kMostFleetPremises = 30'000'000;  // every home of Great Britain
constexpr std::int64_t kMostRepeats = 10'000;
constexpr std::size_t kMostPopulations = 100;
constexpr std::size_t kMostVariants = 50;

/// "gates: a, b" from the value as written.
std::string as_written(const Node& node) {
    if (!node.is_list()) return node.text;
    std::string text;
    for (const Node& child : node.children) text += (text.empty() ? "" : ", ") + child.text;
    return text;
}

bool has(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

void read_devices(const Node& node, Population& population, Reading& reading) {
    population.devices = read_choices(node, reading, "device", kHomeDevices);
    for (const std::string_view needed : {"hub", "esme"}) {
        if (node.is_list() && !has(population.devices, needed)) {
            reading.problems.add(node, "a home without " + in_quotes(needed),
                                 "every home has a hub and an esme");
        }
    }
}

void read_parties(const Node& node, Population& population, UserBook& book, Reading& reading) {
    const bool gas = has(population.devices, "gsme");
    const Node* gas_supplier = node.find("gas supplier");
    if (const Node* supplier = node.find("supplier")) {
        population.supplier = read_name(*supplier, reading);
        book.infer(*supplier, population.supplier, UserRole::IS, reading);
        if (gas && gas_supplier == nullptr) book.infer(*supplier, population.supplier, UserRole::GS, reading);
    }
    if (gas_supplier != nullptr) {
        if (!gas) reading.problems.add_key(*gas_supplier, "a gas supplier, but no gsme among the devices");
        population.gas_supplier = read_name(*gas_supplier, reading);
        book.infer(*gas_supplier, population.gas_supplier, UserRole::GS, reading);
    }
    if (const Node* network = node.find("network operator")) {
        population.network_operator = read_name(*network, reading);
        book.infer(*network, population.network_operator, UserRole::ED, reading);
        // Who transports the gas is no question of today's stories: the same company, as GT.
        if (gas) book.infer(*network, population.network_operator, UserRole::GT, reading);
    }
}

/// Cells that are not as they should be from the start. After all populations' parties are known.
void read_cells(const Node& node, Population& population, UserBook& book, Reading& reading) {
    if (const Node* wrong = node.find("wrong certificate")) {
        if (check_keys(*wrong, wrong_certificate_keys(), reading.problems)) {
            if (const Node* share = wrong->find("share")) {
                population.wrong_share = read_share(*share, reading).value_or(0);
            }
            if (const Node* who = wrong->find("operator")) {
                population.wrong_operator = read_name(*who, reading);
                book.infer_newcomer(*who, population.wrong_operator, UserRole::ED, reading);
                if (!population.wrong_operator.empty() &&
                    population.wrong_operator == population.network_operator) {
                    reading.problems.add(*who, "the wrong operator is the right one");
                }
            }
        }
    }
    const Node* controlled = node.find("DCC controlled share");
    if (controlled == nullptr) return;
    population.dcc_controlled_share = read_share(*controlled, reading).value_or(0);
    if (population.wrong_share + population.dcc_controlled_share > 1) {
        reading.problems.add(*controlled, "wrong certificates and DCC controlled meters are more than 100 %");
    }
}

std::int64_t most_premises(const Scenario& scenario) {
    return scenario.scale == Scale::fleet ? kMostFleetPremises : kMostBenchPremises;
}

std::string use_fleet(const Scenario& scenario) {
    return scenario.scale == Scale::bench
               ? "write 'scale: fleet' under 'run' for stories of outages or prepayment"
               : "";
}

void read_premises(const Node& node, Population& population, const Scenario& scenario, Reading& reading) {
    const Node* premises = node.find("premises");
    const Node* table = node.find("table");
    if (premises != nullptr && table != nullptr) {
        reading.problems.add_key(*premises, "the table says how many premises there are");
    } else if (premises == nullptr && table == nullptr) {
        reading.problems.add(node, "the key 'premises' is missing");
    }
    if (premises == nullptr) return;
    const auto count = read_integer(*premises, reading, 1, most_premises(scenario), use_fleet(scenario));
    population.premises = static_cast<int>(count.value_or(0));
}

/// At fleet scale a home is its hub, its meter's supply and who is told.
void check_fleet(const Node& node, const Population& population, Reading& reading) {
    const Node* kind = node.find("kind");
    if (kind != nullptr && population.kind == Kind::SMETS1 && !population.prepayment) {
        reading.problems.add(*kind, "at fleet scale all homes are SMETS2", "SMETS1 homes can prepay there");
    }
    if (const Node* devices = node.find("devices")) {
        reading.problems.add_key(*devices, "at fleet scale every home has a hub and an esme", "leave it out");
    }
}

Population read_population(const Node& node, const Scenario& scenario, UserBook& book, Reading& reading) {
    Population population;
    population.name = node.key;
    population.line = node.key_line;
    if (!check_keys(node, population_keys(), reading.problems)) return population;
    read_premises(node, population, scenario, reading);
    if (const Node* devices = node.find("devices")) read_devices(*devices, population, reading);
    if (const Node* kind = node.find("kind")) {
        population.kind =
            read_choice(*kind, reading, "kind", kKinds) == "SMETS1" ? Kind::SMETS1 : Kind::SMETS2;
    }
    if (const Node* region = node.find("region")) {
        population.region = read_choice(*region, reading, "region", kRegions);
    }
    read_parties(node, population, book, reading);
    read_supply(node, population, reading);
    read_payment(node, population, scenario, reading);
    if (scenario.scale == Scale::fleet) check_fleet(node, population, reading);
    return population;
}

}  // namespace

void read_run(const Node& node, Scenario& scenario, Reading& reading) {
    if (!check_keys(node, run_keys(), reading.problems)) return;
    if (const Node* seed = node.find("seed")) {
        scenario.seed = static_cast<std::uint64_t>(read_integer(*seed, reading, 0, INT64_MAX).value_or(0));
    }
    if (const Node* start = node.find("start")) scenario.start = read_time(*start, reading).value_or(Time{});
    if (const Node* length = node.find("length")) {
        scenario.length = read_duration(*length, reading, Duration{1}).value_or(Duration{});
    }
    if (const Node* repeat = node.find("repeat")) {
        scenario.repeats = static_cast<int>(read_integer(*repeat, reading, 1, kMostRepeats).value_or(1));
    }
    if (const Node* scale = node.find("scale")) {
        scenario.scale =
            read_choice(*scale, reading, "scale", kScales) == "fleet" ? Scale::fleet : Scale::bench;
    }
}

void read_variants(const Node& document, Scenario& scenario, Reading& reading) {
    Settings common;
    const Node* settings = document.find("settings");
    if (settings != nullptr) read_settings(*settings, common, reading);
    const Node* compare = document.find("compare");
    if (compare != nullptr && (!compare->is_map() || compare->children.empty())) {
        reading.problems.add(*compare, "a map of variants is expected here",
                             "write {as-is: {}, to-be: {...}}");
        compare = nullptr;
    }
    if (compare == nullptr) {
        scenario.variants.push_back({"as-is", common, {}});
    } else if (compare->children.size() > kMostVariants) {
        reading.problems.add(*compare, "more than " + std::to_string(kMostVariants) + " variants");
    } else {
        for (const Node& child : compare->children) {
            Variant variant{child.key, common, {}};
            read_settings(child, variant.settings, reading);
            for (const Node& change : child.children) {
                variant.changes.push_back(change.key + ": " + as_written(change));
            }
            scenario.variants.push_back(std::move(variant));
        }
    }
    for (const SettingRow& row : setting_rows()) {
        const bool common_row = settings != nullptr && settings->find(row.name) != nullptr;
        const bool everywhere =
            compare != nullptr &&
            std::all_of(compare->children.begin(), compare->children.end(),
                        [&](const Node& variant) { return variant.find(row.name) != nullptr; });
        if (!common_row && !everywhere) scenario.defaults.push_back(default_line(row));
    }
}

void read_populations(const Node& node, Scenario& scenario, UserBook& book, Reading& reading) {
    if (!node.is_map() || node.children.empty()) {
        reading.problems.add(node, "a map of populations is expected here",
                             "write {street: {premises: 100, ...}}");
        return;
    }
    if (node.children.size() > kMostPopulations) {
        reading.problems.add(node, "more than " + std::to_string(kMostPopulations) + " populations");
        return;
    }
    for (const Node& child : node.children) {
        scenario.populations.push_back(read_population(child, scenario, book, reading));
    }
    std::int64_t premises = 0;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        Population& population = scenario.populations[i];
        read_cells(node.children[i], population, book, reading);
        if (const Node* table = node.children[i].find("table")) {
            read_given_homes(*table, population, scenario, book, reading);
        }
        premises += population.premises;
    }
    if (premises > most_premises(scenario)) {
        reading.problems.add(node,
                             std::to_string(premises) + " premises in all are more than " +
                                 std::to_string(most_premises(scenario)),
                             use_fleet(scenario));
    }
}

}  // namespace meterbed::scenario
