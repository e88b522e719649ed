#include "devices/use_cases/encryption.h"

namespace meterbed {
namespace {

constexpr std::uint8_t kEncryptionFlag = 0x04;

struct Reader {
    PublicKey key;
    Eui64 id;
    std::uint64_t counter = 0;
};

std::optional<Reader> unknown_reader(Execution& it, Answer& answer) {
    const gbcs::OtherInformation& other = it.header().other;
    const auto certificate = Certificate::parse(other.supplementary_certificate);
    if (!certificate) return std::nullopt;
    if (!answer.supplementary_counter) answer.supplementary_counter = it.device.next_counter();
    return Reader{certificate->public_key, *other.supplementary_party, *answer.supplementary_counter};
}

std::optional<Reader> known_reader(const Execution& it) {
    const Cell cell{it.command.role, KeyUsage::keyAgreement};
    const CertificateRef& certificate = it.device.trust_anchors().at(cell);
    if (!certificate) return std::nullopt;
    return Reader{certificate->public_key, it.header().originator, it.header().counter};
}

}  // namespace

std::optional<gbcs::SymmetricKey> encryption_key(Execution& execution, Answer& answer) {
    const bool unknown = execution.header().other.supplementary_party.has_value();
    const auto reader = unknown ? unknown_reader(execution, answer) : known_reader(execution);
    const SharedSecret* secret = reader ? execution.device.secret_with(reader->key) : nullptr;
    if (!secret) return std::nullopt;
    return gbcs::derive_key(*secret, execution.device.id(), kEncryptionFlag, reader->counter, reader->id);
}

}  // namespace meterbed
