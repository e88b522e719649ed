// Octet strings and their hexadecimal text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meterbed {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Upper-case hexadecimal without white space.
std::string to_hex(ByteView bytes);

/// Reads hexadecimal of either case, skipping white space; nothing when a character or the length is wrong.
std::optional<Bytes> from_hex(std::string_view text);

}  // namespace meterbed
