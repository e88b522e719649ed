// Which events are sent, sounded and logged: a mask and an action, 256 bits each (ECS25a, ECS25b); bit n,
// counted from the last octet, stands for 0x81nn (Supplier) or 0x80nn (Network Operator).
#include "devices/object_model.h"
#include "devices/use_cases/dlms_methods.h"
#include "devices/use_cases/future_dating.h"

namespace meterbed {

using namespace gbcs::dlms;

Result activation_time_set(AccessItem& item) {
    return schedule_activation(item.execution, item.specification.attribute, item.data);
}

/// The settings that are read (97.98.15 to 97.98.18) change where the mask is set (97.98.11 to 97.98.14).
Result alert_mask_set(AccessItem& item) {
    constexpr std::size_t kOctets = 32;
    constexpr std::uint8_t kSettingsBehindMasks = 4;
    Attribute settings = item.specification.attribute;
    settings.obis[4] = static_cast<std::uint8_t>(settings.obis[4] + kSettingsBehindMasks);
    auto held = value_of(item.execution.device, settings);
    if (!held || held->octets.size() != kOctets || item.data.octets.size() != 2 * kOctets)
        return Result::success;
    for (std::size_t i = 0; i < kOctets; ++i) {
        const unsigned mask = item.data.octets[i], action = item.data.octets[kOctets + i];
        held->octets[i] = static_cast<std::uint8_t>((held->octets[i] & ~mask) | (action & mask));
    }
    put_value(item.execution.device, settings, *held);
    return Result::success;
}

}  // namespace meterbed
