// A metric is a fold over the records of one run; so is an invariant. `meterbed list metrics` prints the
// tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/metrics/outage_figures.h"
#include "sim/metrics/prepay_figures.h"
#include "sim/record.h"
#include "sim/settings.h"

namespace meterbed {

struct NamedValue {
    std::string name;
    double value = 0;
};

/// What a metric is read from: the records, or the figures of outages or of prepayment.
template <typename From>
using FoldOf = std::optional<double> (*)(const From& from);
using Fold = std::variant<FoldOf<Records>, FoldOf<OutageFigures>, FoldOf<PrepayFigures>>;

struct Metric {
    std::string_view name;
    std::string_view meaning;
    std::string_view unit;  ///< "", "share", "s"
    /// Nothing when the story gives no answer; then an expectation about it does not hold.
    Fold fold;
};

std::span<const Metric> metrics();

struct InvariantResult {
    std::string name;
    bool held = true;
    std::string text;  ///< the first breach, empty when it held
};

struct RunEnd {
    Time end;
    Settings settings;
    Outages outages{};
    Prepayments prepayments{};
};
class World;
/// `records`: all of the world's.
/// Prepayment apart, of which the story knows the facts.
RunEnd run_end(const World& world, const Records& records);

/// Every metric that has a value, and for "repairs by route" one value a route.
std::vector<NamedValue> measure(const Records& records, const RunEnd& end);
/// Those of outages alone, also of several parts of a world together; none when there was no outage.
std::vector<NamedValue> outage_metrics(const Outages& outages, const Settings& settings);
/// Likewise those of prepayment; none when nobody prepays.
std::vector<NamedValue> prepay_metrics(const Prepayments& prepayments);

struct Invariant {
    std::string_view name;
    std::string_view meaning;
    /// The first breach in words; nothing when it holds.
    std::optional<std::string> (*breach)(const Records& records, const RunEnd& end);
};

std::span<const Invariant> invariants();
InvariantResult check(const Invariant& invariant, const Records& records, const RunEnd& end);

}  // namespace meterbed
