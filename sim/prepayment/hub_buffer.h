// What a hub without WAN holds for the users of its home, and in which order it lets go of it. Capacity and
// drop order are in no document at hand (ASSUMPTION): all responses, and `hub_buffer_alerts` alerts, of which
// the oldest non-critical one gives way first. When there is WAN again everything leaves at once, in the
// order in which it came. The same value holds signed messages on a bench and what stands for them in a
// fleet.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pki/time.h"
#include "sim/prepayment/cover.h"
#include "sim/prepayment/settings.h"

namespace meterbed {

/// A message on its way out of a home.
template <typename Message>
struct Held {
    Time since;
    std::uint16_t code = 0;  ///< of an alert; 0: a response to a command
    Message message{};
};

/// In the order in which they came.
template <typename Message>
using HubBuffer = std::vector<Held<Message>>;

/// Alerts that devices sign: 8Fxx (GBCS 16).
constexpr bool is_critical(std::uint16_t code) { return code >= 0x8F00; }

/// Takes a message, at most so many alerts; whatever had to give way for it, which may be itself.
template <typename Message>
std::optional<Held<Message>> hold(HubBuffer<Message>& buffer, Held<Message> message, int alerts) {
    buffer.push_back(std::move(message));
    const auto is_alert = [](const Held<Message>& each) { return each.code != 0; };
    if (std::ranges::count_if(buffer, is_alert) <= alerts) return std::nullopt;
    auto oldest = std::ranges::find_if(
        buffer, [&](const Held<Message>& each) { return is_alert(each) && !is_critical(each.code); });
    if (oldest == buffer.end()) oldest = std::ranges::find_if(buffer, is_alert);
    Held<Message> dropped = std::move(*oldest);
    buffer.erase(oldest);
    return dropped;
}

/// All of it, in order; none is left.
template <typename Message>
HubBuffer<Message> release(HubBuffer<Message>& buffer) {
    return std::exchange(buffer, {});
}

/// Whether the hub of a home ever has to hold anything: there is a buffer, and the WAN may not reach it.
bool may_hold(const PrepaymentSettings& settings, const WanCover& cover);

/// How records name a message: "810E", "response".
std::string report_name(std::uint16_t code);

}  // namespace meterbed
