// Events: every code of GBCS 16 can be raised on a device, which logs it and tells whom the table names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "devices/alerts.h"

namespace meterbed {

/// Where the event is written.
enum class EventLog : std::uint8_t { none, event, security, power };

struct AlertRow {
    std::uint16_t code;
    bool sent;                    ///< over the WAN, as an alert; false: only logged
    std::uint16_t dlms, gas;      ///< message code for devices that speak DLMS and GBZ or ASN.1; 0 none
    std::string_view recipients;  ///< roles as letters: S N A W; "SN" both, "S|W" the first with a cell
    EventLog log;
    std::string_view name;
};

/// Ordered by code.
std::span<const AlertRow> alert_rows();
/// "8F36".
std::string alert_code_text(std::uint16_t code);
/// "8F36" as a number; nothing for what is none, as the alerts of the DCC itself (AD1).
std::optional<std::uint16_t> alert_code_of(std::string_view text);
/// Null for a code GBCS does not list.
const AlertRow* find_alert(std::uint16_t code);

struct AlertDetails {
    std::vector<gbcs::dlms::Value> more{};  ///< after code and time, in DLMS
    std::optional<Bytes> payload{};         ///< the whole of it, for other payloads
    std::optional<Eui64> recipient{};       ///< instead of whom the table names
    std::optional<Eui64> supplementary_party{};
    std::optional<std::uint64_t> supplementary_counter{};
    Bytes log_detail{};
};

/// Writes the log and sends the alert, as the table and the device's alert configuration (ECS25a, ECS25b)
/// say. False when the code is not in the table.
bool raise(Device& device, std::uint16_t code, Context& context, const AlertDetails& details = {});

/// ECS68: the newest entries of the billing data log, encrypted for the Supplier (0x8F0A).
bool raise_billing_data(Device& device, Context& context);

}  // namespace meterbed
