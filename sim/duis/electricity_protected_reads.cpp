// Reads of what is sensitive: the device answers with a ciphered block (GBCS 8; DLMS class 30, data
// protection).
#include "sim/duis/electricity_reads.h"

namespace meterbed::duis {
namespace {

using dlms::Type;
using dlms::Value;

struct Collection {
    std::uint16_t code;
    std::uint8_t protection;  ///< the object 0-0:43.2.n.255 whose method 1 is called
    std::vector<dlms::Attribute> protects;
};

const Collection kCollections[] = {
    {0x0027, 8, {{1, {0, 0, 94, 44, 34, 10}, 2}}},                                // ECS17b
    {0x0029, 9, {{1, {0, 0, 94, 44, 34, 1}, 2}}},                                 // ECS17d
    {0x002A, 10, {{1, {0, 0, 94, 44, 34, 2}, 2}}},                                // ECS17e
    {0x002D, 1, {{1, {0, 0, 94, 44, 34, 30}, 2}}},                                // ECS19
    {0x002F, 3, {{7, {0, 0, 98, 1, 2, 255}, 2}}},                                 // ECS20b
    {0x0030, 2, {{7, {0, 0, 98, 1, 0, 255}, 2}, {7, {0, 0, 98, 1, 1, 255}, 2}}},  // ECS20c
    {0x0033, 5, {{7, {0, 0, 98, 1, 9, 255}, 2}}},                                 // ECS21a
    {0x0034, 6, {{7, {0, 0, 98, 1, 8, 255}, 2}}},                                 // ECS21b
    {0x0037, 7, {{7, {0, 0, 99, 1, 0, 255}, 2}}},                                 // ECS22b
    {0x0060, 4, {{7, {0, 0, 99, 1, 3, 255}, 2}}},                                 // ECS66
};

Value array(std::vector<Value> elements) { return {Type::array, 0, {}, std::move(elements)}; }

/// Restriction 0: everything; 1: entries from .. to.
Value restriction(const Reading& body, bool is_log) {
    if (!is_log) return Value::structure({Value::integer(Type::enumerated, 0), Value::null()});
    const Reading period = body.child("ReadLogPeriod");
    return Value::structure({Value::integer(Type::enumerated, 1),
                             Value::structure({date_time_value(period.child("StartDateTime").date_time()),
                                               date_time_value(period.child("EndDateTime").date_time())})});
}

Value object(const Reading& body, const dlms::Attribute& attribute) {
    return Value::structure({Value::integer(Type::uint16, attribute.class_id),
                             Value::octet_string(Bytes(attribute.obis.begin(), attribute.obis.end())),
                             Value::integer(Type::int8, attribute.index), Value::integer(Type::uint16, 0),
                             restriction(body, attribute.class_id == 7)});
}

Bytes transaction(std::uint64_t counter) {
    Bytes octets{4};
    for (int shift = 56; shift >= 0; shift -= 8)
        octets.push_back(static_cast<std::uint8_t>(counter >> shift));
    return octets;
}

Value identifier(Eui64 id) {
    const auto octets = id.octets();
    return Value::octet_string(Bytes(octets.begin(), octets.end()));
}

/// Authentication and encryption under the key that the user and the device agree: C(0e, 2s). The user is
/// named even when the ACB sends, the counter is that of the command (RTDS 4.14, unknown remote party).
Value protection_parameters(const Situation& situation) {
    const Value agreed_key = Value::structure({Value::octet_string({2}), Value::octet_string({})});
    const Value key_info = Value::structure({Value::integer(Type::enumerated, 2), agreed_key});
    const Value parameters = Value::structure(
        {Value::octet_string(transaction(situation.sender.counter)), identifier(situation.request.originator),
         identifier(situation.recipient()), Value::octet_string({}), key_info});
    return Value::structure({Value::integer(Type::enumerated, 2), parameters});
}

}  // namespace

Bytes read_protected(const Reading& body, const Situation& situation) {
    for (const Collection& collection : kCollections) {
        if (gbcs::MessageCode{collection.code} != situation.code()) continue;
        std::vector<Value> objects;
        for (const dlms::Attribute& attribute : collection.protects)
            objects.push_back(object(body, attribute));
        return AccessList()
            .action({30, {0, 0, 43, 2, collection.protection, 255}, 1},
                    Value::structure({array(std::move(objects)), array({protection_parameters(situation)})}))
            .octets(situation);
    }
    return {};
}

}  // namespace meterbed::duis
