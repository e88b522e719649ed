// The test SMKI: two hierarchies (organisations, devices) that issue genuine certificates, and wrong ones on
// demand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pki/certificate.h"
#include "pki/random.h"
#include "pki/roles.h"

namespace meterbed {

/// What the Authority does wrong when asked to; one at a time. The last five are departures that the public
/// test certificates show (smki.md 2.7): a device may take them, and readers report them as oddities.
enum class Misbehaviour : std::uint8_t {
    none,
    wrong_role,             ///< OU names another role
    wrong_eui,              ///< another EUI-64
    wrong_issuer,           ///< signed by a CA of another tree, no path to our root
    wrong_usage,            ///< digitalSignature for keyAgreement and the reverse
    wrong_policy,           ///< a policy of another environment
    expired,                ///< the validity lies before `from` and ends a second before it
    not_yet_valid,          ///< the validity lies ten years later
    bad_signature,          ///< one bit of the signature flipped
    oversize,               ///< a common name that makes it larger than Certificate::kMaximumSize
    end_entity_issuer,      ///< issued by `Authority::end_entity`, which is no CA
    decimal_unit,           ///< OU as three decimal digits instead of two hexadecimal digits
    null_parameter,         ///< NULL as parameter of the signature algorithm
    no_key_identifier,      ///< no subjectKeyIdentifier
    policies_not_critical,  ///< certificatePolicies not critical
};

/// "wrong role", "not yet valid", ... ; "none" for the genuine.
std::string_view name(Misbehaviour misbehaviour);
std::optional<Misbehaviour> misbehaviour(std::string_view name);
/// All of them, `none` first.
std::span<const Misbehaviour> misbehaviours();

/// 1.2.826.0.1.8641679.1.2.1.4: the policy of a test environment (SEC Appendices A, B as observed).
inline constexpr std::string_view kTestPolicy = "1.2.826.0.1.8641679.1.2.1.4";
/// A policy that no device here accepts: the next environment of the same arc.
inline constexpr std::string_view kForeignPolicy = "1.2.826.0.1.8641679.1.2.1.3";

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

    /// Throws std::invalid_argument for a misbehaviour that this kind of certificate has no field for.
    CertificateRef issue(const OrganisationRequest& request);
    CertificateRef issue(const DeviceRequest& request);
    /// The same subject, role and usage with another key and validity.
    CertificateRef renew(const Certificate& certificate, const PublicKey& key, Time from);
    /// A genuine ACB certificate whose key has issued certificates all the same; made when first asked for.
    const CertificateRef& end_entity();

    const CertificateRef& root() const { return root_; }        ///< Root OCA, what devices hold
    const CertificateRef& issuing() const { return issuing_; }  ///< Issuing OCA, what commands carry
    const CertificateRef& device_root() const { return device_root_; }
    const CertificateRef& device_issuing() const { return device_issuing_; }

  private:
    CertificateRef finish(Certificate fields, const Certificate& issuer, const KeyPair& issuer_key,
                          Misbehaviour misbehaviour);

    Random random_;
    KeyPair root_key_, issuing_key_, device_root_key_, device_issuing_key_, stranger_key_;
    CertificateRef root_, issuing_, device_root_, device_issuing_, end_entity_;
    Time founded_;
};

}  // namespace meterbed
