// EUI-64: the eight-octet identifier of every device and organisation.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace meterbed {

struct Eui64 {
    std::uint64_t value = 0;

    auto operator<=>(const Eui64&) const = default;
    std::array<std::uint8_t, 8> octets() const;
    /// Upper-case hex pairs joined by '-', as DUIS writes it: 00-DB-12-34-56-78-90-A0.
    std::string text() const;

    static Eui64 from_octets(const std::uint8_t* eight);
    /// Accepts 16 hex digits with or without '-' or ':' between pairs.
    static std::optional<Eui64> parse(std::string_view text);
};

}  // namespace meterbed

template <>
struct std::hash<meterbed::Eui64> {
    std::size_t operator()(const meterbed::Eui64& id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value * 0x9E3779B97F4A7C15ULL);
    }
};
