// Values worked out for messages of every protection: keys, MACs, a ciphered block.
#include <gtest/gtest.h>

#include "devices/gbcs/gcm.h"
#include "devices/gbcs/protection.h"
#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs {
namespace {

constexpr Eui64 kSupplier{0x90B3D51F30010000}, kEsme{0x00DB1234567890A0};

const SharedSecret kAcbAndEsme =
    hex_array<32>("ED342441DF01551A6BEAFF3B54ADC981F4C6A7E71DFF4C3E1CC80B3C9F4E5AC0");
const SharedSecret kSupplierAndEsme =
    hex_array<32>("42DA8FAD4C8C9D613976F39F1E79CCC88571EFA43933D57146B533BC6D253E0F");

struct KeyCase {
    std::string_view story;
    const SharedSecret& secret;
    Eui64 originator;
    std::uint8_t flag;
    std::uint64_t counter;
    Eui64 recipient;
    std::string_view key;
};

TEST(WorkedValues, KeysFollowFromSecretAndHeader) {
    const KeyCase cases[] = {
        {"command", kAcbAndEsme, kSupplier, 1, 0x3E8, kEsme, "EC1D51BD8F8BF0CDD2314CF396CC12C0"},
        {"response", kSupplierAndEsme, kEsme, 2, 0x3E8, kSupplier, "D288091F13F120DA8D2649C3AA543058"},
        {"alert", kSupplierAndEsme, kEsme, 3, 0x7D0, kSupplier, "73761D0B43493DBBAABFE474CAC5974B"},
        {"next alert", kSupplierAndEsme, kEsme, 3, 0x7D1, kSupplier, "558FB1FA6660AF0D9E8365C47804B8FA"},
        {"encryption", kSupplierAndEsme, kEsme, 4, 0x3E8, kSupplier, "12CB821C471EC2144C68E12A5657F9FD"},
        {"top-up", kAcbAndEsme, kSupplier, 1, 0x100000000, kEsme, "6A93E360717394015DF93E031218C9A6"},
        {"its response", kSupplierAndEsme, kEsme, 2, 0x100000000, kSupplier,
         "03FD30815577C49EB7E3834B63EF8302"},
    };
    for (const KeyCase& c : cases)
        EXPECT_EQ(to_hex(derive_key(c.secret, c.originator, c.flag, c.counter, c.recipient)), c.key)
            << c.story;
}

Message load_switch_message(CraFlag cra, Eui64 originator, Eui64 recipient, std::string_view payload) {
    Message message;
    message.header = {cra, 0x3E8, originator, recipient, {}, {MessageCode{0x0052}, {}, {}, {}, {}}};
    message.payload = hex(payload);
    return message;
}

TEST(WorkedValues, ReadOfTheLoadSwitchIsMacedByTheBrokerForTheSupplier) {
    const Message command =
        load_switch_message(CraFlag::command, kSupplier, kEsme, "D9200003E80001010046000060030AFF030100");
    EXPECT_EQ(to_hex(mac_additional_data(command)),
              "110000000000DF090100000000000003E80890B3D51F300100000800DB1234567890A00002005213"
              "D9200003E80001010046000060030AFF03010000");
    EXPECT_EQ(to_hex(make_mac(command, kAcbAndEsme)), "52E8965230E91EE41782CE42");
}

TEST(WorkedValues, ItsResponseIsMacedByTheMeter) {
    const Message response =
        load_switch_message(CraFlag::response, kEsme, kSupplier, "DA200003E80000011601010100");
    EXPECT_EQ(to_hex(mac_additional_data(response)),
              "110000000000DF090200000000000003E80800DB1234567890A00890B3D51F3001000000020052"
              "0DDA200003E8000001160101010000");
    EXPECT_EQ(to_hex(make_mac(response, kSupplierAndEsme)), "DC09EDAAD858471A9DA83683");
}

TEST(WorkedValues, CipheredBlockOpensAndClosesAgain) {
    const SymmetricKey key = hex_array<16>("12CB821C471EC2144C68E12A5657F9FD");
    const Bytes plaintext = hex("02010204060000000A02020F00161E060000000A02020F001620");
    const Bytes block =
        hex("3100000000 E3035372DDD0648ADEDB866DFF001F09450DEBD034C36C6101DC 1D3CB50D35311B344436F883");
    EXPECT_EQ(to_hex(encrypt(plaintext, key, kEsme)), to_hex(block));
    const auto opened = decrypt(block, key, kEsme);
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(*opened, plaintext);
}

TEST(WorkedValues, DamagedBlockSaysWhatIsWrong) {
    const SymmetricKey key = hex_array<16>("12CB821C471EC2144C68E12A5657F9FD");
    Bytes block = encrypt(hex("0102030405"), key, kEsme);
    EXPECT_EQ(decrypt(ByteView(block).first(16), key, kEsme).error(), "ciphered block is too short");
    EXPECT_EQ(decrypt(block, key, kSupplier).error(), "ciphered block does not authenticate");
    block[4] = 1;
    EXPECT_EQ(decrypt(block, key, kEsme).error(), "ciphered block does not start with 31 00000000");
}

TEST(WorkedValues, PlainGcm) {
    const SymmetricKey key = hex_array<16>("000102030405060708090A0B0C0D0E0F");
    const Eui64 originator{0x90B3D51F30030000};
    const Bytes data{'h', 'e', 'l', 'l', 'o', 'w', 'o', 'r', 'l', 'd'};
    const std::string_view text = "one two three";
    EXPECT_EQ(to_hex(gmac(key, originator, data)), "FB3AFED43B78508864F00DA3");
    const auto sealed = gcm::seal(key, gcm::iv_of(originator), data, Bytes(text.begin(), text.end()));
    EXPECT_EQ(to_hex(sealed.ciphertext), "584FA806B24491178829D46C38");
    EXPECT_EQ(to_hex(ByteView(sealed.tag).first(12)), "6B33BDCB1E223242EC20B957");
}

TEST(WorkedValues, TopUpTokenTakesTheEndOfTheWholeTag) {
    const SymmetricKey key = hex_array<16>("63FF76381818753A346645BE7ADAC537");
    const Bytes data = hex("11000000000090B3D51F3001000000DB1234567890A00100000001000000000000A064");
    EXPECT_EQ(to_hex(gmac_tag(key, kSupplier, data)), "43FCB7EDD806C2CACD81B0D6D51CA60B");
}

}  // namespace
}  // namespace meterbed::gbcs
