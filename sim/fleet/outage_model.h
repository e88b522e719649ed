// Outages of a part of a country: the hubs, meters, radio cells and the DCC of DP096 in columns, told by the
// same rules as a bench of whole devices (sim/network/outage_rules.h), with the same records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "pki/eui64.h"
#include "pki/time.h"
#include "sim/fleet/station.h"
#include "sim/home_state.h"
#include "sim/record.h"
#include "sim/settings.h"
#include "sim/streams.h"
#include "sim/supply/power_cut.h"
#include "sim/supply/supply_network.h"

namespace meterbed::fleet {

/// Who is told of a home. Numbers of users are those of the world.
struct HomeParties {
    std::uint16_t supplier = 0;
    std::uint16_t network_operator = 0;  ///< registered
    Eui64 holder;                        ///< of its meter's network operator cell
};

/// One part of a world: homes that share no cell, feeder or cut with others.
struct Part {
    SupplyNetwork network;                                  ///< with the sites of its homes
    SupplyStory story;                                      ///< what happens to them
    std::function<HomeParties(std::int32_t home)> parties;  ///< asked once for each home that a cut reaches
    std::uint16_t users = 0;                                ///< of the world
};

class OutageModel final : public FleetModel {
  public:
    OutageModel(Part part, const Settings& settings, const Streams& streams, Time start);
    ~OutageModel() override;

    std::optional<Time> next() const override;
    /// Lets everything happen that is due up to and including `until`.
    void run_until(Time until);
    /// Nothing leaves this fleet, so any slice will do.
    void run_until(Time until, FleetStation&) override { run_until(until); }
    /// Nothing is sent to it either.
    void receive(Parcel parcel, Time now, FleetStation& station) override;

    /// A home in the middle of the story. BadRequest while it is sending, and for one that is not in this
    /// part.
    HomeState state_of(std::int32_t home) const;
    HomeParties parties_of(std::int32_t home) const;

    /// Of what happened so far; none are left after.
    Records take_records();
    std::uint64_t events() const;  ///< handled so far
    std::size_t bytes() const;     ///< of columns, sites included; records and events apart
    const SupplyNetwork& network() const;
    /// User registered for a home that a cut reaches.
    std::uint16_t network_operator(std::int32_t home) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace meterbed::fleet
