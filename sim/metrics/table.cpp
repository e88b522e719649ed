#include <array>

#include "sim/metrics/folds.h"
#include "sim/world.h"

namespace meterbed {

namespace {

using Figures = OutageFigures;
using Value = std::optional<double>;

Value shown(double value) { return value; }
Value shown(const Value& value) { return value; }
Value shown(const Share& share) { return share.value(); }

/// A member of the figures, or one of an array of them.
template <auto Member>
Value of(const Figures& figures) {
    return shown(figures.*Member);
}
template <auto Member, std::size_t I>
Value each(const Figures& figures) {
    return shown((figures.*Member)[I]);
}

constexpr std::array kMetrics{
    Metric{"wrong choices", "requests that carried somebody else's certificates by mistake", "",
           folds::wrong_choices},
    Metric{"devices nobody can command",
           "homes where whoever the DCC lets through is not the holder, and the holder is refused by the DCC",
           "", folds::devices_nobody_can_command},
    Metric{"renewals refused in error", "share of rightly meant certificate updates that were refused",
           "share", folds::renewals_refused_in_error},
    Metric{"repairs", "homes put right", "", folds::repairs},
    Metric{"time to repair", "mean time from the begin of a repair to its success", "s",
           folds::time_to_repair},
    Metric{"requests refused", "refusals at the DCC and the S1SP", "", folds::requests_refused},
    Metric{"requests refused at the DCC", "refusals at the DCC alone", "", folds::requests_refused_at_dcc},
    Metric{"requests answered", "requests that ended with a response of the device", "",
           folds::requests_answered},
    Metric{"requests without an answer", "requests given up after all attempts", "",
           folds::requests_without_answer},
    Metric{"commands dropped by the meter", "commands that a device refused without an answer", "",
           folds::commands_dropped},
    Metric{"alerts to the wrong operator",
           "network operator alerts delivered to another than the registered operator", "",
           folds::alerts_to_the_wrong_operator},
    Metric{"outage alerts expected",
           "cuts of at least the hold, counted by hub whose MPxN is known, that are not too near the end", "",
           nullptr, of<&Figures::expected>},
    Metric{"outage alerts delivered", "share of the expected that reached the network operator", "share",
           nullptr, of<&Figures::delivered>},
    Metric{
        "outage alerts in time",
        "share of the expected that reached the network operator within the target after the hold (clock D)",
        "share", nullptr, of<&Figures::in_time>},
    Metric{"outage alerts in time: North", "the same in the North region", "share", nullptr,
           each<&Figures::in_time_by_region, 0>},
    Metric{"outage alerts in time: Central", "the same in the Central region", "share", nullptr,
           each<&Figures::in_time_by_region, 1>},
    Metric{"outage alerts in time: South", "the same in the South region", "share", nullptr,
           each<&Figures::in_time_by_region, 2>},
    Metric{"outage alerts in time: single premises", "the same of cuts of one premises", "share", nullptr,
           each<&Figures::in_time_by_size, 0>},
    Metric{"outage alerts in time: 2 to 100 premises", "the same of cuts of so many", "share", nullptr,
           each<&Figures::in_time_by_size, 1>},
    Metric{"outage alerts in time: 101 to 5000 premises", "the same of cuts of so many", "share", nullptr,
           each<&Figures::in_time_by_size, 2>},
    Metric{"outage alerts in time: over 5000 premises", "the same of larger cuts", "share", nullptr,
           each<&Figures::in_time_by_size, 3>},
    Metric{"outage alert clock D: median", "from the hold to the network operator, of the delivered", "s",
           nullptr, of<&Figures::clock_d_median>},
    Metric{"outage alert clock D: 95 %", "95 % of the delivered were as fast", "s", nullptr,
           of<&Figures::clock_d_95>},
    Metric{"outage alert clock D: 99 %", "99 % of the delivered were as fast", "s", nullptr,
           of<&Figures::clock_d_99>},
    Metric{"outage alert clock C in time",
           "share of the delivered that took at most the target from the DSP to the network operator",
           "share", nullptr, of<&Figures::clock_c>},
    Metric{"outage alerts missing: power back", "expected, but supply was back before the hub was heard", "",
           nullptr, each<&Figures::without_alert, 1>},
    Metric{"outage alerts missing: hub without power", "expected, but the store of the hub ended first", "",
           nullptr, each<&Figures::without_alert, 2>},
    Metric{"outage alerts missing: radio", "expected, but nobody heard any attempt of the hub", "", nullptr,
           each<&Figures::without_alert, 3>},
    Metric{"outage alerts missing: firmware job", "expected, but withheld during a firmware job", "", nullptr,
           each<&Figures::without_alert, 5>},
    Metric{"outage alerts missing: alert storm", "expected, but dropped by the storm protection", "", nullptr,
           each<&Figures::without_alert, 6>},
    Metric{"outage alerts for short cuts", "outage alerts of cuts shorter than the hold", "", nullptr,
           of<&Figures::short_cut_alerts>},
    Metric{"outage alerts without MPxN", "outage alerts of hubs whose MPxN the DCC does not know", "",
           nullptr, of<&Figures::without_mpxn>},
    Metric{"false outage alerts", "outage alerts of hubs that firmware, and no cut, left without power", "",
           nullptr, of<&Figures::false_alerts_count>},
    Metric{"share of false outage alerts", "of all outage alerts", "share", nullptr,
           of<&Figures::false_alerts>},
    Metric{"outage alerts to the wrong operator",
           "none of whose recipients was the registered network operator", "", nullptr,
           of<&Figures::outage_alerts_misled>},
    Metric{"restoration codes wrong", "restoration alerts whose code does not fit the length of the outage",
           "", nullptr, of<&Figures::wrong_codes>},
    Metric{"restoration alerts in time",
           "share of the expected outages that ended and whose restoration alert arrived within the target",
           "share", nullptr, of<&Figures::restoration_in_time>},
    Metric{"restoration alerts to the wrong operator",
           "restoration alerts that arrived at another than the registered network operator", "", nullptr,
           of<&Figures::restoration_alerts_misled>},
    Metric{"time to the first alert of a feeder",
           "median over cuts of two or more premises, by feeder, from the loss to the first alert", "s",
           nullptr, of<&Figures::first_alert>},
    Metric{"time to be sure of a feeder",
           "the same to the alert after which the cut is 95 % sure, given the share of false alerts", "s",
           nullptr, of<&Figures::sure>},
    Metric{"alerts to be sure of a feeder", "how many alerts of one feeder make a cut 95 % sure", "", nullptr,
           of<&Figures::alerts_to_be_sure>},
};

constexpr std::array kInvariants{
    Invariant{"one holder per cell", "at the end the network operator cells of a device name one party",
              folds::one_holder_per_cell},
    Invariant{"every message accounted for", "every request is completed once its attempts are used up",
              folds::every_message_accounted_for},
    Invariant{"no outage alert for a short cut", "cuts shorter than the hold give no AD1",
              folds::no_alert_for_short_cuts},
    Invariant{"no outage alert without MPxN", "the DCC sends no AD1 that cannot name the supply point",
              folds::no_alert_without_mpxn},
    Invariant{"restoration codes right", "the code of a restoration alert fits the length of the outage",
              folds::restoration_codes_right},
    Invariant{"every outage accounted for",
              "every outage beyond the hold gave AD1 or has a reason, once there was time enough",
              folds::every_outage_accounted_for},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }
std::span<const Invariant> invariants() { return kInvariants; }

RunEnd run_end(const World& world, const Records& records) {
    const std::vector<Site> sites = world.sites();
    const OutageHomes homes{0, sites,
                            [&world](std::int32_t home) { return world.home(home).network_operator; }};
    return {world.now(), world.settings(), outages(records, homes, world.now())};
}

std::vector<NamedValue> outage_metrics(const Outages& outages, const Settings& settings) {
    std::vector<NamedValue> out;
    if (outages.rows.empty()) return out;
    const OutageFigures figures = figures_of(outages, settings);
    for (const Metric& metric : kMetrics) {
        if (metric.outage == nullptr) continue;
        if (const auto value = metric.outage(figures)) out.push_back({std::string(metric.name), *value});
    }
    return out;
}

std::vector<NamedValue> measure(const Records& records, const RunEnd& end) {
    std::vector<NamedValue> out;
    for (const Metric& metric : kMetrics) {
        if (metric.fold == nullptr) continue;
        if (const auto value = metric.fold(records)) out.push_back({std::string(metric.name), *value});
    }
    for (NamedValue& route : folds::repairs_by_route(records)) out.push_back(std::move(route));
    for (NamedValue& outage : outage_metrics(end.outages, end.settings)) out.push_back(std::move(outage));
    return out;
}

InvariantResult check(const Invariant& invariant, const Records& records, const RunEnd& end) {
    const auto breach = invariant.breach(records, end);
    return {std::string(invariant.name), !breach, breach.value_or("")};
}

}  // namespace meterbed
