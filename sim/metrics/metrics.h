// A metric is a fold over the records of one run; so is an invariant. `meterbed list metrics` prints the
// tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/record.h"
#include "sim/settings.h"

namespace meterbed {

struct NamedValue {
    std::string name;
    double value = 0;
};

struct Metric {
    std::string_view name;
    std::string_view meaning;
    std::string_view unit;  ///< "", "share", "s"
    /// Nothing when the story gives no answer; then an expectation about it does not hold.
    std::optional<double> (*fold)(const Records& records);
};

std::span<const Metric> metrics();

/// Every metric that has a value, and for "repairs by route" one value a route.
std::vector<NamedValue> measure(const Records& records);

struct InvariantResult {
    std::string name;
    bool held = true;
    std::string text;  ///< the first breach, empty when it held
};

struct RunEnd {
    Time end;
    Settings settings;
};

struct Invariant {
    std::string_view name;
    std::string_view meaning;
    /// The first breach in words; nothing when it holds.
    std::optional<std::string> (*breach)(const Records& records, const RunEnd& end);
};

std::span<const Invariant> invariants();
InvariantResult check(const Invariant& invariant, const Records& records, const RunEnd& end);

}  // namespace meterbed
