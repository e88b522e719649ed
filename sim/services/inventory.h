// The Smart Metering Inventory: what the DCC believes is installed, and in which status (DUIS 5.4 `Device`).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "pki/eui64.h"
#include "pki/roles.h"
#include "pki/time.h"

namespace meterbed {

enum class DeviceStatus : std::uint8_t {
    Pending,
    Whitelisted,
    InstalledNotCommissioned,
    Commissioned,
    Decommissioned,
    Withdrawn,
    Suspended,
    Recovery,
    Recovered,
};
std::string_view name(DeviceStatus status);

struct InventoryRow {
    DeviceType type = DeviceType::eSME;
    DeviceStatus status = DeviceStatus::Commissioned;
    /// Of a hub: installed so, as 8.14.2 told, until it is heard or 8.14.1 tells otherwise.
    std::optional<Time> no_wan_since = {};
};

struct Inventory {
    std::unordered_map<Eui64, InventoryRow> rows;
    std::optional<InventoryRow> find(Eui64 device) const;
};

/// Whether a request may go to a device in this status (default table of dcc_and_duis.md 5, ASSUMPTION where
/// the SEC's text is absent).
bool allows(DeviceStatus status, std::string_view srv);

}  // namespace meterbed
