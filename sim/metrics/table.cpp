#include <array>

#include "sim/metrics/folds.h"

namespace meterbed {

namespace {

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
};

constexpr std::array kInvariants{
    Invariant{"one holder per cell", "at the end the network operator cells of a device name one party",
              folds::one_holder_per_cell},
    Invariant{"every message accounted for", "every request is completed once its attempts are used up",
              folds::every_message_accounted_for},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }
std::span<const Invariant> invariants() { return kInvariants; }

std::vector<NamedValue> measure(const Records& records) {
    std::vector<NamedValue> out;
    for (const Metric& metric : kMetrics) {
        if (const auto value = metric.fold(records)) out.push_back({std::string(metric.name), *value});
    }
    for (NamedValue& route : folds::repairs_by_route(records)) out.push_back(std::move(route));
    return out;
}

InvariantResult check(const Invariant& invariant, const Records& records, const RunEnd& end) {
    const auto breach = invariant.breach(records, end);
    return {std::string(invariant.name), !breach, breach.value_or("")};
}

}  // namespace meterbed
