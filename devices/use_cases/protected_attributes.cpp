// Class 30, method 1: attributes answered encrypted for the party that asked (GBCS 8).
#include <algorithm>

#include "devices/object_model.h"
#include "devices/use_cases/dlms_rows.h"
#include "devices/use_cases/encryption.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

/// structure { class, OBIS, attribute, data index, restriction }
std::optional<Attribute> attribute_of(const Value& entry) {
    if (entry.elements.size() < 3 || entry.elements[1].octets.size() != Obis{}.size()) return std::nullopt;
    Attribute attribute{static_cast<std::uint16_t>(entry.elements[0].number),
                        {},
                        static_cast<std::uint8_t>(entry.elements[2].number)};
    std::ranges::copy(entry.elements[1].octets, attribute.obis.begin());
    return attribute;
}

/// restriction { 1, { from, to } } as the range descriptor of a plain read.
Specification specification_of(const Attribute& attribute, const Value& entry) {
    constexpr std::size_t kRestriction = 4;
    Specification specification{Access::get, attribute, 0, {}};
    if (entry.elements.size() <= kRestriction || entry.elements[kRestriction].elements.size() != 2)
        return specification;
    const Value& range = entry.elements[kRestriction].elements[1];
    if (range.elements.size() != 2) return specification;
    specification.access = Access::get_with_selection;
    specification.selection = Value::structure({Value::null(), range.elements[0], range.elements[1]});
    return specification;
}

/// The values asked for, in a structure; nothing when one does not exist.
std::optional<Value> plain_values(const Device& device, const Value& list) {
    Value values = Value::structure({});
    for (const Value& entry : list.elements) {
        const auto attribute = attribute_of(entry);
        const auto held = attribute ? value_of(device, *attribute) : std::nullopt;
        if (!held) return std::nullopt;
        values.elements.push_back(as_read(*attribute, *held, specification_of(*attribute, entry)));
    }
    return values;
}

/// The command's protection parameters from the device to the originator of the header: also where an unknown
/// party behind the ACB reads (RTDS).
Value answered_parameters(Value parameters, Eui64 device, Eui64 reader) {
    constexpr std::size_t kOriginator = 1, kRecipient = 2;
    for (Value& protection : parameters.elements) {
        if (protection.elements.size() < 2) continue;
        auto& fields = protection.elements[1].elements;
        if (fields.size() <= kRecipient) continue;
        const auto from = device.octets(), to = reader.octets();
        fields[kOriginator].octets.assign(from.begin(), from.end());
        fields[kRecipient].octets.assign(to.begin(), to.end());
    }
    return parameters;
}

}  // namespace

Accessed get_protected_attributes(AccessItem& item) {
    const Device& device = item.execution.device;
    if (item.data.elements.size() != 2) return {{}, Result::type_unmatched};
    const auto plain = plain_values(device, item.data.elements[0]);
    if (!plain) return {{}, Result::object_undefined};
    const auto key = encryption_key(item.execution, item.answer);
    if (!key) return {{}, Result::read_write_denied};
    return {Value::structure(
                {answered_parameters(item.data.elements[1], device.id(), item.execution.header().originator),
                 Value::octet_string(gbcs::encrypt(encode_value(*plain), *key, device.id()))}),
            Result::success};
}

}  // namespace meterbed
