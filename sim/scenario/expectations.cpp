// `expect` and `measure`.
#include <algorithm>

#include "sim/scenario/parts.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

struct ComparisonWord {
    std::string_view word;
    Comparison comparison;
};
constexpr ComparisonWord kComparisons[] = {
    {"equals", Comparison::equals},
    {"at most", Comparison::at_most},
    {"at least", Comparison::at_least},
    {"between", Comparison::between},
};

/// Between a factor and what it is of.
constexpr std::string_view kTimes = " times ";

bool is_metric(std::string_view name, const Reading& reading) {
    const auto& metrics = reading.words.metrics;
    return std::find(metrics.begin(), metrics.end(), name) != metrics.end();
}

bool looks_like_number(std::string_view text) {
    if (text.empty()) return false;
    return (text.front() >= '0' && text.front() <= '9') || text.front() == '$' || text.front() == '-' ||
           text.substr(0, 7) == "assume ";
}

/// "A and B" behind `between`. A unit behind B only counts for both.
bool read_between(std::string_view text, const Node& node, Expectation& expectation, Reading& reading) {
    const std::size_t word = text.find(" and ");
    if (word == std::string_view::npos) {
        reading.problems.add(node, "'between' needs two bounds", "write 'between 1 % and 3 %'");
        return false;
    }
    std::string low(trimmed(text.substr(0, word)));
    const std::string_view high = trimmed(text.substr(word + 5));
    const bool bare = low.find_first_not_of("0123456789.") == std::string::npos;
    if (bare && !high.empty() && high.front() != '$') {
        const std::size_t unit = high.find_first_not_of("0123456789.");
        if (unit != std::string_view::npos) low += high.substr(unit);
    }
    const auto lower = read_bound(low, node, reading);
    const auto upper = read_bound(high, node, reading);
    if (!lower || !upper) return false;
    if (*lower > *upper) {
        reading.problems.add(node, in_quotes(node.text) + " ends before it begins");
        return false;
    }
    expectation.bound = *lower;
    expectation.upper = *upper;
    return true;
}

/// "2.4 and 3.6 times as-is", "0.5 times off-supply hours: SMETS2": factors, and what they are of.
bool read_times(std::string_view text, const Node& node, const Scenario& scenario, Expectation& expectation,
                Reading& reading) {
    const std::size_t word = text.find(kTimes);
    const std::string_view factors = trimmed(text.substr(0, word));
    const std::string of(trimmed(text.substr(word + kTimes.size())));
    std::vector<std::string_view> known;
    for (const Variant& variant : scenario.variants) known.push_back(variant.name);
    if (std::find(known.begin(), known.end(), of) != known.end()) {
        expectation.bound_variant = of;
    } else if (is_metric(of, reading)) {
        expectation.bound_metric = of;
    } else {
        known.insert(known.end(), reading.words.metrics.begin(), reading.words.metrics.end());
        reading.problems.add(node, in_quotes(of) + " is neither a variant nor a metric",
                             did_you_mean(of, known));
        return false;
    }
    if (of == expectation.metric) {
        reading.problems.add(node, in_quotes(of) + " is compared with itself");
        return false;
    }
    expectation.times = true;
    if (expectation.comparison == Comparison::between) {
        return read_between(factors, node, expectation, reading);
    }
    const auto factor = read_bound(factors, node, reading);
    expectation.bound = factor.value_or(0);
    return factor.has_value();
}

