#include "devices/gbcs/tree_values.h"

#include <cstdio>

namespace meterbed::gbcs {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view why) {
    throw TreeError(std::string(what) + " " + std::string(why));
}

}  // namespace

const Tree* Tree::find(std::string_view name) const {
    const auto* members = std::get_if<Members>(&value);
    if (!members) return nullptr;
    for (const auto& [key, item] : *members)
        if (key == name) return &item;
    return nullptr;
}

const Tree& member(const Tree& tree, std::string_view name) {
    const Tree* found = tree.find(name);
    if (!found) refuse(name, "is missing");
    return *found;
}

bool is_null(const Tree& tree) { return std::holds_alternative<std::monostate>(tree.value); }

const std::string& text(const Tree& tree, std::string_view what) {
    const auto* found = std::get_if<std::string>(&tree.value);
    if (!found) refuse(what, "is not a text");
    return *found;
}

std::uint64_t number(const Tree& tree, std::uint64_t maximum, std::string_view what) {
    std::uint64_t value = 0;
    if (const auto* wide = std::get_if<std::uint64_t>(&tree.value)) {
        value = *wide;
    } else if (const auto* plain = std::get_if<std::int64_t>(&tree.value)) {
        if (*plain < 0) refuse(what, "is negative");
        value = static_cast<std::uint64_t>(*plain);
    } else {
        refuse(what, "is not a number");
    }
    if (value > maximum) refuse(what, "exceeds " + std::to_string(maximum));
    return value;
}

std::int64_t signed_number(const Tree& tree, std::string_view what) {
    if (const auto* plain = std::get_if<std::int64_t>(&tree.value)) return *plain;
    if (const auto* wide = std::get_if<std::uint64_t>(&tree.value)) return static_cast<std::int64_t>(*wide);
    refuse(what, "is not a number");
}

const Tree::List& list(const Tree& tree, std::string_view what) {
    const auto* found = std::get_if<Tree::List>(&tree.value);
    if (!found) refuse(what, "is not a list");
    return *found;
}

Bytes octets(const Tree& tree, std::string_view what) {
    auto found = from_hex(text(tree, what));
    if (!found) refuse(what, "is not hexadecimal");
    return *std::move(found);
}

std::string time_text(Time time) {
    std::string text = to_text(time);
    const std::size_t dot = text.find(".000000");
    return dot == std::string::npos ? text : text.erase(dot, 7);
}

std::string code_text(std::uint64_t code, int digits) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%0*llX", digits, static_cast<unsigned long long>(code));
    return text;
}

std::uint64_t code(const Tree& tree, std::uint64_t maximum, std::string_view what) {
    if (!std::holds_alternative<std::string>(tree.value)) return number(tree, maximum, what);
    std::size_t used = 0;
    const std::string& written = text(tree, what);
    std::uint64_t value = 0;
    try {
        value = std::stoull(written, &used, 16);
    } catch (const std::logic_error&) {
        used = 0;
    }
    if (used == 0 || used != written.size()) refuse(what, "is not a code such as 0x0052");
    if (value > maximum) refuse(what, "exceeds " + code_text(maximum));
    return value;
}

}  // namespace meterbed::gbcs
