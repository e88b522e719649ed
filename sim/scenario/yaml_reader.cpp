#include "sim/scenario/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_set>
#include <utility>

namespace meterbed::scenario {
namespace {

constexpr std::size_t kDeepest = 64;           // of lists and maps inside each other
constexpr std::size_t kMostChildren = 10'000;  // of one list or map

/// YAML 1.1 readers take these for truth values, also as keys.
constexpr std::array<std::string_view, 8> kTruthWords{"on", "off", "yes", "no", "true", "false", "y", "n"};

bool is_truth_word(std::string key) {
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return std::find(kTruthWords.begin(), kTruthWords.end(), key) != kTruthWords.end();
}

/// Ends the parse: reported already.
struct Stop {};

/// Builds the tree from the parser's events. Aliases reach us as events, so nothing is ever expanded.
class TreeBuilder : public YAML::EventHandler {
  public:
    explicit TreeBuilder(Problems& problems) : problems_(problems) {}

    Node root;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        attach(make(mark, Node::Kind::empty));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        report(mark, "an alias (*) is not read here", "write the value again");
        attach(make(mark, Node::Kind::empty));
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        Node node = make(mark, Node::Kind::text);
        node.text = value;
        node.plain = tag == "?";
        attach(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, Node::Kind::list);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, Node::Kind::map);
    }
    void OnMapEnd() override { close(); }

  private:
    /// A list or map that is still growing; for a map also the key whose value comes next.
    struct Frame {
        Node node;
        bool has_key = false;
        bool dropped = false;  ///< the entry behind the key is not kept
        std::string key{};
        int key_line = 0;
        int key_column = 0;
        std::unordered_set<std::string> keys{};
    };

    static Node make(const YAML::Mark& mark, Node::Kind kind) {
        Node node;
        node.kind = kind;
        node.line = mark.line + 1;
        node.column = mark.column + 1;
        return node;
    }

    void report(const YAML::Mark& mark, std::string message, std::string suggestion) {
        problems_.add_at(mark.line + 1, mark.column + 1, "", std::move(message), std::move(suggestion));
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) report(mark, "an anchor (&) is not read here", "write the value where it is needed");
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag != "?" && tag != "!" && !tag.empty()) {
            report(mark, "a tag " + in_quotes(tag) + " is not read here", "write the value alone");
        }
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (frames_.size() >= kDeepest) {
            report(mark, "lists and maps are nested more than " + std::to_string(kDeepest) + " deep", "");
            throw Stop{};
        }
        frames_.push_back({make(mark, kind)});
    }

    void close() {
        Node node = std::move(frames_.back().node);
        frames_.pop_back();
        attach(std::move(node));
    }

    void attach(Node node) {
        if (frames_.empty()) {
            root = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.children.size() >= kMostChildren) {
            problems_.add(node, "more than " + std::to_string(kMostChildren) + " entries in one list or map");
            throw Stop{};
        }
        if (frame.node.is_list()) {
            frame.node.children.push_back(std::move(node));
        } else if (!frame.has_key) {
            take_key(frame, node);
        } else {
            frame.has_key = false;
            if (frame.dropped) return;
            node.key = std::move(frame.key);
            node.key_line = frame.key_line;
            node.key_column = frame.key_column;
            frame.node.children.push_back(std::move(node));
        }
    }

    void take_key(Frame& frame, const Node& node) {
        frame.has_key = true;
        frame.dropped = false;
        frame.key = node.text;
        frame.key_line = node.line;
        frame.key_column = node.column;
        if (!node.is_text() || node.text.empty()) {
            problems_.add(node, "a key must be a word");
            frame.dropped = true;
        } else if (node.text == "<<") {
            problems_.add(node, "a merge key (<<) is not read here", "write the entries again");
            frame.dropped = true;
        } else if (is_truth_word(node.text)) {
            problems_.add(node, "a key must not be called " + in_quotes(node.text),
                          "YAML readers take it for true or false; use another word");
        } else if (!frame.keys.insert(node.text).second) {
            problems_.add(node, "the key " + in_quotes(node.text) + " appears twice");
            frame.dropped = true;
        }
    }

    Problems& problems_;
    std::vector<Frame> frames_;
};

/// Looks only whether there is a document.
class Ignore : public YAML::EventHandler {
  public:
    int line = 0;

    void OnDocumentStart(const YAML::Mark& mark) override {
        line = mark.line + 1;
        throw Stop{};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

/// The parser recurses with the nesting and looks far ahead in a flow; brackets are counted before it starts.
bool brackets_are_shallow(std::string_view text, Problems& problems) {
    constexpr int most =
        256;  // brackets in prose do not matter, so this is generous; the tree's limit is kDeepest
    int depth = 0;
    int line = 1;
    for (const char c : text) {
        if (c == '\n') ++line;
        if (c == '[' || c == '{') ++depth;
        if ((c == ']' || c == '}') && depth > 0) --depth;
        if (depth > most) {
            problems.add_at(line, 0, "", "more than " + std::to_string(most) + " open brackets");
            return false;
        }
    }
    return true;
}

void refuse_second_document(YAML::Parser& parser, Problems& problems) {
    Ignore ignore;
    try {
        parser.HandleNextDocument(ignore);
    } catch (const Stop&) {
        problems.add_at(ignore.line, 1, "", "a second document (---) in the file",
                        "write one scenario per file");
    }
}

}  // namespace

const Node* Node::find(std::string_view name) const {
    for (const Node& child : children) {
        if (is_map() && child.key == name) return &child;
    }
    return nullptr;
}

Node* Node::find(std::string_view name) {
    for (Node& child : children) {
        if (is_map() && child.key == name) return &child;
    }
    return nullptr;
}

std::optional<Node> read_yaml(std::string_view text, Problems& problems) {
    if (!check_text(text, problems) || !brackets_are_shallow(text, problems)) return std::nullopt;
    std::istringstream stream{std::string(text)};
    TreeBuilder builder(problems);
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        refuse_second_document(parser, problems);
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        const bool placed = !error.mark.is_null();
        problems.add_at(placed ? error.mark.line + 1 : 0, placed ? error.mark.column + 1 : 0, "",
                        "not YAML: " + error.msg);
        return std::nullopt;
    }
    name_paths(builder.root);
    return std::move(builder.root);
}

void name_paths(Node& root) {
    for (std::size_t i = 0; i < root.children.size(); ++i) {
        Node& child = root.children[i];
        if (root.is_list()) {
            child.path = root.path + "[" + std::to_string(i) + "]";
        } else {
            const std::string key =
                child.key.substr(0, 80);  // a hostile key must not be copied to every path
            child.path = root.path.empty() ? key : root.path + "." + key;
        }
        name_paths(child);
    }
}

}  // namespace meterbed::scenario
