#include <algorithm>

#include "devices/gbcs/dlms.h"
#include "devices/replay/replay.h"

namespace meterbed::replay {
namespace {

using namespace gbcs::dlms;

std::string octets_differ(std::string_view what, ByteView ours, ByteView recorded) {
    const auto [mine, theirs] = std::ranges::mismatch(ours, recorded);
    const auto at = static_cast<std::size_t>(mine - ours.begin());
    const auto shown = [at](ByteView octets) {
        return to_hex(octets.subspan(at, std::min<std::size_t>(12, octets.size() - at)));
    };
    return std::string(what) + " differs at octet " + std::to_string(at) + ": " + shown(ours) +
           " instead of " + shown(recorded);
}

/// "item 3: result 4 instead of 1"
std::optional<std::string> items_differ(const AccessResponse& ours, const AccessResponse& recorded) {
    for (std::size_t i = 0; i < std::min(ours.results.size(), recorded.results.size()); ++i) {
        const std::string item = "item " + std::to_string(i + 1);
        const auto number = [](Result result) { return std::to_string(static_cast<int>(result)); };
        if (ours.results[i].result != recorded.results[i].result)
            return item + ": result " + number(ours.results[i].result) + " instead of " +
                   number(recorded.results[i].result);
        if (i < ours.data.size() && i < recorded.data.size() && ours.data[i] != recorded.data[i])
            return octets_differ(item + ": data", encode_value(ours.data[i]), encode_value(recorded.data[i]));
    }
    return std::nullopt;
}

std::string payloads_differ(const gbcs::Message& ours, const gbcs::Message& recorded) {
    const auto mine = parse(ours.payload), theirs = parse(recorded.payload);
    if (mine && theirs) {
        const auto *one = std::get_if<AccessResponse>(&*mine), *other = std::get_if<AccessResponse>(&*theirs);
        if (one && other)
            if (auto items = items_differ(*one, *other)) return *items;
    }
    return octets_differ("payload", ours.payload, recorded.payload);
}

std::string difference(const gbcs::Message& ours, const gbcs::Message& recorded, ByteView octets) {
    if (ours.payload != recorded.payload) return payloads_differ(ours, recorded);
    if (ours.header.date_time != recorded.header.date_time) return "date-time of the response differs";
    if (ours.header != recorded.header) return octets_differ("message", gbcs::encode(ours), octets);
    if (ours.signature.has_value() != recorded.signature.has_value())
        return "one has a signature, one has none";
    return "MAC differs";
}

}  // namespace

Outcome compare(const gbcs::Message& ours, ByteView recorded, const PublicKey& signer) {
    if (std::ranges::equal(gbcs::encode(ours), recorded)) return {.likeness = Likeness::equal};
    const auto theirs = gbcs::parse(recorded);
    if (!theirs) return {.reason = "recorded message: " + theirs.error().text()};
    if (ours.signature && theirs->signature) {
        gbcs::Message exchanged = ours;
        exchanged.signature = theirs->signature;
        if (std::ranges::equal(gbcs::encode(exchanged), recorded)) {
            if (!gbcs::signature_is_valid(ours, signer))
                return {.reason = "our own signature does not verify"};
            return {.likeness = Likeness::equal_to_signature};
        }
    }
    return {.reason = difference(ours, *theirs, recorded)};
}

}  // namespace meterbed::replay
