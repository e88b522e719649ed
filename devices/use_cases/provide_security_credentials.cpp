// CS02a and CS02f: which party stands in which cell (GBCS 13).
#include "devices/use_cases/execution.h"
#include "devices/use_cases/replace_cells.h"

namespace meterbed {
namespace {

/// CS02f answers `other` for a role without cells where CS02a answers `trustAnchorNotFound` (RTDS).
gbcs::StatusCode absent_status(gbcs::MessageCode code) {
    constexpr gbcs::MessageCode kCs02f{0x011B};
    return code == kCs02f ? gbcs::StatusCode::other : gbcs::StatusCode::trustAnchorNotFound;
}

gbcs::RoleCredentials credentials_of(const Device& device, RemotePartyRole role, gbcs::StatusCode absent) {
    const TrustAnchors& anchors = device.trust_anchors();
    gbcs::RoleCredentials credentials{role, absent, {}, {}};
    for (const Cell& cell : anchors.cells()) {
        if (cell.role != role || !anchors.at(cell)) continue;
        Identifiers held = identifiers_of(anchors.at(cell));
        credentials.credentials.push_back(
            {cell.key_usage, cell.cell_usage, std::move(held.subject), std::move(held.key_identifier)});
    }
    if (credentials.credentials.empty()) return credentials;
    credentials.status = gbcs::StatusCode::success;
    credentials.current_counter = current(device.replay_counters(), role);
    return credentials;
}

}  // namespace

Answer provide_security_credentials(Execution& it) {
    const gbcs::StatusCode absent = absent_status(it.command.message.code());
    gbcs::ProvideSecurityCredentialsResponse response;
    Answer answer;
    for (const RemotePartyRole role : it.content<gbcs::ProvideSecurityCredentials>().roles) {
        const auto fault = it.device.credential_faults.find(it.command.message.code());
        if (fault != it.device.credential_faults.end())
            response.push_back({role, static_cast<gbcs::StatusCode>(fault->second), {}, {}});
        else
            response.push_back(credentials_of(it.device, role, absent));
        if (response.back().status != gbcs::StatusCode::success)
            answer.failure = name(response.back().status);
    }
    answer.payload = gbcs::encode_cs02(std::move(response));
    return answer;
}

}  // namespace meterbed
