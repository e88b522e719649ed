// Draws the interruptions of a story from its steps, before the run.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/streams.h"
#include "sim/supply/generate.h"
#include "sim/supply/power_cut.h"
#include "sim/supply/supply_network.h"

namespace meterbed {

/// What loses supply as one.
enum class CutUnit : std::uint8_t { premises, feeder, primary, population };
inline constexpr std::array<std::string_view, 4> kCutUnits{"premises", "feeder", "primary", "population"};

/// Evenly between two durations, or lognormal around a median.
struct Lasting {
    Duration least{}, most{};
    std::optional<Duration> median;  ///< lognormal instead, at least `least`
    double sigma = 0;                ///< ln units
};

/// Automatic re-closing: this share of the units is back after a short interruption.
struct Reclose {
    double share = 0;
    Duration least{}, most{};
};

struct CutStep {
    std::size_t area = 0;  ///< population
    CutUnit unit = CutUnit::premises;
    std::optional<std::int64_t> count;  ///< of the units, drawn
    double share = 1;                   ///< of them, when there is no count
    Time at;
    Duration over{};  ///< starts spread evenly at random over this long
    Lasting lasts;
    std::optional<Reclose> reclose;
};

/// A feeder without supply, as a table tells it.
struct FeederOutage {
    Time start, end;
    std::int32_t feeder = 0;  ///< number in the world
};

/// Firmware activated at every home of a population.
struct FirmwareStep {
    std::size_t area = 0;
    Time at;
    Duration over{};
};

struct SupplyStep {
    std::string label;
    std::variant<CutStep, std::vector<FeederOutage>, FirmwareStep> action;
};

/// The story of the whole world, or with `only` of one population: the same cuts with the same numbers.
/// `power_gap`: how long a hub is dark while its meter activates firmware.
SupplyStory supply_story(std::span<const SupplyStep> steps, std::span<const SupplyPlan> plans,
                         const SupplyNetwork& network, const Streams& streams, Duration power_gap,
                         std::optional<std::size_t> only = std::nullopt);

}  // namespace meterbed
