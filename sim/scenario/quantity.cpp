#include "sim/scenario/quantity.h"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/scenario/figures.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

struct TimeUnit {
    std::string_view name;
    double microseconds;
};

constexpr double kSecond = 1e6;
constexpr TimeUnit kTimeUnits[] = {
    {"ms", 1e3},
    {"s", kSecond},
    {"min", 60 * kSecond},
    {"h", 3600 * kSecond},
    {"hour", 3600 * kSecond},
    {"hours", 3600 * kSecond},
    {"day", 86400 * kSecond},
    {"days", 86400 * kSecond},
    {"week", 7 * 86400 * kSecond},
    {"weeks", 7 * 86400 * kSecond},
};

constexpr double kLargestNumber = 1e15;  // integers up to here are exact in a double

/// Splits "0.5 %" into number and unit. The unit is what stands behind the digits.
std::optional<Quantity> split(std::string_view text) {
    Quantity quantity;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, quantity.number, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(quantity.number)) return std::nullopt;
    quantity.unit = std::string(trimmed({rest, static_cast<std::size_t>(end - rest)}));
    return quantity;
}

std::optional<Quantity> from_figure(std::string_view name, const Node& node, Reading& reading) {
    const Figure* figure = find_figure(name);
    if (figure == nullptr) {
        std::vector<std::string_view> known;
        for (const Figure& each : all_figures()) known.push_back(each.name);
        reading.problems.add(node, "figures.csv has no figure " + in_quotes(name), did_you_mean(name, known));
        return std::nullopt;
    }
    auto quantity = split(figure->value);
    if (!quantity || !quantity->unit.empty()) {
        reading.problems.add(
            node, "the figure " + in_quotes(name) + " is no number but " + in_quotes(figure->value));
        return std::nullopt;
    }
    quantity->unit = figure->unit;
    quantity->is_figure = true;
    note_use(*figure, node, reading);
    return quantity;
}

}  // namespace

void note_use(const Figure& figure, const Node& node, Reading& reading) {
    reading.used.push_back(figure);
    reading.used.back().used_at = node.path;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \r\n\t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \r\n\t") - from + 1);
}

bool cut_word(std::string_view& text, std::string_view word) {
    if (text.substr(0, word.size()) != word || text.size() <= word.size() || text[word.size()] != ' ')
        return false;
    text = trimmed(text.substr(word.size()));
    return true;
}

std::optional<double> time_unit(std::string_view unit) {
    for (const TimeUnit& row : kTimeUnits) {
        if (row.name == unit) return row.microseconds;
    }
    return std::nullopt;
}

std::optional<double> share_unit(const Quantity& quantity) {
    if (quantity.unit == "%") return 0.01;
    if (quantity.is_figure && quantity.unit.rfind("fraction", 0) == 0) return 1.0;
    return std::nullopt;
}

std::optional<Quantity> read_quantity(std::string_view text, const Node& node, Reading& reading) {
    text = trimmed(text);
    if (!text.empty() && text.front() == '$') return from_figure(text.substr(1), node, reading);
    const bool assumed = cut_word(text, "assume");
    auto quantity = split(text);
    if (!quantity) {
        reading.problems.add(node, in_quotes(text) + " does not start with a number");
        return std::nullopt;
    }
    if (quantity->number < 0) {
        reading.problems.add(node, in_quotes(text) + " is negative");
        return std::nullopt;
    }
    if (quantity->number > kLargestNumber) {
        reading.problems.add(node, in_quotes(text) + " is too large");
        return std::nullopt;
    }
    if (assumed) {
        const std::size_t digits = text.find_first_not_of("0123456789.");
        reading.used.push_back({node.path, std::string(text.substr(0, digits)), quantity->unit,
                                "ASSUMPTION: made in the scenario", "assumption", node.path});
    }
    return quantity;
}

}  // namespace meterbed::scenario