/// "equals wrong choices", "at most 0.1 %", "0".
bool read_comparison(const Node& node, const Scenario& scenario, Expectation& expectation, Reading& reading) {
    if (!node.is_text()) {
        reading.problems.add(node, "a comparison is expected here",
                             "write 'at most 3' or 'equals wrong choices'");
        return false;
    }
    std::string_view rest = trimmed(node.text);
    for (const ComparisonWord& row : kComparisons) {
        if (!cut_word(rest, row.word)) continue;
        expectation.comparison = row.comparison;
        break;
    }
    if (rest.find(kTimes) != std::string_view::npos) {
        return read_times(rest, node, scenario, expectation, reading);
    }
    if (expectation.comparison == Comparison::between) {
        return read_between(rest, node, expectation, reading);
    }
    if (is_metric(rest, reading)) {
        expectation.bound_metric = rest;
        return true;
    }
    if (!looks_like_number(rest)) {
        std::vector<std::string_view> known(reading.words.metrics.begin(), reading.words.metrics.end());
        const std::string hint = did_you_mean(rest, known);
        reading.problems.add(
            node, in_quotes(rest) + " is neither a number nor a metric",
            !hint.empty() ? hint : "write 'at most 3', 'between 1 and 2' or 'equals wrong choices'");
        return false;
    }
    const auto bound = read_bound(rest, node, reading);
    expectation.bound = bound.value_or(0);
    return bound.has_value();
}

/// "at most $name" with what the figures of `used` from `first` on say: "at most 180 s ($name)".
std::string with_figures(std::string text, const std::vector<Figure>& used, std::size_t first) {
    std::size_t from = 0;  // they stand in this order
    for (std::size_t i = first; i < used.size(); ++i) {
        const std::string name = "$" + used[i].name;
        const std::size_t at = text.find(name, from);
        if (at == std::string::npos) continue;
        const std::string unit = used[i].unit.empty() ? "" : " " + used[i].unit;
        const std::string told = used[i].value + unit + " (" + name + ")";
        text.replace(at, name.size(), told);
        from = at + told.size();
    }
    return text;
}

/// One metric for one variant, or for all of them.
void read_expectation(const Node& node, const std::vector<std::string>& variants, Scenario& scenario,
                      Reading& reading) {
    if (!is_metric(node.key, reading)) {
        reading.problems.add_key(node, "unknown metric " + in_quotes(node.key),
                                 suggest(node.key, reading.words.metrics));
        return;
    }
    Expectation expectation;
    expectation.metric = node.key;
    expectation.line = node.key_line;
    const std::size_t figures = reading.used.size();
    if (!read_comparison(node, scenario, expectation, reading)) return;
    expectation.text = with_figures(node.text, reading.used, figures);
    const std::string& other = expectation.bound_variant;
    if (variants.size() == 1 && variants.front() == other) {
        reading.problems.add(node, "the variant " + in_quotes(other) + " is compared with itself");
        return;
    }
    for (const std::string& variant : variants) {
        if (variant == other) continue;
        expectation.variant = variant;
        scenario.expectations.push_back(expectation);
    }
}

}  // namespace

void read_expectations(const Node& node, Scenario& scenario, Reading& reading) {
    if (!node.is_map()) {
        reading.problems.add(node, "a map of metrics is expected here", "write {as-is: {metric: at most 3}}");
        return;
    }
    std::vector<std::string> variants;
    for (const Variant& variant : scenario.variants) variants.push_back(variant.name);
    for (const Node& child : node.children) {
        if (!child.is_map()) {
            read_expectation(child, variants, scenario, reading);
            continue;
        }
        if (std::find(variants.begin(), variants.end(), child.key) == variants.end()) {
            reading.problems.add_key(child, "unknown variant " + in_quotes(child.key),
                                     suggest(child.key, variants));
            continue;
        }
        for (const Node& metric : child.children) read_expectation(metric, {child.key}, scenario, reading);
    }
}

void read_measures(const Node& node, Scenario& scenario, Reading& reading) {
    if (!node.is_map()) {
        scenario.measures = read_choices(node, reading, "metric", reading.words.metrics);
        return;
    }
    for (const Node& child : node.children) {
        if (!is_metric(child.key, reading)) {
            reading.problems.add_key(child, "unknown metric " + in_quotes(child.key),
                                     suggest(child.key, reading.words.metrics));
        } else if (!child.is_text() || child.text != "by variant") {
            reading.problems.add(child, "'by variant' is expected here");
        } else {
            scenario.measures.push_back(child.key);
        }
    }
}

}  // namespace meterbed::scenario
