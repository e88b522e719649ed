// Messages a second on one core: decode, verify and write again every message of a folder, and how much
// longer that takes than the bare OpenSSL operations in it (ECDSA verification; for a MAC the key derivation
// and the GMAC), done on the same octets with every object kept that can be kept.
//
//   bench_gbcs_messages MESSAGES KEYS [repeats]
//
// MESSAGES is searched for *.HEX, KEYS as `meterbed gbcs check --keys` takes it. Each line is a median of the
// repeats, ours and bare measured in turn.
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "bench/processor.h"
#include "devices/gbcs/opened.h"
#include "pki/der.h"

namespace {

using namespace meterbed;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

void must(bool held, const char* what) {
    if (held) return;
    std::fprintf(stderr, "bench_gbcs_messages: %s\n", what);
    std::exit(2);
}

/// One message, and what bare OpenSSL needs to verify it.
struct Sample {
    Bytes octets;
    Owned<EVP_PKEY_CTX> verifying;  ///< null without a signature
    Bytes signed_octets, signature;
    Bytes mac_octets;  ///< additional data; empty without a MAC
};

Owned<EVP_PKEY_CTX> verification_context(const PublicKey& key) {
    const Owned<EVP_PKEY_CTX> making(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    Bytes point{0x04};
    point.insert(point.end(), key.xy.begin(), key.xy.end());
    char group[] = "P-256", group_name[] = "group", public_name[] = "pub";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(group_name, group, 0),
                               OSSL_PARAM_construct_octet_string(public_name, point.data(), point.size()),
                               OSSL_PARAM_construct_end()};
    EVP_PKEY* made = nullptr;
    must(EVP_PKEY_fromdata_init(making.get()) == 1 &&
             EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) == 1,
         "a public key is not taken by OpenSSL");
    const Owned<EVP_PKEY> pkey(made);
    Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
    must(EVP_PKEY_verify_init(context.get()) == 1, "verification can not be set up");
    return context;
}

Bytes der_of(const Signature& signature) {
    const auto number = [&](std::size_t at) {
        const auto begin = signature.rs.begin() + static_cast<std::ptrdiff_t>(at);
        Bytes out(std::find_if(begin, begin + 31, [](std::uint8_t octet) { return octet != 0; }), begin + 32);
        if (out[0] >= 0x80) out.insert(out.begin(), 0);
        return out;
    };
    der::Writer writer;
    writer.begin(der::kSequence)
        .primitive(der::kInteger, number(0))
        .primitive(der::kInteger, number(32))
        .end();
    return writer.take();
}

std::vector<Sample> read_samples(const std::filesystem::path& folder, const gbcs::KeyRing& ring) {
    std::vector<Sample> samples;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".HEX") continue;
        std::ifstream file(entry.path());
        const auto octets = from_hex(std::string{std::istreambuf_iterator<char>(file), {}});
        must(octets.has_value(), "a file is not hexadecimal");
        Sample sample;
        sample.octets = *octets;
        if (const auto message = gbcs::parse(*octets)) {
            const Certificate* signer =
                ring.certificate(message->header.originator, KeyUsage::digitalSignature);
            if (message->signature && signer) {
                sample.verifying = verification_context(signer->public_key);
                sample.signed_octets = gbcs::signed_octets(*message);
                sample.signature = der_of(*message->signature);
            }
            if (message->mac && !gbcs::mac_secrets(message->header, ring).empty())
                sample.mac_octets = gbcs::mac_additional_data(*message);
        }
        samples.push_back(std::move(sample));
    }
    return samples;
}

