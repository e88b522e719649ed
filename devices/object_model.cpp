#include "devices/object_model.h"

namespace meterbed {

using gbcs::dlms::Attribute;
using gbcs::dlms::Value;

std::optional<Value> value_of(const Device& device, const Attribute& attribute) {
    const Value* held = device.objects().find(attribute);
    return held ? std::optional(*held) : std::nullopt;
}

void put_value(Device& device, const Attribute& attribute, Value value) {
    device.objects().put(attribute, std::move(value));
}

void put_method_output(Device& device, const Attribute& method, Value value) {
    device.objects().put(method, std::move(value));
}

}  // namespace meterbed
