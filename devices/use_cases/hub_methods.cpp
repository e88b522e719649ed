// The device log of a communications hub (CCS01 to CCS07) and its Sub GHz settings (DBCH).
#include <algorithm>

#include "devices/object_model.h"
#include "devices/raise.h"
#include "devices/use_cases/dlms_methods.h"
#include "devices/use_cases/future_dating.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr Obis kLog{0, 0, 30, 3, 0, 255}, kHistoric{0, 0, 30, 3, 1, 255};
constexpr std::uint16_t kNetworkControl = 104;
/// Attributes of our own: COSEM leaves numbers above 127 to makers.
constexpr std::uint8_t kActiveDevices = 4, kBackupTime = 129, kHanIdentifier = 130, kDevices = 131;
constexpr std::uint16_t kDeviceLogChanged = 0x8F12, kConfigurationChanged = 0x8F2A, kScanAssessed = 0x8F28;

Value octets(std::size_t size) { return Value::octet_string(Bytes(size)); }

Value held(const Device& device, const Obis& log, std::uint8_t index) {
    return value_of(device, {kNetworkControl, log, index}).value_or(Value{Type::array, 0, {}, {}});
}

void put(Device& device, const Obis& log, std::uint8_t index, Value value) {
    put_value(device, {kNetworkControl, log, index}, std::move(value));
}

void erase(Value& list, const Bytes& device) {
    std::erase_if(list.elements, [&device](const Value& entry) {
        return !entry.elements.empty() && entry.elements[0].octets == device;
    });
}

/// What the log held becomes the historic log; `entries` are { identifier, hash of the link key }.
void replace_devices(Device& device, Value entries, Time now) {
    for (const std::uint8_t index : {kBackupTime, kHanIdentifier, kDevices})
        put(device, kHistoric, index, held(device, kLog, index));
    put(device, kLog, kDevices, std::move(entries));
    put(device, kLog, kBackupTime, time_value(now));
}

/// A device that has not communicated yet: no signal was measured.
Value active_device(const Bytes& identifier, Time now) {
    const Value status{Type::bit_string, 8, {0x00}, {}};
    const Value signal = Value::integer(Type::int8, 0), count = Value::integer(Type::uint8, 0);
    return Value::structure({Value::octet_string(identifier), status, signal, signal, signal, count, count,
                             count, time_value(now), count, count, count, count, count});
}

void report_change(AccessItem& item) {
    const Device& device = item.execution.device;
    raise(item.execution.device, kDeviceLogChanged, item.execution.context,
          {.more = {held(device, kLog, kBackupTime), held(device, kLog, kHanIdentifier),
                    held(device, kLog, kDevices)}});
}

}  // namespace

/// entry { identifier, credentials type, installation credentials, device type }
Accessed add_to_device_log(AccessItem& item) {
    if (item.data.elements.size() != 4 || item.data.elements[0].type != Type::octet_string)
        return {{}, Result::type_unmatched};
    Device& device = item.execution.device;
    const Bytes& identifier = item.data.elements[0].octets;
    const Time now = item.execution.context.now();
    Value entries = held(device, kLog, kDevices), active = held(device, kLog, kActiveDevices);
    constexpr std::size_t kMaximumDevices = 16;
    erase(entries, identifier);
    erase(active, identifier);
    if (entries.elements.size() >= kMaximumDevices) return {{}, Result::temporary_failure};
    // The hash of the link key exists once the device has joined.
    entries.elements.push_back(Value::structure({Value::octet_string(identifier), octets(16)}));
    active.elements.push_back(active_device(identifier, now));
    replace_devices(device, std::move(entries), now);
    put(device, kLog, kActiveDevices, std::move(active));
    report_change(item);
    return {};
}

/// Removing what is not there leaves it not there (ASSUMPTION: success).
Accessed remove_from_device_log(AccessItem& item) {
    if (item.data.type != Type::octet_string) return {{}, Result::type_unmatched};
    Device& device = item.execution.device;
    Value entries = held(device, kLog, kDevices), active = held(device, kLog, kActiveDevices);
    erase(entries, item.data.octets);
    erase(active, item.data.octets);
    replace_devices(device, std::move(entries), item.execution.context.now());
    put(device, kLog, kActiveDevices, std::move(active));
    report_change(item);
    return {};
}

Accessed back_up_device_log(AccessItem& item) {
    const Obis& log = item.specification.attribute.obis;
    const Device& device = item.execution.device;
    if (!value_of(device, {kNetworkControl, log, kDevices})) return {{}, Result::object_undefined};
    return {Value::structure({held(device, log, kBackupTime), held(device, log, kHanIdentifier),
                              held(device, log, kDevices)}),
            Result::success};
}

/// { HAN identifier, devices }
Accessed restore_device_log(AccessItem& item) {
    if (item.data.elements.size() != 2 || item.data.elements[0].type != Type::octet_string ||
        item.data.elements[1].type != Type::array)
        return {{}, Result::type_unmatched};
    Device& device = item.execution.device;
    replace_devices(device, item.data.elements[1], item.execution.context.now());
    put(device, kLog, kHanIdentifier, item.data.elements[0]);
    return {};
}

Result sub_ghz_configured(AccessItem& item) {
    raise(item.execution.device, kConfigurationChanged, item.execution.context, {.more = {item.data}});
    return Result::success;
}

/// ASSUMPTION: the scan is over at once and finds nothing to change: both outcomes are 0.
Result sub_ghz_scan_requested(AccessItem& item) {
    raise(item.execution.device, kScanAssessed, item.execution.context,
          {.more = {Value::structure({octets(1), octets(1)})}});
    return Result::success;
}

}  // namespace meterbed
