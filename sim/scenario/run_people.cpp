#include <algorithm>
#include <cmath>

#include "sim/scenario/story.h"

namespace meterbed::scenario {

namespace {

gbcs::EnumSet<meterbed::UserRole> roles_of(const User& user) {
    gbcs::EnumSet<meterbed::UserRole> out;
    for (const UserRole role : user.roles) {
        out.bits = static_cast<std::uint16_t>(out.bits | 1U << static_cast<unsigned>(role));
    }
    return out;
}

bool has(const Population& population, std::string_view device) {
    return std::ranges::find(population.devices, device) != population.devices.end();
}

void add_population(Story& story, const Population& population) {
    HomeOptions options;
    options.generation = population.kind == Kind::SMETS1 ? Generation::SMETS1 : Generation::SMETS2;
    options.supplier = story.world.user(population.supplier);
    options.gas = has(population, "gsme");
    options.ppmid = has(population, "ppmid");
    options.prepayment = population.prepayment;
    options.profiles = population.profiles;
    for (int i = 0; i < population.premises; ++i) {
        const auto number = static_cast<std::int32_t>(story.world.directory().homes.size());
        options.site = story.supply.network.site(number);
        const CellsOf cells = cells_of(population, story.world.streams(), i);
        options.network_operator = story.world.user(network_operator_of(population, i));
        options.wrong_operator.reset();
        if (cells.wrong) options.wrong_operator = story.world.user(population.wrong_operator);
        options.dcc_controlled = cells.dcc_controlled;
        story.populations[population.name].push_back(story.world.add_home(options).number);
    }
}

/// Homes whose latest request or repair in that step did not succeed.
std::vector<std::int32_t> failed_in(const Story& story, const Trace& trace) {
    std::vector<std::int32_t> out;
    for (const auto& [home, ticket] : trace.tickets) {
        if (!story.world.ticket(ticket).succeeded()) out.push_back(home);
    }
    return out;
}

std::vector<std::int32_t> pool(Story& story, const Target& target) {
    if (!target.failed.empty()) return failed_in(story, story.traces.at(target.failed));
    if (!target.of.empty()) return story.traces.at(target.of).homes;
    return story.populations.at(target.population);
}

}  // namespace

void add_users(const Scenario& scenario, World& world) {
    for (const User& user : scenario.users) world.add_user(user.name, roles_of(user));
}

void people(Story& story) {
    add_users(story.scenario, story.world);
    for (const Population& population : story.scenario.populations) add_population(story, population);
    for (const PowerCut& cut : story.supply.story.cuts) story.world.cut(cut);
    for (const FirmwareJob& job : story.supply.story.jobs) story.world.firmware_job(job);
}

std::vector<std::int32_t> homes_of(Story& story, const Target& target, const std::string& label) {
    std::vector<std::int32_t> homes = pool(story, target);
    if (target.share >= 1) return homes;
    // An exact share, of those with the smallest draws.
    std::vector<std::pair<double, std::int32_t>> draws;
    for (const std::int32_t home : homes) {
        Random lot = story.world.streams().of("share/" + label + "/" + std::to_string(home));
        draws.emplace_back(lot.uniform(), home);
    }
    std::sort(draws.begin(), draws.end());
    const auto wanted =
        static_cast<std::size_t>(std::llround(target.share * static_cast<double>(homes.size())));
    homes.clear();
    for (std::size_t i = 0; i < wanted; ++i) homes.push_back(draws[i].second);
    std::sort(homes.begin(), homes.end());
    return homes;
}

std::uint16_t user_for(const Story& story, const std::string& name, std::int32_t home) {
    const RegistrationRow& row = story.world.registration().rows.at(static_cast<std::size_t>(home));
    if (name == "registered network operator") return row.network_operator;
    if (name == "registered supplier") return row.supplier;
    return story.world.user(name);
}

}  // namespace meterbed::scenario
