// Constants of the SMKI certificate profiles, and the departures from them that are worth a remark.
#pragma once

#include <string_view>

#include "pki/certificate.h"

namespace meterbed {

inline constexpr std::string_view kHardwareModuleName = "1.3.6.1.5.5.7.8.4";
/// hwType as the octets of the public test certificates have it; the 04 that follows is the OCTET STRING of
/// hwSerialNum.
inline constexpr std::string_view kHardwareType = "1.2.826.0.1.8641679.1.2.2.1";
inline constexpr std::string_view kEcdsaWithSha256 = "1.2.840.10045.4.3.2";

/// Appends to `certificate.oddities` what departs from SEC Appendices A and B and can be told from the
/// fields.
void note_profile_oddities(Certificate& certificate);

}  // namespace meterbed
