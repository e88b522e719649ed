// Values every device of a type starts with; objects of GBCS 20 (mapping table), names of SMETS 5.
#include <array>

#include "devices/objects.h"

namespace meterbed {
namespace {

using gbcs::dlms::Attribute;
using gbcs::dlms::Obis;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

Value u32(std::int64_t number) { return Value::integer(Type::uint32, number); }
/// scal_unit_type: powers of ten, unit of the Blue Book.
Value scaler_unit(std::int64_t scaler, std::int64_t unit) {
    return Value::structure({Value::integer(Type::int8, scaler), Value::integer(Type::enumerated, unit)});
}
Value array() { return {Type::array, 0, {}, {}}; }

constexpr std::int64_t kWattHours = 30, kVarHours = 32, kUnitless = 255;

/// A register of class 3: value (2), scaler and unit (3).
void add_register(ObjectDefaults& out, const Obis& obis, std::int64_t unit) {
    out[{3, obis, 2}] = {u32(0)};
    out[{3, obis, 3}] = {scaler_unit(0, unit)};
}

/// Counters and log of the average voltage of one phase; `c` is the OBIS value group C.
void add_voltage(ObjectDefaults& out, std::uint8_t c) {
    constexpr std::int64_t kHalfHour = 1800;
    add_register(out, {1, 0, c, 32, 0, 4}, kUnitless);  // AverageRMSUnderVoltageCounter
    add_register(out, {1, 0, c, 36, 0, 4}, kUnitless);  // AverageRMSOverVoltageCounter
    out[{7, {1, 0, c, 24, 0, 255}, 2}] = {array()};     // AverageRMSVoltageProfileDataLog
    out[{7, {1, 0, c, 24, 0, 255}, 4}] = {u32(kHalfHour), true};
}

/// ImportRegisterCollection: read encrypted only (ECS17b).
Value import_registers() {
    return Value::structure({u32(0), scaler_unit(0, kWattHours), u32(0), scaler_unit(0, kVarHours)});
}

void add_firmware(ObjectDefaults& out) {
    out[{1, {0, 0, 0, 2, 1, 255}, 2}] = {Value::octet_string({0, 0, 0, 1})};
}

ObjectDefaults esme() {
    ObjectDefaults out;
    add_firmware(out);
    add_register(out, {1, 0, 2, 8, 0, 255}, kWattHours);  // ActiveExportRegister
    add_register(out, {1, 0, 4, 8, 0, 255}, kVarHours);   // ReactiveExportRegister
    // Single phase meters answer for phase 1 only; polyphase ones for all (ECS23b).
    for (const std::uint8_t phase : {std::uint8_t{32}, std::uint8_t{52}, std::uint8_t{72}})
        add_voltage(out, phase);
    out[{1, {0, 0, 94, 44, 34, 10}, 2}] = {import_registers()};
    out[{112, {0, 0, 19, 10, 0, 255}, 2}] = {Value::integer(Type::int32, 0)};  // MeterBalance, 10^-5 GBP
    out[{8, {0, 0, 1, 0, 0, 255}, 9}] = {Value::integer(Type::enumerated, 0), true};  // clock_base
    return out;
}

ObjectDefaults hub() {
    ObjectDefaults out;
    add_firmware(out);
    return out;
}

}  // namespace

const ObjectDefaults& object_defaults(DeviceType type) {
    static const ObjectDefaults kEsme = esme(), kHub = hub(), kNone;
    if (type == DeviceType::eSME) return kEsme;
    return type == DeviceType::CHF ? kHub : kNone;
}

}  // namespace meterbed
