#include "pki/path.h"

#include <algorithm>
#include <unordered_map>

#include "pki/digest.h"

namespace meterbed {

namespace {

namespace codes = certificate_codes;

/// Devices accept the policies of the environment they were made for; both test arcs of the public material.
constexpr std::array<std::string_view, 2> kPolicies{"1.2.826.0.1.8641679.1.2.1.4",
                                                    "1.2.826.0.1.1800000.1.2.1.4"};

struct DigestHash {
    std::size_t operator()(const Digest& digest) const noexcept {
        std::size_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest[i];
        return value;
    }
};

/// Whether the issuer's key made the signature. Thousands of meters are handed the same certificate, and the
/// answer depends on nothing but these octets: it is remembered, up to a bound.
bool signed_by(const Certificate& certificate, const Certificate& issuer) {
    constexpr std::size_t kBound = 512;
    thread_local std::unordered_map<Digest, bool, DigestHash> known;
    Sha256 hash;
    hash.add(issuer.public_key.xy);
    hash.add(certificate.signature.rs);
    hash.add(certificate.to_be_signed);
    const Digest key = hash.finish();
    if (const auto found = known.find(key); found != known.end()) return found->second;
    if (known.size() >= kBound) known.clear();
    return known[key] = verify(issuer.public_key, certificate.to_be_signed, certificate.signature);
}

bool names_as_issuer(const Certificate& certificate, const Certificate& issuer) {
    return certificate.issuer_name == issuer.subject_name &&
           (certificate.authority_key_identifier.empty() ||
            certificate.authority_key_identifier == issuer.key_identifier);
}

bool same_key(const Certificate& a, const Certificate& b) { return a.public_key == b.public_key; }

Verdict in_time(const Certificate& certificate, Time at) {
    if (at < certificate.not_before)
        return Verdict::refused(codes::not_yet_valid, to_text(certificate.not_before));
    if (at > certificate.not_after) return Verdict::refused(codes::expired, to_text(certificate.not_after));
    return {};
}

Verdict policy_fits(const Certificate& certificate) {
    const bool known = std::ranges::any_of(certificate.policies, [](const std::string& policy) {
        return std::ranges::find(kPolicies, policy) != kPolicies.end();
    });
    return known ? Verdict{} : Verdict::refused(codes::wrong_policy, "no policy of this environment");
}

Verdict ca_fits(const Certificate& issuer, int certificates_below) {
    if (!issuer.is_ca || issuer.usage != KeyUsage::keyCertSign) return Verdict::refused(codes::not_a_ca);
    if (issuer.path_length && *issuer.path_length < certificates_below)
        return Verdict::refused(codes::path_too_long);
    return {};
}

const Certificate* find_issuer(const Certificate& certificate,
                               std::span<const CertificateRef> intermediates) {
    for (const CertificateRef& candidate : intermediates) {
        if (candidate && names_as_issuer(certificate, *candidate)) return candidate.get();
    }
    return nullptr;
}

}  // namespace

Verdict validate_path(const Certificate& leaf, std::span<const CertificateRef> intermediates,
                      const Certificate& root, std::optional<Time> at) {
    constexpr int kLongest = 4;
    const Certificate* current = &leaf;
    for (int depth = 0; depth < kLongest; ++depth) {
        if (Verdict verdict = policy_fits(*current); !verdict && !same_key(*current, root)) return verdict;
        if (at) {
            if (Verdict verdict = in_time(*current, *at); !verdict) return verdict;
        }
        // The anchor is a name and a key (RFC 5280 6.1.1): its own signature, validity and policies are not
        // looked at.
        if (names_as_issuer(*current, root)) {
            return signed_by(*current, root) ? Verdict{} : Verdict::refused(codes::bad_signature);
        }
        const Certificate* issuer = find_issuer(*current, intermediates);
        if (issuer == nullptr) return Verdict::refused(codes::no_path, "no certificate of the issuer");
        if (Verdict verdict = ca_fits(*issuer, depth); !verdict) return verdict;
        if (!signed_by(*current, *issuer)) return Verdict::refused(codes::bad_signature);
        current = issuer;
    }
    return Verdict::refused(codes::path_too_long);
}

}  // namespace meterbed
