// Which failure raises which code: names are GBCS 16's, the mapping is K. One table, so that it can be
// corrected.
#include "devices/verification.h"
#include "pki/path.h"

namespace meterbed {
namespace {

using namespace command_codes;

constexpr std::uint16_t kIntegrityCheckFailed = 0x8F1E;  // of content or format of command
constexpr std::uint16_t kNoAuthority = 0x8F30;           // source does not have authority for command
constexpr std::uint16_t kSourceNotAuthentic = 0x8F3D;    // trusted source authentication failure
constexpr std::uint16_t kOtherFailure = 0x8F53;          // not covered by other codes, log only

constexpr RefusalConsequence kConsequences[] = {
    {malformed, kIntegrityCheckFailed, true},
    {unknown_code, kIntegrityCheckFailed, true},
    {wrong_device_type, kIntegrityCheckFailed, true},
    {malformed_payload, kIntegrityCheckFailed, true},
    {inconsistent_control, kIntegrityCheckFailed, true},
    {duplicate_target, kIntegrityCheckFailed, true},
    {role_not_permitted, kNoAuthority, true},
    {certificate_codes::cell_not_allowed, kNoAuthority, true},
    {certificate_codes::mode_not_allowed, kNoAuthority, true},
    {certificate_codes::no_such_cell, kIntegrityCheckFailed, true},
    {unknown_originator, kSourceNotAuthentic, true},
    {supplementary_party, kSourceNotAuthentic, true},
    {signature_missing, kSourceNotAuthentic, true},
    {unexpected_signature, kSourceNotAuthentic, true},
    {mac_missing, kSourceNotAuthentic, true},
    {unexpected_mac, kSourceNotAuthentic, true},
    {bad_signature, kSourceNotAuthentic, true},
    {bad_mac, kSourceNotAuthentic, true},
    {contingency, kSourceNotAuthentic, true},
    {not_for_this_device, kOtherFailure, false},
    {not_a_command, kOtherFailure, false},
    {replayed, kOtherFailure, false},
    {"", kOtherFailure, false},
};

}  // namespace

const RefusalConsequence& consequence_of(std::string_view verdict) {
    for (const RefusalConsequence& row : kConsequences)
        if (row.verdict == verdict) return row;
    return kConsequences[std::size(kConsequences) - 1];
}

}  // namespace meterbed
