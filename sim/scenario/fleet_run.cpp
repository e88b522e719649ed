#include "sim/scenario/fleet_run.h"

#include <algorithm>
#include <memory>

#include "sim/fleet/prepayment_model.h"
#include "sim/fleet/station.h"
#include "sim/network/dcc_identity.h"
#include "sim/network/directory.h"
#include "sim/scenario/prepayment.h"
#include "sim/scenario/supply.h"

namespace meterbed::scenario {
namespace {

/// Users are numbered as the scenario lists them.
std::uint16_t user_number(const Scenario& scenario, std::string_view name) {
    const auto found = std::find_if(scenario.users.begin(), scenario.users.end(),
                                    [&](const User& user) { return user.name == name; });
    return static_cast<std::uint16_t>(found - scenario.users.begin());
}

/// Who is told of the homes of a scenario.
class Parties {
  public:
    Parties(const Scenario& scenario, const Streams& streams, std::vector<NetworkArea> areas)
        : scenario_(scenario), streams_(streams), areas_(std::move(areas)) {
        for (const Population& population : scenario.populations)
            suppliers_.push_back(user_number(scenario, population.supplier));
    }

    fleet::HomeParties operator()(std::int32_t home) const {
        const auto area = std::partition_point(
            areas_.begin(), areas_.end(), [&](const NetworkArea& other) { return other.homes.end <= home; });
        const auto position = static_cast<std::size_t>(area - areas_.begin());
        const Population& population = scenario_.populations[position];
        const std::int32_t index = home - area->homes.first;
        fleet::HomeParties out;
        out.supplier = suppliers_[position];
        out.network_operator = user_number(scenario_, network_operator_of(population, index));
        out.holder = holder(population, index, out.network_operator);
        return out;
    }

  private:
    Eui64 holder(const Population& population, std::int32_t index, std::uint16_t network_operator) const {
        const CellsOf cells = cells_of(population, streams_, index);
        if (cells.dcc_controlled) return kAccessControlBroker;
        if (cells.wrong) return organisation_id(user_number(scenario_, population.wrong_operator));
        return organisation_id(network_operator);
    }

    const Scenario& scenario_;
    Streams streams_;
    std::vector<NetworkArea> areas_;
    std::vector<std::uint16_t> suppliers_;
};

/// One part of a world, of one of the models.
struct World {
    const Scenario& scenario;
    const Settings& settings;
    Streams streams;
    std::optional<std::size_t> only;  ///< population
    KernelMaker kernel;
    const Progress& progress;

    Time end() const { return scenario.start + scenario.length; }
};

/// Nothing leaves a fleet, so a slice may be as long as the pause between two looks at the outside.
void play(const World& world, fleet::FleetModel& model, Duration slice) {
    const std::unique_ptr<Kernel> kernel = world.kernel(world.scenario.start);
    fleet::FleetStation station("fleet", *kernel, model, slice);
    while (kernel->now() < world.end()) {
        kernel->run_until(std::min(world.end(), kernel->now() + slice));
        const auto passed = std::chrono::duration<double>(kernel->now() - world.scenario.start);
        if (world.progress) world.progress(passed / std::chrono::duration<double>(world.scenario.length));
    }
    station.catch_up(world.end());
}

Outcome run_outages(const World& world) {
    if (world.progress) world.progress(0);
    fleet::OutageModel model(fleet_part(world.scenario, world.settings, world.streams, world.only),
                             world.settings, world.streams, world.scenario.start);
    play(world, model, slice_of(world.scenario));
    Outcome outcome;
    outcome.records = model.take_records();
    const OutageHomes homes{model.network().homes.first, model.network().sites,
                            [&](std::int32_t home) { return model.network_operator(home); }};
    outcome.outages = outages(outcome.records, homes, world.end());
    return outcome;
}

/// Each meter is played alone through a slice; a longer one would keep Ctrl-C waiting.
constexpr Duration kPrepaymentSlice = std::chrono::days{1};

Outcome run_prepayment(const World& world) {
    if (world.progress) world.progress(0);
    const Supply physical = supply(world.scenario, world.settings, world.streams, world.only);
    fleet::PrepaymentModel model(prepayment_part(world.scenario, physical.network, world.only),
                                 world.settings, world.streams, world.scenario.start, world.scenario.length);
    play(world, model, kPrepaymentSlice);
    Outcome outcome;
    outcome.records = model.take_records();
    PrepayFacts facts =
        prepay_facts(world.scenario, world.settings, world.streams, physical.network, world.only);
    facts.unbalanced = model.unbalanced();
    outcome.prepayments = prepayments(outcome.records, facts);
    return outcome;
}

}  // namespace

fleet::Part fleet_part(const Scenario& scenario, const Settings& settings, const Streams& streams,
                       std::optional<std::size_t> only) {
    Supply physical = supply(scenario, settings, streams, only);
    fleet::Part part;
    part.parties = Parties(scenario, streams, physical.network.areas);
    part.users = static_cast<std::uint16_t>(scenario.users.size());
    part.network = std::move(physical.network);
    part.story = std::move(physical.story);
    return part;
}

fleet::PrepaymentPart prepayment_part(const Scenario& scenario, const SupplyNetwork& network,
                                      std::optional<std::size_t> only) {
    fleet::PrepaymentPart part;
    part.dcc_outages = dcc_outages(scenario);
    for (const PrepayHomes& group : prepay_homes(scenario, only)) {
        part.profiles = group.profiles;
        for (std::int32_t home = group.homes.first; home < group.homes.end; ++home)
            part.homes.push_back({home, network.site(home), group.generation});
    }
    return part;
}

std::size_t parts(const Scenario& scenario, const Variant& variant) {
    // The capacity of the DCC is one for all homes that send it alerts of outages.
    const bool tied = variant.settings.dcc_alert_capacity > 0 && !prepays(scenario);
    if (scenario.scale == Scale::bench || tied) return 1;
    return std::max<std::size_t>(scenario.populations.size(), 1);
}

std::optional<std::size_t> population_of(const Scenario& scenario, const Variant& variant, std::size_t part) {
    if (parts(scenario, variant) == 1) return std::nullopt;
    return part;
}

Outcome run_fleet(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, std::size_t part,
                  KernelMaker kernel, const Progress& progress) {
    const World world{
        scenario, variant.settings, {scenario.seed, repeat}, population_of(scenario, variant, part),
        kernel,   progress};
    Outcome outcome = prepays(scenario) ? run_prepayment(world) : run_outages(world);
    outcome.records_sha256 = outcome.records.sha256();
    return outcome;
}

}  // namespace meterbed::scenario
