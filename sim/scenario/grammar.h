// The grammar of scenarios as tables. The checks and the JSON Schema both read these, so they cannot
// disagree.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "sim/scenario/problems.h"
#include "sim/scenario/yaml_reader.h"
#include "sim/supply/cuts.h"

namespace meterbed::scenario {

using Words = std::span<const std::string_view>;

/// What a value looks like.
enum class Shape : std::uint8_t {
    text,  ///< prose
    name,  ///< of a user, a population or a label
    integer,
    count,     ///< an integer that may be large
    integers,  ///< "50 to 200"
    positive,  ///< an integer from 1 on
    number,
    spread,     ///< sigma of a lognormal
    capacity,   ///< a number above 0, or "any"
    share,      ///< "0.5 %"
    duration,   ///< "14 days"
    durations,  ///< "1 to 3 days"
    time,       ///< "2020-03-02 06:00"
    moment,     ///< "start + 3 days", or a time
    flag,       ///< yes or no
    service,    ///< "6.15.1", quoted
    choice,     ///< one of Key::choices
    choices,    ///< a list of them
    gates,
    alert_codes,
    faults,
    measures,
    invariants,
    report_sections,
    target,
    certificate,
    wrong_certificate,
    lasting,
    reclose,
    consumption,
    table,  ///< file name
    run,
    settings,
    variants,
    users,
    populations,
    timeline,
    expectations,
};

struct Key {
    std::string_view name;
    bool required;
    Shape shape;
    std::string_view about;
    Words choices{};
};

inline constexpr std::array<std::string_view, 4> kHomeDevices{"hub", "esme", "gsme", "ppmid"};
inline constexpr std::array<std::string_view, 2> kKinds{"SMETS1", "SMETS2"};
inline constexpr std::array<std::string_view, 3> kRegions{"North", "Central", "South"};
inline constexpr std::array<std::string_view, 2> kPayments{"credit", "prepayment"};
inline constexpr std::array<std::string_view, 2> kScales{"bench", "fleet"};
inline constexpr std::array<std::string_view, 4> kTargetDevices{"esme", "gsme", "gpf", "chf"};
inline constexpr std::array<std::string_view, 2> kCells{"network operator", "supplier"};
inline constexpr std::array<std::string_view, 5> kRoutes{"holder", "rightful operator", "supplier",
                                                         "DCC recovery", "meter exchange"};
inline constexpr std::array<std::string_view, 4> kOutages{"DCC", "North", "Central", "South"};
inline constexpr std::array<std::string_view, 7> kUserRoles{"IS", "ES", "GS", "ED", "GT", "RSA", "OU"};
/// Senders that registration data resolve for each premises at the moment of sending.
inline constexpr std::array<std::string_view, 2> kRegistered{"registered network operator",
                                                             "registered supplier"};

std::span<const Key> top_keys();
std::span<const Key> run_keys();
std::span<const Key> population_keys();
std::span<const Key> wrong_certificate_keys();
std::span<const Key> lasting_keys();
std::span<const Key> reclose_keys();
std::span<const Key> consumption_keys();
std::span<const Key> target_keys();
std::span<const Key> certificate_keys();

/// One word behind `do`, with the keys that a step of this kind may have beside `at`, `do` and `as`.
struct Verb {
    std::string_view name;
    std::string_view about;
    std::span<const Key> keys;  ///< `at`, `do` and `as` included
};
std::span<const Verb> verbs();

/// Reports unknown and missing keys, and values that are no map. True when it is a map.
bool check_keys(const Node& map, std::span<const Key> keys, Problems& problems);

}  // namespace meterbed::scenario
