#include "sim/scenario/steps.h"

#include <algorithm>
#include <array>

#include "sim/scenario/prepayment.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

/// Services that replace or report the certificates of a cell. 6.15.1, 6.21 and 6.23 carry the new
/// certificates (GBCS CS02b); 6.24.1 only asks who holds the cell (CS02a).
struct CellService {
    std::string_view srv;
    bool carries_certificates;
};
constexpr CellService kCellServices[] = {{"6.15.1", true}, {"6.21", true}, {"6.23", true}, {"6.24.1", false}};

/// Reads a request's service: quoted, because 4.10 would otherwise be the number 4.1.
std::string read_service(const Node& node, Reading& reading) {
    if (node.is_text() && node.plain && !node.text.empty()) {
        reading.problems.add(
            node, "the service " + in_quotes(node.text) + " must stand in quotes",
            "write \"" + node.text.substr(0, 20) + "\": 4.10 without quotes is the number 4.1");
        return {};
    }
    return read_choice(node, reading, "service", reading.words.services);
}

bool is_registered(const std::string& name) {
    return std::find(kRegistered.begin(), kRegistered.end(), name) != kRegistered.end();
}

UserRole role_for(const std::string& cell) { return cell == "supplier" ? UserRole::IS : UserRole::ED; }

void check_pair(const Node& map, std::string_view name, std::string_view share, Reading& reading) {
    const bool has_name = map.find(name) != nullptr;
    if (has_name == (map.find(share) != nullptr)) return;
    reading.problems.add(map, "'" + std::string(has_name ? name : share) + "' without '" +
                                  std::string(has_name ? share : name) + "'");
}

CertificateChoice read_certificate(const Node& node, UserRole role, UserBook& book, Reading& reading) {
    CertificateChoice choice;
    if (!check_keys(node, certificate_keys(), reading.problems)) return choice;
    const auto user = [&](std::string_view key) {
        const Node* child = node.find(key);
        if (child == nullptr) return std::string();
        std::string name = read_name(*child, reading);
        if (key != "right" || !is_registered(name)) book.infer_newcomer(*child, name, role, reading);
        if (key != "right" && !name.empty() && name == choice.right) {
            reading.problems.add(*child, "'" + std::string(key) + "' names the right user");
        }
        return name;
    };
    const auto share = [&](std::string_view key) {
        const Node* child = node.find(key);
        return child == nullptr ? 0.0 : read_share(*child, reading).value_or(0);
    };
    choice.right = user("right");
    choice.wrong = user("wrong");
    choice.wrong_share = share("wrong share");
    choice.transfer_to = user("transfer to");
    choice.transfer_share = share("transfer share");
    check_pair(node, "wrong", "wrong share", reading);
    check_pair(node, "transfer to", "transfer share", reading);
    if (choice.wrong_share + choice.transfer_share > 1) {
        reading.problems.add(node, "wrong share and transfer share are more than 100 % together");
    }
    return choice;
}

Target read_target(const Node& node, Reading& reading) {
    Target target;
    if (node.is_text()) {
        target.population = read_name(node, reading);
        return target;
    }
    if (!check_keys(node, target_keys(), reading.problems)) return target;
    int ways = 0;
    const auto name = [&](std::string_view key, std::string& field) {
        const Node* child = node.find(key);
        if (child == nullptr) return;
        field = read_name(*child, reading);
        ++ways;
    };
    name("population", target.population);
    name("of", target.of);
    name("failed", target.failed);
    if (ways != 1) reading.problems.add(node, "a target has exactly one of 'population', 'of' and 'failed'");
    if (const Node* share = node.find("share")) target.share = read_share(*share, reading).value_or(1);
    if (const Node* device = node.find("device")) {
        target.device = read_choice(*device, reading, "device", kTargetDevices);
    }
    return target;
}

/// `cell` and `certificate` belong to some services only.
void check_cell_keys(const Node& node, const std::string& service, Reading& reading) {
    const auto* row = std::find_if(std::begin(kCellServices), std::end(kCellServices),
                                   [&](const CellService& each) { return each.srv == service; });
    const bool about_cells = row != std::end(kCellServices);
    const auto check = [&](std::string_view key, bool wanted) {
        const Node* child = node.find(key);
        if (wanted && child == nullptr) {
            reading.problems.add(node, in_quotes(service) + " needs the key " + in_quotes(key));
        } else if (!wanted && child != nullptr) {
            reading.problems.add_key(*child, in_quotes(service) + " has no " + in_quotes(key));
        }
    };
    check("cell", about_cells);
    check("certificate", about_cells && row->carries_certificates);
}

RequestStep read_request(const Node& node, UserBook& book, Reading& reading) {
    RequestStep request;
    if (const Node* service = node.find("service")) request.service = read_service(*service, reading);
    if (const Node* by = node.find("by")) request.by = read_name(*by, reading);
    if (const Node* target = node.find("target")) request.target = read_target(*target, reading);
    if (const Node* cell = node.find("cell")) request.cell = read_choice(*cell, reading, "cell", kCells);
    if (const Node* certificate = node.find("certificate")) {
        request.certificate = read_certificate(*certificate, role_for(request.cell), book, reading);
    }
    if (const Node* over = node.find("over"))
        request.over = read_duration(*over, reading).value_or(Duration{});
    if (!request.service.empty()) check_cell_keys(node, request.service, reading);
    return request;
}

