#include "sim/scenario/json.h"

namespace meterbed::scenario {

std::string json_text(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string json_object(const std::vector<std::pair<std::string_view, std::string>>& members) {
    std::string out = "{";
    for (const auto& [key, value] : members) {
        if (out.size() > 1) out += ',';
        out += json_text(key) + ':' + value;
    }
    return out + '}';
}

std::string json_array(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) {
        if (out.size() > 1) out += ',';
        out += value;
    }
    return out + ']';
}

std::string json_pretty(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    bool inside_text = false;
    const auto new_line = [&] { out += '\n' + std::string(depth * 2, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"' && (i == 0 || json[i - 1] != '\\' || (i > 1 && json[i - 2] == '\\')))
            inside_text = !inside_text;
        const bool closes = !inside_text && (c == '}' || c == ']');
        const bool opens = !inside_text && (c == '{' || c == '[');
        const bool empty = opens && i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
        if (closes && json[i - 1] != '{' && json[i - 1] != '[') {
            --depth;
            new_line();
        }
        out += c;
        if (opens && !empty) {
            ++depth;
            new_line();
        }
        if (!inside_text && c == ',') new_line();
        if (!inside_text && c == ':') out += ' ';
    }
    return out + '\n';
}

}  // namespace meterbed::scenario
