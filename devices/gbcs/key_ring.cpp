#include "devices/gbcs/key_ring.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ranges>

namespace meterbed::gbcs {
namespace {

namespace fs = std::filesystem;

/// Nothing of a key store is larger.
constexpr std::uintmax_t kMaximumFile = 65536;

/// What the name of a file says: "90b3d51f30010000-pp-ka.key".
struct Named {
    std::optional<Eui64> party;
    std::string use;
};
Named named(const fs::path& file) {
    const std::string stem = file.stem().string();
    const std::size_t dash = stem.find('-');
    if (dash == std::string::npos) return {};
    return {Eui64::parse(stem.substr(0, dash)), stem.substr(dash + 1)};
}

/// Top-up keys are told by name alone.
CellUsage cell_of(const fs::path& file) {
    return file.stem().string().find("pp") != std::string::npos ? CellUsage::prePaymentTopUp
                                                                : CellUsage::management;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.file_size() <= kMaximumFile) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

tl::expected<Certificate, std::string> read_certificate(const std::string& content) {
    if (content.find("-----BEGIN CERTIFICATE") != std::string::npos) return Certificate::parse_pem(content);
    return Certificate::parse({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

bool has_private_key(const std::string& content) {
    return content.find("PRIVATE KEY-----") != std::string::npos;
}

}  // namespace

tl::expected<KeyRing, std::string> KeyRing::load(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return tl::unexpected("there is no folder of keys at " + folder.string());
    KeyRing ring;
    std::vector<std::pair<fs::path, KeyPair>> keys;
    for (const fs::path& file : files_below(folder)) {
        const std::string content = content_of(file);
        if (has_private_key(content)) {
            auto key = KeyPair::from_pem(content);
            if (key)
                keys.emplace_back(file, *std::move(key));
            else
                ring.ignored_.push_back(file.filename().string() + ": " + key.error());
        } else if (auto certificate = read_certificate(content)) {
            ring.add(*std::move(certificate), cell_of(file));
        } else {
            ring.ignored_.push_back(file.filename().string() + ": " + certificate.error());
        }
    }
    // A key belongs to the certificate of its public key; where there is none, its name tells.
    for (const auto& [file, key] : keys) {
        const auto owner = std::ranges::find_if(ring.all_, [&key = key](const CertificateRef& certificate) {
            return certificate->public_key == key.public_key() && certificate->usage;
        });
        const Named name = named(file);
        if (owner != ring.all_.end())
            ring.add((*owner)->subject, *(*owner)->usage, cell_of(file), key);
        else if (name.party)
            ring.add(*name.party, name.use == "ds" ? KeyUsage::digitalSignature : KeyUsage::keyAgreement,
                     cell_of(file), key);
        else
            ring.ignored_.push_back(file.filename().string() +
                                    ": neither a certificate nor its name says whose key it is");
    }
    return ring;
}

void KeyRing::add(Certificate certificate, CellUsage cell) {
    all_.push_back(std::make_shared<const Certificate>(std::move(certificate)));
    const Certificate& added = *all_.back();
    if (!added.usage || added.is_ca) return;
    const CellUsage held = *added.usage == KeyUsage::keyAgreement ? cell : CellUsage::management;
    certificates_[{added.subject, *added.usage, held}].push_back(all_.back());
    if (*added.usage == KeyUsage::keyAgreement && added.role) {
        std::vector<Eui64>& holders = parties_[*added.role];
        const auto at = std::ranges::lower_bound(holders, added.subject);
        if (at == holders.end() || *at != added.subject) holders.insert(at, added.subject);
    }
    secrets_.clear();
}

void KeyRing::add(Eui64 party, KeyUsage usage, CellUsage cell, KeyPair key) {
    const CellUsage held = usage == KeyUsage::keyAgreement ? cell : CellUsage::management;
    keys_.insert_or_assign({party, usage, held}, key);
    secrets_.clear();
}

std::span<const CertificateRef> KeyRing::certificates(Eui64 party, KeyUsage usage, CellUsage cell) const {
    const auto found = certificates_.find({party, usage, cell});
    if (found == certificates_.end()) return {};
    return found->second;
}

const Certificate* KeyRing::certificate(Eui64 party, KeyUsage usage, CellUsage cell) const {
    const auto found = certificates(party, usage, cell);
    return found.empty() ? nullptr : found.front().get();
}

const KeyPair* KeyRing::key(Eui64 party, KeyUsage usage, CellUsage cell) const {
    const auto found = keys_.find({party, usage, cell});
    return found != keys_.end() ? &found->second : nullptr;
}

std::optional<SharedSecret> KeyRing::agree(const Pair& pair) const {
    constexpr KeyUsage usage = KeyUsage::keyAgreement;
    const KeyPair* own = key(pair.remote, usage, pair.cell);
    const Certificate* peer = certificate(pair.device, usage);
    if (!own || !peer) {
        own = key(pair.device, usage);
        peer = certificate(pair.remote, usage, pair.cell);
    }
    if (!own || !peer || !peer->public_key.on_curve()) return std::nullopt;
    return own->agree(peer->public_key);
}

const SharedSecret* KeyRing::secret(Eui64 device, Eui64 remote, CellUsage cell) const {
    const Pair pair{device, remote, cell};
    auto known = secrets_.find(pair);
    if (known == secrets_.end()) known = secrets_.emplace(pair, agree(pair)).first;
    return known->second ? &*known->second : nullptr;
}

const Certificate* KeyRing::authority(ByteView subject_name) const {
    for (const CertificateRef& certificate : all_)
        if (certificate->is_ca && std::ranges::equal(certificate->subject_name, subject_name))
            return certificate.get();
    return nullptr;
}

const std::vector<Eui64>& KeyRing::parties(RemotePartyRole role) const {
    static const std::vector<Eui64> kNobody;
    const auto found = parties_.find(role);
    return found != parties_.end() ? found->second : kNobody;
}

}  // namespace meterbed::gbcs
