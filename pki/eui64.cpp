#include "pki/eui64.h"

#include "pki/bytes.h"

namespace meterbed {

std::array<std::uint8_t, 8> Eui64::octets() const {
    std::array<std::uint8_t, 8> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
    return out;
}

std::string Eui64::text() const {
    const std::string hex = to_hex(octets());
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (i != 0) out.push_back('-');
        out.append(hex, i, 2);
    }
    return out;
}

Eui64 Eui64::from_octets(const std::uint8_t* eight) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | eight[i];
    return Eui64{value};
}

std::optional<Eui64> Eui64::parse(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool separator =
            (text[i] == '-' || text[i] == ':') && digits.size() % 2 == 0 && !digits.empty();
        if (!separator) digits.push_back(text[i]);
    }
    const auto octets = from_hex(digits);
    if (digits.size() != 16 || !octets || octets->size() != 8) return std::nullopt;
    return from_octets(octets->data());
}

}  // namespace meterbed
