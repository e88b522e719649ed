// From a checked scenario to a finished run: one variant, one repeat, one world.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/metrics/metrics.h"
#include "sim/record.h"
#include "sim/scenario/scenario.h"
#include "sim/world.h"

namespace meterbed::scenario {

struct ExpectationResult {
    std::string name;  ///< "devices nobody can command: equals wrong choices"
    std::string metric;
    bool held = false;
    bool measured = false;  ///< false: the story gave the metric no value
    double value = 0;
    double bound = 0;
};

struct Outcome {
    Records records;
    std::vector<NamedValue> metrics;
    std::vector<ExpectationResult> expectations;
    std::vector<InvariantResult> invariants;
    std::string records_sha256;
};

/// Called between slices with the share of simulated time that has passed; may throw to stop the run.
using Progress = std::function<void(double)>;

/// Runs one variant once. The same seed and repeat draw the same story in every variant.
Outcome run(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, KernelMaker kernel,
            const Progress& progress);

/// The words the loader checks against: services, gates, metrics, invariants, report sections.
Vocabulary vocabulary();

}  // namespace meterbed::scenario
