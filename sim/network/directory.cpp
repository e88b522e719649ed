#include "sim/network/directory.h"

#include <algorithm>

namespace meterbed {

namespace {

std::string key_of(const Certificate& certificate) {
    return {certificate.key_identifier.begin(), certificate.key_identifier.end()};
}

bool is_supplier(const Party& party) { return party.role == RemotePartyRole::supplier; }

}  // namespace

std::optional<Region> region(std::string_view name) {
    const auto* at = std::find(kRegionNames.begin(), kRegionNames.end(), name);
    if (at == kRegionNames.end()) return std::nullopt;
    return static_cast<Region>(at - kRegionNames.begin());
}

std::vector<CertificateRef> Party::certificates(std::size_t set) const {
    const CredentialSet& chosen = credentials.at(set);
    std::vector<CertificateRef> out{chosen.signing_certificate, chosen.agreement_certificate};
    if (chosen.top_up_certificate) out.push_back(chosen.top_up_certificate);
    return out;
}

const Party* Directory::party(Eui64 id) const {
    const auto at = user_index.find(id);
    return at == user_index.end() ? nullptr : &users[at->second];
}

std::optional<std::uint16_t> Directory::user(std::string_view name) const {
    for (std::size_t i = 0; i < users.size(); ++i) {
        if (users[i].name == name) return static_cast<std::uint16_t>(i);
    }
    return std::nullopt;
}

void Directory::publish(const CertificateRef& certificate) { repository[key_of(*certificate)] = certificate; }

bool Directory::in_use(const Certificate& certificate) const {
    const auto at = repository.find(key_of(certificate));
    return at != repository.end() && at->second->der == certificate.der;
}

void renew_credentials(Party& party, Directory& directory, Authority& authority, Random random, Time from) {
    const auto key = [&] { return KeyPair::generate(random); };
    CredentialSet set{key(), key(), std::nullopt, {}, {}, {}};
    const auto certificate = [&](const KeyPair& pair, KeyUsage usage, const std::string& common_name) {
        OrganisationRequest request;
        request.subject = party.id;
        request.role = party.role;
        request.usage = usage;
        request.key = pair.public_key();
        request.common_name = common_name;
        request.from = from;
        CertificateRef issued = authority.issue(request);
        directory.publish(issued);
        return issued;
    };
    // Only Supplier signing certificates carry a common name (SEC Appendix B as observed).
    set.signing_certificate = certificate(set.signing, KeyUsage::digitalSignature,
                                          is_supplier(party) ? party.name.substr(0, 15) : "");
    set.agreement_certificate = certificate(set.agreement, KeyUsage::keyAgreement, "");
    if (is_supplier(party)) {
        set.top_up = key();
        set.top_up_certificate = certificate(*set.top_up, KeyUsage::keyAgreement, "");
    }
    party.credentials.push_back(std::move(set));
}

}  // namespace meterbed
