// GBZ payloads in words.
#include <algorithm>

#include "devices/gbcs/describe_parts.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

using gbz::FieldType;
using gbz::FieldUnit;
using ZclField = gbz::Field;

constexpr std::uint32_t kNow = 0, kNever = 0xFFFFFFFF;
constexpr std::uint16_t kPrepayment = 0x0705, kPrice = 0x0700;

std::string date_text(const Bytes& date) {
    if (date.size() != 4) return to_hex(date);
    constexpr std::string_view kDays[] = {"", " Mon", " Tue", " Wed", " Thu", " Fri", " Sat", " Sun"};
    const auto part = [](std::uint8_t value) {
        return value == 0xFF ? std::string("**") : (value < 10 ? "0" : "") + std::to_string(value);
    };
    const std::string year = date[0] == 0xFF ? "****" : std::to_string(1900 + date[0]);
    return year + "-" + part(date[1]) + "-" + part(date[2]) + std::string(date[3] < 8 ? kDays[date[3]] : "");
}

std::string hexadecimal(const ZclField& field) {
    const int digits = field.type == FieldType::bitmap32                                      ? 8
                       : field.type == FieldType::bitmap24                                    ? 6
                       : field.type == FieldType::bitmap16 || field.type == FieldType::enum16 ? 4
                                                                                              : 2;
    return code_text(static_cast<std::uint64_t>(field.number), digits);
}

std::string number_text(const ZclField& field) {
    if (field.unit == FieldUnit::money || field.unit == FieldUnit::price) return money_text(field.number);
    if (field.unit == FieldUnit::minutes) return std::to_string(field.number) + " min";
    if (field.unit == FieldUnit::cubic_metres) return std::to_string(field.number) + " in 10^-3 m3";
    return std::to_string(field.number);
}

std::string time_of(const ZclField& field) {
    const auto seconds = static_cast<std::uint32_t>(field.number);
    if (seconds == kNow) return "now (0)";
    return seconds == kNever ? "never (FFFFFFFF)" : utc_text(seconds);
}

std::string with_name(std::string text, std::string_view name) {
    return name.empty() ? text : text + " " + std::string(name);
}

