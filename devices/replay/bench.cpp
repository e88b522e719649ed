#include "devices/replay/bench.h"

#include "devices/use_cases/update_checks.h"
#include "pki/replacement.h"

namespace meterbed::replay {
namespace {

struct Reference {
    std::uint8_t last_octet;
    DeviceType type;
};
constexpr std::uint64_t kReferenceFleet = 0x00DB123456789000;
constexpr Reference kReferences[] = {
    {0xA0, DeviceType::eSME},  {0xA1, DeviceType::gSME},   {0xA2, DeviceType::CHF},  {0xA3, DeviceType::GPF},
    {0xA4, DeviceType::PPMID}, {0xA5, DeviceType::HCALCS}, {0xA6, DeviceType::SAPC},
};

CertificateRef held(const gbcs::KeyRing& keys, Eui64 party, KeyUsage usage,
                    CellUsage cell = CellUsage::management) {
    const auto all = keys.certificates(party, usage, cell);
    return all.empty() ? nullptr : all.front();
}

/// A signing key in place of the unknown one; the agreement key stays unknown, secrets are told.
DeviceIdentity stand_in(const Subject& subject, const gbcs::KeyRing& keys) {
    Random random(subject.id.value, "stands in for an unknown signing key");
    const CertificateRef agreement = held(keys, subject.id, KeyUsage::keyAgreement);
    return {subject.id,
            KeyPair::generate(random),
            agreement ? agreement->public_key : PublicKey{},
            std::nullopt,
            held(keys, subject.id, KeyUsage::digitalSignature),
            agreement};
}

/// The party the device hears from or speaks to.
Eui64 other_party(const gbcs::Message& message) {
    return message.header.cra == gbcs::CraFlag::command ? message.header.originator
                                                        : message.header.recipient;
}

/// In whose cells that party stands: by its certificate, or, when it replaces credentials, by the mode: the
/// ACB holds the Supplier's cells of a GPF before handover.
std::optional<RemotePartyRole> role_of_party(const gbcs::Message& message, const gbcs::KeyRing& keys) {
    if (const auto mode = update_mode(message.code())) return authorising_role(*mode);
    for (const KeyUsage usage : {KeyUsage::digitalSignature, KeyUsage::keyAgreement})
        if (const CertificateRef certificate = held(keys, other_party(message), usage))
            return certificate->role;
    return std::nullopt;
}

/// The party with the lowest identifier whose certificates speak for this role.
std::optional<Eui64> party_in(RemotePartyRole role, const gbcs::KeyRing& keys) {
    std::optional<Eui64> found;
    for (const CertificateRef& certificate : keys.all())
        if (!certificate->is_ca && certificate->role == role && (!found || certificate->subject < *found))
            found = certificate->subject;
    return found;
}

}  // namespace

std::optional<DeviceType> reference_device(Eui64 id) {
    for (const Reference& row : kReferences)
        if (id.value == (kReferenceFleet | row.last_octet)) return row.type;
    return std::nullopt;
}

Time reference_time() { return std::chrono::sys_days{std::chrono::year{2015} / 1 / 1}; }

Bench::Bench(const Subject& subject, const Setting& setting, const gbcs::Message& message)
    : setting_(setting), context_(reference_time()) {
    device_ = make_device(subject.type, stand_in(subject, setting.keys), secrets_);
    // The reference devices live before their certificates are valid and act on some after they have expired.
    device_->check_certificate_times = false;
    fill_cells(message);
    learn_secrets();
}

void Bench::fill_cells(const gbcs::Message& message) {
    const auto spoken_for = role_of_party(message, setting_.keys);
    TrustAnchors& anchors = device_->trust_anchors();
    for (const Cell& cell : anchors.cells()) {
        if (cell.role == RemotePartyRole::root) {
            anchors.place(cell, setting_.root);
            continue;
        }
        const auto holder =
            cell.role == spoken_for ? other_party(message) : party_in(cell.role, setting_.keys);
        if (!holder) continue;
        CertificateRef certificate = held(setting_.keys, *holder, cell.key_usage, cell.cell_usage);
        // The ACB, which holds a Supplier's cells before handover, has no key of its own for top-ups.
        if (!certificate) certificate = held(setting_.keys, *holder, cell.key_usage);
        if (certificate) anchors.place(cell, std::move(certificate));
    }
}

/// From the other party's private key: the secret is the same from either end.
void Bench::learn_secrets() {
    const PublicKey& own = device_->identity().agreement;
    for (const CertificateRef& peer : setting_.keys.all()) {
        if (peer->usage != KeyUsage::keyAgreement || peer->is_ca || peer->is_device) continue;
        for (const CellUsage cell : {CellUsage::management, CellUsage::prePaymentTopUp}) {
            const CertificateRef certificate =
                held(setting_.keys, peer->subject, KeyUsage::keyAgreement, cell);
            const SharedSecret* secret =
                certificate ? setting_.keys.secret(device_->id(), peer->subject, cell) : nullptr;
            if (secret) secrets_.know(own, certificate->public_key, *secret);
        }
    }
}

std::vector<gbcs::Message> Bench::receive(ByteView command) {
    context_.forget();
    device_->receive(command, context_);
    return sent();
}

std::vector<gbcs::Message> Bench::run_until(Time time) {
    context_.forget();
    context_.run_until(time, *device_);
    return sent();
}

std::vector<gbcs::Message> Bench::sent() const {
    std::vector<gbcs::Message> messages;
    for (const Bytes& octets : context_.sent)
        if (auto message = gbcs::parse(octets)) messages.push_back(*std::move(message));
    return messages;
}

std::string_view Bench::dropped_as() const {
    const auto dropped = context_.notes_of(notes::command_dropped);
    return dropped.empty() ? std::string_view{} : dropped.back().verdict;
}

}  // namespace meterbed::replay
