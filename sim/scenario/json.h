// Writes JSON texts for the schema.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meterbed::scenario {

/// "text" with its quotes.
std::string json_text(std::string_view text);
/// Members in order; values are JSON already.
std::string json_object(const std::vector<std::pair<std::string_view, std::string>>& members);
/// Values are JSON already.
std::string json_array(const std::vector<std::string>& values);
/// Breaks lines and indents, for people and diffs.
std::string json_pretty(std::string_view json);

}  // namespace meterbed::scenario
