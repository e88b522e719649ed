// The facts of a story about prepayment, for both scales: which homes prepay, when the DCC does not work.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pki/time.h"
#include "sim/metrics/prepayments.h"
#include "sim/prepayment/consumption.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/supply.h"
#include "sim/streams.h"

namespace meterbed::scenario {

/// Whether any population prepays; at fleet scale then all do.
bool prepays(const Scenario& scenario);

/// Begin and end of the outages of the DCC, by time; the last may end after the story.
using Spans = std::vector<std::pair<Time, Time>>;
Spans dcc_outages(const Scenario& scenario);

/// Homes with consecutive numbers, of one population, whose customers prepay.
struct PrepayHomes {
    NumberRange homes;
    Generation generation = Generation::SMETS2;
    std::shared_ptr<const Profiles> profiles;  ///< null: drawn
};
/// In the order of their numbers; `only`: those of one population, by its position.
std::vector<PrepayHomes> prepay_homes(const Scenario& scenario, std::optional<std::size_t> only = {});

/// What the fold over the records must know. `network`: with the sites of these homes.
PrepayFacts prepay_facts(const Scenario& scenario, const Settings& settings, const Streams& streams,
                         const SupplyNetwork& network, std::optional<std::size_t> only = {});

}  // namespace meterbed::scenario
