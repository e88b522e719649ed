// Moving a switch or valve, and telling about it.
#pragma once

#include "devices/device.h"

namespace meterbed {

inline void change_supply(Device& device, SupplyState& state, SupplyEvent event, bool gas, Context& context) {
    constexpr std::uint16_t kSupplyArmed = 0x8F32;
    const SupplyState before = state;
    state = next(state, event, gas);
    if (state == before) return;
    if (state == SupplyState::Armed) device.log(Log::event, kSupplyArmed, context);
    context.note({.what = notes::supply_state,
                  .device = device.id(),
                  .verdict = name(state),
                  .alert = 0,
                  .detail = name(state)});
}

}  // namespace meterbed
