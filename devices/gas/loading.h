// Gives a gas device the data with which it would answer as it is said to have answered: values and logs
// through the same model that scenarios use, failures as faults of attributes and commands.
#pragma once

#include "devices/device.h"

namespace meterbed::gas {

struct Loaded {
    bool data = false;          ///< some of the device's data came from the answers
    bool fault = false;         ///< a failure became a fault
    std::optional<Time> now{};  ///< the time of the device, where an answer tells it
    std::string_view reason{};  ///< why an answer could not be used, a constant
};

/// `answers` in the clear: encrypted components opened before. Answers carry the numbers of the frames they
/// answer.
Loaded load_answers(Device& device, const gbcs::gbz::Frame& command, const gbcs::gbz::Frame& answers);

/// A consumption snapshot that an alert pushed (GCS53): put where the device takes its reading from.
void load_reading(Device& device, const ConsumptionSnapshot& snapshot);

}  // namespace meterbed::gas
