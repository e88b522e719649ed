// What a device does at a later time: passive values that become active (GBCS "Extended Data" and its kin),
// and periods of auxiliary controllers. Plain values; the rules are in use_cases/.
#pragma once

#include <optional>
#include <vector>

#include "devices/context.h"
#include "devices/gbcs/dlms.h"

namespace meterbed {

/// An activation time set to the future: one alert when it comes.
struct Activation {
    std::uint64_t tag = 0;  ///< of its timer
    TimerId timer = 0;
    gbcs::dlms::Attribute trigger;  ///< the activation attribute that was set
    Eui64 originator;               ///< who is told
    gbcs::MessageCode code{};
    std::uint64_t counter = 0;  ///< of the command
};

/// A state or limit of an auxiliary controller from a start to an end (ECS47a, ECS47e).
struct ControllerPeriod {
    std::uint64_t tag = 0;
    TimerId timer = 0;
    std::uint8_t controller =
        0;                   ///< direction in the upper four bits (1 output, 2 input), number in the lower
    std::uint8_t level = 0;  ///< percent; 0 off, 100 on for a switch
    bool limit = false;      ///< ECS47e: a limit, reported to the Supplier
    bool started = false;
    Time start, end;
};

struct Activations {
    std::vector<Activation> attributes;
    std::vector<ControllerPeriod> periods;
};

}  // namespace meterbed
