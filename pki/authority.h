// The test SMKI: two hierarchies (organisations, devices) that issue genuine certificates, and wrong ones on
// demand.
#pragma once

#include <optional>
#include <string>

#include "pki/certificate.h"
#include "pki/random.h"
#include "pki/roles.h"

namespace meterbed {

/// What the Authority does wrong when asked to; one at a time.
enum class Misbehaviour : std::uint8_t {
    none,
    wrong_role,     ///< OU names another role
    wrong_eui,      ///< another EUI-64
    wrong_issuer,   ///< signed by a CA of another tree, no path to our root
    wrong_usage,    ///< digitalSignature for keyAgreement and the reverse
    expired,        ///< notAfter lies before notBefore of the request
    bad_signature,  ///< one bit of the signature flipped
    oversize,       ///< a common name that makes it larger than Certificate::kMaximumSize
};

/// 1.2.826.0.1.8641679.1.2.1.4: the policy of a test environment (SEC Appendices A, B as observed).
inline constexpr std::string_view kTestPolicy = "1.2.826.0.1.8641679.1.2.1.4";

struct OrganisationRequest {
    Eui64 subject;
    RemotePartyRole role = RemotePartyRole::supplier;
    KeyUsage usage = KeyUsage::digitalSignature;
    PublicKey key;
    std::string common_name;    ///< only Supplier signing certificates carry one
    Time from;                  ///< notBefore
    std::optional<Time> until;  ///< notAfter; nothing: ten calendar years less a second
    Misbehaviour misbehaviour = Misbehaviour::none;
};

struct DeviceRequest {
    Eui64 subject;
    KeyUsage usage = KeyUsage::digitalSignature;
    PublicKey key;
    Time from;
    Misbehaviour misbehaviour = Misbehaviour::none;
};

class Authority {
  public:
    /// Makes Root OCA, Issuing OCA, Root DCA and Issuing DCA, valid from `founded` for 25 years.
    Authority(Random random, Time founded);

    CertificateRef issue(const OrganisationRequest& request);
    CertificateRef issue(const DeviceRequest& request);
    /// The same subject, role and usage with another key and validity.
    CertificateRef renew(const Certificate& certificate, const PublicKey& key, Time from);

    const CertificateRef& root() const { return root_; }        ///< Root OCA, what devices hold
    const CertificateRef& issuing() const { return issuing_; }  ///< Issuing OCA, what commands carry
    const CertificateRef& device_root() const { return device_root_; }
    const CertificateRef& device_issuing() const { return device_issuing_; }

  private:
    CertificateRef finish(Certificate fields, const Certificate& issuer, const KeyPair& issuer_key,
                          Misbehaviour misbehaviour);

    Random random_;
    KeyPair root_key_, issuing_key_, device_root_key_, device_issuing_key_, stranger_key_;
    CertificateRef root_, issuing_, device_root_, device_issuing_;
};

}  // namespace meterbed
