#include "sim/supply/generate.h"

#include <algorithm>

namespace meterbed {

namespace {

/// Counters of the draws of a population: of its n-th feeder, or of its n-th home.
enum Counter : std::uint64_t { kFeederSize, kPolyphase, kMpxnUnknown, kFirmwareFault };

std::int32_t parts(std::int32_t whole, std::int32_t part) { return (whole + part - 1) / part; }

template <typename T>
std::int32_t count(const std::vector<T>& list) {
    return static_cast<std::int32_t>(list.size());
}

NumberRange moved(NumberRange range, std::int32_t by) { return {range.first + by, range.end + by}; }

std::uint32_t moved(std::uint32_t number, std::int32_t by) { return number + static_cast<std::uint32_t>(by); }

void add_feeders(SupplyNetwork& network, const SupplyPlan& plan, NumberRange homes, const Draws& draws) {
    const auto first_primary = static_cast<std::uint32_t>(network.primaries.size());
    const std::int32_t sizes = plan.feeder_most - plan.feeder_least + 1;
    std::int32_t next = homes.first;
    for (std::uint32_t feeder = 0; next < homes.end; ++feeder) {
        const auto more = static_cast<std::int32_t>(draws.uniform(feeder, kFeederSize) * sizes);
        const std::int32_t end = std::min(homes.end, next + plan.feeder_least + more);
        const std::uint32_t primary = feeder / static_cast<std::uint32_t>(plan.feeders_a_primary);
        network.feeders.push_back({first_primary + primary, {next, end}});
        next = end;
    }
}

void add_primaries(SupplyNetwork& network, const SupplyPlan& plan, NumberRange feeders) {
    for (std::int32_t first = feeders.first; first < feeders.end; first += plan.feeders_a_primary) {
        const std::int32_t end = std::min(feeders.end, first + plan.feeders_a_primary);
        network.primaries.push_back({plan.gsp_group, {first, end}});
    }
}

void add_sites(SupplyNetwork& network, const SupplyPlan& plan, const NetworkArea& area, const Draws& draws) {
    Site site;
    site.region = plan.region;
    site.technology = plan.technology;
    site.gsp_group = plan.gsp_group;
    for (std::int32_t feeder = area.feeders.first; feeder < area.feeders.end; ++feeder) {
        const NumberRange homes = network.feeders[static_cast<std::size_t>(feeder)].homes;
        site.feeder = static_cast<std::uint32_t>(feeder);
        for (std::int32_t home = homes.first; home < homes.end; ++home) {
            const std::int32_t index = home - area.homes.first;
            const auto entity = static_cast<std::uint64_t>(index);
            site.cell = static_cast<std::uint32_t>(area.cells.first + index / plan.cell_premises);
            site.polyphase = draws.uniform(entity, kPolyphase) < plan.polyphase_share;
            site.mpxn_known = draws.uniform(entity, kMpxnUnknown) >= plan.mpxn_unknown_share;
            site.cuts_hub_power = takes_hub_power(plan, draws, index);
            network.sites.push_back(site);
        }
    }
}

NetworkArea generate(SupplyNetwork& network, const SupplyPlan& plan, NumberRange homes, const Draws& draws,
                     bool with_sites) {
    NetworkArea area{homes, {}, {}, {}};
    area.feeders.first = count(network.feeders);
    add_feeders(network, plan, homes, draws);
    area.feeders.end = count(network.feeders);
    area.primaries.first = count(network.primaries);
    add_primaries(network, plan, area.feeders);
    area.primaries.end = count(network.primaries);
    area.cells.first = count(network.cells);
    const auto cells = static_cast<std::size_t>(parts(plan.premises, plan.cell_premises));
    network.cells.insert(network.cells.end(), cells, {plan.region, plan.technology});
    area.cells.end = count(network.cells);
    if (with_sites) add_sites(network, plan, area, draws);
    return area;
}

/// Puts a given network behind what there is.
NetworkArea append(SupplyNetwork& network, const SupplyPlan& plan, NumberRange homes, const Draws& draws,
                   bool with_sites) {
    const SupplyNetwork& given = *plan.given;
    const std::int32_t feeders = count(network.feeders);
    const std::int32_t primaries = count(network.primaries);
    const std::int32_t cells = count(network.cells);
    for (const Feeder& feeder : given.feeders) {
        network.feeders.push_back({moved(feeder.primary, primaries), moved(feeder.homes, homes.first)});
    }
    for (const Primary& primary : given.primaries) {
        network.primaries.push_back({primary.gsp_group, moved(primary.feeders, feeders)});
    }
    network.cells.insert(network.cells.end(), given.cells.begin(), given.cells.end());
    for (std::int32_t i = 0; with_sites && i < plan.premises; ++i) {
        Site site = given.sites[static_cast<std::size_t>(i)];
        site.feeder = moved(site.feeder, feeders);
        site.cell = moved(site.cell, cells);
        site.cuts_hub_power = takes_hub_power(plan, draws, i);
        network.sites.push_back(site);
    }
    return {homes,
            {feeders, count(network.feeders)},
            {primaries, count(network.primaries)},
            {cells, count(network.cells)}};
}

}  // namespace

Draws supply_draws(const SupplyPlan& plan, const Streams& streams) {
    return Draws(streams.of("supply/" + plan.name));
}

bool takes_hub_power(const SupplyPlan& plan, const Draws& draws, std::int32_t index) {
    return draws.uniform(static_cast<std::uint64_t>(index), kFirmwareFault) < plan.firmware_fault_share;
}

SupplyNetwork supply_network(std::span<const SupplyPlan> plans, const Streams& streams,
                             std::optional<std::size_t> only) {
    SupplyNetwork network;
    std::size_t sites = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (!only || *only == i) sites += static_cast<std::size_t>(plans[i].premises);
    }
    network.sites.reserve(sites);
    std::int32_t next = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const SupplyPlan& plan = plans[i];
        const NumberRange homes{next, next + plan.premises};
        const bool with_sites = !only || *only == i;
        const Draws draws = supply_draws(plan, streams);
        if (with_sites) {
            if (only || i == 0) network.homes.first = homes.first;
            network.homes.end = homes.end;
        }
        network.areas.push_back(plan.given ? append(network, plan, homes, draws, with_sites)
                                           : generate(network, plan, homes, draws, with_sites));
        next = homes.end;
    }
    return network;
}

}  // namespace meterbed
