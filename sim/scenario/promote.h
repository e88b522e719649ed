// A fleet stepped by hand, whose homes can be looked at closely.
#pragma once

#include <memory>

#include "sim/fleet/outage_model.h"
#include "sim/scenario/scenario.h"
#include "sim/world.h"

namespace meterbed::scenario {

class Fleet {
  public:
    /// All populations of a scenario of fleet scale, in one variant and repeat. BadRequest for another scale
    /// and for a story of prepayment.
    Fleet(const Scenario& scenario, const Variant& variant, std::uint64_t repeat);
    Fleet(const Fleet&) = delete;  // the model refers to the scenario
    Fleet& operator=(const Fleet&) = delete;

    Time now() const { return now_; }
    /// Throws BadRequest when that is past.
    void run_until(Time until);
    /// A world that holds this home alone, as full devices with keys, under its own number. It carries on
    /// from the present state of the home: what the home is told and sends is the same as in the fleet, as
    /// long as its cell is not busy with others. What it sent before arrives in the fleet. Throws BadRequest
    /// for an unknown home, and for one that is sending at this moment.
    std::unique_ptr<World> promote(std::int32_t home, KernelMaker kernel) const;

  private:
    Scenario scenario_;
    Settings settings_;
    std::uint64_t repeat_;
    Time now_;
    std::unique_ptr<fleet::OutageModel> model_;
};

}  // namespace meterbed::scenario
