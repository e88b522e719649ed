// A scenario that is being played in a world: which homes belong to which population, what each step touched.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"
#include "sim/scenario/supply.h"
#include "sim/world.h"

namespace meterbed::scenario {

/// What a step did: the homes, and for requests and repairs the ticket or repair of each.
struct Trace {
    std::vector<std::int32_t> homes;
    std::map<std::int32_t, std::uint32_t> tickets;
};

struct Story {
    const Scenario& scenario;
    World& world;
    Supply supply;
    std::map<std::string, std::vector<std::int32_t>> populations;
    std::map<std::string, Trace> traces;  ///< by label of the step, or "step N" for one without
};

/// Users of the scenario, numbered as it lists them.
void add_users(const Scenario& scenario, World& world);
/// Users and homes of the scenario.
void people(Story& story);

/// The homes a step acts on, in order of their numbers.
std::vector<std::int32_t> homes_of(Story& story, const Target& target, const std::string& label);

/// A user by name, or whoever registration data name for the home ("registered network operator").
std::uint16_t user_for(const Story& story, const std::string& name, std::int32_t home);

/// Plays one step; the world stands at its time.
void play(Story& story, std::size_t step);

}  // namespace meterbed::scenario
