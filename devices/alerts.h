// Alerts: what a device says without being asked (GBCS 16, 18).
#pragma once

#include <vector>

#include "devices/device.h"

namespace meterbed {

/// An alert but for its protection.
struct AlertDraft {
    gbcs::MessageCode code{};
    std::uint16_t alert_code = 0;
    Eui64 recipient;
    std::uint64_t counter = 0;  ///< taken with `Device::next_counter`
    std::optional<Eui64> supplementary_party;
    std::optional<std::uint64_t> supplementary_counter;
    Bytes payload;
};

namespace alert_messages {
constexpr gbcs::MessageCode critical{0x1000};
constexpr gbcs::MessageCode non_critical{0x1001};
constexpr gbcs::MessageCode outage_restored{0x0067};  ///< ECS80
constexpr gbcs::MessageCode activated_attribute{0x00CC};
constexpr gbcs::MessageCode updated_credentials{0x00CB};  ///< CS02b-FDA
constexpr gbcs::MessageCode updated_load_controller{0x0124};
constexpr gbcs::MessageCode not_supported{0x0120};  ///< ECS100
}  // namespace alert_messages

/// structure { alert code, time, ... } for DLMS devices; a GBZ alert without a body for gas devices.
Bytes alert_payload(const Device& device, std::uint64_t counter, std::uint16_t alert_code, Time now,
                    std::vector<gbcs::dlms::Value> more = {});

/// The code an alert carries; nothing when its payload has none (ASN.1) or is unreadable.
std::optional<std::uint16_t> code_of_alert(const gbcs::Message& alert);

/// Who a cell names; nothing when the device has no such cell or it is empty.
std::optional<Eui64> holder(const Device& device, const Cell& cell);
/// The Supplier of the device's own cell; devices without one tell the ACB.
std::optional<Eui64> security_alert_recipient(const Device& device);

/// Alert of type 1, code and time only. Nothing is sent when nobody is named to receive it.
void send_generic_alert(Device& device, bool critical, std::uint16_t alert_code, Context& context);

}  // namespace meterbed
