// Octets of worked values, written as the references write them.
#pragma once

#include <algorithm>
#include <stdexcept>

#include "pki/bytes.h"
#include "pki/eui64.h"

namespace meterbed {

inline Bytes hex(std::string_view text) {
    auto octets = from_hex(text);
    if (!octets) throw std::invalid_argument("not hexadecimal: " + std::string(text));
    return *std::move(octets);
}

template <std::size_t N>
std::array<std::uint8_t, N> hex_array(std::string_view text) {
    const Bytes octets = hex(text);
    if (octets.size() != N) throw std::invalid_argument("wrong length: " + std::string(text));
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(octets, out.begin());
    return out;
}

}  // namespace meterbed
