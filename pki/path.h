// Path validation at simulated time, as a device does it (GBCS 13.3; RFC 5280 6 without revocation).
#pragma once

#include <optional>
#include <span>

#include "pki/certificate.h"
#include "pki/verdict.h"

namespace meterbed {

/// Codes of certificate verdicts.
namespace certificate_codes {
constexpr std::string_view malformed = "malformed certificate";
constexpr std::string_view oversize = "certificate too large";
constexpr std::string_view wrong_usage = "wrong key usage";
constexpr std::string_view wrong_role = "wrong role";
constexpr std::string_view wrong_policy = "wrong policy";
constexpr std::string_view not_yet_valid = "not yet valid";
constexpr std::string_view expired = "expired";
constexpr std::string_view no_path = "no path to the root";
constexpr std::string_view bad_signature = "bad certificate signature";
constexpr std::string_view not_a_ca = "issuer is not a CA";
constexpr std::string_view path_too_long = "path too long";
constexpr std::string_view cell_not_allowed = "cell not allowed for this mode";
constexpr std::string_view mode_not_allowed = "mode not allowed on this device";
constexpr std::string_view no_such_cell = "no such cell";
}  // namespace certificate_codes

/// `intermediates` in any order; `root` is what the device's root cell holds (its validity is not checked:
/// devices do not act on the expiry of a stored anchor). `at` empty: time checks are not applied
/// (applyTimeBasedCPVChecks = disapply). Names are compared byte for byte, keys by identifier.
Verdict validate_path(const Certificate& leaf, std::span<const CertificateRef> intermediates,
                      const Certificate& root, std::optional<Time> at);

}  // namespace meterbed
