#include "sim/scenario/fleet_run.h"

#include <algorithm>
#include <memory>

#include "sim/fleet/station.h"
#include "sim/network/dcc_identity.h"
#include "sim/network/directory.h"
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

std::size_t parts(const Scenario& scenario, const Variant& variant) {
    // The capacity of the DCC is one for all homes.
    if (scenario.scale == Scale::bench || variant.settings.dcc_alert_capacity > 0) return 1;
    return std::max<std::size_t>(scenario.populations.size(), 1);
}

std::optional<std::size_t> population_of(const Scenario& scenario, const Variant& variant, std::size_t part) {
    if (parts(scenario, variant) == 1) return std::nullopt;
    return part;
}

Outcome run_fleet(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, std::size_t part,
                  KernelMaker kernel_maker, const Progress& progress) {
    const Settings& settings = variant.settings;
    const Streams streams{scenario.seed, repeat};
    const Time end = scenario.start + scenario.length;
    if (progress) progress(0);
    const std::unique_ptr<Kernel> kernel = kernel_maker(scenario.start);
    fleet::OutageModel model(fleet_part(scenario, settings, streams, population_of(scenario, variant, part)),
                             settings, streams, scenario.start);
    // Nothing leaves the fleet, so the slice may be as long as the pause between two looks at the outside.
    fleet::FleetStation station("fleet", *kernel, model, slice_of(scenario));
    while (kernel->now() < end) {
        kernel->run_until(std::min(end, kernel->now() + slice_of(scenario)));
        const auto passed = std::chrono::duration<double>(kernel->now() - scenario.start);
        if (progress) progress(passed / std::chrono::duration<double>(scenario.length));
    }
    station.catch_up(end);

    Outcome outcome;
    outcome.records = model.take_records();
    outcome.records_sha256 = outcome.records.sha256();
    const OutageHomes homes{model.network().homes.first, model.network().sites,
                            [&](std::int32_t home) { return model.network_operator(home); }};
    outcome.outages = outages(outcome.records, homes, end);
    return outcome;
}

}  // namespace meterbed::scenario
