// Simulated time: microseconds since the epoch, UTC. Nothing below python/ asks the wall clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace meterbed {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;

/// 9999-12-31T23:59:59Z, the notAfter of device certificates (RFC 5280 4.1.2.5) and the cancelling time of
/// CS02b.
constexpr Time kForever = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + std::chrono::hours{24} -
                          std::chrono::seconds{1};

/// 2020-03-02T06:00:00.000000Z
std::string to_text(Time time);

/// Reads "2020-03-02", "2020-03-02 06:00", "2020-03-02T06:00:00Z" (always UTC); nothing when it is not a
/// time.
std::optional<Time> parse_time(std::string_view text);

}  // namespace meterbed
