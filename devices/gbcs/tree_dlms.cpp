// DLMS payloads as trees.
#include <algorithm>
#include <cstdio>

#include "devices/gbcs/dlms_compact.h"
#include "devices/gbcs/dlms_names.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

using dlms::Type;
using dlms::Value;

/// Range of a numeric type; nothing for the others.
struct Range {
    Type type;
    std::int64_t low;
    std::uint64_t high;
};
constexpr Range kRanges[] = {
    {Type::boolean, 0, 0xFF},
    {Type::int8, INT8_MIN, INT8_MAX},
    {Type::int16, INT16_MIN, INT16_MAX},
    {Type::int32, INT32_MIN, INT32_MAX},
    {Type::int64, INT64_MIN, INT64_MAX},
    {Type::uint8, 0, UINT8_MAX},
    {Type::uint16, 0, UINT16_MAX},
    {Type::uint32, 0, UINT32_MAX},
    {Type::uint64, 0, UINT64_MAX},
    {Type::enumerated, 0, 0xFF},
};
const Range* range_of(Type type) {
    const auto range = std::ranges::find(kRanges, type, &Range::type);
    return range != std::end(kRanges) ? &*range : nullptr;
}

Tree number_tree(const Value& value) {
    if (value.type == Type::uint64) return static_cast<std::uint64_t>(value.number);
    return value.number;
}

std::int64_t number_from_tree(const Tree& tree, const Range& range) {
    const std::int64_t value = signed_number(tree, "value");
    const bool wide = std::holds_alternative<std::uint64_t>(tree.value) && range.type == Type::uint64;
    if (!wide && (value < range.low || (value > 0 && static_cast<std::uint64_t>(value) > range.high)))
        throw TreeError("value " + std::to_string(value) + " does not fit " +
                        std::string(dlms::name(range.type)));
    return value;
}

Value value_from_tree(const Tree& tree, int depth);

/// Elements that were changed are packed anew, by the description in `value`.
Value compact_from_tree(const Tree& tree, const Tree& elements, int depth) {
    const Bytes whole = octets(member(tree, "value"), "value");
    const auto size =
        static_cast<std::size_t>(number(member(tree, "description"), whole.size(), "description"));
    std::vector<Value> values;
    for (const Tree& element : list(elements, "elements"))
        values.push_back(value_from_tree(element, depth + 1));
    return dlms::pack(ByteView(whole).first(size), values);
}

Value value_from_tree(const Tree& tree, int depth) {
    if (depth >= dlms::kMaximumDepth) throw TreeError("value is nested too deep");
    const std::string& type_name = text(member(tree, "type"), "type");
    const auto type = dlms::type_of(type_name);
    if (!type) throw TreeError("there is no DLMS type " + type_name);
    Value value;
    value.type = *type;
    if (value.type == Type::null) return value;
    const Tree& content = member(tree, "value");
    if (const Range* range = range_of(value.type)) {
        value.number = number_from_tree(content, *range);
    } else if (value.type == Type::array || value.type == Type::structure) {
        for (const Tree& element : list(content, "value"))
            value.elements.push_back(value_from_tree(element, depth + 1));
    } else {
        if (const Tree* elements = tree.find("elements"); elements && value.type == Type::compact_array)
            return compact_from_tree(tree, *elements, depth);
        value.octets = octets(content, "value");
        if (const Tree* count = tree.find("bits"))
            value.number = static_cast<std::int64_t>(number(*count, value.octets.size() * 8, "bits"));
        if (const Tree* count = tree.find("description"))
            value.number = static_cast<std::int64_t>(number(*count, value.octets.size(), "description"));
    }
    return value;
}

Tree specification_tree(const dlms::Specification& item) {
    Tree::Members members{{"access", std::string(dlms::name(item.access))},
                          {"class", std::int64_t{item.attribute.class_id}},
                          {"obis", dlms::text(item.attribute.obis)},
                          {"index", std::int64_t{item.attribute.index}}};
    if (item.access == dlms::Access::get_with_selection) {
        members.emplace_back("selector", std::int64_t{item.selector});
        members.emplace_back("selection", to_tree(item.selection));
    }
    return members;
}

dlms::Access access_from_tree(const Tree& tree) {
    const auto access = dlms::access_of(text(tree, "access"));
    if (!access) throw TreeError("access is not get, set, action or get-with-selection");
    return *access;
}