/// The bare operations, each as OpenSSL does it with fetched algorithms and kept contexts.
class Bare {
  public:
    void verify(const Sample& sample) {
        if (sample.verifying) {
            unsigned length = 0;
            EVP_Digest(sample.signed_octets.data(), sample.signed_octets.size(), digest_, &length, sha_.get(),
                       nullptr);
            must(EVP_PKEY_verify(sample.verifying.get(), sample.signature.data(), sample.signature.size(),
                                 digest_, sizeof digest_) == 1,
                 "a signature that should be right is wrong");
        }
        if (!sample.mac_octets.empty()) {
            unsigned length = 0;
            int written = 0;
            unsigned char tag[16];
            EVP_Digest(kdf_input_, sizeof kdf_input_, digest_, &length, sha_.get(), nullptr);
            EVP_EncryptInit_ex2(gcm_.get(), nullptr, digest_, iv_, nullptr);
            EVP_EncryptUpdate(gcm_.get(), nullptr, &written, sample.mac_octets.data(),
                              static_cast<int>(sample.mac_octets.size()));
            EVP_EncryptFinal_ex(gcm_.get(), tag, &written);
            EVP_CIPHER_CTX_ctrl(gcm_.get(), EVP_CTRL_AEAD_GET_TAG, sizeof tag, tag);
        }
    }

  private:
    static Owned<EVP_CIPHER_CTX> gcm_context(const EVP_CIPHER* cipher) {
        Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
        must(EVP_EncryptInit_ex2(context.get(), cipher, nullptr, nullptr, nullptr) == 1, "no AES-128-GCM");
        return context;
    }
    Owned<EVP_MD> sha_{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    Owned<EVP_CIPHER> cipher_{EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr)};
    Owned<EVP_CIPHER_CTX> gcm_ = gcm_context(cipher_.get());
    unsigned char digest_[32] = {};
    unsigned char kdf_input_[4 + 32 + 33] = {}, iv_[12] = {};
};

/// Of the processor, not of the clock on the wall: other programs may run beside us.
template <typename Work>
double seconds(Work work) {
    const double start = bench::cpu_seconds();
    work();
    return bench::cpu_seconds() - start;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void measure(const char* what, const std::vector<const Sample*>& samples, const gbcs::KeyRing& ring,
             int repeats) {
    if (samples.empty()) return;
    Bare bare;
    std::vector<double> ours, raw, ratios;
    std::size_t identical = 0;
    for (int i = 0; i < repeats; ++i) {
        identical = 0;
        ours.push_back(seconds([&] {
            for (const Sample* sample : samples)
                identical += gbcs::check_message(sample->octets, ring).identical;
        }));
        raw.push_back(seconds([&] {
            for (const Sample* sample : samples) bare.verify(*sample);
        }));
        ratios.push_back(raw.back() / ours.back());
    }
    const auto count = static_cast<double>(samples.size());
    const auto [lowest, highest] = std::ranges::minmax(ratios);
    std::printf(
        "%-22s %4zu messages, %4zu identical  %8.0f a second  %6.1f us each, bare OpenSSL %6.1f us  ratio "
        "%.2f (%.2f to %.2f)\n",
        what, samples.size(), identical, count / median(ours), 1e6 * median(ours) / count,
        1e6 * median(raw) / count, median(ratios), lowest, highest);
}

}  // namespace

int main(int argc, char** argv) {
    must(argc >= 3, "bench_gbcs_messages MESSAGES KEYS [repeats]");
    const int repeats = argc > 3 ? std::max(1, std::atoi(argv[3])) : 15;
    const auto ring = gbcs::KeyRing::load(argv[2]);
    must(ring.has_value(), "the folder of keys can not be read");
    const std::vector<Sample> samples = read_samples(argv[1], *ring);
    must(!samples.empty(), "there are no messages");

    const double first = seconds([&] {
        for (const Sample& sample : samples) static_cast<void>(gbcs::check_message(sample.octets, *ring));
    });
    std::printf(
        "first pass over %zu messages, with the key agreements: %.3f s; then medians of %d repeats, one "
        "core:\n",
        samples.size(), first, repeats);
    std::vector<const Sample*> all, with_signature, with_both, with_mac, plain;
    for (const Sample& sample : samples) {
        all.push_back(&sample);
        const bool maced = !sample.mac_octets.empty();
        if (sample.verifying) with_signature.push_back(&sample);
        if (sample.verifying && maced) with_both.push_back(&sample);
        if (!sample.verifying) (maced ? with_mac : plain).push_back(&sample);
    }
    measure("all", all, *ring, repeats);
    measure("signed", with_signature, *ring, repeats);
    measure("signed and with a MAC", with_both, *ring, repeats);
    measure("with a MAC only", with_mac, *ring, repeats);
    measure("neither (or no key)", plain, *ring, repeats);
}
