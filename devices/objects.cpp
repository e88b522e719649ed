#include "devices/objects.h"

#include <algorithm>
#include <set>

namespace meterbed {

using gbcs::dlms::Attribute;
using gbcs::dlms::Result;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

namespace {

bool same_shape(const Value& held, const Value& value) {
    if (held.type != value.type) return false;
    if (held.type == Type::structure) return std::ranges::equal(held.elements, value.elements, same_shape);
    const bool both = !held.elements.empty() && !value.elements.empty();
    return !both || std::ranges::all_of(value.elements, [&held](const Value& element) {
        return same_shape(held.elements.front(), element);
    });
}

/// Periods of auxiliary controllers: date-times, and in the older ECS47 a number of minutes.
bool is_controller_period(const Attribute& attribute) {
    return attribute.class_id == 1 && attribute.obis[2] == 94 && attribute.obis[3] == 44 &&
           attribute.obis[4] >= 117 && attribute.obis[4] <= 121;
}

/// A value of any type fits where the mapping table leaves the type to the text of GBCS.
bool fits(const Attribute& attribute, const Value& first, const Value& value) {
    if (first.type == Type::null || same_shape(first, value)) return true;
    return is_controller_period(attribute) && value.type == Type::uint16;
}

}  // namespace

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

void Objects::put(const Attribute& attribute, Value value) {
    made(attribute).value = std::move(value);
    ++revision_;
}

std::vector<Attribute> Objects::all() const {
    std::set<Attribute> found;
    for (const auto& [attribute, first] : *defaults_) found.insert(attribute);
    for (const Own& each : own_)
        if (each.value) found.insert(each.attribute);
    return {found.begin(), found.end()};
}

std::string_view Objects::name(const Attribute& attribute) const {
    const auto shared = defaults_->find(attribute);
    return shared != defaults_->end() ? shared->second.name : std::string_view{};
}

Result Objects::set(const Attribute& attribute, Value value) {
    const auto shared = defaults_->find(attribute);
    if (!find(attribute)) return Result::object_undefined;
    if (shared == defaults_->end() || !shared->second.writable) return Result::read_write_denied;
    if (!fits(attribute, shared->second.value, value)) return Result::type_unmatched;
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
