#include "devices/replay/loading.h"

#include "devices/gbcs/dlms.h"

namespace meterbed::replay {
namespace {

struct FamilyRow {
    gbcs::PayloadFamily family;
    void (*load)(Loading&);
};
constexpr FamilyRow kFamilies[] = {
    {gbcs::PayloadFamily::dlms, load_dlms},
    {gbcs::PayloadFamily::gbz, load_gbz},
    {gbcs::PayloadFamily::asn1, load_asn1},
};

/// Octet 12 of the date-time: 02 says that the time is not reliable (RTDS, gas devices).
void load_clock(Loading& it) {
    const auto& shown = it.response.header.date_time;
    if (!shown) return;
    if (const auto time = gbcs::dlms::time_of(*shown)) it.bench.context().set(*time);
    constexpr std::uint8_t kUnreliable = 0x02;
    if (shown->back() == kUnreliable) it.bench.device().time_status = TimeStatus::unreliable;
}

/// The device's own counter, which it takes when it encrypts for an unknown party.
void load_counter(Loading& it) {
    const auto& counter = it.response.header.other.supplementary_originator_counter;
    if (!counter) return;
    it.bench.device().set_own_counter(*counter - 1);
    it.loaded = true;
}

}  // namespace

void load(Loading& it) {
    load_clock(it);
    load_counter(it);
    const gbcs::PayloadFamily family = gbcs::payload_family(it.command.code(), it.command.payload);
    for (const FamilyRow& row : kFamilies)
        if (row.family == family) row.load(it);
}

std::optional<Bytes> opened(const Loading& it, ByteView block) {
    const auto key = gbcs::encryption_key(it.response.header, it.bench.keys());
    if (!key) return std::nullopt;
    auto plain = gbcs::decrypt(block, *key, it.response.header.originator);
    return plain ? std::optional(*std::move(plain)) : std::nullopt;
}

}  // namespace meterbed::replay
