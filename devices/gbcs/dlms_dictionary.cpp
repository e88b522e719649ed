#include "devices/gbcs/dlms_dictionary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "devices/gbcs/dlms_names.h"
#include "devices/gbcs/embedded.h"

namespace meterbed::gbcs::dlms {
namespace {

std::string_view next(std::string_view& rest, char separator) {
    const std::size_t at = std::min(rest.find(separator), rest.size());
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

std::uint16_t number(std::string_view text, int base) {
    std::uint16_t value = 0;
    if (base == 16) text.remove_prefix(2);
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

struct Row {
    MessageCode code{};
    Attribute attribute;
    bool is_method = false;
    std::string_view name, element;
};

Row read_row(std::string_view line) {
    std::array<std::string_view, 7> cells;
    for (std::string_view& cell : cells) cell = next(line, ';');
    Row row;
    row.code = MessageCode{number(cells[0], 16)};
    row.attribute.class_id = number(cells[1], 10);
    row.attribute.obis = obis_of(cells[2]).value_or(Obis{});
    row.is_method = cells[3] == "m";
    row.attribute.index = static_cast<std::uint8_t>(number(cells[4], 10));
    row.name = cells[5];
    row.element = cells[6];
    return row;
}

/// The next name of a path; a range in brackets, "[1..12]", has points of its own and is left out.
std::string_view next_name(std::string_view& path) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    const std::string_view name = path.substr(0, end);
    path.remove_prefix(end);
    if (!path.empty() && path.front() == '[') path.remove_prefix(std::min(path.find(']') + 1, path.size()));
    if (!path.empty() && path.front() == '.') path.remove_prefix(1);
    return name;
}

/// "buffer:buffer[1..12].entry.timestamp" names buffer, its element entry, and of that timestamp.
void add_path(ElementName& root, std::string_view path) {
    root.name = next(path, ':');
    next_name(path);  // repeats the attribute
    ElementName* at = &root;
    while (!path.empty()) {
        const std::string_view part = next_name(path);
        auto known = std::ranges::find(at->children, part, &ElementName::name);
        if (known == at->children.end()) known = at->children.insert(known, {part, {}});
        at = &*known;
    }
}

bool is_same(const ObjectName& object, const Row& row) {
    return object.code == row.code && object.attribute == row.attribute && object.is_method == row.is_method;
}

/// Rows of one object that follow each other are the elements of its value.
std::vector<ObjectName> read_objects() {
    std::vector<ObjectName> objects;
    std::string_view rest = dlms_elements_csv();
    while (!rest.empty()) {
        const std::string_view line = next(rest, '\n');
        if (line.empty() || line.front() == '#') continue;
        const Row row = read_row(line);
        if (objects.empty() || !is_same(objects.back(), row))
            objects.push_back({row.code, row.attribute, row.is_method, row.name, {}});
        else if (const std::size_t colon = objects.back().name.find(": ");
                 !row.is_method &&
                 objects.back().name.substr(0, colon) == row.name.substr(0, row.name.find(": ")))
            objects.back().name = objects.back().name.substr(0, colon);
        add_path(objects.back().value, row.element);
    }
    std::ranges::stable_sort(objects, {}, &ObjectName::code);
    return objects;
}

const std::vector<ObjectName>& all() {
    static const std::vector<ObjectName> objects = read_objects();
    return objects;
}

struct UnitRow {
    std::uint16_t class_id;
    bool is_method;
    std::uint8_t index;
    std::string_view unit;
};
/// Account, credit and charge of the prepayment classes (DLMS Blue Book 4.6).
constexpr UnitRow kMoney[] = {
    {111, false, 10, "GBP"}, {111, false, 4, "GBP"}, {111, false, 5, "GBP"}, {111, false, 6, "GBP"},
    {112, false, 2, "GBP"},  {112, false, 5, "GBP"}, {112, false, 6, "GBP"}, {112, false, 8, "GBP"},
    {112, true, 1, "GBP"},   {112, true, 2, "GBP"},  {113, false, 2, "GBP"}, {113, false, 12, "GBP"},
    {113, true, 4, "GBP"},
};

}  // namespace

const ElementName* protection_names(bool of_command) {
    static const ElementName kKeyInfo{
        "key_info",
        {{"key_info_type", {}}, {"key_info_options", {{"key_parameters", {}}, {"key_ciphered_data", {}}}}}};
    static const ElementName kParameters{"protection_parameters",
                                         {{"protection_parameters_element",
                                           {{"protection_type", {}},
                                            {"protection_options",
                                             {{"transaction_id", {}},
                                              {"originator_system_title", {}},
                                              {"recipient_system_title", {}},
                                              {"other_information", {}},
                                              kKeyInfo}}}}}};
    static const ElementName kCommand{
        "get_protected_attributes",
        {{"object_list",
          {{"object_definition",
            {{"class_id", {}},
             {"logical_name", {}},
             {"attribute_index", {}},
             {"data_index", {}},
             {"restriction", {{"restriction_type", {}}, {"restriction_value", {}}}}}}}},
         kParameters}};
    static const ElementName kResponse{"get_protected_attributes",
                                       {kParameters, {"protected_attributes", {}}}};
    return of_command ? &kCommand : &kResponse;
}

std::span<const ObjectName> objects_of(MessageCode code) {
    const auto& names = all();
    const auto first = std::ranges::lower_bound(names, code, {}, &ObjectName::code);
    return {first, std::ranges::upper_bound(names, code, {}, &ObjectName::code)};
}

const ObjectName* object_name(MessageCode code, const Attribute& attribute, bool is_method) {
    const auto fits = [&](const ObjectName& object) {
        return object.attribute == attribute && object.is_method == is_method;
    };
    const auto own = objects_of(code);
    if (const auto found = std::ranges::find_if(own, fits); found != own.end()) return &*found;
    const auto found = std::ranges::find_if(all(), fits);
    return found != all().end() ? &*found : nullptr;
}

std::string_view unit_of(const Attribute& attribute, bool is_method) {
    for (const UnitRow& row : kMoney)
        if (row.class_id == attribute.class_id && row.is_method == is_method && row.index == attribute.index)
            return row.unit;
    const Obis& obis = attribute.obis;
    if (attribute.class_id != 3 || obis[0] != 1 || is_method || attribute.index != 2) return {};
    const bool active = obis[2] == 1 || obis[2] == 2;
    if (obis[3] == 8 && (active || obis[2] == 3 || obis[2] == 4)) return active ? "Wh" : "varh";
    return active && obis[3] == 7 ? "W" : std::string_view();
}

}  // namespace meterbed::gbcs::dlms
