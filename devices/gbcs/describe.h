// A message in words: a tree of names, values with units, and what codes, times and certificates mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "devices/gbcs/key_ring.h"

namespace meterbed::gbcs {

struct Description {
    std::string name;                    ///< "Credit Remaining"
    std::string text;                    ///< "25.00 GBP", "2015-01-01T00:00:00Z", "ESME"
    std::optional<std::int64_t> number;  ///< as on the wire, where the text is made from a number
    std::string unit;                    ///< "GBP", "Wh", "m3"; the text has it too
    std::vector<Description> children;
};

/// With a key ring: what encrypted parts hold, and how the protections fare.
Description describe(const Message& message, const KeyRing* keys = nullptr);

/// 250000 -> "2.50 GBP": money counts 10^-5 GBP (GBCS 14.4); at least two digits follow the point.
std::string money_text(std::int64_t amount);
/// Seconds since 2000-01-01 as UTC text.
std::string utc_text(std::uint32_t seconds);
/// A DLMS date-time: UTC text, "now" and "never" for the two that future dating gives a meaning (GBCS 9.2),
/// unspecified fields as asterisks.
std::string date_time_text(ByteView twelve);

}  // namespace meterbed::gbcs
