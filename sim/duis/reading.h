// Typed, checked reading of a request's elements. Nothing is passed over: what nobody has read is a mistake,
// and all mistakes are collected, so that a reader sees them at once.
//
//     const Reading price = body.child("PriceElements").child("StandingCharge");
//     const auto value = price.integer(-32768, 32767);            a mistake gives the lowest value and is
//     noted if (auto at = body.optional("ExecutionDateTime")) use(at->date_time());
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "pki/bytes.h"
#include "pki/eui64.h"
#include "pki/time.h"
#include "sim/duis/element.h"
#include "sim/duis/text.h"

namespace meterbed::duis {

struct Mistake {
    std::string path;  ///< "Body/UpdateDebt/TimeDebtRegister1"
    int line = 0;
    std::string message;

    bool operator==(const Mistake&) const = default;
};

/// A word of the schema and what it stands for.
template <typename T>
struct Word {
    std::string_view word;
    T value;
};

/// What was read of one tree, and what was wrong with it.
class Journal {
  public:
    void note(std::string path, int line, std::string message);
    const std::vector<Mistake>& mistakes() const { return mistakes_; }
    /// One more mistake for every element, text and attribute under `root` that nobody has read.
    void note_unread(const Element& root, const std::string& path);

  private:
    friend class Reading;
    std::vector<Mistake> mistakes_;
    std::unordered_set<const Element*> visited_, texts_;
    std::set<std::pair<const Element*, std::string>> attributes_;
};

class Reading {
  public:
    /// `root` and `journal` outlive the reading.
    Reading(const Element& root, Journal& journal, std::string path);

    const std::string& name() const { return element_->name; }
    const std::string& path() const { return path_; }
    /// Asks without reading: choosing a form is no use of its content.
    bool has(std::string_view name) const;
    /// Whether any child of this name has this text, asked without reading.
    bool has(std::string_view name, std::string_view text) const;
    /// A child's text, asked without reading; empty when there is none.
    std::string_view peek(std::string_view name) const;

    /// The one child of this name; a mistake when there is none or there are several. The reading of an
    /// element that is not there answers everything with its lowest value and notes no further mistakes.
    Reading child(std::string_view name) const;
    std::optional<Reading> optional(std::string_view name) const;
    std::vector<Reading> children(std::string_view name, std::size_t least, std::size_t most) const;

    std::int64_t integer(std::int64_t least, std::int64_t most) const;
    std::uint64_t counter() const;  ///< 0..2^63-1, as GBCS counters
    std::int64_t decimal(int digits, std::int64_t least, std::int64_t most) const;  ///< times 10^digits
    bool boolean() const;
    /// Characters of the text, at most this many.
    std::string text(std::size_t longest) const;
    Bytes base64(std::size_t longest) const;
    Bytes hex_binary(std::size_t length) const;
    Time date_time() const;
    Time date() const;
    CalendarDate calendar_date() const;
    Duration time_of_day() const;
    Eui64 eui() const;
    std::int64_t attribute(std::string_view name, std::int64_t least, std::int64_t most) const;

    template <typename T, std::size_t N>
    T one_of(const Word<T> (&words)[N]) const {
        const std::string_view text = own_text();
        for (const Word<T>& word : words)
            if (word.word == text) return word.value;
        std::vector<std::string_view> known;
        for (const Word<T>& word : words) known.push_back(word.word);
        refuse_word(known);
        return words[0].value;
    }

    /// For rules over several elements.
    void mistake(std::string message) const;

  private:
    Reading(const Element* element, Journal* journal, std::string path, bool absent);
    std::string_view own_text() const;
    const std::string* find_attribute(std::string_view name) const;
    void refuse(std::string_view wanted) const;
    void refuse_word(std::span<const std::string_view> known) const;
    template <typename T>
    T or_refuse(std::optional<T> value, std::string_view wanted) const;

    const Element* element_;
    Journal* journal_;
    std::string path_;
    bool absent_ = false;
};

}  // namespace meterbed::duis
