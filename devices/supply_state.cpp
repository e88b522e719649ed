#include "devices/supply_state.h"

namespace meterbed {
namespace {

using enum SupplyState;

struct Transition {
    SupplyEvent event;
    SupplyState from_disabled, from_enabled, from_armed;
    bool gas_only_from_meter = false;  ///< not applicable to gas
};

/// SMETS 5.5.7, 5.6.3 (remembered); gas is never opened remotely (Technical Specification, 7.1 is for ESMEs
/// only). ASSUMPTION: arming a meter that is already enabled changes nothing. Whether credit may arm a supply
/// knows the ledger, which took it.
constexpr Transition kTransitions[] = {
    {SupplyEvent::enable, Enabled, Enabled, Enabled, true},
    {SupplyEvent::disable, Disabled, Disabled, Disabled},
    {SupplyEvent::arm, Armed, Enabled, Armed},
    {SupplyEvent::enable_locally, Disabled, Enabled, Enabled},
    {SupplyEvent::credit_exhausted, Disabled, Disabled, Disabled},
    {SupplyEvent::credit_restored, Armed, Enabled, Armed},
    {SupplyEvent::tamper, Disabled, Disabled, Disabled},
};

}  // namespace

SupplyState next(SupplyState state, SupplyEvent event, bool gas) {
    for (const Transition& row : kTransitions) {
        if (row.event != event || (gas && row.gas_only_from_meter)) continue;
        if (state == Disabled) return row.from_disabled;
        return state == Enabled ? row.from_enabled : row.from_armed;
    }
    return state;
}

std::string_view name(SupplyState state) {
    constexpr std::string_view kNames[] = {"Disabled", "Enabled", "Armed"};
    return kNames[static_cast<std::size_t>(state)];
}

}  // namespace meterbed
