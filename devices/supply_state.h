// Enabled, Disabled, Armed: the main switch or valve (SMETS 5.5.7, MMC SupplyState).
#pragma once

#include <cstdint>
#include <string_view>

namespace meterbed {

/// DLMS control_state numbers: disconnected 0, connected 1, ready for reconnection 2.
enum class SupplyState : std::uint8_t { Disabled = 0, Enabled = 1, Armed = 2 };

enum class SupplyEvent : std::uint8_t {
    enable,
    disable,
    arm,
    enable_locally,
    credit_exhausted,
    credit_restored,
    tamper
};

/// The state after the event; the same state when the event does not apply. Gas is never enabled remotely: a
/// GSME treats `enable` as not applicable.
SupplyState next(SupplyState state, SupplyEvent event, bool gas);
std::string_view name(SupplyState state);

}  // namespace meterbed
