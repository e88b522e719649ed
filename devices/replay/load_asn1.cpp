// Counters, floors and results of ASN.1 responses.
#include "devices/gbcs/cs02.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {
namespace {

/// CS02a and CS02f report the counters of each role.
void load_counters(Loading& it, const gbcs::ProvideSecurityCredentialsResponse& response) {
    for (const auto& entry : response) {
        if (entry.status != gbcs::StatusCode::success) continue;
        const std::uint64_t counter = entry.current_counter.value_or(0);
        if (counter == current(it.bench.device().replay_counters(), entry.role)) continue;
        accept(it.bench.device().replay_counters(), entry.role, {}, false, counter);
        it.loaded = true;
    }
}

}  // namespace

void load_asn1(Loading& it) {
    if (!gbcs::is_cs02(it.response.code())) return;
    const auto payload = gbcs::parse_cs02(it.response.code(), gbcs::CraFlag::response, it.response.payload);
    if (!payload) return;
    if (const auto* read = std::get_if<gbcs::ProvideSecurityCredentialsResponse>(&*payload))
        load_counters(it, *read);
}

}  // namespace meterbed::replay
