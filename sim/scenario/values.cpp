#include "sim/scenario/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/scenario/figures.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

constexpr std::string_view kWriteDuration = "write it as '14 days', '6 h', '3 min', '30 s' or '420 ms'";
constexpr std::string_view kWriteTime = "write it as '2020-03-02 06:00' (UTC)";
constexpr Duration kLongest = std::chrono::hours{24 * 366 * 20};
constexpr std::size_t kLongestName = 80;

std::optional<Duration> duration_of(const Quantity& quantity, std::string_view text, const Node& node,
                                    Reading& reading) {
    const auto unit = time_unit(quantity.unit);
    if (!unit) {
        const bool bare = quantity.unit.empty();
        reading.problems.add(node,
                             bare ? "the duration " + in_quotes(trimmed(text)) + " has no unit"
                                  : in_quotes(quantity.unit) + " is no unit of time",
                             std::string(kWriteDuration));
        return std::nullopt;
    }
    const double microseconds = quantity.number * *unit;
    if (microseconds > static_cast<double>(kLongest.count())) {
        reading.problems.add(node, in_quotes(text) + " is longer than 20 years");
        return std::nullopt;
    }
    return Duration{std::llround(microseconds)};
}

std::optional<Duration> duration_in(std::string_view text, const Node& node, Reading& reading) {
    const auto quantity = read_quantity(text, node, reading);
    return quantity ? duration_of(*quantity, text, node, reading) : std::nullopt;
}

/// The text of a scalar; reports anything else.
const std::string* scalar(const Node& node, Reading& reading, std::string_view what) {
    if (node.is_text() && !trimmed(node.text).empty()) return &node.text;
    const bool nothing = node.kind == Node::Kind::empty || node.is_text();
    reading.problems.add(node, std::string(what) + " is expected here" +
                                   (nothing ? ", and nothing is written" : ", not a list or map"));
    return nullptr;
}

}  // namespace

std::optional<Duration> read_duration(const Node& node, Reading& reading, Duration least) {
    const std::string* text = scalar(node, reading, "a duration");
    if (text == nullptr) return std::nullopt;
    const auto duration = duration_in(*text, node, reading);
    if (duration && *duration < least) {
        reading.problems.add(node, in_quotes(*text) + " is too short");
        return std::nullopt;
    }
    return duration;
}

std::optional<std::pair<Duration, Duration>> read_durations(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "a duration or a range of durations");
    if (text == nullptr) return std::nullopt;
    std::string_view rest = trimmed(*text);
    const std::size_t to = rest.find(" to ");
    if (to == std::string_view::npos) {
        const auto both = duration_in(rest, node, reading);
        return both ? std::optional(std::pair(*both, *both)) : std::nullopt;
    }
    auto low = read_quantity(rest.substr(0, to), node, reading);
    const bool assumed = cut_word(rest, "assume");
    const std::string high_text =
        (assumed ? "assume " : "") + std::string(rest.substr(rest.find(" to ") + 4));
    const auto high = read_quantity(high_text, node, reading);
    if (!low || !high) return std::nullopt;
    if (low->unit.empty()) {
        low->unit = high->unit;  // "1 to 3 days"
        if (assumed) reading.used[reading.used.size() - 2].unit = high->unit;
    }
    const auto least = duration_of(*low, *text, node, reading);
    const auto most = least ? duration_of(*high, *text, node, reading) : std::nullopt;
    if (!most) return std::nullopt;
    if (*least > *most) {
        reading.problems.add(node, "the range " + in_quotes(*text) + " ends before it begins");
        return std::nullopt;
    }
    return std::pair(*least, *most);
}

std::optional<double> read_share(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "a share");
    if (text == nullptr) return std::nullopt;
    const auto quantity = read_quantity(*text, node, reading);
    if (!quantity) return std::nullopt;
    const auto unit = share_unit(*quantity);
    if (!unit) {
        reading.problems.add(node, in_quotes(*text) + " is no share", "write it in percent, as '0.5 %'");
        return std::nullopt;
    }
    // Percent are divided, not multiplied: 0.1 % shall be the very double 0.001.
    const double share = quantity->unit == "%" ? quantity->number / 100 : quantity->number;
    if (share > 1) {
        reading.problems.add(node, in_quotes(*text) + " is more than 100 %");
        return std::nullopt;
    }
    return share;
}

