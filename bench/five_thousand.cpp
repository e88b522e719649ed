// 5,000 SMETS2 premises with real keys, certificates and signatures for every message: how much longer than
// the bare OpenSSL operations do set-up and run take? Prints both, measured in turn in the same process.
//
//   bench_five_thousand [premises] [plain|systemc] [json]
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "pki/key_pair.h"
#include "sim/systemc/systemc_kernel.h"
#include "sim/world.h"

namespace {

using meterbed::KeyOperations;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Seconds one operation takes on OpenSSL's EVP interface with every object that can be kept kept.
struct BareCosts {
    double generate = 0, sign = 0, verify = 0, agree = 0;
};

template <typename Work>
double cost(Work work) {
    constexpr int kTimes = 2000;
    work();
    const auto start = Clock::now();
    for (int i = 0; i < kTimes; ++i) work();
    return seconds_since(start) / kTimes;
}

BareCosts measure_bare() {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    EVP_PKEY* peer = EVP_EC_gen("P-256");
    EVP_MD* sha = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_PKEY_CTX* making = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
    EVP_PKEY_keygen_init(making);
    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(making, NID_X9_62_prime256v1);
    EVP_PKEY_CTX* signing = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_sign_init(signing);
    EVP_PKEY_CTX* verifying = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_verify_init(verifying);
    EVP_PKEY_CTX* agreeing = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_derive_init(agreeing);
    EVP_PKEY_derive_set_peer_ex(agreeing, peer, 0);

    const std::vector<unsigned char> message(300, 0x5A);
    unsigned char digest[32], signature[80], secret[32];
    unsigned length = 0;
    std::size_t size = sizeof signature;
    BareCosts out;
    out.generate = cost([&] {
        EVP_PKEY* made = nullptr;
        EVP_PKEY_generate(making, &made);
        EVP_PKEY_free(made);
    });
    out.sign = cost([&] {
        EVP_Digest(message.data(), message.size(), digest, &length, sha, nullptr);
        size = sizeof signature;
        EVP_PKEY_sign(signing, signature, &size, digest, sizeof digest);
    });
    out.verify = cost([&] {
        EVP_Digest(message.data(), message.size(), digest, &length, sha, nullptr);
        EVP_PKEY_verify(verifying, signature, size, digest, sizeof digest);
    });
    out.agree = cost([&] {
        std::size_t n = sizeof secret;
        EVP_PKEY_derive(agreeing, secret, &n);
    });
    for (EVP_PKEY_CTX* context : {making, signing, verifying, agreeing}) EVP_PKEY_CTX_free(context);
    EVP_MD_free(sha);
    EVP_PKEY_free(key);
    EVP_PKEY_free(peer);
    return out;
}

double bare_seconds(const BareCosts& costs, const KeyOperations& before, const KeyOperations& after) {
    const auto times = [](std::uint64_t a, std::uint64_t b) { return static_cast<double>(b - a); };
    return times(before.generated, after.generated) * costs.generate +
           times(before.signed_, after.signed_) * costs.sign +
           times(before.verified, after.verified) * costs.verify +
           times(before.agreed, after.agreed) * costs.agree;
}

void print(const char* what, double ours, double bare, const KeyOperations& before,
           const KeyOperations& after) {
    std::printf(
        "%-7s %8.2f s   bare OpenSSL %8.2f s   ratio %.2f   (%llu keys, %llu signatures, %llu verifications, "
        "%llu agreements)\n",
        what, ours, bare, bare / ours, static_cast<unsigned long long>(after.generated - before.generated),
        static_cast<unsigned long long>(after.signed_ - before.signed_),
        static_cast<unsigned long long>(after.verified - before.verified),
        static_cast<unsigned long long>(after.agreed - before.agreed));
}

/// A line of JSON: what `meterbed bench crypto` reads.
void print_json(const char* work, std::uint64_t operations, double ours, double bare) {
    std::printf("{\"work\": \"%s\", \"operations\": %llu, \"seconds\": ", work,
                static_cast<unsigned long long>(operations));
    if (ours > 0) {
        std::printf("%.6f", ours);
    } else {
        std::printf("null");
    }
    std::printf(", \"openssl_seconds\": %.9f}\n", bare);
}

std::uint64_t count(const KeyOperations& before, const KeyOperations& after) {
    return after.generated - before.generated + after.signed_ - before.signed_ + after.verified -
           before.verified + after.agreed - before.agreed;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace meterbed;
    const int premises = argc > 1 ? std::atoi(argv[1]) : 5000;
    const bool plain = argc > 2 && std::strcmp(argv[2], "plain") == 0;
    const BareCosts first = measure_bare();

    WorldOptions options;
    options.seed = 1;
    options.start = std::chrono::sys_days{std::chrono::year{2020} / 3 / 2};
    options.kernel = plain ? make_plain_kernel : make_systemc_kernel;

    KeyOperations before = key_operations();
    auto start = Clock::now();
    World world(options);
    HomeOptions home;
    home.supplier = world.add_user("supplier-a", {UserRole::IS});
    home.network_operator = world.add_user("east-midlands", {UserRole::ED});
    for (int i = 0; i < premises; ++i) world.add_home(home);
    const double set_up = seconds_since(start);
    const KeyOperations ready = key_operations();

    start = Clock::now();
    world.renew(home.network_operator);
    for (const Home& place : world.directory().homes) {
        RequestOptions update{
            home.network_operator,
            "6.15.1",
            place.esme,
            "renewal",
            CertificatesOf{home.network_operator, RemotePartyRole::networkOperator, "right"},
            {}};
        world.request(update, world.now());
    }
    world.run_until(world.now() + std::chrono::hours{2});
    for (const Home& place : world.directory().homes) {
        world.request({home.network_operator, "4.10", place.esme, "read", {}, {}}, world.now());
    }
    world.run_until(world.now() + std::chrono::hours{2});
    const double run = seconds_since(start);
    const KeyOperations done = key_operations();

    const BareCosts second = measure_bare();
    const BareCosts costs{(first.generate + second.generate) / 2, (first.sign + second.sign) / 2,
                          (first.verify + second.verify) / 2, (first.agree + second.agree) / 2};
    if (argc > 3 && std::strcmp(argv[3], "json") == 0) {
        print_json("OpenSSL: generate a key", 1, 0, costs.generate);
        print_json("OpenSSL: sign", 1, 0, costs.sign);
        print_json("OpenSSL: verify", 1, 0, costs.verify);
        print_json("OpenSSL: agree", 1, 0, costs.agree);
        const std::string of = std::to_string(premises) + " premises: ";
        print_json((of + "set-up").c_str(), count(before, ready), set_up, bare_seconds(costs, before, ready));
        print_json((of + "renew and read").c_str(), count(ready, done), run,
                   bare_seconds(costs, ready, done));
        return 0;
    }
    std::printf(
        "%d premises, %s kernel; bare OpenSSL in us: generate %.1f, sign %.1f, verify %.1f, agree %.1f\n",
        premises, plain ? "plain" : "SystemC", costs.generate * 1e6, costs.sign * 1e6, costs.verify * 1e6,
        costs.agree * 1e6);
    print("set-up", set_up, bare_seconds(costs, before, ready), before, ready);
    print("run", run, bare_seconds(costs, ready, done), ready, done);
    std::printf("%zu tickets, %zu records\n", world.desk().tickets().size(), world.records().size());
    return 0;
}
