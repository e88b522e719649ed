#include "sim/scenario/memory.h"

#include <algorithm>
#include <vector>

#include "sim/record.h"

namespace meterbed::scenario {
namespace {

/// Devices, keys, certificates and trust anchors of a home: 15,000 were measured for hub and ESME; gas and a
/// display add as much again (ASSUMPTION).
constexpr std::uint64_t kBenchHome = 30'000;
/// A home that a cut reaches and one mains loss of it, in the columns and the calendar of a fleet.
constexpr std::uint64_t kTouchedHome = 256;
/// A mains loss leaves so many records when everything goes its longest way: three attempts that wait and are
/// lost, AD1 to two users, the meter's alert.
constexpr std::uint64_t kRecordsOfLoss = 14;
/// A prepayment meter in the columns of a fleet, with its ledger, customer and messages.
constexpr std::uint64_t kPrepaymentHome = 512;
/// A payment, the UTRN told, credit that is added or refused, and what the supply does between two payments.
constexpr double kRecordsOfTopUp = 6;
constexpr double kDaysAMonth = 365.25 / 12;
/// Once as rows and once as columns when a world ends.
constexpr std::uint64_t kRecordBytes = 2 * sizeof(Record);

std::uint64_t units_of(const CutStep& cut, const SupplyPlan& plan) {
    const double feeder = (plan.feeder_least + plan.feeder_most) / 2.0;
    double unit = 1;
    if (cut.unit == CutUnit::feeder) unit = feeder;
    if (cut.unit == CutUnit::primary) unit = feeder * plan.feeders_a_primary;
    if (cut.unit == CutUnit::population) unit = plan.premises;
    const double homes = cut.count ? static_cast<double>(*cut.count) * unit : cut.share * plan.premises;
    return static_cast<std::uint64_t>(std::min<double>(homes, plan.premises));
}

/// Expected mains losses by population.
std::vector<std::uint64_t> losses_of(const Scenario& scenario) {
    std::vector<std::uint64_t> losses(scenario.populations.size());
    for (const Step& step : scenario.timeline) {
        if (const auto* cut = std::get_if<PowerCutStep>(&step.action)) {
            losses[cut->cut.area] += units_of(cut->cut, scenario.populations[cut->cut.area].supply);
        } else if (const auto* firmware = std::get_if<FirmwareActivation>(&step.action)) {
            const SupplyPlan& plan = scenario.populations[firmware->firmware.area].supply;
            losses[firmware->firmware.area] +=
                static_cast<std::uint64_t>(plan.firmware_fault_share * plan.premises);
        } else if (const auto* replay = std::get_if<ReplayStep>(&step.action)) {
            for (const ReplayStep::Row& row : replay->rows) {
                losses[row.population] +=
                    static_cast<std::uint64_t>(scenario.populations[row.population].supply.feeder_most);
            }
        }
    }
    return losses;
}

/// Expected payments of one customer in the story.
double top_ups(const Scenario& scenario) {
    double most = 0;
    for (const Variant& variant : scenario.variants) most = std::max(most, variant.settings.top_ups_a_month);
    const auto days = std::chrono::duration<double, std::chrono::days::period>(scenario.length);
    return most * days.count() / kDaysAMonth;
}

}  // namespace

MemoryEstimate memory_estimate(const Scenario& scenario) {
    const bool bench = scenario.scale == Scale::bench;
    const std::vector<std::uint64_t> losses = losses_of(scenario);
    MemoryEstimate estimate;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const auto premises = static_cast<std::uint64_t>(scenario.populations[i].premises);
        const bool prepays = scenario.populations[i].prepayment;
        const double payments = prepays ? static_cast<double>(premises) * top_ups(scenario) : 0;
        const std::uint64_t records =
            (losses[i] * kRecordsOfLoss + static_cast<std::uint64_t>(payments * kRecordsOfTopUp)) *
            kRecordBytes;
        const std::uint64_t home = bench ? kBenchHome : prepays ? kPrepaymentHome : 0;
        const std::uint64_t homes = premises * (sizeof(Site) + home);
        const std::uint64_t part = homes + losses[i] * kTouchedHome + records;
        estimate.premises += premises;
        estimate.cuts += losses[i];
        estimate.records += records;
        estimate.populations.push_back(part);
        estimate.part = bench ? estimate.part + part : std::max(estimate.part, part);
    }
    return estimate;
}

}  // namespace meterbed::scenario
