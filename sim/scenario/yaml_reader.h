// YAML as a plain tree with places, without the parts of YAML that a story does not need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/problems.h"

namespace meterbed::scenario {

struct Node {
    enum class Kind : std::uint8_t { empty, text, list, map };

    Kind kind = Kind::empty;
    std::string text;            ///< of Kind::text
    bool plain = true;           ///< written without quotes
    std::vector<Node> children;  ///< of a list, or of a map in the order written
    std::string key;             ///< when the parent is a map
    int line = 0;                ///< from 1
    int column = 0;
    int key_line = 0;  ///< 0 when the parent is no map
    int key_column = 0;
    std::string path;            ///< "timeline[2].cell"; empty for the document
    bool from_override = false;  ///< came with --set

    bool is_text() const { return kind == Kind::text; }
    bool is_list() const { return kind == Kind::list; }
    bool is_map() const { return kind == Kind::map; }

    /// The value under a key of a map; null when absent.
    const Node* find(std::string_view name) const;
    Node* find(std::string_view name);
};

/// The one document of a text. Nothing when it cannot be parsed; other problems (an alias, a repeated key)
/// leave a tree behind that the checks can go through all the same.
std::optional<Node> read_yaml(std::string_view text, Problems& problems);

/// Writes `path` into every node below.
void name_paths(Node& root);

/// YAML that reads back as the same tree: block style for the outer two levels, then flow style.
std::string write_yaml(const Node& root);

/// Problems of the text before any parser sees it: size, NUL bytes, UTF-8, tabs as indentation. True when it
/// can be parsed.
bool check_text(std::string_view text, Problems& problems);

}  // namespace meterbed::scenario
