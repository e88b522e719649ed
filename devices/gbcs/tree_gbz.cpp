// GBZ payloads as trees: components typed to the field.
#include <algorithm>

#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

using gbz::Component;
using gbz::Field;
using gbz::FieldType;

Tree value_tree(const Field& field) {
    if (field.type == FieldType::group) {
        Tree::List groups;
        for (const std::vector<Field>& group : field.groups) groups.push_back(to_tree(std::span(group)));
        return groups;
    }
    if (field.type == FieldType::uint64) return static_cast<std::uint64_t>(field.number);
    const bool is_octets = field.type == FieldType::octet_string ||
                           field.type == FieldType::character_string || field.type == FieldType::octets ||
                           field.type == FieldType::date;
    if (!is_octets) return field.number;
    if (field.number == -1) return {};
    return to_hex(field.octets);
}

std::vector<Field> fields_from_tree(const Tree& tree, int depth);

Field field_from_tree(const Tree& tree, int depth) {
    const std::string& type_name = text(member(tree, "type"), "type");
    const auto type = gbz::field_type(type_name);
    if (!type) throw TreeError("there is no ZCL type " + type_name);
    Field field;
    field.type = *type;
    const Tree& value = member(tree, "value");
    if (field.type == FieldType::group)
        for (const Tree& group : list(value, "value"))
            field.groups.push_back(fields_from_tree(group, depth + 1));
    else if (is_null(value))
        field.number = -1;
    else if (std::holds_alternative<std::string>(value.value))
        field.octets = octets(value, "value");
    else
        field.number = signed_number(value, "value");
    return field;
}

std::vector<Field> fields_from_tree(const Tree& tree, int depth) {
    if (depth > 8) throw TreeError("fields are nested too deep");
    std::vector<Field> fields;
    for (const Tree& item : list(tree, "fields")) fields.push_back(field_from_tree(item, depth));
    return fields;
}

/// Typed fields where the payload is plain and fits its layout, the octets otherwise.
void add_payload(Tree::Members& members, const Component& component) {
    const auto fields = component.encrypted ? tl::unexpected(ParseError{}) : gbz::fields_of(component);
    if (fields && gbz::payload_of(*fields) == component.payload)
        members.emplace_back("fields", to_tree(std::span(*fields)));
    else
        members.emplace_back("payload", to_hex(component.payload));
}

Tree component_tree(const Component& component) {
    Tree::Members members;
    const gbz::Layout* layout = gbz::layout_of(component);
    members.emplace_back("name", layout ? Tree(std::string(layout->name)) : Tree());
    members.emplace_back("cluster", code_text(component.cluster));
    members.emplace_back("frame_control", std::int64_t{component.frame_control});
    members.emplace_back("sequence", std::int64_t{component.sequence});
    members.emplace_back("command", std::int64_t{component.command});
    if (component.from_date_time)
        members.emplace_back("from_date_time", std::int64_t{*component.from_date_time});
    members.emplace_back("encrypted", component.encrypted);
    if (component.encrypted) {
        members.emplace_back("additional_header_control", std::int64_t{component.additional_header_control});
        members.emplace_back("frame_counter", std::int64_t{component.frame_counter});
    }
    add_payload(members, component);
    return members;
}

std::uint8_t octet(const Tree& tree, std::string_view name) {
    return static_cast<std::uint8_t>(number(member(tree, name), 0xFF, name));
}

Component component_from_tree(const Tree& tree) {
    Component component;
    component.cluster = static_cast<std::uint16_t>(code(member(tree, "cluster"), 0xFFFF, "cluster"));
    component.frame_control = octet(tree, "frame_control");
    component.sequence = octet(tree, "sequence");
    component.command = octet(tree, "command");
    if (const Tree* from = tree.find("from_date_time"))
        component.from_date_time = static_cast<std::uint32_t>(number(*from, 0xFFFFFFFF, "from_date_time"));
    const Tree* encrypted = tree.find("encrypted");
    component.encrypted = encrypted && encrypted->value == Tree(true).value;
    if (component.encrypted) {
        component.additional_header_control = octet(tree, "additional_header_control");
        component.frame_counter = octet(tree, "frame_counter");
    }
    if (const Tree* fields = tree.find("fields"))
        component.payload = gbz::payload_of(fields_from_tree(*fields, 0));
    else
        component.payload = octets(member(tree, "payload"), "payload");
    return component;
}

