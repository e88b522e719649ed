// What a file must be before it reaches the YAML parser.
#include <array>

#include "sim/scenario/yaml_reader.h"

namespace meterbed::scenario {
namespace {

constexpr std::size_t kLargestText = 1U << 20U;

/// Length of the UTF-8 character at the start of a text, 0 when it is none (RFC 3629 section 4).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    // Second bytes that would spell an overlong form, a surrogate or a value past U+10FFFF.
    const unsigned second = byte(1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
    return length;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
}

}  // namespace

bool check_text(std::string_view text, Problems& problems) {
    if (text.size() > kLargestText) {
        problems.add_at(0, 0, "", "the file is larger than 1 MiB", "a scenario is a story of a page or two");
        return false;
    }
    bool readable = true;
    bool indentation = true;
    int line = 1;
    int column = 1;
    for (std::size_t at = 0; at < text.size(); ++column) {
        const char c = text[at];
        const std::size_t length = utf8_length(text.substr(at, 4));
        if (length == 0 || is_control(c)) {
            problems.add_at(line, column, "", length == 0 ? "not UTF-8 text" : "a control character",
                            "save the file as plain UTF-8 text");
            return false;  // what follows is hardly YAML
        }
        if (c == '\t' && indentation) {
            problems.add_at(line, column, "", "a tab as indentation", "indent with spaces");
            readable = false;
            indentation = false;
        }
        if (c != ' ') indentation = false;
        if (c == '\n') {
            ++line;
            column = 0;
            indentation = true;
        }
        at += length;
    }
    return readable;
}

}  // namespace meterbed::scenario
