#include "sim/scenario/suggest.h"

#include <algorithm>
#include <array>
#include <limits>

namespace meterbed::scenario {
namespace {

constexpr std::size_t kLongestWord = 64;  // longer ones are no typing mistakes, and hostile ones cost time
constexpr std::size_t kFewWords = 8;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    constexpr auto far = std::numeric_limits<std::size_t>::max();
    if (a.size() > kLongestWord || b.size() > kLongestWord) return a == b ? 0 : far;
    // Three rows of the table of Damerau and Levenshtein: two letters swapped count as one mistake.
    using Row = std::array<std::size_t, kLongestWord + 1>;
    Row before{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
    }
    return last[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
    const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
    std::string_view best;
    std::size_t best_distance = allowed + 1;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string_view best = nearest(word, known);
    if (!best.empty()) return "did you mean '" + std::string(best) + "'?";
    if (known.empty() || known.size() > kFewWords) return {};
    return "known here: " + one_of(known);
}

std::string one_of(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace meterbed::scenario
