#include "pki/random.h"

#include <cmath>
#include <numbers>

#include "pki/digest.h"

namespace meterbed {

namespace {

/// Finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that mixes all bits.
std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

std::uint64_t key_for(std::uint64_t seed, std::string_view name) {
    Bytes octets;
    for (int shift = 56; shift >= 0; shift -= 8) octets.push_back(static_cast<std::uint8_t>(seed >> shift));
    octets.insert(octets.end(), name.begin(), name.end());
    const Digest digest = sha256(octets);
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 8; ++i) key = key << 8 | digest[i];
    return key;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view name) : key_(key_for(seed, name)) {}

std::uint64_t Random::next() {
    // Two rounds keyed differently: one finaliser of a counter alone would tie streams of neighbouring keys
    // together.
    return mix(mix(key_ + 0x9E3779B97F4A7C15ULL * ++counter_) ^ key_);
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::uint64_t Random::below(std::uint64_t bound) {
    // Draws above the largest multiple of the bound are thrown away, so that no value is favoured.
    const std::uint64_t excess = (UINT64_MAX % bound + 1) % bound;
    std::uint64_t draw = next();
    while (draw > UINT64_MAX - excess) draw = next();
    return draw % bound;
}

bool Random::chance(double probability) { return uniform() < probability; }

double Random::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void Random::fill(std::span<std::uint8_t> out) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % 8 == 0) word = next();
        out[i] = static_cast<std::uint8_t>(word >> (56 - 8 * (i % 8)));
    }
}

Random Random::child(std::string_view name) const { return Random(key_, name); }

}  // namespace meterbed
