// P-256 keys against published vectors, and everything that is not a key.
#include "pki/key_pair.h"

#include <gtest/gtest.h>

namespace meterbed {
namespace {

ByteView octets(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::array<std::uint8_t, 32> scalar(const char* hex) {
    std::array<std::uint8_t, 32> out{};
    const auto bytes = *from_hex(hex);
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

PublicKey point(const char* hex) {
    PublicKey out;
    const auto bytes = *from_hex(hex);
    std::copy(bytes.begin(), bytes.end(), out.xy.begin());
    return out;
}

// RFC 6979, A.2.5: curve NIST P-256.
KeyPair rfc6979_key() {
    return *KeyPair::from_scalar(scalar("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));
}

TEST(Signing, GivesTheValuesOfRfc6979) {
    EXPECT_EQ(to_hex(rfc6979_key().public_key().xy),
              "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
              "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    EXPECT_EQ(to_hex(rfc6979_key().sign(octets("sample")).rs),
              "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
              "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    EXPECT_EQ(to_hex(rfc6979_key().sign(octets("test")).rs),
              "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
              "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");
}

TEST(Signing, IsVerifiedForThisKeyMessageAndSignatureOnly) {
    Random random(1, "keys");
    const KeyPair key = KeyPair::generate(random), other = KeyPair::generate(random);
    const Signature signature = key.sign(octets("message"));
    EXPECT_TRUE(verify(key.public_key(), octets("message"), signature));
    EXPECT_FALSE(verify(other.public_key(), octets("message"), signature));
    EXPECT_FALSE(verify(key.public_key(), octets("massage"), signature));
    for (std::size_t bit = 0; bit < 512; bit += 17) {
        Signature spoilt = signature;
        spoilt.rs[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(verify(key.public_key(), octets("message"), spoilt)) << "bit " << bit;
    }
    EXPECT_FALSE(verify(key.public_key(), octets("message"), Signature{})) << "r and s zero";
    Signature huge;
    huge.rs.fill(0xFF);
    EXPECT_FALSE(verify(key.public_key(), octets("message"), huge)) << "r and s above the order";
    EXPECT_FALSE(verify(PublicKey{}, octets("message"), signature)) << "no point";
    EXPECT_TRUE(verify(key.public_key(), {}, key.sign({}))) << "an empty message";
}

TEST(Agreement, GivesThePublishedSecret) {  // NIST CAVP, KAS ECC CDH primitive, P-256, count 0
    const auto own =
        *KeyPair::from_scalar(scalar("7D7DC5F71EB29DDAF80D6214632EEAE03D9058AF1FB6D22ED80BADB62BC1A534"));
    const PublicKey peer = point(
        "700C48F77F56584C5CC632CA65640DB91B6BACCE3A4DF6B42CE7CC838833D287"
        "DB71E509E3FD9B060DDB20BA5C51DCC5948D46FBF640DFE0441782CAB85FA4AC");
    EXPECT_EQ(to_hex(own.agree(peer)), "46FC62106420FF012E54A434FBDD2D25CCC5852060561E68040DD7778997BD7B");
}

TEST(Agreement, IsTheSameFromBothEnds) {
    Random random(2, "keys");
    for (int i = 0; i < 8; ++i) {
        const KeyPair a = KeyPair::generate(random), b = KeyPair::generate(random);
        EXPECT_EQ(a.agree(b.public_key()), b.agree(a.public_key()));
        EXPECT_NE(a.agree(b.public_key()), a.agree(a.public_key()));
    }
}

TEST(PublicKey, OffTheCurveIsSeenAndNeverUsed) {
    PublicKey off = rfc6979_key().public_key();
    EXPECT_TRUE(off.on_curve());
    off.xy[63] ^= 1;
    EXPECT_FALSE(off.on_curve());
    EXPECT_FALSE(PublicKey{}.on_curve());
    PublicKey beyond;
    beyond.xy.fill(0xFF);
    EXPECT_FALSE(beyond.on_curve()) << "coordinates not below the field prime";
    EXPECT_THROW(rfc6979_key().agree(off), std::invalid_argument);
    EXPECT_THROW(rfc6979_key().agree(PublicKey{}), std::invalid_argument);
}

TEST(PrivateKey, MustLieBetweenOneAndTheOrder) {
    constexpr const char* kOrder = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
    constexpr const char* kLast = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550";
    EXPECT_FALSE(KeyPair::from_scalar(scalar("00")));
    EXPECT_FALSE(KeyPair::from_scalar(scalar(kOrder)));
    std::array<std::uint8_t, 32> ones{};
    ones.fill(0xFF);
    EXPECT_FALSE(KeyPair::from_scalar(ones));
    EXPECT_TRUE(KeyPair::from_scalar(scalar(kLast)));
    std::array<std::uint8_t, 32> one{};
    one[31] = 1;
    EXPECT_EQ(to_hex(KeyPair::from_scalar(one)->public_key().xy).substr(0, 16), "6B17D1F2E12C4247")
        << "the generator";
}

TEST(PrivateKey, ComesFromItsStreamOnly) {
    Random a(3, "key"), b(3, "key"), c(3, "other");
    EXPECT_EQ(KeyPair::generate(a).public_key(), KeyPair::generate(b).public_key());
    EXPECT_NE(KeyPair::generate(a).public_key(), KeyPair::generate(c).public_key());
}

// The key of RFC 6979, A.2.5, as SEC 1 has it.
constexpr const char* kSec1 =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MDECAQEEIMmvqdhFunUWa1whV2ex1pNOUMPbNuibEnuKYisSD2choAoGCCqGSM49\n"
    "AwEH\n"
    "-----END EC PRIVATE KEY-----\n";

TEST(PrivateKey, IsReadFromPem) {
    const auto key = KeyPair::from_pem(kSec1);
    ASSERT_TRUE(key) << key.error();
    EXPECT_EQ(key->public_key(), rfc6979_key().public_key());
}

TEST(PrivateKey, InBrokenPemIsRefusedInWords) {
    const std::string good = kSec1;
    std::string cut = good;
    cut.resize(cut.size() / 2);
    std::string garbled = good;
    garbled[40] = '!';
    const std::string certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (const std::string& text : {std::string(), std::string("nonsense"), cut, garbled, certificate,
                                    std::string(70000, 'A'), std::string(100, '\0')}) {
        const auto key = KeyPair::from_pem(text);
        ASSERT_FALSE(key);
        EXPECT_FALSE(key.error().empty());
    }
    EXPECT_EQ(KeyPair::from_pem(std::string(70000, 'A')).error(), "key file is larger than 64 KiB");
    EXPECT_EQ(KeyPair::from_pem("nonsense").error(), "not a private key in PEM");
}

}  // namespace
}  // namespace meterbed
