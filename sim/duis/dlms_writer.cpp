#include "sim/duis/dlms_writer.h"

#include <algorithm>

namespace meterbed::duis {

using dlms::Access;

AccessList& AccessList::get(dlms::Attribute attribute) {
    request_.specifications.push_back({Access::get, attribute, 0, {}});
    request_.data.emplace_back();
    return *this;
}

AccessList& AccessList::get_range(dlms::Attribute attribute, std::uint8_t selector, dlms::Value parameter) {
    request_.specifications.push_back(
        {Access::get_with_selection, attribute, selector, std::move(parameter)});
    request_.data.emplace_back();
    return *this;
}

AccessList& AccessList::set(dlms::Attribute attribute, dlms::Value value) {
    request_.specifications.push_back({Access::set, attribute, 0, {}});
    request_.data.push_back(std::move(value));
    return *this;
}

AccessList& AccessList::action(dlms::Attribute method, dlms::Value parameter) {
    request_.specifications.push_back({Access::action, method, 0, {}});
    request_.data.push_back(std::move(parameter));
    return *this;
}

Bytes AccessList::octets(const Situation& situation) const {
    dlms::AccessRequest request = request_;
    request.invoke_id = dlms::invoke_id(situation.sender.counter);
    return dlms::encode(request);
}

namespace {

dlms::Value seconds_since_2000(Time time) {
    constexpr Time start = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time - start).count();
    return dlms::Value::integer(dlms::Type::uint32, std::clamp<std::int64_t>(seconds, 0, 0xFFFFFFFF));
}

}  // namespace

dlms::Value range_descriptor(Time from, Time to) {
    using dlms::Type;
    using dlms::Value;
    const Value clock =
        Value::structure({Value::integer(Type::uint16, 1), Value::octet_string({0, 0, 94, 44, 100, 255}),
                          Value::integer(Type::int8, 2), Value::integer(Type::uint16, 0)});
    return Value::structure(
        {clock, seconds_since_2000(from), seconds_since_2000(to), Value{Type::array, 0, {}, {}}});
}

dlms::Value date_time_value(Time time) {
    const gbcs::DateTime octets = dlms::date_time(time);
    return dlms::Value::octet_string(Bytes(octets.begin(), octets.end()));
}

}  // namespace meterbed::duis
