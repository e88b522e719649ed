// "did you mean": the nearest word of a list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meterbed::scenario {

/// Letters to insert, drop, change or swap with the next one until two words are equal; capitals do not
/// count.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known word nearest to a word, or nothing when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// "did you mean 'target'?", or the known words when they are few, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known);

/// Any range of things that convert to std::string_view.
template <typename Range>
std::string suggest(std::string_view word, const Range& known) {
    return did_you_mean(word, std::vector<std::string_view>(known.begin(), known.end()));
}

/// "a, b or c"
std::string one_of(const std::vector<std::string_view>& words);

}  // namespace meterbed::scenario
