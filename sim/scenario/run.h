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
    bool measured = false;  ///< false: the story gave the metric, or what it is compared with, no value
    double value = 0;
    double bound = 0;  ///< with `times`: what the factor is of
};

/// What a whole world comes to.
struct Judgement {
    std::vector<NamedValue> metrics;
    std::vector<ExpectationResult> expectations;
    std::vector<InvariantResult> invariants;
};

struct Outcome {
    Records records;
    Outages outages;
    Prepayments prepayments;
    std::string records_sha256;
    Judgement judgement;  ///< empty at fleet scale, where it is `judge` of the parts together
};

/// Called between slices with the share of simulated time that has passed; may throw to stop the run.
using Progress = std::function<void(double)>;

/// Simulated time between two looks at the outside.
Duration slice_of(const Scenario& scenario);

/// In how many parts a world runs, each of which can be in a process of its own: one at bench scale, one a
/// population at fleet scale.
std::size_t parts(const Scenario& scenario, const Variant& variant);

/// Runs one variant once, or one part of it. The same seed and repeat draw the same story in every variant.
Outcome run(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, KernelMaker kernel,
            const Progress& progress, std::size_t part = 0);

/// What a world of fleet scale comes to, from the outages and prepayment of all its parts.
Judgement judge(const Scenario& scenario, const Variant& variant, Outages outages, Prepayments prepayments);

/// The metrics of one repeat of a variant.
struct Measured {
    std::string variant;
    std::vector<NamedValue> metrics;
};
/// The expectations that compare variants, which no world can judge alone: of one repeat of all of them.
struct Compared {
    std::string variant;
    ExpectationResult result;
};
std::vector<Compared> compare(const Scenario& scenario, const std::vector<Measured>& repeat);

/// The words the loader checks against: services, gates, metrics, invariants, report sections.
Vocabulary vocabulary();

}  // namespace meterbed::scenario
