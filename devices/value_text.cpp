#include "devices/value_text.h"

#include <algorithm>
#include <charconv>

namespace meterbed {

using namespace gbcs::dlms;

namespace {

enum class Form : std::uint8_t { number, boolean, octets, text, bits, compact };

struct Word {
    std::string_view word;
    Type type;
    Form form;
    std::int64_t low = 0, high = 0;  ///< range of a number
};
constexpr std::int64_t kHighest32 = 0xFFFFFFFF;
constexpr Word kWords[] = {
    {"bool", Type::boolean, Form::boolean},
    {"int8", Type::int8, Form::number, -128, 127},
    {"int16", Type::int16, Form::number, -32768, 32767},
    {"int32", Type::int32, Form::number, -2147483648LL, 2147483647},
    {"int64", Type::int64, Form::number, INT64_MIN, INT64_MAX},
    {"uint8", Type::uint8, Form::number, 0, 255},
    {"uint16", Type::uint16, Form::number, 0, 65535},
    {"uint32", Type::uint32, Form::number, 0, kHighest32},
    {"uint64", Type::uint64, Form::number, 0, INT64_MAX},
    {"enum", Type::enumerated, Form::number, 0, 255},
    {"octets", Type::octet_string, Form::octets},
    {"text", Type::visible_string, Form::text},
    {"utf8", Type::utf8_string, Form::text},
    {"bits", Type::bit_string, Form::bits},
    {"compact", Type::compact_array, Form::compact},
};
constexpr std::int64_t kMaximumRepeat = 1000;

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Value value(int depth = 0) {
        if (depth >= kMaximumDepth) return fail("less nesting"), Value{};
        skip_spaces();
        if (accept('[')) return list(Type::array, ']', depth);
        if (accept('{')) return list(Type::structure, '}', depth);
        const std::string_view word = name();
        if (word == "null") return {};
        for (const Word& row : kWords)
            if (row.word == word) return simple(row);
        return fail("a type such as uint32"), Value{};
    }
    void finish() {
        skip_spaces();
        if (at_ < text_.size()) fail("the end");
    }
    const std::string& error() const { return error_; }

