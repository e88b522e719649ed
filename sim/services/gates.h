// Admission rules with names: each says yes, or refuses with a response code. `meterbed list gates` prints
// the table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/directory.h"
#include "sim/services/inventory.h"
#include "sim/services/registration.h"
#include "sim/services/service_request.h"

namespace meterbed {

/// What a gate may look at. `recorded_holder` is known to the S1SP only.
struct GateView {
    const ServiceRequest& request;
    const Directory& directory;
    const Registration* registration = nullptr;
    const Inventory* inventory = nullptr;
    std::optional<Eui64> recorded_holder;
};

/// Who asks the question.
enum class Checkpoint : std::uint8_t { DCC, S1SP };

struct Gate {
    std::string_view name;
    std::string_view meaning;
    std::string_view source;
    Checkpoint checkpoint;
    bool always;  ///< not a choice of the scenario
    /// The response code of a refusal; nothing when the request may pass.
    std::optional<std::string_view> (*check)(const GateView& view);
};

/// All gates in the order in which they are asked.
std::span<const Gate> gates();

struct Refusal {
    std::string_view code;
    std::string_view gate;
};

/// Asks every gate of this checkpoint that always applies or is switched on.
std::optional<Refusal> first_refusal(Checkpoint checkpoint, const std::vector<std::string>& switched_on,
                                     const GateView& view);

}  // namespace meterbed