std::optional<double> read_number(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "a number");
    if (text == nullptr) return std::nullopt;
    const auto quantity = read_quantity(*text, node, reading);
    if (!quantity) return std::nullopt;
    if (!quantity->unit.empty() && !quantity->is_figure) {
        reading.problems.add(node, "the number " + in_quotes(*text) + " has a unit or other text behind it");
        return std::nullopt;
    }
    return quantity->number;
}

std::optional<double> read_capacity(const Node& node, Reading& reading) {
    constexpr std::string_view kAny = "any";
    const std::string* text = scalar(node, reading, "a number or 'any'");
    if (text == nullptr) return std::nullopt;
    const std::string_view word = trimmed(*text);
    if (word == kAny) return 0;
    if (!word.empty() && word.front() == '$') {
        const Figure* const figure = find_figure(word.substr(1));
        if (figure != nullptr && figure->value == kAny) {
            note_use(*figure, node, reading);
            return 0;
        }
    }
    const auto number = read_number(node, reading);
    if (number && *number <= 0) {
        reading.problems.add(node, in_quotes(word) + " is no capacity: nothing would get through",
                             "write 'any' for no limit");
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> read_integer(const Node& node, Reading& reading, std::int64_t least,
                                         std::int64_t most, const std::string& more) {
    const std::string* text = scalar(node, reading, "a whole number");
    if (text == nullptr) return std::nullopt;
    std::int64_t value = 0;
    const std::string_view digits = trimmed(*text);
    if (digits.front() == '$' || digits.substr(0, 7) == "assume ") {
        const auto number = read_number(node, reading);
        if (!number) return std::nullopt;
        if (*number != std::floor(*number)) {
            reading.problems.add(node, in_quotes(digits) + " is no whole number");
            return std::nullopt;
        }
        value = static_cast<std::int64_t>(*number);
    } else {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = end == digits.data() + digits.size();
        if (error == std::errc::invalid_argument || !whole) {
            reading.problems.add(node, in_quotes(digits) + " is no whole number", "write digits alone");
            return std::nullopt;
        }
        if (error == std::errc::result_out_of_range) value = digits.front() == '-' ? INT64_MIN : INT64_MAX;
    }
    if (value < least || value > most) {
        reading.problems.add(
            node,
            in_quotes(digits) + " is not between " + std::to_string(least) + " and " + std::to_string(most),
            value > most ? more : "");
        return std::nullopt;
    }
    return value;
}

std::optional<std::pair<std::int64_t, std::int64_t>> read_integers(const Node& node, Reading& reading,
                                                                   std::int64_t least, std::int64_t most) {
    const std::string* text = scalar(node, reading, "a whole number or a range of them");
    if (text == nullptr) return std::nullopt;
    std::string_view rest = trimmed(*text);
    const bool assumed = cut_word(rest, "assume");
    const auto end = [&](std::string_view number) {
        Node one = node;
        one.text = (assumed ? "assume " : "") + std::string(trimmed(number));
        return read_integer(one, reading, least, most);
    };
    const std::size_t to = rest.find(" to ");
    const auto low = end(rest.substr(0, to));
    const auto high = to == std::string_view::npos ? low : end(rest.substr(to + 4));
    if (!low || !high) return std::nullopt;
    if (*low > *high) {
        reading.problems.add(node, "the range " + in_quotes(*text) + " ends before it begins");
        return std::nullopt;
    }
    return std::pair(*low, *high);
}

std::optional<bool> read_flag(const Node& node, Reading& reading, std::string_view yes, std::string_view no) {
    const std::string* text = scalar(node, reading, "yes or no");
    if (text == nullptr) return std::nullopt;
    if (*text == yes || *text == "yes" || *text == "true") return true;
    if (*text == no || *text == "no" || *text == "false") return false;
    reading.problems.add(
        node, in_quotes(*text) + " is neither '" + std::string(yes) + "' nor '" + std::string(no) + "'");
    return std::nullopt;
}

std::optional<Time> read_time(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "a time");
    if (text == nullptr) return std::nullopt;
    const auto time = parse_time(*text);
    if (!time) {
        reading.problems.add(node, in_quotes(*text) + " is no time", std::string(kWriteTime));
        return std::nullopt;
    }
    // Another century is a typing mistake.
    if (*time < std::chrono::sys_days{std::chrono::year{2000} / 1 / 1} ||
        *time >= std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}) {
        reading.problems.add(node, in_quotes(*text) + " is not in the years 2000 to 2099");
        return std::nullopt;
    }
    return time;
}

