// Single values with their units. Each reader reports what is wrong and then gives nothing back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/grammar.h"
#include "sim/scenario/problems.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/yaml_reader.h"

namespace meterbed::scenario {

/// What every reader needs: where mistakes go, the words of other layers, the figures used so far.
struct Reading {
    Problems& problems;
    const Vocabulary& words;
    std::vector<Figure>& used;
    const TableSource& tables;
};

/// "14 days", "$poa_hold_time_s" or "assume 5 min". At least `least`, at most 20 years.
std::optional<Duration> read_duration(const Node& node, Reading& reading, Duration least = Duration{0});
/// "1 to 3 days", or one duration for both ends.
std::optional<std::pair<Duration, Duration>> read_durations(const Node& node, Reading& reading);
/// "0.5 %" as 0.005; 0 % to 100 %.
std::optional<double> read_share(const Node& node, Reading& reading);
/// A number that is not negative, without a unit.
std::optional<double> read_number(const Node& node, Reading& reading);
/// Above 0, or "any", which is 0.
std::optional<double> read_capacity(const Node& node, Reading& reading);
/// `more`: what to do when a greater one is wanted.
std::optional<std::int64_t> read_integer(const Node& node, Reading& reading, std::int64_t least,
                                         std::int64_t most, const std::string& more = {});
/// "50 to 200", or one number for both ends.
std::optional<std::pair<std::int64_t, std::int64_t>> read_integers(const Node& node, Reading& reading,
                                                                   std::int64_t least, std::int64_t most);
std::optional<bool> read_flag(const Node& node, Reading& reading, std::string_view yes = "yes",
                              std::string_view no = "no");
std::optional<Time> read_time(const Node& node, Reading& reading);
/// "start + 3 days", or a time.
std::optional<Time> read_moment(const Node& node, Reading& reading, Time start);

/// A number with its unit, shares as fractions and durations in seconds: the bound of an expectation.
std::optional<double> read_bound(std::string_view text, const Node& node, Reading& reading);

/// Prose that is not empty.
std::string read_text(const Node& node, Reading& reading);
/// One line that can stand as a name: no control characters, at most 80 bytes.
std::string read_name(const Node& node, Reading& reading);
/// One of some words; `what` names them in the message ("gate").
template <typename Range>
std::string read_choice(const Node& node, Reading& reading, std::string_view what, const Range& known);
std::string read_choice(const Node& node, Reading& reading, std::string_view what,
                        const std::vector<std::string_view>& known);
/// A list of different words.
std::vector<std::string> read_choices(const Node& node, Reading& reading, std::string_view what,
                                      const std::vector<std::string_view>& known);

template <typename Range>
std::string read_choice(const Node& node, Reading& reading, std::string_view what, const Range& known) {
    return read_choice(node, reading, what, std::vector<std::string_view>(known.begin(), known.end()));
}
template <typename Range>
std::vector<std::string> read_choices(const Node& node, Reading& reading, std::string_view what,
                                      const Range& known) {
    return read_choices(node, reading, what, std::vector<std::string_view>(known.begin(), known.end()));
}

}  // namespace meterbed::scenario
