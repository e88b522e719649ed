#include "devices/use_cases/encryption.h"

namespace meterbed {
namespace {

constexpr std::uint8_t kEncryptionFlag = 0x04;

struct Reader {
    PublicKey key;
    Eui64 id;
    std::uint64_t counter = 0;
};

/// A command without a certificate names a party that the device does know (RTDS, GCS15d).
std::optional<Reader> party_in_cells(const Execution& it, Eui64 party) {
    const TrustAnchors& anchors = it.device.trust_anchors();
    for (const Cell& cell : anchors.cells()) {
        const bool agreement =
            cell.key_usage == KeyUsage::keyAgreement && cell.cell_usage == CellUsage::management;
        if (agreement && anchors.at(cell) && anchors.at(cell)->subject == party)
            return Reader{anchors.at(cell)->public_key, party, it.header().counter};
    }
    return std::nullopt;
}

std::optional<Reader> unknown_reader(Execution& it, Answer& answer) {
    const gbcs::OtherInformation& other = it.header().other;
    if (other.supplementary_certificate.empty()) return party_in_cells(it, *other.supplementary_party);
    const auto certificate = Certificate::parse(other.supplementary_certificate);
    if (!certificate) return std::nullopt;
    if (!it.device.own_counter_for_unknown_parties)
        return Reader{certificate->public_key, *other.supplementary_party, it.header().counter};
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
