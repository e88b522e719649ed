// Registers, maximum demand, logs and tariff blocks: what is reset.
#include "devices/object_model.h"
#include "devices/use_cases/dlms_methods.h"
#include "devices/use_cases/future_dating.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr std::uint8_t kValue = 2, kCaptureTime = 5;

Value zero_like(Value value) {
    value.number = 0;
    for (Value& element : value.elements) element = zero_like(std::move(element));
    return value;
}

/// False when the device has no such attribute.
bool set_to_zero(Device& device, const Attribute& attribute) {
    const auto held = value_of(device, attribute);
    if (held) put_value(device, attribute, zero_like(*held));
    return held.has_value();
}

/// Where a maximum demand keeps the time of its last reset.
struct ResetTime {
    Obis demand;
    std::uint8_t e;
};
constexpr ResetTime kResetTimes[] = {
    {{1, 0, 1, 6, 1, 255}, 0}, {{1, 0, 1, 6, 0, 255}, 1}, {{1, 0, 2, 6, 0, 255}, 2}};

}  // namespace

Accessed reset_register(AccessItem& item) {
    const Attribute& method = item.specification.attribute;
    const bool found = set_to_zero(item.execution.device, {method.class_id, method.obis, kValue});
    return {{}, found ? Result::success : Result::object_undefined};
}

Accessed reset_maximum_demand(AccessItem& item) {
    const Attribute& method = item.specification.attribute;
    Device& device = item.execution.device;
    Accessed done = reset_register(item);
    if (done.result != Result::success) return done;
    const Value now = time_value(item.execution.context.now());
    put_value(device, {method.class_id, method.obis, kCaptureTime}, now);
    for (const ResetTime& row : kResetTimes)
        if (row.demand == method.obis) put_value(device, {1, {0, 0, 94, 44, 5, row.e}, kValue}, now);
    return {};
}

Accessed clear_log(AccessItem& item) {
    const Attribute& method = item.specification.attribute;
    const Attribute buffer{method.class_id, method.obis, kValue};
    if (!value_of(item.execution.device, buffer)) return {{}, Result::object_undefined};
    put_value(item.execution.device, buffer, {Type::array, 0, {}, {}});
    return {};
}

/// The script names the matrix; both counters of an ESME are in one object.
Accessed reset_tariff_blocks(AccessItem& item) {
    if (item.data.type != Type::uint16) return {{}, Result::type_unmatched};
    const bool found = set_to_zero(item.execution.device, {1, {0, 0, 94, 44, 34, 2}, kValue});
    return {{}, found ? Result::success : Result::object_undefined};
}

}  // namespace meterbed
