// A refused certificate or command is an outcome with a code, never an exception.
#pragma once

#include <string>
#include <string_view>

namespace meterbed {

/// `code` is one of the constants of the layer that refuses (pki: `certificate_codes`), short lower-case
/// words that reports print and tests compare. `text` adds what a person needs to know.
struct Verdict {
    std::string_view code = "accepted";
    std::string text;

    explicit operator bool() const { return code == "accepted"; }
    static Verdict refused(std::string_view code, std::string text = {}) { return {code, std::move(text)}; }
};

}  // namespace meterbed
