#include "pki/digest.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace meterbed {

namespace {

/// Fetched once: looking an algorithm up costs more than hashing a message.
const EVP_MD* algorithm() {
    static EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (md == nullptr) throw std::runtime_error("OpenSSL has no SHA-256");
    return md;
}

}  // namespace

Digest sha256(ByteView octets) {
    Digest digest{};
    unsigned length = 0;
    EVP_Digest(octets.data(), octets.size(), digest.data(), &length, algorithm(), nullptr);
    return digest;
}

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() { EVP_DigestInit_ex2(context, algorithm(), nullptr); }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::add(ByteView octets) { EVP_DigestUpdate(state_->context, octets.data(), octets.size()); }

Digest Sha256::finish() {
    Digest digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(state_->context, digest.data(), &length);
    return digest;
}

}  // namespace meterbed
