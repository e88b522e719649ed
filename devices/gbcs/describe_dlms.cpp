// DLMS payloads in words.
#include <algorithm>

#include "devices/gbcs/describe_parts.h"
#include "devices/gbcs/dlms_compact.h"
#include "devices/gbcs/dlms_names.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

using dlms::ElementName;
using dlms::Type;
using dlms::Value;

constexpr std::size_t kDateTimeSize = 12, kEuiSize = 8, kObisSize = 6;

bool is_text(const Bytes& octets) {
    return octets.size() > 1 &&
           std::ranges::all_of(octets, [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
}

std::string string_text(const Value& value) { return "\"" + readable(value.octets) + "\""; }

bool contains(std::string_view name, std::string_view word) {
    return name.find(word) != std::string_view::npos;
}

/// What octets mean is not on the wire: their length and their name tell.
std::string octets_text(std::string_view name, const Value& value) {
    const Bytes& octets = value.octets;
    if (octets.size() == kDateTimeSize) return date_time_text(octets);
    if (octets.size() >= 17 && to_hex(ByteView(octets).first(5)) == "3100000000")
        return "encrypted, " + std::to_string(octets.size()) + " octets";
    if (octets.size() == kEuiSize && !contains(name, "LN")) return Eui64::from_octets(octets.data()).text();
    if (octets.size() == kObisSize && (contains(name, "logical_name") || contains(name, "LN"))) {
        dlms::Obis obis{};
        std::ranges::copy(octets, obis.begin());
        return dlms::text(obis);
    }
    if (is_text(octets)) return string_text(value);
    return to_hex(octets);
}

bool is_timestamp(std::string_view name, Type type) {
    return type == Type::uint32 &&
           (contains(name, "timestamp") || contains(name, "Timestamp") || name == "time");
}

std::string number_text(std::string_view name, const Value& value, std::string_view unit) {
    if (value.type == Type::boolean) return value.number != 0 ? "true" : "false";
    if (is_timestamp(name, value.type)) return utc_text(static_cast<std::uint32_t>(value.number));
    const bool wide = value.type == Type::int32 || value.type == Type::uint32;
    if (unit == "GBP" && wide) return money_text(value.number);
    const std::string text = value.type == Type::uint64
                                 ? std::to_string(static_cast<std::uint64_t>(value.number))
                                 : std::to_string(value.number);
    return unit.empty() || unit == "GBP" ? text : text + " " + std::string(unit);
}

void add_elements(Description& out, const Value& value, const ElementName* names, std::string_view unit) {
    const bool is_array = value.type == Type::array;
    const bool named =
        names && (is_array ? names->children.size() == 1 : names->children.size() == value.elements.size());
    for (std::size_t i = 0; i < value.elements.size(); ++i) {
        const ElementName* element = named ? &names->children[is_array ? 0 : i] : nullptr;
        std::string name = element ? std::string(element->name) : std::string();
        if (is_array || !element) name += "[" + std::to_string(i + 1) + "]";
        out.children.push_back(describe_value(std::move(name), value.elements[i], element, unit));
    }
}

/// A compact array reads as the array that it packs.
void add_compact(Description& out, const Value& value, const ElementName* names, std::string_view unit) {
    const auto array = dlms::unpack(value);
    if (!array) {
        out.text = "compact array " + to_hex(value.octets);
        return;
    }
    out.text = "compact array of " + std::to_string(array->elements.size());
    add_elements(out, *array, names, unit);
}

std::string title(const dlms::ObjectName* object, const dlms::Attribute& attribute) {
    return object ? std::string(object->name)
                  : "class " + std::to_string(attribute.class_id) + " " + dlms::text(attribute.obis) + " " +
                        std::to_string(attribute.index);
}

constexpr std::uint16_t kDataProtection = 30;

/// How an item and its value are called.
struct Naming {
    std::string title;
    std::string value = "data";
    const ElementName* elements = nullptr;
    std::string_view unit;
};

Naming naming(const dlms::ObjectName* object, std::string title, bool of_command) {
    Naming out{std::move(title), "data", nullptr, {}};
    if (!object) return out;
    const bool is_protected = object->attribute.class_id == kDataProtection && object->is_method;
    out.elements = is_protected ? dlms::protection_names(of_command) : &object->value;
    out.value = out.elements->name;
    out.unit = dlms::unit_of(object->attribute, object->is_method);
    return out;
}

/// The items of a use case. What is read through a data protection object is no item of its own.
std::vector<const dlms::ObjectName*> items_of(MessageCode code) {
    std::vector<const dlms::ObjectName*> all, methods;
    for (const dlms::ObjectName& object : dlms::objects_of(code)) {
        all.push_back(&object);
        if (object.attribute.class_id == kDataProtection) methods.push_back(&object);
    }
    return methods.empty() ? all : methods;
}

void add_data(Description& row, const std::vector<Value>& data, std::size_t i, const Naming& names) {
    if (i < data.size() && data[i].type != Type::null)
        row.children.push_back(describe_value(names.value, data[i], names.elements, names.unit));
}

std::string object_text(const dlms::Attribute& attribute, bool is_method) {
    return "class " + std::to_string(attribute.class_id) + ", " + dlms::text(attribute.obis) +
           (is_method ? ", method " : ", attribute ") + std::to_string(attribute.index);
}

std::string result_text(const dlms::AccessResult& item) {
    const std::string_view word = dlms::name(item.result);
    return std::string(dlms::name(item.access)) + ": " +
           (word.empty() ? std::to_string(static_cast<int>(item.result)) : std::string(word));
}

struct Describe {
    const Message& message;
    Description out = {};

    void operator()(const dlms::AccessRequest& request) {
        out = leaf("Access request", "long invoke id " + code_text(request.invoke_id, 8));
        for (std::size_t i = 0; i < request.specifications.size(); ++i) {
            const dlms::Specification& item = request.specifications[i];
            const bool is_method = item.access == dlms::Access::action;
            const auto* object = dlms::object_name(message.code(), item.attribute, is_method);
            const Naming names = naming(object, title(object, item.attribute), true);
            Description& row =
                out.children.emplace_back(leaf(names.title, std::string(dlms::name(item.access))));
            row.children.push_back(leaf("object", object_text(item.attribute, is_method)));
            if (item.access == dlms::Access::get_with_selection)
                row.children.push_back(describe_value("selection", item.selection, nullptr, {}));
            add_data(row, request.data, i, names);
        }
    }
    /// The attributes stand in the command only: the use case says what is where, when it has as many items.
    void operator()(const dlms::AccessResponse& response) {
        out = leaf("Access response", "long invoke id " + code_text(response.invoke_id, 8));
        const auto items = items_of(message.code());
        const bool named = items.size() == response.results.size();
        for (std::size_t i = 0; i < response.results.size(); ++i) {
            const dlms::ObjectName* object = named ? items[i] : nullptr;
            const Naming names = naming(
                object, object ? title(object, object->attribute) : "item " + std::to_string(i + 1), false);
            const dlms::AccessResult& result = response.results[i];
            Description& row = out.children.emplace_back(
                numbered(names.title, static_cast<std::int64_t>(result.result), result_text(result)));
            add_data(row, response.data, i, names);
        }
    }
    /// structure { alert code, time, what the use case adds }
    void operator()(const dlms::DataNotification& notification) {
        out = leaf("Data notification", "long invoke id " + code_text(notification.invoke_id, 8));
        const auto& parts = notification.body.elements;
        if (notification.body.type != Type::structure || parts.size() < 2 || parts[0].type != Type::uint16)
            return out.children.push_back(describe_value("body", notification.body, nullptr, {}));
        out.children.push_back(
            numbered("Alert", parts[0].number, alert_text(static_cast<std::uint16_t>(parts[0].number))));
        out.children.push_back(describe_value("Time", parts[1], nullptr, {}));
        for (std::size_t i = 2; i < parts.size(); ++i)
            out.children.push_back(describe_value("Detail " + std::to_string(i - 1), parts[i], nullptr, {}));
    }
};

}  // namespace

Description describe_value(std::string name, const Value& value, const ElementName* names,
                           std::string_view unit) {
    Description out = leaf(std::move(name), {});
    switch (value.type) {
        case Type::null:
            out.text = "null";
            break;
        case Type::array:
        case Type::structure:
            out.text = std::string(dlms::name(value.type)) + " of " + std::to_string(value.elements.size());
            add_elements(out, value, names, unit);
            break;
        case Type::octet_string:
            out.text = octets_text(out.name, value);
            break;
        case Type::visible_string:
        case Type::utf8_string:
            out.text = string_text(value);
            break;
        case Type::bit_string:
            out.text = to_hex(value.octets) + " (" + std::to_string(value.number) + " bits)";
            break;
        case Type::compact_array:
            add_compact(out, value, names, unit);
            break;
        default:
            out.text = number_text(out.name, value, unit);
            out.number = value.number;
            out.unit = unit;
    }
    return out;
}

Description describe_dlms(const Message& message, const dlms::Payload& payload) {
    Describe describe{message};
    std::visit(describe, payload);
    return std::move(describe.out);
}

}  // namespace meterbed::gbcs
