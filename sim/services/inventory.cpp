#include "sim/services/inventory.h"

#include <algorithm>
#include <array>
#include <span>

namespace meterbed {

namespace {

constexpr std::array<std::string_view, 9> kNames{"Pending",      "Whitelisted",    "InstalledNotCommissioned",
                                                 "Commissioned", "Decommissioned", "Withdrawn",
                                                 "Suspended",    "Recovery",       "Recovered"};

constexpr std::array<std::string_view, 2> kNotInstalled{"8.14.1", "8.14.2"};
constexpr std::array<std::string_view, 11> kInstalled{"8.1.1", "6.24.1", "8.9",   "11.2",   "8.11",  "8.7.1",
                                                      "8.7.2", "8.8.1",  "8.8.2", "8.14.1", "8.14.2"};
constexpr std::array<std::string_view, 8> kSuspended{"11.1", "11.2",   "11.3", "8.3",
                                                     "8.4",  "6.15.1", "6.23", "6.24.1"};
constexpr std::array<std::string_view, 9> kRecovered{"6.15.1", "6.21", "6.23", "6.24.1", "4.1.1",
                                                     "4.10",   "4.2",  "4.3",  "7.4"};

std::span<const std::string_view> allowed(DeviceStatus status) {
    switch (status) {
        case DeviceStatus::Pending:
        case DeviceStatus::Whitelisted:
            return kNotInstalled;
        case DeviceStatus::InstalledNotCommissioned:
            return kInstalled;
        case DeviceStatus::Suspended:
            return kSuspended;
        case DeviceStatus::Recovered:
            return kRecovered;
        default:
            return {};
    }
}

}  // namespace

std::string_view name(DeviceStatus status) { return kNames[static_cast<std::size_t>(status)]; }

std::optional<InventoryRow> Inventory::find(Eui64 device) const {
    const auto at = rows.find(device);
    if (at == rows.end()) return std::nullopt;
    return at->second;
}

bool allows(DeviceStatus status, std::string_view srv) {
    if (status == DeviceStatus::Commissioned) return true;
    const auto list = allowed(status);
    return std::find(list.begin(), list.end(), srv) != list.end();
}

}  // namespace meterbed