dlms::Specification specification_from_tree(const Tree& tree) {
    dlms::Specification item;
    item.access = access_from_tree(member(tree, "access"));
    item.attribute.class_id = static_cast<std::uint16_t>(number(member(tree, "class"), 0xFFFF, "class"));
    const auto obis = dlms::obis_of(text(member(tree, "obis"), "obis"));
    if (!obis) throw TreeError("obis is not such as 0-0:96.3.10.255");
    item.attribute.obis = *obis;
    item.attribute.index = static_cast<std::uint8_t>(number(member(tree, "index"), 0xFF, "index"));
    if (item.access == dlms::Access::get_with_selection) {
        item.selector = static_cast<std::uint8_t>(number(member(tree, "selector"), 0xFF, "selector"));
        item.selection = value_from_tree(member(tree, "selection"), 0);
    }
    return item;
}

Tree values_tree(const std::vector<Value>& values) {
    Tree::List items;
    for (const Value& value : values) items.push_back(to_tree(value));
    return items;
}

std::vector<Value> values_from_tree(const Tree& tree) {
    std::vector<Value> values;
    for (const Tree& item : list(tree, "data")) values.push_back(value_from_tree(item, 0));
    return values;
}

Tree result_tree(const dlms::AccessResult& item) {
    return Tree::Members{{"access", std::string(dlms::name(item.access))},
                         {"result", static_cast<std::int64_t>(item.result)}};
}

struct ToTree {
    Tree operator()(const dlms::AccessRequest& request) const {
        Tree::List items;
        for (const dlms::Specification& item : request.specifications)
            items.push_back(specification_tree(item));
        return Tree::Members{{"family", std::string("DLMS")},
                             {"type", std::string("access-request")},
                             {"invoke_id", std::int64_t{request.invoke_id}},
                             {"items", items},
                             {"data", values_tree(request.data)}};
    }
    Tree operator()(const dlms::AccessResponse& response) const {
        Tree::List results;
        for (const dlms::AccessResult& item : response.results) results.push_back(result_tree(item));
        return Tree::Members{{"family", std::string("DLMS")},
                             {"type", std::string("access-response")},
                             {"invoke_id", std::int64_t{response.invoke_id}},
                             {"data", values_tree(response.data)},
                             {"results", results}};
    }
    Tree operator()(const dlms::DataNotification& notification) const {
        return Tree::Members{{"family", std::string("DLMS")},
                             {"type", std::string("data-notification")},
                             {"invoke_id", std::int64_t{notification.invoke_id}},
                             {"value", to_tree(notification.body)}};
    }
};

}  // namespace

Tree to_tree(const Value& value) {
    Tree::Members members{{"type", std::string(dlms::name(value.type))}};
    if (range_of(value.type)) {
        members.emplace_back("value", number_tree(value));
    } else if (value.type == Type::array || value.type == Type::structure) {
        members.emplace_back("value", values_tree(value.elements));
    } else if (value.type != Type::null) {
        members.emplace_back("value", to_hex(value.octets));
        if (value.type == Type::bit_string) members.emplace_back("bits", value.number);
        if (value.type == Type::compact_array) {
            members.emplace_back("description", value.number);
            if (const auto array = dlms::unpack(value))
                members.emplace_back("elements", values_tree(array->elements));
        }
    }
    return members;
}

Tree dlms_tree(const dlms::Payload& payload) { return std::visit(ToTree{}, payload); }

dlms::Payload dlms_from_tree(const Tree& tree) {
    const std::string& type = text(member(tree, "type"), "type");
    const auto invoke_id =
        static_cast<std::uint32_t>(number(member(tree, "invoke_id"), 0xFFFFFFFF, "invoke_id"));
    if (type == "access-request") {
        dlms::AccessRequest request{invoke_id, {}, values_from_tree(member(tree, "data"))};
        for (const Tree& item : list(member(tree, "items"), "items"))
            request.specifications.push_back(specification_from_tree(item));
        return request;
    }
    if (type == "access-response") {
        dlms::AccessResponse response{invoke_id, values_from_tree(member(tree, "data")), {}};
        for (const Tree& item : list(member(tree, "results"), "results"))
            response.results.push_back(
                {access_from_tree(member(item, "access")),
                 static_cast<dlms::Result>(number(member(item, "result"), 0xFF, "result"))});
        return response;
    }
    if (type != "data-notification") throw TreeError("type " + type + " is no DLMS payload");
    return dlms::DataNotification{invoke_id, value_from_tree(member(tree, "value"), 0)};
}

}  // namespace meterbed::gbcs
