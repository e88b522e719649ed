// The words of other layers, as far as these tests need them, and short ways to load a scenario.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

inline const Vocabulary& words() {
    static const Vocabulary vocabulary{
        {"4.1.1", "4.10", "6.15.1", "6.21", "6.23", "6.24.1"},
        {"caller is registered", "caller holds cell", "new owner is registered", "certificate belongs to caller"},
        {"wrong choices", "devices nobody can command", "renewals refused in error", "repairs", "repairs by route",
         "time to repair", "requests refused", "requests refused at the DCC", "commands dropped by the meter",
         "alerts to the wrong operator", "requests answered", "requests without an answer"},
        {"one holder per cell", "every message accounted for"},
        {"refused commands by code", "repairs by route", "time to repair", "outcomes by step",
         "alerts by recipient", "message sequence"}};
    return vocabulary;
}

}  // namespace meterbed::scenario
