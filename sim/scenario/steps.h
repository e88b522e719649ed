// One step of the timeline, before labels are resolved.
#pragma once

#include <vector>

#include "sim/scenario/parts.h"

namespace meterbed::scenario {

struct Draft {
    Step step;
    const Node* node = nullptr;  ///< where it stands; null for a step that could not be read at all
};

/// What a step acts on; null for steps without a target.
const Target* target_of(const Step& step);

/// Reads the keys of a step. Users that a certificate names are entered into the book.
Draft read_step(const Node& node, const Scenario& scenario, UserBook& book, Reading& reading);

PowerCutStep read_power_cut(const Node& node, const Scenario& scenario, Time at, Reading& reading);
FirmwareActivation read_firmware(const Node& node, const Scenario& scenario, Time at, Reading& reading);
/// How long after its time a step still begins something.
Duration spread_of(const Step& step);

/// Checks that need every label and user: after all steps are read.
void check_references(const std::vector<Draft>& drafts, const Scenario& scenario, const UserBook& book,
                      Reading& reading);

}  // namespace meterbed::scenario
