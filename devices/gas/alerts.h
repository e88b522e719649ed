// Alerts of gas devices: which message an event is told in, to whom, and what stands in it (GBCS 16).
#pragma once

#include "devices/alerts.h"

namespace meterbed::gas {

/// An event of a gas device: it is logged, and told where its row and the event configuration say so.
/// `detail` goes into the alerts that carry more than code and time. Unknown codes are told by their family:
/// 8Fnn critical, 81nn not.
void raise(Device& device, std::uint16_t event, Context& context, ByteView detail = {});

/// 0x00CD: what became of one component of a future dated command.
void report_future_dated(Device& device, const PendingCommand& command, const gbcs::gbz::Component& component,
                         bool success, Context& context);
/// GCS53: the reading at the end of a billing period, encrypted for the Supplier.
void push_billing_data(Device& device, const ConsumptionSnapshot& snapshot, Context& context);

}  // namespace meterbed::gas
