// What a gas meter reads from itself and keeps: snapshots of its registers, samples.
#pragma once

#include "devices/device.h"

namespace meterbed::gas {

/// Metering supply status: 0 off, 1 off and armed, 2 on (ZigBee Smart Energy D.3.2.2.1.20).
std::uint8_t supply_status(SupplyState state);
/// The reverse; nothing for other numbers.
std::optional<SupplyState> supply_state(std::int64_t status);

/// The registers and the balances as they are now.
ConsumptionSnapshot consumption_now(const Device& device);
CreditSnapshot credit_now(const Device& device);
/// Keeps both, and drops the oldest of the same cause when there are too many (SMETS 4.6.5.4, 4.6.5.5).
void take_snapshots(Device& device, std::uint32_t cause, Seconds now);

/// A log as it stands at this time: samples that fell due since are added.
SampledLog grown(const SampledLog& log, Seconds now);

}  // namespace meterbed::gas
