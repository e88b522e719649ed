#include "sim/scenario/problems.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/scenario/yaml_reader.h"

namespace meterbed::scenario {
namespace {

constexpr std::size_t kMostProblems = 500;
constexpr std::size_t kLongestQuote = 60;

}  // namespace

void Problems::add(const Node& at, std::string message, std::string suggestion) {
    if (at.from_override) {
        push({std::string(kOverrideFile), 0, 0, at.path, std::move(message), std::move(suggestion)});
    } else {
        push({file_, at.line, at.column, at.path, std::move(message), std::move(suggestion)});
    }
}

void Problems::add_key(const Node& at, std::string message, std::string suggestion) {
    if (at.from_override || at.key_line == 0) return add(at, std::move(message), std::move(suggestion));
    push({file_, at.key_line, at.key_column, at.path, std::move(message), std::move(suggestion)});
}

void Problems::add_at(int line, int column, std::string path, std::string message, std::string suggestion) {
    push({file_, line, column, std::move(path), std::move(message), std::move(suggestion)});
}

void Problems::add_override(std::string key, std::string message, std::string suggestion) {
    push({std::string(kOverrideFile), 0, 0, std::move(key), std::move(message), std::move(suggestion)});
}

void Problems::push(Problem problem) {
    if (list_.size() < kMostProblems) {
        list_.push_back(std::move(problem));
    } else {
        ++left_out_;
    }
}

std::vector<Problem> Problems::sorted() const {
    auto list = list_;
    std::stable_sort(list.begin(), list.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    if (left_out_ > 0) {
        list.push_back({file_, 0, 0, "", "and " + std::to_string(left_out_) + " more mistakes", ""});
    }
    return list;
}

std::string in_quotes(std::string_view text) {
    std::string shown(text.substr(0, kLongestQuote));
    if (shown.size() < text.size()) {
        // Not in the middle of a UTF-8 character.
        while (!shown.empty() && (static_cast<unsigned char>(text[shown.size()]) & 0xC0U) == 0x80U)
            shown.pop_back();
        shown += "...";
    }
    for (char& c : shown) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '.';
    }
    return "'" + shown + "'";
}

}  // namespace meterbed::scenario