Tree executed_tree(const gbz::ExecutedComponent& executed) {
    return Tree::Members{{"message_code", code_text(executed.message_code)},
                         {"originator_counter", executed.originator_counter},
                         {"cluster", code_text(executed.cluster)},
                         {"frame_control", std::int64_t{executed.frame_control}},
                         {"command", std::int64_t{executed.command}}};
}

gbz::ExecutedComponent executed_from_tree(const Tree& tree) {
    gbz::ExecutedComponent executed;
    executed.message_code =
        static_cast<std::uint16_t>(code(member(tree, "message_code"), 0xFFFF, "message_code"));
    executed.originator_counter =
        number(member(tree, "originator_counter"), UINT64_MAX, "originator_counter");
    executed.cluster = static_cast<std::uint16_t>(code(member(tree, "cluster"), 0xFFFF, "cluster"));
    executed.frame_control = octet(tree, "frame_control");
    executed.command = octet(tree, "command");
    return executed;
}

Tree alert_tree(const gbz::Alert& alert) {
    Tree::Members members{{"family", std::string("GBZ")},
                          {"type", std::string("alert")},
                          {"component_count", std::int64_t{alert.component_count}},
                          {"alert_code", code_text(alert.code)},
                          {"time", std::int64_t{alert.time}}};
    if (const auto component = gbz::component_of(alert)) {
        members.emplace_back("component", component_tree(*component));
        return members;
    }
    members.emplace_back("body", to_hex(alert.body));
    if (const auto executed = gbz::executed_component(alert))
        members.emplace_back("executed", executed_tree(*executed));
    else if (const auto string = gbz::octet_string_of(alert))
        members.emplace_back("octet_string", to_hex(*string));
    return members;
}

gbz::Alert alert_from_tree(const Tree& tree) {
    gbz::Alert alert;
    alert.component_count =
        static_cast<std::uint8_t>(number(member(tree, "component_count"), 1, "component_count"));
    alert.code = static_cast<std::uint16_t>(code(member(tree, "alert_code"), 0xFFFF, "alert_code"));
    alert.time = static_cast<std::uint32_t>(number(member(tree, "time"), 0xFFFFFFFF, "time"));
    if (const Tree* component = tree.find("component"))
        alert.body = gbz::alert_body(component_from_tree(*component));
    else if (const Tree* executed = tree.find("executed"))
        alert.body = gbz::alert_body(executed_from_tree(*executed));
    else if (const Tree* string = tree.find("octet_string"))
        alert.body = gbz::octet_string_body(octets(*string, "octet_string"));
    else
        alert.body = octets(member(tree, "body"), "body");
    return alert;
}

}  // namespace

Tree to_tree(std::span<const gbz::Field> fields) {
    Tree::List items;
    for (const gbz::Field& field : fields)
        items.push_back(Tree::Members{{"name", std::string(field.name)},
                                      {"type", std::string(gbz::name(field.type))},
                                      {"value", value_tree(field)}});
    return items;
}

Tree gbz_tree(const gbz::Payload& payload) {
    if (const auto* alert = std::get_if<gbz::Alert>(&payload)) return alert_tree(*alert);
    Tree::List components;
    for (const gbz::Component& component : std::get<gbz::Frame>(payload).components)
        components.push_back(component_tree(component));
    return Tree::Members{
        {"family", std::string("GBZ")}, {"type", std::string("frame")}, {"components", components}};
}

gbz::Payload gbz_from_tree(const Tree& tree) {
    const std::string& type = text(member(tree, "type"), "type");
    if (type == "alert") return alert_from_tree(tree);
    if (type != "frame") throw TreeError("type " + type + " is no GBZ payload");
    gbz::Frame frame;
    for (const Tree& component : list(member(tree, "components"), "components"))
        frame.components.push_back(component_from_tree(component));
    return frame;
}

}  // namespace meterbed::gbcs
