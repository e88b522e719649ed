#include "sim/duis/text.h"

#include <charconv>

namespace meterbed::duis {
namespace {

template <typename Number>
std::optional<Number> number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

/// Takes `count` digits from the front.
bool take_digits(std::string_view& text, std::size_t count, int& value) {
    if (text.size() < count) return false;
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return true;
}

bool take(std::string_view& text, char sign) {
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(1);
    return true;
}

/// A leap year stands in for a year beyond the calendar: only 65535 is used.
bool exists(const CalendarDate& date) {
    const std::chrono::year year(date.year <= 9999 ? date.year : 2000);
    const std::chrono::year_month_day day(year, std::chrono::month(static_cast<unsigned>(date.month)),
                                          std::chrono::day(static_cast<unsigned>(date.day)));
    return date.year <= 65535 && day.ok();
}

std::optional<CalendarDate> take_calendar_date(std::string_view& text) {
    CalendarDate date;
    const std::size_t digits = text.find('-') == 5 ? 5 : 4;
    if (!take_digits(text, digits, date.year) || !take(text, '-') || !take_digits(text, 2, date.month) ||
        !take(text, '-') || !take_digits(text, 2, date.day) || !exists(date))
        return std::nullopt;
    return date;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto date = take_calendar_date(text);
    if (!date || date->year > 9999) return std::nullopt;
    return std::chrono::sys_days{std::chrono::year{date->year} / date->month / date->day};
}

/// The fraction is checked and dropped: GBCS times are whole seconds.
bool take_fraction(std::string_view& text) {
    if (!take(text, '.')) return true;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    text.remove_prefix(digits);
    return digits > 0;
}

std::optional<Duration> take_clock(std::string_view& text) {
    int hour = 0, minute = 0, second = 0;
    if (!take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute) ||
        !take(text, ':') || !take_digits(text, 2, second) || !take_fraction(text))
        return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

/// What has to be taken off a local time to make it UTC: nothing, Z, +01:00.
std::optional<Duration> take_zone(std::string_view& text) {
    if (text.empty() || take(text, 'Z')) return Duration(0);
    const bool west = text.starts_with('-');
    int hours = 0, minutes = 0;
    if ((!take(text, '+') && !take(text, '-')) || !take_digits(text, 2, hours) || !take(text, ':') ||
        !take_digits(text, 2, minutes) || hours > 14 || minutes > 59)
        return std::nullopt;
    const Duration offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return west ? -offset : offset;
}

int sextet(char sign) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t place = alphabet.find(sign);
    return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

bool is_space(char sign) { return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t'; }

}  // namespace

std::optional<std::int64_t> read_integer(std::string_view text) { return number<std::int64_t>(text); }
std::optional<std::uint64_t> read_unsigned(std::string_view text) { return number<std::uint64_t>(text); }

std::optional<std::int64_t> read_decimal(std::string_view text, int digits) {
    const std::size_t point = text.find('.');
    std::string plain(text.substr(0, point));
    if (plain.empty() || plain == "-" || plain == "+") plain += '0';
    std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
    if (fraction.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    while (fraction.size() > static_cast<std::size_t>(digits) && fraction.ends_with('0'))
        fraction.remove_suffix(1);
    if (fraction.size() > static_cast<std::size_t>(digits)) return std::nullopt;
    plain += fraction;
    plain.append(static_cast<std::size_t>(digits) - fraction.size(), '0');
    return read_integer(plain);
}

std::optional<bool> read_boolean(std::string_view text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::nullopt;
}

std::optional<Bytes> read_base64(std::string_view text) {
    Bytes out;
    unsigned bits = 0, held = 0;
    std::size_t signs = 0, padding = 0;
    for (char sign : text) {
        if (is_space(sign)) continue;
        ++signs;
        if (sign == '=') {
            ++padding;
            continue;
        }
        const int value = sextet(sign);
        if (value < 0 || padding > 0) return std::nullopt;
        bits = bits << 6 | static_cast<unsigned>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out.push_back(static_cast<std::uint8_t>(bits >> held));
        bits &= (1U << held) - 1;
    }
    if (signs % 4 != 0 || padding > 2 || bits != 0) return std::nullopt;
    return out;
}

std::optional<Bytes> read_hex_binary(std::string_view text) { return from_hex(text); }

std::optional<Time> read_date_time(std::string_view text) {
    const auto day = take_date(text);
    if (!day || !take(text, 'T')) return std::nullopt;
    const auto clock = take_clock(text);
    const auto zone = clock ? take_zone(text) : std::nullopt;
    if (!zone || !text.empty()) return std::nullopt;
    return *day + *clock - *zone;
}

std::optional<Time> read_date(std::string_view text) {
    const auto day = take_date(text);
    if (!day || !take_zone(text) || !text.empty()) return std::nullopt;
    return Time(*day);
}

std::optional<CalendarDate> read_calendar_date(std::string_view text) {
    const auto date = take_calendar_date(text);
    if (!date || !take_zone(text) || !text.empty()) return std::nullopt;
    return date;
}

std::optional<Duration> read_time_of_day(std::string_view text) {
    const auto clock = take_clock(text);
    if (!clock || !take_zone(text) || !text.empty()) return std::nullopt;
    return clock;
}

}  // namespace meterbed::duis
