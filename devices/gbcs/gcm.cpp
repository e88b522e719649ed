#include "devices/gbcs/gcm.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace meterbed::gbcs::gcm {
namespace {

struct Free {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

void must(int result) {
    if (result != 1) throw std::runtime_error("OpenSSL AES-128-GCM failed");
}

/// Fetching costs more than a MAC, so it happens once a process.
const EVP_CIPHER* cipher() {
    static const std::unique_ptr<EVP_CIPHER, Free> fetched(EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr));
    if (!fetched) throw std::runtime_error("OpenSSL has no AES-128-GCM");
    return fetched.get();
}

/// One context a thread, initialised with the cipher once; later only key and IV change.
EVP_CIPHER_CTX* context(bool encrypt, const SymmetricKey& key, const Iv& iv) {
    thread_local const std::unique_ptr<EVP_CIPHER_CTX, Free> reused = [] {
        std::unique_ptr<EVP_CIPHER_CTX, Free> fresh(EVP_CIPHER_CTX_new());
        must(EVP_CipherInit_ex2(fresh.get(), cipher(), nullptr, nullptr, 1, nullptr));
        return fresh;
    }();
    must(EVP_CipherInit_ex2(reused.get(), nullptr, key.data(), iv.data(), encrypt ? 1 : 0, nullptr));
    return reused.get();
}

void feed(EVP_CIPHER_CTX* ctx, std::uint8_t* out, ByteView in) {
    int written = 0;
    if (!in.empty()) must(EVP_CipherUpdate(ctx, out, &written, in.data(), static_cast<int>(in.size())));
}

}  // namespace

Iv iv_of(Eui64 originator) {
    Iv iv{};
    const auto octets = originator.octets();
    std::copy(octets.begin(), octets.end(), iv.begin());
    return iv;
}

Sealed seal(const SymmetricKey& key, const Iv& iv, ByteView additional_data, ByteView plaintext) {
    EVP_CIPHER_CTX* ctx = context(true, key, iv);
    Sealed sealed{Bytes(plaintext.size()), {}};
    std::array<std::uint8_t, 16> no_more{};
    int written = 0;
    feed(ctx, nullptr, additional_data);
    feed(ctx, sealed.ciphertext.data(), plaintext);
    must(EVP_CipherFinal_ex(ctx, no_more.data(), &written));
    must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(sealed.tag.size()),
                             sealed.tag.data()));
    return sealed;
}

std::optional<Bytes> open(const SymmetricKey& key, const Iv& iv, ByteView additional_data,
                          ByteView ciphertext, ByteView tag) {
    EVP_CIPHER_CTX* ctx = context(false, key, iv);
    Bytes wanted_tag(tag.begin(), tag.end());
    must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(wanted_tag.size()),
                             wanted_tag.data()));
    Bytes plaintext(ciphertext.size());
    std::array<std::uint8_t, 16> no_more{};
    int written = 0;
    feed(ctx, nullptr, additional_data);
    feed(ctx, plaintext.data(), ciphertext);
    if (EVP_CipherFinal_ex(ctx, no_more.data(), &written) != 1) return std::nullopt;
    return plaintext;
}

}  // namespace meterbed::gbcs::gcm
