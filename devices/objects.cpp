#include "devices/objects.h"

#include <algorithm>

namespace meterbed {

using gbcs::dlms::Attribute;
using gbcs::dlms::Result;
using gbcs::dlms::Value;

const Objects::Own* Objects::own(const Attribute& attribute) const {
    const auto found = std::ranges::find(own_, attribute, &Own::attribute);
    return found != own_.end() ? &*found : nullptr;
}

Objects::Own* Objects::own(const Attribute& attribute) {
    const auto found = std::ranges::find(own_, attribute, &Own::attribute);
    return found != own_.end() ? &*found : nullptr;
}

Objects::Own& Objects::made(const Attribute& attribute) {
    if (Own* known = own(attribute)) return *known;
    return own_.emplace_back(Own{attribute, {}, {}});
}

const Value* Objects::find(const Attribute& attribute) const {
    if (const Own* known = own(attribute); known && known->value) return &*known->value;
    const auto shared = defaults_->find(attribute);
    return shared != defaults_->end() ? &shared->second.value : nullptr;
}

void Objects::put(const Attribute& attribute, Value value) { made(attribute).value = std::move(value); }

Result Objects::set(const Attribute& attribute, Value value) {
    const Value* held = find(attribute);
    if (!held) return Result::object_undefined;
    const auto shared = defaults_->find(attribute);
    if (shared == defaults_->end() || !shared->second.writable) return Result::read_write_denied;
    if (held->type != value.type) return Result::type_unmatched;
    put(attribute, std::move(value));
    return Result::success;
}

void Objects::fail(const Attribute& attribute, Result result, Member member) {
    made(attribute).fault[static_cast<std::size_t>(member)] = result;
}

void Objects::heal(const Attribute& attribute, Member member) { fail(attribute, Result::success, member); }

Result Objects::fault(const Attribute& attribute, Member member) const {
    const Own* known = own(attribute);
    return known ? known->fault[static_cast<std::size_t>(member)] : Result::success;
}

}  // namespace meterbed
