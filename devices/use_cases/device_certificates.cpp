// CS02c, CS02d and CS02e: the device's own key pairs and certificates (GBCS 13).
#include <algorithm>

#include "devices/use_cases/certification_request.h"
#include "devices/use_cases/execution.h"

namespace meterbed {
namespace {

/// Response codes of CS02d.
enum class Update : std::uint8_t {
    success = 0,
    invalidCertificate = 1,
    wrongDeviceIdentity = 2,
    invalidKeyUsage = 3,
    noCorrespondingKeyPairGenerated = 4,
    wrongPublicKey = 5,
};
constexpr std::string_view kUpdateNames[] = {"",
                                             "invalidCertificate",
                                             "wrongDeviceIdentity",
                                             "invalidKeyUsage",
                                             "noCorrespondingKeyPairGenerated",
                                             "wrongPublicKey"};
constexpr std::uint64_t kInvalidKeyUsage = 1, kNoCertificateHeld = 2;

/// Events of GBCS 16 when a certificate of the device's own changes, by key usage (log only, which is which
/// K).
constexpr std::uint16_t kSigningReplaced = 0x8F4C, kAgreementReplaced = 0x8F4D;

bool is_device_usage(KeyUsage usage) {
    return usage == KeyUsage::digitalSignature || usage == KeyUsage::keyAgreement;
}

Answer answer_with(gbcs::EncodedOrResult result, std::string_view failure = {}) {
    Answer answer;
    answer.payload = gbcs::encode_cs02(std::move(result));
    answer.failure = failure;
    return answer;
}

constexpr std::string_view kFault = "fault of the device";

std::optional<std::uint64_t> fault_of(const Execution& it) {
    const auto& faults = it.device.credential_faults;
    const auto found = faults.find(it.command.message.code());
    return found != faults.end() ? std::optional(found->second) : std::nullopt;
}

Update judge(const Device& device, const PendingKey* pending, const Certificate& certificate) {
    if (!certificate.is_device || certificate.subject != device.id()) return Update::wrongDeviceIdentity;
    if (!certificate.usage || !is_device_usage(*certificate.usage)) return Update::invalidKeyUsage;
    if (!pending || pending->usage != *certificate.usage) return Update::noCorrespondingKeyPairGenerated;
    return pending->public_key == certificate.public_key ? Update::success : Update::wrongPublicKey;
}

}  // namespace

Answer issue_security_credentials(Execution& it) {
    if (const auto fault = fault_of(it)) return answer_with(*fault, kFault);
    const KeyUsage usage = it.content<gbcs::KeyUsageRequest>().usage;
    if (!is_device_usage(usage)) return answer_with(kInvalidKeyUsage, "invalidKeyUsage");
    // A pair that was made before and never certified is forgotten: one waits at a time (K).
    it.device.pending_key() =
        std::make_unique<PendingKey>(PendingKey{usage, KeyPair::generate(it.context.random())});
    return answer_with(certification_request(it.device.id(), usage, it.device.pending_key()->key));
}

Answer update_device_certificate(Execution& it) {
    if (const auto fault = fault_of(it)) return answer_with(*fault, kFault);
    const auto* der = std::get_if<Bytes>(&it.content<gbcs::EncodedOrResult>());
    auto certificate = der ? Certificate::parse(*der) : tl::unexpected(std::string("not a certificate"));
    const PendingKey* pending = it.device.pending_key().get();
    const Update result = certificate ? judge(it.device, pending, *certificate) : Update::invalidCertificate;
    if (result == Update::success) {
        const bool signing = pending->usage == KeyUsage::digitalSignature;
        auto placed = std::make_shared<const Certificate>(*std::move(certificate));
        if (signing)
            it.device.replace_signing(pending->key, std::move(placed));
        else
            it.device.replace_agreement(pending->key, std::move(placed));
        it.device.pending_key().reset();
        it.device.log(Log::event, signing ? kSigningReplaced : kAgreementReplaced, it.context);
    }
    const auto code = static_cast<std::uint8_t>(result);
    return answer_with(std::uint64_t{code}, kUpdateNames[code]);
}

Answer provide_device_certificate(Execution& it) {
    if (const auto fault = fault_of(it)) return answer_with(*fault, kFault);
    const KeyUsage usage = it.content<gbcs::KeyUsageRequest>().usage;
    if (!is_device_usage(usage)) return answer_with(kInvalidKeyUsage, "invalidKeyUsage");
    const DeviceIdentity& identity = it.device.identity();
    const CertificateRef& held =
        usage == KeyUsage::digitalSignature ? identity.signing_certificate : identity.agreement_certificate;
    if (!held) return answer_with(kNoCertificateHeld, "noCertificateHeld");
    return answer_with(held->der);
}

}  // namespace meterbed
