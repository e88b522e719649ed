#include "devices/use_cases/dlms_rows.h"

#include <algorithm>

#include "devices/use_cases/top_up.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr Obis kClock{0, 0, 1, 0, 0, 255};
constexpr Obis kSupplyScripts{0, 0, 10, 0, 106, 255};
constexpr Obis kSupplySwitch{0, 0, 96, 3, 10, 255};
constexpr Obis kTokenGateway{0, 0, 19, 40, 0, 255};

Value octets_of(const gbcs::DateTime& at) { return Value::octet_string({at.begin(), at.end()}); }

/// RTDS: after a clock that was not set, the read of the time is the item that fails.
Accessed read_time(AccessItem& item) {
    if (item.state.clock_refused) return {{}, Result::hardware_fault};
    return {octets_of(date_time(item.execution.context.now())), Result::success};
}

Accessed read_time_status(AccessItem& item) {
    const auto status = static_cast<std::int64_t>(item.execution.device.time_status);
    return {Value::integer(Type::uint8, status), Result::success};
}

Accessed read_supply(AccessItem& item) {
    const auto state = item.execution.device.supply();
    if (!state) return {{}, Result::object_undefined};
    return {Value::integer(Type::enumerated, static_cast<std::int64_t>(*state)), Result::success};
}

std::optional<Time> time_in(const Value& value) {
    gbcs::DateTime octets{};
    if (value.type != Type::octet_string || value.octets.size() != octets.size()) return std::nullopt;
    std::ranges::copy(value.octets, octets.begin());
    return time_of(octets);
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
    {70, kSupplySwitch, 3, read_supply},
};

constexpr AccessRow kMethods[] = {
    {8, kClock, 5, preset_clock},
    {8, kClock, 4, adjust_clock},
    {9, kSupplyScripts, 1, run_script},
    {30, std::nullopt, 1, get_protected_attributes},
    {115, kTokenGateway, 1, enter_token},
};

}  // namespace

std::span<const AccessRow> computed_attributes() { return kComputed; }
std::span<const AccessRow> methods() { return kMethods; }

}  // namespace meterbed
