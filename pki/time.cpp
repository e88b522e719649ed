#include "pki/time.h"

#include <cstdio>

namespace meterbed {

namespace {

/// Reads exactly `count` digits at `at` and moves on; nothing when one is missing.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[at + i];
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    at += count;
    return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view any_of) {
    if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
}

}  // namespace

std::string to_text(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", int{date.year()},
                  unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return text;
}

std::optional<Time> parse_time(std::string_view text) {
    std::size_t at = 0;
    const auto year = digits(text, at, 4);
    if (!year || !skip(text, at, "-")) return std::nullopt;
    const auto month = digits(text, at, 2);
    if (!month || !skip(text, at, "-")) return std::nullopt;
    const auto day = digits(text, at, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    int hour = 0, minute = 0, second = 0;
    if (at < text.size()) {
        if (!skip(text, at, "T ")) return std::nullopt;
        const auto h = digits(text, at, 2);
        if (!h || *h > 23 || !skip(text, at, ":")) return std::nullopt;
        const auto m = digits(text, at, 2);
        if (!m || *m > 59) return std::nullopt;
        hour = *h, minute = *m;
        if (skip(text, at, ":")) {
            const auto s = digits(text, at, 2);
            if (!s || *s > 59) return std::nullopt;
            second = *s;
        }
        skip(text, at, "Z");
    }
    if (at != text.size()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace meterbed
