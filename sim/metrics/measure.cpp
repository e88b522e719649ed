#include "sim/metrics/folds.h"
#include "sim/world.h"

namespace meterbed {
namespace {

/// Every metric that is read from this and has a value.
template <typename From>
std::vector<NamedValue> metrics_from(const From& from) {
    std::vector<NamedValue> out;
    for (const Metric& metric : metrics()) {
        const auto* fold = std::get_if<FoldOf<From>>(&metric.fold);
        if (fold == nullptr) continue;
        if (const auto value = (*fold)(from)) out.push_back({std::string(metric.name), *value});
    }
    return out;
}

}  // namespace

RunEnd run_end(const World& world, const Records& records) {
    const std::vector<Site> sites = world.sites();
    const OutageHomes homes{0, sites,
                            [&world](std::int32_t home) { return world.home(home).network_operator; }};
    return {world.now(), world.settings(), outages(records, homes, world.now())};
}

std::vector<NamedValue> outage_metrics(const Outages& outages, const Settings& settings) {
    if (outages.rows.empty()) return {};
    return metrics_from(figures_of(outages, settings));
}

std::vector<NamedValue> prepay_metrics(const Prepayments& prepayments) {
    if (prepayments.homes.empty()) return {};
    return metrics_from(figures_of(prepayments));
}

std::vector<NamedValue> measure(const Records& records, const RunEnd& end) {
    std::vector<NamedValue> out = metrics_from(records);
    for (NamedValue& route : folds::repairs_by_route(records)) out.push_back(std::move(route));
    for (NamedValue& outage : outage_metrics(end.outages, end.settings)) out.push_back(std::move(outage));
    for (NamedValue& prepay : prepay_metrics(end.prepayments)) out.push_back(std::move(prepay));
    return out;
}

InvariantResult check(const Invariant& invariant, const Records& records, const RunEnd& end) {
    const auto breach = invariant.breach(records, end);
    return {std::string(invariant.name), !breach, breach.value_or("")};
}

}  // namespace meterbed
