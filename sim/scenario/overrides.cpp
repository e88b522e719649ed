#include "sim/scenario/overrides.h"

#include <algorithm>
#include <charconv>

#include "sim/scenario/grammar.h"
#include "sim/scenario/settings_table.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

constexpr std::size_t kDeepestPath = 16;

void mark_as_override(Node& node) {
    node.from_override = true;
    for (Node& child : node.children) mark_as_override(child);
}

/// "a.b[2].c" in pieces: a, b, 2, c.
std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> pieces(1);
    for (const char c : path) {
        if (c == '.' || c == '[') {
            pieces.emplace_back();
        } else if (c != ']') {
            pieces.back() += c;
        }
    }
    return pieces;
}

std::optional<std::size_t> index_of(const std::string& piece) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), index);
    if (error != std::errc{} || end != piece.data() + piece.size()) return std::nullopt;
    return index;
}

/// The entry of a list by number from 0, or the step with this label.
Node* list_entry(Node& list, const std::string& piece) {
    if (const auto index = index_of(piece))
        return *index < list.children.size() ? &list.children[*index] : nullptr;
    for (Node& child : list.children) {
        const Node* label = child.find("as");
        if (label != nullptr && label->text == piece) return &child;
    }
    return nullptr;
}

Node& add_child(Node& map, const std::string& key) {
    map.kind = Node::Kind::map;
    Node& child = map.children.emplace_back();
    child.key = key;
    child.from_override = true;
    return child;
}

class Applier {
  public:
    Applier(Node& document, const Override& change, Problems& problems)
        : document_(document), change_(change), problems_(problems) {}

    void apply() {
        auto value = read_value();
        Node* place = value ? find_place() : nullptr;
        if (place == nullptr) return;
        value->key = place->key;
        value->key_line = place->key_line;
        value->key_column = place->key_column;
        mark_as_override(*value);
        *place = std::move(*value);
    }

  private:
    std::optional<Node> read_value() {
        Problems inner{std::string(kOverrideFile)};
        auto value = read_yaml(change_.value, inner);
        for (const Problem& problem : inner.sorted()) fail(problem.message, problem.suggestion);
        return inner.empty() ? std::move(value) : std::nullopt;
    }

    void fail(const std::string& message, const std::string& suggestion = {}) {
        problems_.add_override(change_.key, message, suggestion);
    }

    std::vector<std::string> path() const {
        const auto keys = top_keys();
        const bool top =
            std::any_of(keys.begin(), keys.end(), [&](const Key& key) { return key.name == change_.key; });
        if (!top && is_setting(change_.key)) return {"settings", change_.key};
        return split_path(change_.key);
    }

    Node* find_place() {
        const auto pieces = path();
        if (pieces.size() > kDeepestPath) {
            fail("the path has more than " + std::to_string(kDeepestPath) + " parts");
            return nullptr;
        }
        Node* place = &document_;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].empty()) {
                fail("the path " + in_quotes(change_.key) + " has an empty part");
                return nullptr;
            }
            place = step_down(*place, pieces[i], i);
            if (place == nullptr) return nullptr;
        }
        return place;
    }

    Node* step_down(Node& from, const std::string& piece, std::size_t depth) {
        if (from.is_list()) {
            if (Node* entry = list_entry(from, piece)) return entry;
            fail("nothing is called " + in_quotes(piece) + " in " + in_quotes(change_.key),
                 "list entries are numbered from 0; steps can also be named by their label");
            return nullptr;
        }
        if (from.is_text()) {
            fail("there is no " + in_quotes(piece) + " in " + in_quotes(change_.key) +
                 ": a single value stands there");
            return nullptr;
        }
        if (Node* child = from.find(piece)) return child;
        if (depth == 0) return top_child(from, piece);
        return &add_child(from, piece);  // whether the key may be there is for the checks to say
    }

    Node* top_child(Node& document, const std::string& piece) {
        std::vector<std::string_view> known;
        for (const Key& key : top_keys()) known.push_back(key.name);
        if (std::find(known.begin(), known.end(), piece) != known.end()) return &add_child(document, piece);
        for (const SettingRow& row : setting_rows()) known.push_back(row.name);
        fail("no key and no setting is called " + in_quotes(piece), did_you_mean(piece, known));
        return nullptr;
    }

    Node& document_;
    const Override& change_;
    Problems& problems_;
};

}  // namespace

void apply_overrides(Node& document, const std::vector<Override>& overrides, Problems& problems) {
    for (const Override& change : overrides) Applier(document, change, problems).apply();
    name_paths(document);
}

}  // namespace meterbed::scenario
