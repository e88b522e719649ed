#include <algorithm>

#include "sim/scenario/yaml_reader.h"

namespace meterbed::scenario {
namespace {

constexpr int kBlockLevels = 2;

/// Whether a word reads back as the same plain text wherever it stands.
bool safe_plain(const std::string& text) {
    const auto harmless = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(" ._+%/$()-").find(c) != std::string_view::npos;
    };
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    if (text.front() == '%' || text.front() == '-' || text.find("..") != std::string::npos) return false;
    return std::all_of(text.begin(), text.end(), harmless);
}

std::string double_quoted(const std::string& text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\x";
            out += hex[byte >> 4U];
            out += hex[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string word(const std::string& text, bool plain) {
    return plain && safe_plain(text) ? text : double_quoted(text);
}

std::string flow(const Node& node) {
    if (node.kind == Node::Kind::empty) return "~";
    if (node.is_text()) return word(node.text, node.plain);
    std::string out = node.is_map() ? "{" : "[";
    for (const Node& child : node.children) {
        if (out.size() > 1) out += ", ";
        if (node.is_map()) out += word(child.key, true) + ": ";
        out += flow(child);
    }
    return out + (node.is_map() ? "}" : "]");
}

void block(const Node& node, int level, std::string& out) {
    for (const Node& child : node.children) {
        out.append(static_cast<std::size_t>(level) * 2, ' ');
        out += node.is_map() ? word(child.key, true) + ":" : "-";
        const bool nested = !child.children.empty() && level + 1 < kBlockLevels;
        if (nested) {
            out += '\n';
            block(child, level + 1, out);
        } else {
            out += ' ' + flow(child) + '\n';
        }
    }
}

}  // namespace

std::string write_yaml(const Node& root) {
    if (root.children.empty()) return flow(root) + "\n";
    std::string out;
    block(root, 0, out);
    return out;
}

}  // namespace meterbed::scenario
