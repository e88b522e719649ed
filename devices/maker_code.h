// The 20 digits that carry a top-up to a SMETS1 meter, in a way of its maker. No maker's is public
// (ASSUMPTION): five digits of pence, five of the number of the top-up at this meter, nine of a MAC under the
// meter's key, and the check digit of UTRNs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "devices/gbcs/protection.h"

namespace meterbed::maker_code {

struct Code {
    std::uint32_t pence = 0;    ///< at most kMostPence
    std::uint32_t counter = 0;  ///< from 1, at most kMostCounter
    std::uint32_t mac = 0;      ///< below 10^9
    bool operator==(const Code&) const = default;
};
inline constexpr std::uint32_t kMostPence = 99'999, kMostCounter = 99'999;

/// Always the same digits for the same top-up: whoever has the key may make it anew.
std::string make(const gbcs::SymmetricKey& key, Eui64 meter, std::uint32_t counter, std::uint32_t pence);
/// Nothing but the fault (devices/utrn.h) when the digits can be none.
tl::expected<Code, std::string_view> read(std::string_view digits);
bool is_authentic(const Code& code, const gbcs::SymmetricKey& key, Eui64 meter);

}  // namespace meterbed::maker_code
