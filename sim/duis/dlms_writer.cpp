#include "sim/duis/dlms_writer.h"

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

dlms::Value date_time_value(Time time) {
    const gbcs::DateTime octets = dlms::date_time(time);
    return dlms::Value::octet_string(Bytes(octets.begin(), octets.end()));
}

}  // namespace meterbed::duis
