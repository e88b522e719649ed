#include "devices/object_model.h"

#include <algorithm>

#include "devices/gbz_time.h"

namespace meterbed {

using gbcs::dlms::Attribute;
using gbcs::dlms::Obis;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

namespace {

struct Computed {
    Attribute attribute;
    std::optional<Value> (*read)(const Device&);
    void (*put)(Device&, const Value&);
};

// Supply and clock status.

std::optional<Value> read_supply(const Device& device) {
    const auto state = device.supply();
    if (!state) return std::nullopt;
    return Value::integer(Type::enumerated, static_cast<std::int64_t>(*state));
}
void put_supply(Device& device, const Value& value) {
    if (value.number >= 0 && value.number <= 2) device.place(static_cast<SupplyState>(value.number));
}

std::optional<Value> read_time_status(const Device& device) {
    return Value::integer(Type::uint8, static_cast<std::int64_t>(device.time_status));
}
void put_time_status(Device& device, const Value& value) {
    if (value.number >= 0 && value.number <= 2) device.time_status = static_cast<TimeStatus>(value.number);
}

// Logs: { time, event } and, but for the security log, what the event adds (ECS35a to ECS35e).

enum class Detail : std::uint8_t { none, octets, number };

/// What an event adds: octets, or in the power log a number of four octets.
Value detail_value(const LogEntry& entry, Detail form) {
    if (form == Detail::octets) return Value::octet_string(entry.detail);
    std::int64_t number = 0;
    for (const std::uint8_t octet : entry.detail) number = (number << 8 | octet) & 0xFFFFFFFF;
    return Value::integer(Type::uint32, number);
}

Bytes detail_octets(const Value& value) {
    if (value.type != Type::uint32) return value.octets;
    const auto number = static_cast<std::uint32_t>(value.number);
    return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16 & 0xFF),
            static_cast<std::uint8_t>(number >> 8 & 0xFF), static_cast<std::uint8_t>(number & 0xFF)};
}

template <Log which, Detail form>
std::optional<Value> read_log(const Device& device) {
    Value out{Type::array, 0, {}, {}};
    for (const LogEntry& entry : device.log(which)) {
        Value row = Value::structure(
            {Value::integer(Type::uint32, gbz_time(entry.at)), Value::integer(Type::uint16, entry.event)});
        if (form != Detail::none) row.elements.push_back(detail_value(entry, form));
        out.elements.push_back(std::move(row));
    }
    return out;
}
template <Log which>
void put_log(Device& device, const Value& value) {
    device.clear(which);
    for (const Value& row : value.elements) {
        if (row.elements.size() < 2) continue;
        LogEntry entry{time_of_gbz(static_cast<std::uint32_t>(row.elements[0].number)),
                       static_cast<std::uint16_t>(row.elements[1].number)};
        if (row.elements.size() > 2) entry.detail = detail_octets(row.elements[2]);
        device.put_log(which, std::move(entry));
    }
}

// PrepaymentBalanceCollection (ECS19): the balances and debts, kept once.

constexpr Attribute kBalances[] = {
    {112, {0, 0, 19, 10, 0, 255}, 2},  {112, {0, 0, 19, 10, 1, 255}, 2},  {112, {0, 0, 19, 10, 2, 255}, 2},
    {113, {0, 0, 19, 20, 1, 255}, 12}, {113, {0, 0, 19, 20, 2, 255}, 12}, {113, {0, 0, 19, 20, 3, 255}, 12},
};

std::optional<Value> read_balances(const Device& device) {
    Value out = Value::structure({});
    for (const Attribute& balance : kBalances) {
        const Value* held = device.objects().find(balance);
        if (!held) return std::nullopt;
        out.elements.push_back(*held);
    }
    return out;
}
void put_balances(Device& device, const Value& value) {
    for (std::size_t i = 0; i < std::size(kBalances) && i < value.elements.size(); ++i)
        device.objects().put(kBalances[i], value.elements[i]);
}

constexpr Computed kComputed[] = {
    {{1, {0, 0, 94, 44, 34, 30}, 2}, read_balances, put_balances},
    {{7, {0, 0, 99, 98, 0, 255}, 2}, read_log<Log::event, Detail::octets>, put_log<Log::event>},
    {{7, {0, 0, 99, 98, 1, 255}, 2}, read_log<Log::security, Detail::none>, put_log<Log::security>},
    {{7, {0, 0, 99, 98, 4, 255}, 2}, read_log<Log::power, Detail::number>, put_log<Log::power>},
    {{8, {0, 0, 1, 0, 0, 255}, 4}, read_time_status, put_time_status},
    {{70, {0, 0, 96, 3, 10, 255}, 3}, read_supply, put_supply},
};

const Computed* computed(const Attribute& attribute) {
    const auto found = std::ranges::find(kComputed, attribute, &Computed::attribute);
    return found != std::end(kComputed) ? found : nullptr;
}

/// A method of the hub's device log answers attributes of our own (backup time, HAN, devices).
constexpr std::uint16_t kNetworkControl = 104;
constexpr std::uint8_t kBackUp = 4, kFirstOwn = 129;

}  // namespace

std::optional<Value> value_of(const Device& device, const Attribute& attribute) {
    const Value* held = device.objects().find(attribute);
    if (!held) return std::nullopt;
    const Computed* row = computed(attribute);
    return row ? row->read(device) : std::optional(*held);
}

void put_value(Device& device, const Attribute& attribute, Value value) {
    const Computed* row = device.objects().find(attribute) ? computed(attribute) : nullptr;
    if (row) return row->put(device, value);
    device.objects().put(attribute, std::move(value));
}

void put_method_output(Device& device, const Attribute& method, Value value) {
    if (method.class_id != kNetworkControl || method.index != kBackUp) return;
    for (std::size_t i = 0; i < value.elements.size(); ++i)
        put_value(device, {method.class_id, method.obis, static_cast<std::uint8_t>(kFirstOwn + i)},
                  std::move(value.elements[i]));
}

}  // namespace meterbed
