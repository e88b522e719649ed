// A message as a tree of plain values (numbers, texts, lists, named members): the form of Python dictionaries
// and JSON. It is whole: `from_tree(to_tree(message)) == message` for every message that parses.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "devices/gbcs/body.h"
#include "devices/gbcs/zcl.h"

namespace meterbed::gbcs {

struct Tree {
    using List = std::vector<Tree>;
    using Members = std::vector<std::pair<std::string, Tree>>;
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, std::string, List, Members> value;

    Tree() = default;
    template <typename T>
    requires(!std::is_same_v<std::remove_cvref_t<T>, Tree>) Tree(T&& from) : value(std::forward<T>(from)) {}
    bool operator==(const Tree&) const = default;

    /// Null when this has no such member.
    const Tree* find(std::string_view name) const;
};

/// Identifiers as text ("00-DB-12-34-56-78-90-A0"), octets as hexadecimal, times as UTC text.
Tree to_tree(const Message& message);
/// A body by itself; GBZ components typed to the field.
Tree to_tree(const Body& body);
Tree to_tree(const dlms::Value& value);
/// Named fields; a group is a list of them.
Tree to_tree(std::span<const gbz::Field> fields);

/// The error names the member and what is wrong with it. What is only for people (use case, names) is not
/// read.
tl::expected<Message, std::string> message_from_tree(const Tree& tree);
tl::expected<Body, std::string> body_from_tree(const Tree& tree);

/// How deep a tree may be nested.
constexpr int kMaximumTreeDepth = 64;

}  // namespace meterbed::gbcs