RepairStep read_repair(const Node& node, UserBook& book, Reading& reading) {
    RepairStep repair;
    if (const Node* target = node.find("target")) repair.target = read_target(*target, reading);
    if (const Node* cell = node.find("cell")) repair.cell = read_choice(*cell, reading, "cell", kCells);
    if (const Node* routes = node.find("routes")) {
        repair.routes = read_choices(*routes, reading, "route", kRoutes);
        if (routes->is_list() && routes->children.empty()) reading.problems.add(*routes, "no route at all");
    }
    if (const Node* right = node.find("right")) {
        repair.right = read_name(*right, reading);
        if (!is_registered(repair.right)) {
            book.infer_newcomer(*right, repair.right, role_for(repair.cell), reading);
        }
    }
    return repair;
}

PowerStep read_power(const Node& node, bool on, Reading& reading) {
    PowerStep power{on, {}};
    if (const Node* target = node.find("target")) power.target = read_target(*target, reading);
    return power;
}

OutageStep read_outage(const Node& node, Reading& reading) {
    OutageStep outage;
    if (const Node* what = node.find("what")) {
        outage.what = read_choice(*what, reading, "part of the network", kOutages);
    }
    if (const Node* lasts = node.find("lasts")) {
        outage.lasts = read_duration(*lasts, reading, Duration{1}).value_or(Duration{});
    }
    return outage;
}

bool is_about_supply(const Verb& verb) {
    return verb.name == "power cut" || verb.name == "replay outages" || verb.name == "activate firmware";
}

/// The columns of a fleet know the supply, or prepayment.
void check_fleet_step(const Node& node, const Verb& verb, const Scenario& scenario, Reading& reading) {
    const std::string step = "the step " + in_quotes(verb.name) + " cannot be played at fleet scale";
    if (!prepays(scenario)) {
        if (is_about_supply(verb)) return;
        reading.problems.add(*node.find("do"), step,
                             "there are 'power cut', 'replay outages' and 'activate firmware'");
    } else if (verb.name != "outage") {
        reading.problems.add(*node.find("do"), step + " in a story of prepayment",
                             "there is 'outage' of the DCC");
    } else if (const Node* what = node.find("what"); what != nullptr && what->text != kOutages.front()) {
        reading.problems.add(*what,
                             "an outage of " + in_quotes(what->text) +
                                 " cannot be played at fleet scale in a story of prepayment",
                             "write 'what: DCC'");
    }
}

const Verb* read_verb(const Node& node, Reading& reading) {
    const Node* word = node.find("do");
    if (word == nullptr) {
        reading.problems.add(node, "the key 'do' is missing", "it says what the step does");
        return nullptr;
    }
    std::vector<std::string_view> known;
    for (const Verb& verb : verbs()) known.push_back(verb.name);
    const std::string name = read_choice(*word, reading, "step", known);
    const auto found =
        std::find_if(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.name == name; });
    return found == verbs().end() ? nullptr : &*found;
}

}  // namespace

Duration spread_of(const Step& step) {
    if (const auto* request = std::get_if<RequestStep>(&step.action)) return request->over;
    if (const auto* cut = std::get_if<PowerCutStep>(&step.action)) return cut->cut.over;
    if (const auto* firmware = std::get_if<FirmwareActivation>(&step.action)) return firmware->firmware.over;
    return {};
}

const Target* target_of(const Step& step) {
    if (const auto* request = std::get_if<RequestStep>(&step.action)) return &request->target;
    if (const auto* repair = std::get_if<RepairStep>(&step.action)) return &repair->target;
    if (const auto* power = std::get_if<PowerStep>(&step.action)) return &power->target;
    return nullptr;
}

Draft read_step(const Node& node, const Scenario& scenario, UserBook& book, Reading& reading) {
    Draft draft;
    if (!node.is_map()) {
        reading.problems.add(node, "a step is a map", "write {at: start, do: request, ...}");
        return draft;
    }
    Step& step = draft.step;
    step.line = node.line;
    step.at = scenario.start;
    if (const Node* label = node.find("as")) step.label = read_name(*label, reading);
    const Verb* verb = read_verb(node, reading);
    if (verb == nullptr) return draft;
    draft.node = &node;
    step.verb = verb->name;
    if (scenario.scale == Scale::fleet) check_fleet_step(node, *verb, scenario, reading);
    check_keys(node, verb->keys, reading.problems);
    if (const Node* at = node.find("at")) {
        step.at = read_moment(*at, reading, scenario.start).value_or(scenario.start);
    }
    if (verb->name == "request") step.action = read_request(node, book, reading);
    if (verb->name == "repair") step.action = read_repair(node, book, reading);
    if (verb->name == "power off") step.action = read_power(node, false, reading);
    if (verb->name == "power on") step.action = read_power(node, true, reading);
    if (verb->name == "outage") step.action = read_outage(node, reading);
    if (verb->name == "power cut") step.action = read_power_cut(node, scenario, step.at, reading);
    if (verb->name == "activate firmware") step.action = read_firmware(node, scenario, step.at, reading);
    if (verb->name == "replay outages") {
        if (const Node* file = node.find("file")) step.action = read_replay(*file, scenario, reading);
    }
    return draft;
}

}  // namespace meterbed::scenario
