// ECDSA_do_sign_ex takes the nonce's inverse and r from the caller, which is how OpenSSL 3.0 can be made to
// sign deterministically; the EVP interface gained that only in 3.2. Hence its low-level, deprecated
// interface, here only.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "pki/key_pair.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdh.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "pki/der.h"
#include "pki/digest.h"

namespace meterbed {

namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using BigNumber = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using Point = std::unique_ptr<EC_POINT, Deleter<EC_POINT_free>>;
using Key = std::unique_ptr<EC_KEY, Deleter<EC_KEY_free>>;
using Sig = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using BigContext = std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>>;
using Scalar = std::array<std::uint8_t, 32>;

const EC_GROUP* group() {
    static EC_GROUP* const p256 = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    return p256;
}

const BIGNUM* order() { return EC_GROUP_get0_order(group()); }

BN_CTX* scratch() {
    thread_local const BigContext context(BN_CTX_new());
    return context.get();
}

BigNumber number(std::span<const std::uint8_t> octets) {
    return BigNumber(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}

void require(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

PublicKey coordinates(const EC_POINT* point) {
    std::array<std::uint8_t, 65> octets{};
    require(EC_POINT_point2oct(group(), point, POINT_CONVERSION_UNCOMPRESSED, octets.data(), octets.size(),
                               scratch()) == octets.size(),
            "point to octets");
    PublicKey key;
    std::copy(octets.begin() + 1, octets.end(), key.xy.begin());
    return key;
}

/// Null when the octets are not a point of the curve.
Point point_of(const PublicKey& key) {
    std::array<std::uint8_t, 65> octets{4};
    std::copy(key.xy.begin(), key.xy.end(), octets.begin() + 1);
    Point point(EC_POINT_new(group()));
    if (EC_POINT_oct2point(group(), point.get(), octets.data(), octets.size(), scratch()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return point;
}

Point times_base(const BIGNUM* scalar) {
    Point point(EC_POINT_new(group()));
    require(EC_POINT_mul(group(), point.get(), scalar, nullptr, nullptr, scratch()) == 1,
            "base point times scalar");
    return point;
}

// RFC 6979, section 3.2, with HMAC-SHA256 and a 256-bit order
// -------------------------------------------------

struct NonceGenerator {
    Digest k{}, v{};

    static Digest hmac(const Digest& key, std::initializer_list<std::span<const std::uint8_t>> parts) {
        // HMAC from two SHA-256 runs (RFC 2104): far cheaper than setting up an OpenSSL HMAC for one block.
        Bytes inner(64, 0x36), outer(64, 0x5C);
        for (std::size_t i = 0; i < key.size(); ++i) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
        for (const auto part : parts) inner.insert(inner.end(), part.begin(), part.end());
        const Digest digest = sha256(inner);
        outer.insert(outer.end(), digest.begin(), digest.end());
        return sha256(outer);
    }

    NonceGenerator(const Scalar& secret, const Scalar& reduced_digest) {
        v.fill(1);
        constexpr std::uint8_t zero = 0, one = 1;
        k = hmac(k, {v, {&zero, 1}, secret, reduced_digest});
        v = hmac(k, {v});
        k = hmac(k, {v, {&one, 1}, secret, reduced_digest});
        v = hmac(k, {v});
    }

    BigNumber next() {
        for (;;) {
            v = hmac(k, {v});
            BigNumber candidate = number(v);
            if (!BN_is_zero(candidate.get()) && BN_cmp(candidate.get(), order()) < 0) return candidate;
            reject();
        }
    }

    void reject() {
        constexpr std::uint8_t zero = 0;
        k = hmac(k, {v, {&zero, 1}});
        v = hmac(k, {v});
    }
};

Scalar reduced(const Digest& digest) {
    BigNumber value = number(digest);
    if (BN_cmp(value.get(), order()) >= 0) BN_sub(value.get(), value.get(), order());
    Scalar out{};
    BN_bn2binpad(value.get(), out.data(), static_cast<int>(out.size()));
    return out;
}

Key private_key(const BIGNUM* scalar) {
    Key key(EC_KEY_new());
    require(
        key && EC_KEY_set_group(key.get(), group()) == 1 && EC_KEY_set_private_key(key.get(), scalar) == 1,
        "private key");
    return key;
}

}  // namespace

KeyOperations& key_operations() {
    thread_local KeyOperations counts;
    return counts;
}

bool PublicKey::on_curve() const { return point_of(*this) != nullptr; }

KeyPair KeyPair::generate(Random& random) {
    Scalar scalar{};
    for (;;) {
        random.fill(scalar);
        if (auto pair = from_scalar(scalar)) return *pair;
    }
}

tl::expected<KeyPair, std::string> KeyPair::from_scalar(std::span<const std::uint8_t, 32> scalar) {
    const BigNumber value = number(scalar);
    if (BN_is_zero(value.get()) || BN_cmp(value.get(), order()) >= 0) {
        return tl::unexpected<std::string>("private key is zero or not below the order of P-256");
    }
    ++key_operations().generated;
    KeyPair pair;
    std::copy(scalar.begin(), scalar.end(), pair.scalar_.begin());
    pair.public_key_ = coordinates(times_base(value.get()).get());
    return pair;
}

tl::expected<KeyPair, std::string> KeyPair::from_pem(std::string_view pem) {
    if (pem.size() > 65536) return tl::unexpected<std::string>("key file is larger than 64 KiB");
    const std::unique_ptr<BIO, Deleter<BIO_free_all>> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const auto no_password = [](char*, int, int, void*) { return -1; };
    const std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>> key(
        PEM_read_bio_PrivateKey(input.get(), nullptr, no_password, nullptr));
    if (!key) {
        ERR_clear_error();
        return tl::unexpected<std::string>("not a private key in PEM");
    }
    const EC_KEY* ec = EVP_PKEY_get0_EC_KEY(key.get());
    if (ec == nullptr || EC_GROUP_get_curve_name(EC_KEY_get0_group(ec)) != NID_X9_62_prime256v1) {
        ERR_clear_error();
        return tl::unexpected<std::string>("not a P-256 key");
    }
    Scalar scalar{};
    BN_bn2binpad(EC_KEY_get0_private_key(ec), scalar.data(), static_cast<int>(scalar.size()));
    return from_scalar(scalar);
}

std::string KeyPair::to_pem() const {
    der::Writer out;
    out.begin(der::kSequence).integer(1).octets(scalar_);
    out.begin(der::context_constructed(0)).oid("1.2.840.10045.3.1.7").end().end();
    const Bytes encoding = out.take();
    const std::unique_ptr<BIO, Deleter<BIO_free_all>> output(BIO_new(BIO_s_mem()));
    PEM_write_bio(output.get(), "EC PRIVATE KEY", "", encoding.data(), static_cast<long>(encoding.size()));
    char* text = nullptr;
    const long size = BIO_get_mem_data(output.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

Signature KeyPair::sign(ByteView message) const {
    ++key_operations().signed_;
    const Digest digest = sha256(message);
    const BigNumber secret = number(scalar_);
    const Key key = private_key(secret.get());
    NonceGenerator nonces(scalar_, reduced(digest));
    for (;;) {
        const BigNumber k = nonces.next();
        const PublicKey point = coordinates(times_base(k.get()).get());
        BigNumber r = number(std::span(point.xy).first(32));
        if (BN_cmp(r.get(), order()) >= 0) BN_sub(r.get(), r.get(), order());
        const BigNumber inverse(BN_mod_inverse(nullptr, k.get(), order(), scratch()));
        const Sig signature(ECDSA_do_sign_ex(digest.data(), static_cast<int>(digest.size()), inverse.get(),
                                             r.get(), key.get()));
        if (!signature) {  // r or s was zero: the standard asks for another nonce
            ERR_clear_error();
            nonces.reject();
            continue;
        }
        Signature out;
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out.rs.data(), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out.rs.data() + 32, 32);
        return out;
    }
}

SharedSecret KeyPair::agree(const PublicKey& peer) const {
    ++key_operations().agreed;
    const Point point = point_of(peer);
    if (!point) throw std::invalid_argument("the peer's public key is not a point of P-256");
    const BigNumber secret = number(scalar_);
    const Key key = private_key(secret.get());
    SharedSecret out{};
    require(ECDH_compute_key(out.data(), out.size(), point.get(), key.get(), nullptr) ==
                static_cast<int>(out.size()),
            "key agreement");
    return out;
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
    ++key_operations().verified;
    const Point point = point_of(key);
    if (!point) return false;
    const Key ec(EC_KEY_new());
    if (EC_KEY_set_group(ec.get(), group()) != 1 || EC_KEY_set_public_key(ec.get(), point.get()) != 1)
        return false;
    const Sig sig(ECDSA_SIG_new());
    ECDSA_SIG_set0(sig.get(), number(std::span(signature.rs).first(32)).release(),
                   number(std::span(signature.rs).last(32)).release());
    const Digest digest = sha256(message);
    const int verdict = ECDSA_do_verify(digest.data(), static_cast<int>(digest.size()), sig.get(), ec.get());
    if (verdict != 1) ERR_clear_error();
    return verdict == 1;
}

}  // namespace meterbed