std::string text_of(const ZclField& field, std::uint16_t cluster) {
    switch (field.type) {
        case FieldType::group:
            return std::to_string(field.groups.size());
        case FieldType::utc_time:
            return time_of(field);
        case FieldType::date:
            return date_text(field.octets);
        case FieldType::octet_string:
        case FieldType::character_string: {
            const bool readable =
                !field.octets.empty() &&
                std::ranges::all_of(field.octets, [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
            return readable ? "\"" + std::string(field.octets.begin(), field.octets.end()) + "\""
                            : to_hex(field.octets);
        }
        case FieldType::octets:
            return to_hex(field.octets);
        case FieldType::boolean:
            return field.number != 0 ? "true" : "false";
        case FieldType::enum16:
            if (field.name == "Event ID") return alert_text(static_cast<std::uint16_t>(field.number));
            if (field.name == "Attribute Identifier")
                return with_name(hexadecimal(field),
                                 gbz::attribute_name(cluster, static_cast<std::uint16_t>(field.number)));
            return hexadecimal(field);
        case FieldType::enum8:
            if (field.name == "Status")
                return with_name(hexadecimal(field),
                                 gbz::status_name(static_cast<std::uint8_t>(field.number)));
            return hexadecimal(field);
        case FieldType::bitmap8:
        case FieldType::bitmap16:
        case FieldType::bitmap24:
        case FieldType::bitmap32:
            return hexadecimal(field);
        default:
            return number_text(field);
    }
}

std::string unit_text(FieldUnit unit) {
    switch (unit) {
        case FieldUnit::none:
            return {};
        case FieldUnit::money:
        case FieldUnit::price:
            return "GBP";
        case FieldUnit::cubic_metres:
            return "10^-3 m3";
        case FieldUnit::minutes:
            return "min";
    }
    return {};
}

bool is_number(FieldType type) {
    return type != FieldType::group && type != FieldType::octets && type != FieldType::date &&
           type != FieldType::octet_string && type != FieldType::character_string;
}

/// The value of an attribute counts money where its cluster does.
bool is_money(const ZclField& field, std::uint16_t cluster, std::uint16_t attribute) {
    const bool wide = field.type == FieldType::int32 || field.type == FieldType::uint32;
    if (field.name != "Attribute Value" || !wide) return false;
    const std::string_view name = gbz::attribute_name(cluster, attribute);
    return cluster == kPrepayment ||
           (cluster == kPrice && (name.ends_with("Price") || name == "StandingCharge")) ||
           name == "BillToDateDelivered";
}

void add_fields(Description& out, std::uint16_t cluster, std::span<const ZclField> fields) {
    const ZclField* attribute = gbz::find(fields, "Attribute Identifier");
    for (ZclField field : fields) {
        if (is_money(field, cluster, attribute ? static_cast<std::uint16_t>(attribute->number) : 0))
            field.unit = FieldUnit::money;
        Description& row = out.children.emplace_back(leaf(std::string(field.name), text_of(field, cluster)));
        if (is_number(field.type)) row.number = field.number;
        row.unit = unit_text(field.unit);
        for (std::size_t i = 0; i < field.groups.size(); ++i) {
            Description& item = row.children.emplace_back(leaf("[" + std::to_string(i + 1) + "]", {}));
            add_fields(item, cluster, field.groups[i]);
        }
    }
}

void add_executed(Description& out, const gbz::ExecutedComponent& executed) {
    out.children.push_back(
        numbered("Message code of the command", executed.message_code, code_text(executed.message_code)));
    out.children.push_back(numbered("Originator counter of the command",
                                    static_cast<std::int64_t>(executed.originator_counter),
                                    std::to_string(executed.originator_counter)));
    gbz::Component ran;
    ran.cluster = executed.cluster;
    ran.frame_control = executed.frame_control;
    ran.command = executed.command;
    const gbz::Layout* layout = gbz::layout_of(ran);
    const std::string cluster = with_name(code_text(executed.cluster), gbz::cluster_name(executed.cluster));
    out.children.push_back(leaf("Component", cluster + ", command " +
                                                 with_name(code_text(executed.command, 2),
                                                           layout ? layout->name : std::string_view())));
}

void add_alert_body(Description& out, const gbz::Alert& alert) {
    if (const auto component = gbz::component_of(alert))
        out.children.push_back(describe_component(*component));
    else if (const auto executed = gbz::executed_component(alert))
        add_executed(out, *executed);
    else if (const auto string = gbz::octet_string_of(alert))
        out.children.push_back(leaf(string->size() == 32 ? "Firmware hash" : "Detail", to_hex(*string)));
    else if (!alert.body.empty())
        out.children.push_back(leaf("Detail", to_hex(alert.body)));
}

}  // namespace

Description describe_fields(std::string name, std::uint16_t cluster, std::span<const ZclField> fields) {
    Description out = leaf(std::move(name), {});
    add_fields(out, cluster, fields);
    return out;
}

Description describe_component(const gbz::Component& component) {
    const gbz::Layout* layout = gbz::layout_of(component);
    const std::string name =
        layout ? std::string(layout->name) : "command " + code_text(component.command, 2);
    Description out =
        leaf(name, with_name(code_text(component.cluster), gbz::cluster_name(component.cluster)));
    if (component.from_date_time)
        out.children.push_back(
            numbered("From date time", *component.from_date_time, utc_text(*component.from_date_time)));
    if (component.encrypted) {
        out.children.push_back(
            leaf("Payload", "encrypted, " + std::to_string(component.payload.size()) + " octets"));
        return out;
    }
    if (const auto fields = gbz::fields_of(component))
        add_fields(out, component.cluster, *fields);
    else
        out.children.push_back(
            leaf("Payload", to_hex(component.payload) + " (" + fields.error().text() + ")"));
    return out;
}

Description describe_gbz(const gbz::Payload& payload) {
    if (const auto* alert = std::get_if<gbz::Alert>(&payload)) {
        Description out = leaf("GBZ alert", {});
        out.children.push_back(numbered("Alert", alert->code, alert_text(alert->code)));
        out.children.push_back(numbered("Time", alert->time, utc_text(alert->time)));
        add_alert_body(out, *alert);
        return out;
    }
    Description out = leaf("GBZ components", std::to_string(std::get<gbz::Frame>(payload).components.size()));
    for (const gbz::Component& component : std::get<gbz::Frame>(payload).components)
        out.children.push_back(describe_component(component));
    return out;
}

}  // namespace meterbed::gbcs
