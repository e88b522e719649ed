// Collects mistakes while reading goes on, so that a file's author sees all of them at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::scenario {

struct Node;

/// What a mistake in a `--set` override is filed under.
inline constexpr std::string_view kOverrideFile = "--set";

class Problems {
  public:
    explicit Problems(std::string file) : file_(std::move(file)) {}

    /// A mistake in a value.
    void add(const Node& at, std::string message, std::string suggestion = {});
    /// A mistake in the key in front of a value.
    void add_key(const Node& at, std::string message, std::string suggestion = {});
    /// A mistake at a place of the text (from 1; 0 for the file as a whole).
    void add_at(int line, int column, std::string path, std::string message, std::string suggestion = {});

    /// A mistake in the key or the value of a `--set`.
    void add_override(std::string key, std::string message, std::string suggestion = {});

    bool empty() const { return list_.empty(); }
    std::size_t size() const { return list_.size(); }

    /// All of them by line and column; a hostile file's flood is cut with a last line that says so.
    std::vector<Problem> sorted() const;

  private:
    void push(Problem problem);

    std::string file_;
    std::vector<Problem> list_;
    std::size_t left_out_ = 0;
};

/// 'text' in quotes, cut when it is long and with control characters shown as dots.
std::string in_quotes(std::string_view text);

}  // namespace meterbed::scenario
