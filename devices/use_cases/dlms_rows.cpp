#include "devices/use_cases/dlms_rows.h"

#include <algorithm>

#include "devices/use_cases/dlms_methods.h"
#include "devices/use_cases/future_dating.h"
#include "devices/use_cases/top_up.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr Obis kClock{0, 0, 1, 0, 0, 255};
constexpr Obis kSupplyScripts{0, 0, 10, 0, 106, 255};
constexpr Obis kTariffScripts{0, 0, 10, 0, 100, 255}, kControllerScripts{0, 0, 10, 0, 103, 255},
    kLimitScripts{0, 0, 10, 0, 107, 255};
constexpr Obis kSubGhzConfiguration{0, 0, 94, 44, 10, 0}, kSubGhzScan{0, 0, 94, 44, 10, 1};
constexpr Obis kTokenGateway{0, 0, 19, 40, 0, 255};

/// RTDS: after a clock that was not set, the read of the time is the item that fails.
Accessed read_time(AccessItem& item) {
    if (item.state.clock_refused) return {{}, Result::hardware_fault};
    return {time_value(item.execution.context.now()), Result::success};
}

Accessed read_time_status(AccessItem& item) {
    const auto status = static_cast<std::int64_t>(item.execution.device.time_status);
    return {Value::integer(Type::uint8, status), Result::success};
}

/// preset_adjusting_time: preset time (unspecified), then both ends of the interval; the documents name them
/// in either order, so the earlier one is the start.
Accessed preset_clock(AccessItem& item) {
    const auto& fields = item.data.elements;
    if (item.data.type != Type::structure || fields.size() != 3) return {{}, Result::type_unmatched};
    const auto one = time_in(fields[1]), other = time_in(fields[2]);
    if (!one || !other) return {{}, Result::type_unmatched};
    item.state.clock_interval = std::minmax(*one, *other);
    return {};
}

/// SMETS 5.6.3.32: the hub's time is taken only when it lies in the interval (RTDS for what fails).
Accessed adjust_clock(AccessItem& item) {
    if (!item.state.clock_interval) return {{}, Result::unavailable};
    const Time now = item.execution.context.now();
    const auto [start, end] = *item.state.clock_interval;
    item.state.clock_refused = now < start || now > end;
    item.execution.device.time_status =
        item.state.clock_refused ? TimeStatus::unreliable : TimeStatus::reliable;
    return {};
}

struct Script {
    std::int64_t number;
    SupplyEvent event;
};
/// Script table of ECS42, ECS43 and ECS44.
constexpr Script kScripts[] = {
    {0x0033, SupplyEvent::enable}, {0x0034, SupplyEvent::disable}, {0x0036, SupplyEvent::arm}};

Accessed run_script(AccessItem& item) {
    if (item.data.type != Type::uint16) return {{}, Result::type_unmatched};
    if (!item.execution.device.supply()) return {{}, Result::object_undefined};
    for (const Script& script : kScripts) {
        if (script.number != item.data.number) continue;
        item.execution.device.apply(script.event, item.execution.context);
        return {};
    }
    return {{}, Result::object_undefined};
}

constexpr AccessRow kComputed[] = {
    {8, kClock, 2, read_time},
    {8, kClock, 4, read_time_status},
};

/// Counters of average voltage below (d = 32) and above (d = 36), by phase (c = 32, 52, 72).
constexpr Obis voltage_counter(std::uint8_t c, std::uint8_t d) { return {1, 0, c, d, 0, 4}; }
constexpr Obis demand(std::uint8_t c, std::uint8_t e) { return {1, 0, c, 6, e, 255}; }
constexpr Obis credit(std::uint8_t e) { return {0, 0, 19, 10, e, 255}; }
constexpr Obis debt(std::uint8_t e) { return {0, 0, 19, 20, e, 255}; }
constexpr Obis kLoadLimitCounter{0, 0, 94, 44, 42, 255};
constexpr Obis kEventLog{0, 0, 99, 98, 0, 255}, kControllerLog{0, 17, 99, 98, 2, 255};
constexpr Obis kDeviceLog{0, 0, 30, 3, 0, 255}, kHistoricDeviceLog{0, 0, 30, 3, 1, 255};

/// Those of the mapping table, and no others: a register of energy has no reset.
constexpr AccessRow kMethods[] = {
    {3, kLoadLimitCounter, 1, reset_register},
    {3, voltage_counter(32, 32), 1, reset_register},
    {3, voltage_counter(32, 36), 1, reset_register},
    {3, voltage_counter(52, 32), 1, reset_register},
    {3, voltage_counter(52, 36), 1, reset_register},
    {3, voltage_counter(72, 32), 1, reset_register},
    {3, voltage_counter(72, 36), 1, reset_register},
    {4, demand(1, 0), 1, reset_maximum_demand},
    {4, demand(1, 1), 1, reset_maximum_demand},
    {4, demand(2, 0), 1, reset_maximum_demand},
    {7, kEventLog, 1, clear_log},
    {7, kControllerLog, 1, clear_log},
    {8, kClock, 5, preset_clock},
    {8, kClock, 4, adjust_clock},
    {9, kTariffScripts, 1, reset_tariff_blocks},
    {9, kControllerScripts, 1, set_controller_state},
    {9, kSupplyScripts, 1, run_script},
    {9, kLimitScripts, 1, limit_controller},
    {30, std::nullopt, 1, get_protected_attributes},
    {104, kDeviceLog, 1, add_to_device_log},
    {104, kDeviceLog, 2, remove_from_device_log},
    {104, kDeviceLog, 4, back_up_device_log},
    {104, kHistoricDeviceLog, 4, back_up_device_log},
    {104, kDeviceLog, 5, restore_device_log},
    {112, credit(0), 1, adjust_credit},
    {112, credit(0), 2, set_credit},
    {112, credit(1), 2, set_credit},
    {112, credit(1), 3, select_emergency_credit},
    {112, credit(2), 2, set_credit},
    {113, debt(1), 2, activate_charge},
    {113, debt(2), 2, activate_charge},
    {113, debt(1), 4, adjust_debt},
    {113, debt(2), 4, adjust_debt},
    {113, debt(3), 4, adjust_debt},
    {115, kTokenGateway, 1, enter_token},
};

constexpr Obis supplier_mask(std::uint8_t e) { return {0, 30, 97, 98, e, 255}; }
constexpr Obis operator_mask(std::uint8_t e) { return {0, 33, 97, 98, e, 255}; }

constexpr SetRow kConsequences[] = {
    {1, kSubGhzConfiguration, 2, sub_ghz_configured}, {1, kSubGhzScan, 2, sub_ghz_scan_requested},
    {1, supplier_mask(11), 2, alert_mask_set},        {1, supplier_mask(12), 2, alert_mask_set},
    {1, supplier_mask(13), 2, alert_mask_set},        {1, supplier_mask(14), 2, alert_mask_set},
    {1, operator_mask(11), 2, alert_mask_set},        {1, operator_mask(14), 2, alert_mask_set},
    {20, std::nullopt, 10, activation_time_set},      {111, std::nullopt, 13, activation_time_set},
    {113, std::nullopt, 7, activation_time_set},      {9000, std::nullopt, 6, activation_time_set},
};

}  // namespace

std::span<const AccessRow> computed_attributes() { return kComputed; }
std::span<const AccessRow> methods() { return kMethods; }
std::span<const SetRow> set_consequences() { return kConsequences; }

}  // namespace meterbed
