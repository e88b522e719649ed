#include "pki/profile.h"

#include <algorithm>

namespace meterbed {

void note_profile_oddities(Certificate& certificate) {
    const auto odd = [&](const char* what) { certificate.oddities.emplace_back(what); };
    if (certificate.serial.size() != 16) odd("serial number is not 16 octets");
    if (certificate.key_identifier.empty()) {
        odd("no subjectKeyIdentifier");
    } else if (!std::ranges::equal(certificate.key_identifier, key_identifier(certificate.public_key))) {
        odd("subjectKeyIdentifier is not that of RFC 5280 method 2");
    }
    const bool self_issued = certificate.issuer_name == certificate.subject_name;
    if (certificate.authority_key_identifier.empty() && !self_issued) odd("no authorityKeyIdentifier");
    if (!certificate.is_ca && certificate.subject.value == 0) odd("no EUI-64");
    if (!certificate.is_ca && certificate.usage == KeyUsage::keyCertSign)
        odd("may sign certificates but is no CA");
    if (certificate.not_after < certificate.not_before) odd("ends before it begins");
    if (certificate.is_device && certificate.subject_name.size() != 2)
        odd("device certificate with a subject name");
    if (certificate.is_device && certificate.not_after != kForever)
        odd("device certificate that ends before 9999");
}

}  // namespace meterbed