std::optional<Time> read_moment(const Node& node, Reading& reading, Time start) {
    const std::string* text = scalar(node, reading, "a time");
    if (text == nullptr) return std::nullopt;
    std::string_view rest = trimmed(*text);
    if (rest == "start") return start;
    if (rest.substr(0, 5) != "start") {
        if (!rest.empty() && (rest.front() < '0' || rest.front() > '9')) {
            reading.problems.add(node, in_quotes(rest) + " is no time",
                                 "write it as 'start + 3 days' or as a date");
            return std::nullopt;
        }
        return read_time(node, reading);
    }
    rest = trimmed(rest.substr(5));
    if (rest.empty() || rest.front() != '+') {
        reading.problems.add(node, in_quotes(*text) + " is no time", "write it as 'start + 3 days'");
        return std::nullopt;
    }
    Time time = start;
    while (!rest.empty()) {  // each round begins at a plus
        rest.remove_prefix(1);
        const std::size_t plus = std::min(rest.find('+'), rest.size());
        const auto duration = duration_in(rest.substr(0, plus), node, reading);
        if (!duration) return std::nullopt;
        if (time - start > kLongest) break;  // reported by the caller as after the end
        time += *duration;
        rest.remove_prefix(plus);
    }
    return time;
}

std::optional<double> read_bound(std::string_view text, const Node& node, Reading& reading) {
    const auto quantity = read_quantity(text, node, reading);
    if (!quantity) return std::nullopt;
    if (quantity->unit == "%") return quantity->number / 100;
    if (const auto unit = time_unit(quantity->unit)) return quantity->number * *unit / 1e6;
    if (quantity->unit.empty() || quantity->is_figure) return quantity->number;
    reading.problems.add(node, in_quotes(quantity->unit) + " is no unit that a result can have",
                         "write a number, a share in percent or a duration");
    return std::nullopt;
}

std::string read_text(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "text");
    return text == nullptr ? std::string() : std::string(trimmed(*text));
}

std::string read_name(const Node& node, Reading& reading) {
    const std::string* text = scalar(node, reading, "a name");
    if (text == nullptr) return {};
    const bool control = std::any_of(text->begin(), text->end(), [](char c) { return c >= 0 && c < ' '; });
    if (control || text->size() > kLongestName) {
        reading.problems.add(node, in_quotes(*text) + " is no name",
                             "a name is one line of at most 80 characters");
        return {};
    }
    return *text;
}

std::string read_choice(const Node& node, Reading& reading, std::string_view what,
                        const std::vector<std::string_view>& known) {
    const std::string* text = scalar(node, reading, "a " + std::string(what));
    if (text == nullptr) return {};
    if (std::find(known.begin(), known.end(), *text) != known.end()) return *text;
    reading.problems.add(node, "unknown " + std::string(what) + " " + in_quotes(*text),
                         did_you_mean(*text, known));
    return {};
}

std::vector<std::string> read_choices(const Node& node, Reading& reading, std::string_view what,
                                      const std::vector<std::string_view>& known) {
    std::vector<std::string> list;
    if (!node.is_list()) {
        reading.problems.add(node, "a list is expected here", "write it as [" + std::string(what) + ", ...]");
        return list;
    }
    for (const Node& child : node.children) {
        std::string word = read_choice(child, reading, what, known);
        if (word.empty()) continue;
        if (std::find(list.begin(), list.end(), word) != list.end()) {
            reading.problems.add(child, in_quotes(word) + " appears twice in the list");
        } else {
            list.push_back(std::move(word));
        }
    }
    return list;
}

}  // namespace meterbed::scenario
