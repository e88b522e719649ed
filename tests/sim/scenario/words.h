// The words of other layers, as far as these tests need them, and a small story to change.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

inline const Vocabulary& words() {
    static const Vocabulary vocabulary{
        .services = {"4.1.1", "4.10", "6.15.1", "6.21", "6.23", "6.24.1"},
        .gates = {"caller is registered", "caller holds cell", "new owner is registered",
                  "certificate belongs to caller"},
        .alert_codes = {"AD1", "8F35", "8F36"},
        .faults = {"hub reports short cuts"},
        .metrics = {"wrong choices", "devices nobody can command", "renewals refused in error", "repairs",
                    "repairs by route", "time to repair", "requests refused", "requests refused at the DCC",
                    "commands dropped by the meter", "alerts to the wrong operator", "requests answered",
                    "requests without an answer"},
        .invariants = {"one holder per cell", "every message accounted for"},
        .report_sections = {"refused commands by code", "repairs by route", "time to repair",
                            "outcomes by step", "alerts by recipient", "message sequence"}};
    return vocabulary;
}

/// A complete scenario, one section a line, whose sections a test replaces.
inline std::string story(const std::map<std::string, std::string>& changes = {}) {
    std::vector<std::pair<std::string, std::string>> sections{
        {"title", "A story"},
        {"question", "Does it end well?"},
        {"source", "A meeting"},
        {"run", "{seed: 1, start: 2020-03-02 06:00, length: 10 days}"},
        {"population", "{street: {premises: 10, supplier: supplier-a, network operator: east-midlands}}"},
        {"timeline", R"([{at: start, do: request, service: "4.10", by: east-midlands, target: street}])"},
    };
    auto rest = changes;
    std::string text;
    for (auto& [key, value] : sections) {
        const auto change = rest.find(key);
        if (change != rest.end()) {
            value = change->second;
            rest.erase(change);
        }
        if (value != "-") text += key + ": " + value + "\n";  // "-" leaves the section out
    }
    for (const auto& [key, value] : rest) text += key + ": " + value + "\n";
    return text;
}

inline Loaded load(const std::string& text, const std::vector<Override>& overrides = {}) {
    return load_text(text, "story.yaml", overrides, words());
}

/// The messages of all problems, each with its suggestion in brackets.
inline std::vector<std::string> mistakes(const std::string& text,
                                         const std::vector<Override>& overrides = {}) {
    std::vector<std::string> list;
    for (const Problem& problem : load(text, overrides).problems) {
        list.push_back(problem.message + (problem.suggestion.empty() ? "" : " [" + problem.suggestion + "]"));
    }
    return list;
}

/// The only mistake, or all of them joined, so that a test's failure shows them.
inline std::string mistake(const std::string& text, const std::vector<Override>& overrides = {}) {
    std::string joined;
    for (const std::string& each : mistakes(text, overrides)) joined += (joined.empty() ? "" : "\n") + each;
    return joined;
}

}  // namespace meterbed::scenario
