#include "devices/gbcs/protection.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "devices/gbcs/cursor.h"
#include "devices/gbcs/gcm.h"

namespace meterbed::gbcs {
namespace {

struct Free {
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Security header of a ciphered block: authenticated and encrypted, invocation counter zero (GBCS 8).
constexpr std::array<std::uint8_t, 5> kBlockHeader{0x31, 0, 0, 0, 0};
constexpr std::size_t kTagSize = 12;

const EVP_MD* sha256() {
    static const std::unique_ptr<EVP_MD, Free> fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    if (!fetched) throw std::runtime_error("OpenSSL has no SHA256");
    return fetched.get();
}

std::array<std::uint8_t, 32> digest(ByteView octets) {
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    std::array<std::uint8_t, 32> out{};
    const bool done = EVP_DigestInit_ex2(context.get(), sha256(), nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), octets.data(), octets.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
    if (!done) throw std::runtime_error("OpenSSL SHA256 failed");
    return out;
}

/// 00000001 || Z || OtherInfo, where OtherInfo starts with the algorithm identifier of AES-128-GCM
/// (GBCS 4.3.3.3).
struct KdfInput {
    std::array<std::uint8_t, 4 + 32 + 33> octets{};
    std::size_t used = 0;

    template <typename Octets>
    KdfInput& add(const Octets& more) {
        std::copy(std::begin(more), std::end(more), octets.begin() + static_cast<std::ptrdiff_t>(used));
        used += std::size(more);
        return *this;
    }
};

constexpr std::array<std::uint8_t, 4> kKdfCounter{0, 0, 0, 1};
constexpr std::array<std::uint8_t, 7> kAlgorithmId{0x60, 0x85, 0x74, 0x06, 0x08, 0x03, 0x00};

Mac shortened(const gcm::Tag& tag) {
    Mac mac{};
    std::copy_n(tag.begin(), mac.size(), mac.begin());
    return mac;
}

SymmetricKey mac_key(const GroupingHeader& header, const SharedSecret& secret) {
    return derive_key(secret, header.originator, static_cast<std::uint8_t>(header.cra), header.counter,
                      header.recipient);
}

}  // namespace

SymmetricKey derive_key(const SharedSecret& secret, Eui64 originator, std::uint8_t flag,
                        std::uint64_t counter, Eui64 recipient) {
    // The transaction value is preceded by its length, 9.
    const std::array<std::uint8_t, 2> transaction_start{9, flag};
    KdfInput input;
    input.add(kKdfCounter).add(secret).add(kAlgorithmId).add(originator.octets()).add(transaction_start);
    input.add(Eui64{counter}.octets()).add(recipient.octets());
    const auto hash = digest(input.octets);
    SymmetricKey key{};
    std::copy_n(hash.begin(), key.size(), key.begin());
    return key;
}

Mac make_mac(const Message& message, const SharedSecret& secret) {
    return gmac(mac_key(message.header, secret), message.header.originator, mac_additional_data(message));
}

bool mac_is_valid(const Message& message, const SharedSecret& secret) {
    if (!message.mac) return false;
    const Mac wanted = make_mac(message, secret);
    return CRYPTO_memcmp(wanted.data(), message.mac->data(), wanted.size()) == 0;
}

Signature make_signature(const Message& message, const KeyPair& key) {
    return key.sign(signed_octets(message));
}

bool signature_is_valid(const Message& message, const PublicKey& key) {
    return message.signature && verify(key, signed_octets(message), *message.signature);
}

Bytes encrypt(ByteView plaintext, const SymmetricKey& key, Eui64 originator) {
    const auto sealed = gcm::seal(key, gcm::iv_of(originator), ByteView(kBlockHeader).first(1), plaintext);
    Bytes block;
    block.reserve(kBlockHeader.size() + plaintext.size() + kTagSize);
    append(block, kBlockHeader);
    append(block, sealed.ciphertext);
    append(block, shortened(sealed.tag));
    return block;
}

tl::expected<Bytes, std::string> decrypt(ByteView block, const SymmetricKey& key, Eui64 originator) {
    if (block.size() < kBlockHeader.size() + kTagSize)
        return tl::unexpected(std::string("ciphered block is too short"));
    if (!std::ranges::equal(block.first(kBlockHeader.size()), kBlockHeader))
        return tl::unexpected(std::string("ciphered block does not start with 31 00000000"));
    const ByteView tag = block.last(kTagSize);
    const ByteView ciphertext =
        block.subspan(kBlockHeader.size(), block.size() - kBlockHeader.size() - kTagSize);
    auto plaintext = gcm::open(key, gcm::iv_of(originator), block.first(1), ciphertext, tag);
    if (!plaintext) return tl::unexpected(std::string("ciphered block does not authenticate"));
    return *std::move(plaintext);
}

Mac gmac(const SymmetricKey& key, Eui64 originator, ByteView additional_data) {
    return shortened(gmac_tag(key, originator, additional_data));
}

std::array<std::uint8_t, 16> gmac_tag(const SymmetricKey& key, Eui64 originator, ByteView additional_data) {
    return gcm::seal(key, gcm::iv_of(originator), additional_data, {}).tag;
}

SharedSecrets::Pair SharedSecrets::pair_of(const PublicKey& one, const PublicKey& other) {
    const auto& [low, high] = std::minmax(one.xy, other.xy);
    Pair pair{};
    std::copy(high.begin(), high.end(), std::copy(low.begin(), low.end(), pair.begin()));
    return pair;
}

std::size_t SharedSecrets::PairHash::operator()(const Pair& pair) const noexcept {
    // Coordinates are uniform already: a few octets of each key make a good hash.
    std::size_t hash = 0;
    for (std::size_t i = 0; i < 8; ++i) hash = hash << 8 | (pair[i] ^ pair[64 + 8 + i]);
    return hash;
}

const SharedSecret& SharedSecrets::of(const KeyPair& own, const PublicKey& peer) {
    const Pair pair = pair_of(own.public_key(), peer);
    const auto known = secrets_.find(pair);
    return known != secrets_.end() ? known->second : secrets_.emplace(pair, own.agree(peer)).first->second;
}

void SharedSecrets::know(const PublicKey& own, const PublicKey& peer, const SharedSecret& secret) {
    secrets_.insert_or_assign(pair_of(own, peer), secret);
}

const SharedSecret* SharedSecrets::find(const PublicKey& own, const PublicKey& peer) const {
    const auto known = secrets_.find(pair_of(own, peer));
    return known != secrets_.end() ? &known->second : nullptr;
}

}  // namespace meterbed::gbcs
