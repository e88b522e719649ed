// Counters, floors and results of ASN.1 responses.
#include <algorithm>

#include "devices/gbcs/cs02.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {
namespace {

bool holds(const Loading& it, RemotePartyRole role) {
    const TrustAnchors& anchors = it.bench.device().trust_anchors();
    return std::ranges::any_of(anchors.cells(),
                               [&](const Cell& cell) { return cell.role == role && anchors.at(cell); });
}

/// CS02a and CS02f report the counters of each role.
void load_counters(Loading& it, const gbcs::ProvideSecurityCredentialsResponse& response) {
    for (const auto& entry : response) {
        // The device has the cells, and yet could not answer for them.
        if (entry.status == gbcs::StatusCode::other && holds(it, entry.role)) {
            it.bench.device().credential_faults[it.command.code()] = static_cast<std::uint64_t>(entry.status);
            it.fault = true;
        }
        if (entry.status != gbcs::StatusCode::success) continue;
        const std::uint64_t counter = entry.current_counter.value_or(0);
        if (counter == current(it.bench.device().replay_counters(), entry.role)) continue;
        accept(it.bench.device().replay_counters(), entry.role, {}, false, counter);
        it.loaded = true;
    }
}

constexpr gbcs::MessageCode kUpdateCertificate{0x000B};
/// What a device answers for a command it understands and cannot carry out: CS02c and CS02e 2 and 3, CS02d 6
/// and 7.
bool is_fault(gbcs::MessageCode code, std::uint64_t result) {
    return code == kUpdateCertificate ? result == 6 || result == 7 : result == 2 || result == 3;
}

/// CS02d succeeds for the key pair that the device made before: of it only the certificate tells.
void load_pending_key(Loading& it) {
    const auto payload = gbcs::parse_cs02(it.command.code(), gbcs::CraFlag::command, it.command.payload);
    const auto* placed = payload ? std::get_if<gbcs::EncodedOrResult>(&*payload) : nullptr;
    const auto* der = placed ? std::get_if<Bytes>(placed) : nullptr;
    const auto certificate = der ? Certificate::parse(*der) : tl::unexpected(std::string("no certificate"));
    if (!certificate || !certificate->usage) return;
    Device& device = it.bench.device();
    device.pending_key() = std::make_unique<PendingKey>(PendingKey{
        *certificate->usage, KeyPair::generate(it.bench.context().random()), certificate->public_key});
    it.loaded = true;
}

void load_result(Loading& it, const gbcs::EncodedOrResult& answered) {
    const auto* result = std::get_if<std::uint64_t>(&answered);
    if (!result) return;
    if (is_fault(it.command.code(), *result)) {
        it.bench.device().credential_faults[it.command.code()] = *result;
        it.fault = true;
    } else if (it.command.code() == kUpdateCertificate && *result == 0) {
        load_pending_key(it);
    }
}

}  // namespace

void load_asn1(Loading& it) {
    load_joining(it);
    if (!gbcs::is_cs02(it.response.code())) return;
    const auto payload = gbcs::parse_cs02(it.response.code(), gbcs::CraFlag::response, it.response.payload);
    if (!payload) return;
    if (const auto* read = std::get_if<gbcs::ProvideSecurityCredentialsResponse>(&*payload))
        load_counters(it, *read);
    if (const auto* result = std::get_if<gbcs::EncodedOrResult>(&*payload)) load_result(it, *result);
}

}  // namespace meterbed::replay
