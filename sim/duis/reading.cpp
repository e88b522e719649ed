#include "sim/duis/reading.h"

#include <algorithm>

#include "sim/duis/text.h"

namespace meterbed::duis {
namespace {

const Element kNothing{};

/// "Body/SpecialDay[2]/Date": the number only where a name repeats.
std::string path_of_child(const std::string& parent, const Element& element, const Element& child) {
    std::size_t same = 0, place = 0;
    for (const Element& other : element.children) {
        if (other.name != child.name) continue;
        ++same;
        if (&other == &child) place = same;
    }
    std::string path = parent + "/" + child.name;
    return same > 1 ? path + "[" + std::to_string(place) + "]" : path;
}

std::string range_text(std::int64_t least, std::int64_t most) {
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

/// Long values are cut: a mistake is a sentence.
std::string shown(std::string_view text) {
    constexpr std::size_t longest = 60;
    return text.size() <= longest ? std::string(text) : std::string(text.substr(0, longest)) + "...";
}

}  // namespace

void Journal::note(std::string path, int line, std::string message) {
    mistakes_.push_back({std::move(path), line, std::move(message)});
}

void Journal::note_unread(const Element& root, const std::string& path) {
    if (!visited_.contains(&root)) return note(path, root.line, "is not expected here");
    if (!root.text.empty() && !texts_.contains(&root)) note(path, root.line, "holds text, none is expected");
    for (const auto& [name, value] : root.attributes) {
        if (!attributes_.contains({&root, name})) note(path + "/@" + name, root.line, "is not expected here");
    }
    for (const Element& child : root.children) note_unread(child, path_of_child(path, root, child));
}

Reading::Reading(const Element& root, Journal& journal, std::string path)
    : Reading(&root, &journal, std::move(path), false) {}

Reading::Reading(const Element* element, Journal* journal, std::string path, bool absent)
    : element_(element), journal_(journal), path_(std::move(path)), absent_(absent) {
    if (!absent_) journal_->visited_.insert(element_);
}

bool Reading::has(std::string_view name) const {
    return std::ranges::any_of(element_->children, [&](const Element& child) { return child.name == name; });
}

bool Reading::has(std::string_view name, std::string_view text) const {
    return std::ranges::any_of(
        element_->children, [&](const Element& child) { return child.name == name && child.text == text; });
}

std::string_view Reading::peek(std::string_view name) const {
    for (const Element& child : element_->children)
        if (child.name == name) return child.text;
    return {};
}

Reading Reading::child(std::string_view name) const {
    if (auto found = optional(name)) return *found;
    if (!absent_) mistake(std::string(name) + " is missing");
    return {&kNothing, journal_, path_ + "/" + std::string(name), true};
}

std::optional<Reading> Reading::optional(std::string_view name) const {
    const std::vector<Reading> found = children(name, 0, 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Reading> Reading::children(std::string_view name, std::size_t least, std::size_t most) const {
    std::vector<Reading> found;
    for (const Element& child : element_->children) {
        if (child.name == name)
            found.push_back(Reading(&child, journal_, path_of_child(path_, *element_, child), false));
    }
    if (!absent_ && (found.size() < least || found.size() > most)) {
        mistake(std::string(name) + " stands here " + std::to_string(found.size()) + " times, not " +
                std::to_string(least) + " to " + std::to_string(most));
        if (found.size() > most) found.erase(found.begin() + static_cast<std::ptrdiff_t>(most), found.end());
    }
    return found;
}

template <typename T>
T Reading::or_refuse(std::optional<T> value, std::string_view wanted) const {
    if (value) return *value;
    refuse(wanted);
    return T{};
}

std::int64_t Reading::integer(std::int64_t least, std::int64_t most) const {
    const auto value = read_integer(own_text());
    if (value && *value >= least && *value <= most) return *value;
    refuse(range_text(least, most));
    return least;
}

std::uint64_t Reading::counter() const { return static_cast<std::uint64_t>(integer(0, INT64_MAX)); }

std::int64_t Reading::decimal(int digits, std::int64_t least, std::int64_t most) const {
    const auto value = read_decimal(own_text(), digits);
    if (value && *value >= least && *value <= most) return *value;
    refuse("a decimal number with at most " + std::to_string(digits) + " places, in range");
    return least;
}

bool Reading::boolean() const { return or_refuse(read_boolean(own_text()), "true or false"); }

std::string Reading::text(std::size_t longest) const {
    const std::string_view text = own_text();
    if (text.size() <= longest) return std::string(text);
    refuse("a text of at most " + std::to_string(longest) + " characters");
    return {};
}

Bytes Reading::base64(std::size_t longest) const {
    const auto octets = read_base64(own_text());
    if (octets && octets->size() <= longest) return *octets;
    refuse("base64 of at most " + std::to_string(longest) + " octets");
    return {};
}

Bytes Reading::hex_binary(std::size_t length) const {
    const auto octets = read_hex_binary(own_text());
    if (octets && octets->size() == length) return *octets;
    refuse(std::to_string(length) + " octets in hexadecimal");
    return Bytes(length);
}

Time Reading::date_time() const { return or_refuse(read_date_time(own_text()), "a date and time"); }
Time Reading::date() const { return or_refuse(read_date(own_text()), "a date"); }
CalendarDate Reading::calendar_date() const { return or_refuse(read_calendar_date(own_text()), "a date"); }
Duration Reading::time_of_day() const { return or_refuse(read_time_of_day(own_text()), "a time of day"); }
Eui64 Reading::eui() const { return or_refuse(Eui64::parse(own_text()), "an EUI-64"); }

std::int64_t Reading::attribute(std::string_view name, std::int64_t least, std::int64_t most) const {
    if (absent_) return least;
    const std::string* text = find_attribute(name);
    if (!text) return mistake("attribute " + std::string(name) + " is missing"), least;
    const auto value = read_integer(*text);
    if (value && *value >= least && *value <= most) return *value;
    mistake("attribute " + std::string(name) + " is not " + range_text(least, most));
    return least;
}

const std::string* Reading::find_attribute(std::string_view name) const {
    for (const auto& [own, value] : element_->attributes) {
        if (own != name) continue;
        journal_->attributes_.insert({element_, own});
        return &value;
    }
    return nullptr;
}

void Reading::mistake(std::string message) const {
    journal_->note(path_, element_->line, std::move(message));
}

std::string_view Reading::own_text() const {
    journal_->texts_.insert(element_);
    return element_->text;
}

void Reading::refuse(std::string_view wanted) const {
    if (!absent_) mistake("'" + shown(element_->text) + "' is not " + std::string(wanted));
}

void Reading::refuse_word(std::span<const std::string_view> known) const {
    std::string all;
    for (std::string_view word : known) all += (all.empty() ? "" : ", ") + std::string(word);
    refuse("one of " + all);
}

}  // namespace meterbed::duis