  private:
    void fail(std::string_view expected) {
        if (error_.empty())
            error_ = "expected " + std::string(expected) + " at character " + std::to_string(at_ + 1);
    }
    void skip_spaces() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool accept(char c) {
        skip_spaces();
        const bool found = error_.empty() && at_ < text_.size() && text_[at_] == c;
        if (found) ++at_;
        return found;
    }
    std::string_view name() {
        skip_spaces();
        const std::size_t start = at_;
        while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
        return text_.substr(start, at_ - start);
    }
    std::int64_t number(std::int64_t low, std::int64_t high) {
        skip_spaces();
        std::int64_t out = 0;
        const char* from = text_.data() + at_;
        const auto [end, problem] = std::from_chars(from, text_.data() + text_.size(), out);
        if (problem != std::errc{} || out < low || out > high) return fail("a number in range"), 0;
        at_ += static_cast<std::size_t>(end - from);
        return out;
    }
    Bytes hexadecimal() {
        const auto octets = from_hex(name());
        if (!octets) fail("hexadecimal digits");
        return octets.value_or(Bytes{});
    }
    Bytes quoted() {
        if (!accept('\'')) return hexadecimal();
        const std::size_t end = text_.find('\'', at_);
        if (end == std::string_view::npos) return fail("a closing quotation mark"), Bytes{};
        Bytes out(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                  text_.begin() + static_cast<std::ptrdiff_t>(end));
        at_ = end + 1;
        return out;
    }
    Value simple(const Word& row) {
        Value out{row.type, 0, {}, {}};
        switch (row.form) {
            case Form::number:
                out.number = number(row.low, row.high);
                break;
            case Form::boolean:
                out.number = name() == "true" ? 0xFF : 0;
                break;
            case Form::octets:
                out.octets = hexadecimal();
                break;
            case Form::text:
                out.octets = quoted();
                break;
            case Form::bits:
                out.number = number(0, INT32_MAX);
                out.octets = hexadecimal();
                if (out.octets.size() != static_cast<std::size_t>((out.number + 7) / 8)) fail("as many bits");
                break;
            case Form::compact:
                out.number = number(0, INT32_MAX);
                out.octets = hexadecimal();
                break;
        }
        return out;
    }
    /// "48 * uint32 0" stands for 48 of them.
    std::int64_t repeat() {
        skip_spaces();
        if (at_ >= text_.size() || !std::isdigit(static_cast<unsigned char>(text_[at_]))) return 1;
        const std::int64_t count = number(0, kMaximumRepeat);
        if (!accept('*')) fail("*");
        return count;
    }
    Value list(Type type, char end, int depth) {
        Value out{type, 0, {}, {}};
        if (accept(end)) return out;
        do {
            const std::int64_t count = repeat();
            const Value one = value(depth + 1);
            for (std::int64_t i = 0; error_.empty() && i < count; ++i) out.elements.push_back(one);
        } while (accept(','));
        if (!accept(end)) fail(std::string(1, end));
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string error_;
};

bool is_plain(const Bytes& octets) {
    return std::ranges::all_of(octets, [](std::uint8_t c) { return c >= ' ' && c < 0x7F && c != '\''; });
}

std::string list_text(const Value& value, char begin, char end) {
    std::string out(1, begin);
    for (std::size_t i = 0; i < value.elements.size();) {
        std::size_t same = 1;
        while (i + same < value.elements.size() && value.elements[i + same] == value.elements[i] &&
               same < static_cast<std::size_t>(kMaximumRepeat))
            ++same;
        if (i > 0) out += ", ";
        if (same > 1) out += std::to_string(same) + " * ";
        out += text_of(value.elements[i]);
        i += same;
    }
    return out + end;
}

std::string simple_text(const Value& value, const Word& row) {
    std::string word = std::string(row.word) + " ";
    switch (row.form) {
        case Form::number:
            return word + std::to_string(value.number);
        case Form::boolean:
            return word + (value.number != 0 ? "true" : "false");
        case Form::octets:
            return word + to_hex(value.octets);
        case Form::text:
            if (!is_plain(value.octets)) return word + to_hex(value.octets);
            return word + "'" + std::string(value.octets.begin(), value.octets.end()) + "'";
        case Form::bits:
        case Form::compact:
            return word + std::to_string(value.number) + " " + to_hex(value.octets);
    }
    return word;
}

}  // namespace

tl::expected<Value, std::string> value_from_text(std::string_view text) {
    Reader in(text);
    Value out = in.value();
    in.finish();
    if (!in.error().empty()) return tl::unexpected(in.error());
    return out;
}

std::string text_of(const Value& value) {
    if (value.type == Type::null) return "null";
    if (value.type == Type::array) return list_text(value, '[', ']');
    if (value.type == Type::structure) return list_text(value, '{', '}');
    for (const Word& row : kWords)
        if (row.type == value.type) return simple_text(value, row);
    return "null";
}

std::string text_of(const Attribute& attribute) {
    const auto part = [&attribute](std::size_t i) { return std::to_string(attribute.obis[i]); };
    return std::to_string(attribute.class_id) + "/" + part(0) + "-" + part(1) + ":" + part(2) + "." +
           part(3) + "." + part(4) + "." + part(5) + "/" + std::to_string(attribute.index);
}

std::optional<Attribute> attribute_from_text(std::string_view text) {
    constexpr std::string_view kSeparators = "/-:.../";
    constexpr std::size_t kParts = 8;
    std::uint16_t parts[kParts]{};
    for (std::size_t i = 0; i < kParts; ++i) {
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), parts[i]);
        if (problem != std::errc{} || (i > 0 && parts[i] > 0xFF)) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (i + 1 == kParts) break;
        if (text.empty() || text.front() != kSeparators[i]) return std::nullopt;
        text.remove_prefix(1);
    }
    if (!text.empty()) return std::nullopt;
    Attribute out{parts[0], {}, static_cast<std::uint8_t>(parts[kParts - 1])};
    for (std::size_t i = 0; i < out.obis.size(); ++i) out.obis[i] = static_cast<std::uint8_t>(parts[i + 1]);
    return out;
}

}  // namespace meterbed
