// A key ring reads folders of keys and says how the protections of messages fare.
#include "devices/gbcs/key_ring.h"

#include "devices/gbcs/body.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs {
namespace {

using RtdsKeys = rtds::Test;
namespace party = rtds::party;

const KeyRing& ring() {
    static const KeyRing read = KeyRing::load(rtds::folder() / "keystore").value();
    return read;
}

TEST(KeyRing, AFolderThatIsNotThereIsASentence) {
    const auto loaded = KeyRing::load("/no/such/folder");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error(), "there is no folder of keys at /no/such/folder");
}

TEST(KeyRing, AnEmptyRingHasNoKeys) {
    const KeyRing empty;
    EXPECT_EQ(empty.certificate(party::esme, KeyUsage::keyAgreement), nullptr);
    EXPECT_EQ(empty.secret(party::esme, party::acb), nullptr);
}

TEST_F(RtdsKeys, FilesAreFoundByPartyAndUse) {
    EXPECT_NE(ring().certificate(party::esme, KeyUsage::keyAgreement), nullptr);
    EXPECT_NE(ring().key(party::supplier, KeyUsage::digitalSignature), nullptr);
    const KeyPair* top_up = ring().key(party::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp);
    ASSERT_NE(top_up, nullptr);
    EXPECT_NE(top_up->public_key(), ring().key(party::supplier, KeyUsage::keyAgreement)->public_key());
    EXPECT_EQ(ring().key(party::esme, KeyUsage::keyAgreement), nullptr);
    EXPECT_EQ(ring().parties(RemotePartyRole::accessControlBroker), std::vector{party::acb});
}

TEST_F(RtdsKeys, OtherNamesAreReadByTheirContent) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "meterbed-key-ring";
    std::filesystem::create_directories(folder);
    const auto copy = [&](Eui64 id, std::string_view extension, const char* name) {
        std::filesystem::copy_file(rtds::key_store_file(id, "ka", extension), folder / name,
                                   std::filesystem::copy_options::overwrite_existing);
    };
    copy(party::esme, "pem", "meter.crt");
    copy(party::acb, "pem", "broker.crt");
    copy(party::acb, "key", "broker-private.pem");
    std::ofstream(folder / "notes.txt") << "not a key";
    const KeyRing loaded = KeyRing::load(folder).value();
    EXPECT_EQ(*loaded.secret(party::esme, party::acb), *ring().secret(party::esme, party::acb));
    EXPECT_EQ(loaded.ignored().size(), 1U);
    std::filesystem::remove_all(folder);
}

TEST_F(RtdsKeys, EveryProtectionHoldsAndEveryBlockOpens) {
    std::map<std::string, int> mac, signature;
    std::size_t ciphered = 0, decrypted = 0;
    for (const rtds::File& file : rtds::messages()) {
        const ProtectionCheck check = check_protection(parse(file.octets).value(), ring());
        ++mac[std::string(name(check.mac))];
        ++signature[std::string(name(check.signature))];
        ciphered += check.ciphered;
        decrypted += check.decrypted;
        EXPECT_NE(check.encryption, Check::bad) << file.name;
    }
    EXPECT_EQ(mac["bad"] + signature["bad"] + signature["no_key"], 0);
    EXPECT_EQ(mac["no_key"], 4) << "PCS01 and PCS02, between devices";
    EXPECT_GE(mac["ok"], 484);
    EXPECT_GE(signature["ok"], 301);
    EXPECT_EQ(ciphered, decrypted);
    EXPECT_GT(decrypted, 0U);
}

TEST_F(RtdsKeys, ATurnedBitMakesTheProtectionBad) {
    Message message = parse(rtds::message("ECS45_7.4_SUCCESS_RESPONSE_GBCS.HEX").octets).value();
    message.payload.back() ^= 1;
    EXPECT_EQ(check_protection(message, ring()).mac, Check::bad);
    message.header.originator = Eui64{1};
    EXPECT_EQ(check_protection(message, ring()).mac, Check::no_key);
}

TEST_F(RtdsKeys, EveryBodyIsWrittenAsItWasRead) {
    for (const rtds::File& file : rtds::messages()) {
        const Message message = parse(file.octets).value();
        const auto body = parse_body(message);
        ASSERT_TRUE(body) << file.name << ": " << body.error().text();
        EXPECT_EQ(to_hex(encode_body(*body)), to_hex(message.payload)) << file.name;
        EXPECT_FALSE(std::holds_alternative<Unknown>(*body)) << file.name;
    }
}

TEST(Body, AnUnknownCodeIsReadByItsShapeOrKept) {
    Message message;
    message.header.other.code = MessageCode{0x7FFF};
    message.payload = {0x01, 0x02, 0x03};
    EXPECT_EQ(std::get<Unknown>(*parse_body(message)).octets, message.payload);
    message.payload = {0xD9, 0x20, 0, 0, 1, 0, 0, 0};
    EXPECT_TRUE(std::holds_alternative<dlms::Payload>(*parse_body(message)));
}

}  // namespace
}  // namespace meterbed::gbcs
