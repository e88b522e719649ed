// The parts of a scenario, one reader each. They report what is wrong and read on.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/values.h"

namespace meterbed::scenario {

/// All names of DCC Users, from `users` and from the places that say what somebody is.
class UserBook {
  public:
    /// A row of `users`.
    void declare(const Node& at, std::vector<UserRole> roles, Reading& reading);
    /// A place that gives somebody a role ("supplier: supplier-a"). For a declared user the role must be
    /// there.
    void infer(const Node& at, const std::string& name, UserRole role, Reading& reading);
    /// As `infer`, for places where people appear once only: a name that is nearly another one is a typing
    /// mistake.
    void infer_newcomer(const Node& at, const std::string& name, UserRole role, Reading& reading);
    /// Refuses a name that nobody has.
    void require(const Node& at, const std::string& name, Reading& reading) const;

    std::vector<std::string_view> names() const;
    /// In the order of first appearance.
    std::vector<User> users() const;

  private:
    struct Entry {
        User user;
        bool declared = false;
    };
    Entry* find(const std::string& name);

    std::vector<Entry> entries_;
    std::map<std::string, std::size_t> index_;
};

void read_run(const Node& node, Scenario& scenario, Reading& reading);
void read_variants(const Node& document, Scenario& scenario, Reading& reading);
/// What the homes of a population hang on, table apart.
void read_supply(const Node& node, Population& population, Reading& reading);
/// Lists what a story about outages leaves at its default. After the timeline.
void list_supply_defaults(const Node& populations, Scenario& scenario);
/// The homes of a population as its table gives them. Knows the populations read before.
void read_given_homes(const Node& node, Population& population, const Scenario& scenario,
                      const UserBook& book, Reading& reading);
/// `payment` and `consumption` of a population.
void read_payment(const Node& node, Population& population, const Scenario& scenario, Reading& reading);
/// Half-hours of consumption, without a gap from the start to the end of the story.
std::shared_ptr<const Profiles> read_profiles(const Node& file, const Scenario& scenario, Reading& reading);
/// What the payment of one population says of the others, the settings and the steps. After the timeline.
void check_prepayment(const Node& document, const Scenario& scenario, Reading& reading);
/// The recorded outages of a file.
ReplayStep read_replay(const Node& file, const Scenario& scenario, Reading& reading);

void read_users(const Node& node, UserBook& book, Reading& reading);
void read_populations(const Node& node, Scenario& scenario, UserBook& book, Reading& reading);
void read_timeline(const Node& node, Scenario& scenario, UserBook& book, Reading& reading);
void read_expectations(const Node& node, Scenario& scenario, Reading& reading);
void read_measures(const Node& node, Scenario& scenario, Reading& reading);

}  // namespace meterbed::scenario
