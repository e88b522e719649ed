// A world at fleet scale: it runs in parts, which may be in different processes, and what they come to is
// judged together.
#pragma once

#include <cstddef>
#include <optional>

#include "sim/fleet/outage_model.h"
#include "sim/fleet/prepayment_model.h"
#include "sim/scenario/run.h"
#include "sim/scenario/scenario.h"
#include "sim/streams.h"

namespace meterbed::scenario {

/// The homes of one population, or of all, with what happens to them.
fleet::Part fleet_part(const Scenario& scenario, const Settings& settings, const Streams& streams,
                       std::optional<std::size_t> only);

/// Which population a part is; nothing: all of them.
std::optional<std::size_t> population_of(const Scenario& scenario, const Variant& variant, std::size_t part);

/// The homes that prepay, of one population.
fleet::PrepaymentPart prepayment_part(const Scenario& scenario, const SupplyNetwork& network,
                                      std::optional<std::size_t> only);

/// Runs one part. Its records, outages and prepayment; no metrics, expectations or invariants, for those are
/// of the whole.
Outcome run_fleet(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, std::size_t part,
                  KernelMaker kernel, const Progress& progress);

}  // namespace meterbed::scenario
