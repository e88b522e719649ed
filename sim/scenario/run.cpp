#include "sim/scenario/run.h"

#include <algorithm>

#include "devices/raise.h"
#include "sim/faults.h"
#include "sim/network/repair.h"
#include "sim/scenario/fleet_run.h"
#include "sim/scenario/prepayment.h"
#include "sim/scenario/story.h"
#include "sim/services/gates.h"

namespace meterbed::scenario {

namespace {

void advance(World& world, Time until, const Scenario& scenario, const Progress& progress) {
    const Duration slice = slice_of(scenario);
    while (world.now() < until) {
        world.run_until(std::min(until, world.now() + slice));
        const auto passed = std::chrono::duration<double>(world.now() - scenario.start);
        if (progress) progress(passed / std::chrono::duration<double>(scenario.length));
    }
}

const double* value_of(const std::vector<NamedValue>& metrics, const std::string& name) {
    const auto found = std::ranges::find(metrics, name, &NamedValue::name);
    return found == metrics.end() ? nullptr : &found->value;
}

bool holds(Comparison comparison, double value, double bound, double upper) {
    switch (comparison) {
        case Comparison::equals:
            return value == bound;
        case Comparison::at_most:
            return value <= bound;
        case Comparison::at_least:
            return value >= bound;
        case Comparison::between:
            return value >= bound && value <= upper;
    }
    return false;
}

/// `others`: where the metric is that it is compared with.
ExpectationResult judge(const Expectation& expectation, const std::vector<NamedValue>& metrics,
                        const std::vector<NamedValue>& others) {
    ExpectationResult result{
        expectation.metric + ": " + expectation.text, expectation.metric, false, false, 0, expectation.bound};
    const double* value = value_of(metrics, expectation.metric);
    const double* bound = &expectation.bound;
    if (!expectation.bound_metric.empty()) bound = value_of(others, expectation.bound_metric);
    if (!expectation.bound_variant.empty()) bound = value_of(others, expectation.metric);
    if (value != nullptr) result.value = *value;
    if (bound != nullptr) result.bound = *bound;
    // Nothing is so many times nothing.
    result.measured = value != nullptr && bound != nullptr && !(expectation.times && *bound == 0);
    if (!result.measured) return result;
    const double least = expectation.times ? expectation.bound * *bound : *bound;
    const double most = expectation.times ? expectation.upper * *bound : expectation.upper;
    result.held = holds(expectation.comparison, *value, least, most);
    return result;
}

Judgement judge(const Scenario& scenario, const Variant& variant, const Records& records, const RunEnd& end,
                std::vector<NamedValue> metrics) {
    Judgement out;
    out.metrics = std::move(metrics);
    for (const Expectation& expectation : scenario.expectations) {
        const bool ours = expectation.variant.empty() || expectation.variant == variant.name;
        if (!ours || !expectation.bound_variant.empty()) continue;
        out.expectations.push_back(judge(expectation, out.metrics, out.metrics));
    }
    for (const Invariant& invariant : invariants()) {
        const bool asked =
            std::ranges::find(scenario.invariants, invariant.name) != scenario.invariants.end();
        if (asked) out.invariants.push_back(check(invariant, records, end));
    }
    return out;
}

}  // namespace

Duration slice_of(const Scenario& scenario) {
    return std::max<Duration>(scenario.length / 400, std::chrono::seconds{1});
}

Judgement judge(const Scenario& scenario, const Variant& variant, Outages outages, Prepayments prepayments) {
    const RunEnd end{scenario.start + scenario.length, variant.settings, std::move(outages),
                     std::move(prepayments)};
    std::vector<NamedValue> metrics = outage_metrics(end.outages, variant.settings);
    for (NamedValue& metric : prepay_metrics(end.prepayments)) metrics.push_back(std::move(metric));
    return judge(scenario, variant, {}, end, std::move(metrics));
}

std::vector<Compared> compare(const Scenario& scenario, const std::vector<Measured>& repeat) {
    const auto of = [&](const std::string& variant) {
        return std::ranges::find(repeat, variant, &Measured::variant);
    };
    std::vector<Compared> out;
    for (const Expectation& expectation : scenario.expectations) {
        if (expectation.bound_variant.empty()) continue;
        const auto one = of(expectation.variant), other = of(expectation.bound_variant);
        if (one == repeat.end() || other == repeat.end()) continue;
        out.push_back({expectation.variant, judge(expectation, one->metrics, other->metrics)});
    }
    return out;
}

Outcome run(const Scenario& scenario, const Variant& variant, std::uint64_t repeat, KernelMaker kernel,
            const Progress& progress, std::size_t part) {
    if (scenario.scale == Scale::fleet) return run_fleet(scenario, variant, repeat, part, kernel, progress);
    WorldOptions options;
    options.seed = scenario.seed;
    options.run = repeat;
    options.start = scenario.start;
    options.settings = variant.settings;
    options.kernel = kernel;
    options.length = scenario.length;
    World world(options);
    Story story{scenario, world, supply(scenario, variant.settings, world.streams()), {}, {}};
    people(story);
    if (progress) progress(0);
    for (std::size_t i = 0; i < scenario.timeline.size(); ++i) {
        advance(world, scenario.timeline[i].at, scenario, progress);
        play(story, i);
    }
    const Time end = scenario.start + scenario.length;
    advance(world, end, scenario, progress);

    Outcome outcome;
    std::vector<std::int32_t> unbalanced = world.unbalanced();
    outcome.records = world.finish();
    outcome.records_sha256 = outcome.records.sha256();
    RunEnd finished = run_end(world, outcome.records);
    if (prepays(scenario)) {
        PrepayFacts facts = prepay_facts(scenario, variant.settings, world.streams(), story.supply.network);
        facts.unbalanced = std::move(unbalanced);
        finished.prepayments = prepayments(outcome.records, facts);
    }
    outcome.judgement =
        judge(scenario, variant, outcome.records, finished, measure(outcome.records, finished));
    outcome.outages = std::move(finished.outages);
    outcome.prepayments = std::move(finished.prepayments);
    return outcome;
}

Vocabulary vocabulary() {
    Vocabulary words;
    for (const Service& service : services()) {
        if (service.simulated) words.services.push_back(service.srv);
    }
    for (const Gate& gate : gates()) {
        if (!gate.always) words.gates.emplace_back(gate.name);
    }
    words.alert_codes.emplace_back("AD1");
    for (const AlertRow& row : alert_rows()) words.alert_codes.push_back(alert_code_text(row.code));
    for (const Fault& fault : faults()) words.faults.emplace_back(fault.name);
    for (const Metric& metric : metrics()) words.metrics.emplace_back(metric.name);
    for (const NamedMeaning& route : repair_routes()) {
        words.metrics.push_back("repairs by route: " + std::string(route.name));
    }
    for (const Invariant& invariant : invariants()) words.invariants.emplace_back(invariant.name);
    words.report_sections = {"refused commands by code",
                             "repairs by route",
                             "time to repair",
                             "outcomes by step",
                             "alerts by recipient",
                             "outage alerts by clock",
                             "outage alerts in time by region and size",
                             "outage alerts never sent and why",
                             "outage cells",
                             "outage map by GSP group",
                             "outage detection by feeder",
                             "restoration alerts",
                             "false outage alerts",
                             "prepayment off supply",
                             "prepayment top-ups credited",
                             "prepayment survival",
                             "prepayment remedies",
                             "prepayment UTRNs",
                             "prepayment outage",
                             "prepayment stale tariff",
                             "prepayment late reports",
                             "message sequence"};
    return words;
}

}  // namespace meterbed::scenario
