// The vector that GBCS publishes decides whether header, keys, signature and MAC are understood.
#include "tests/devices/gbcs/official_vector.h"

#include <gtest/gtest.h>

#include "devices/gbcs/dlms.h"
#include "devices/gbcs/protection.h"

namespace meterbed::gbcs {
namespace {

const PublicKey kSupplierSigning{hex_array<64>(official::kSupplierSigningKey)};
const PublicKey kDeviceAgreement{hex_array<64>(official::kDeviceAgreementKey)};

KeyPair acb() { return KeyPair::from_scalar(hex_array<32>(official::kAcbPrivateKey)).value(); }
Message vector() { return parse(hex(official::kMessage)).value(); }

TEST(OfficialVector, ReadsAsAResetOfTheMeterBalance) {
    const Message message = vector();
    EXPECT_EQ(message.code(), MessageCode{0x00B3});
    EXPECT_EQ(message.header.cra, CraFlag::command);
    EXPECT_EQ(message.header.counter, 1U);
    EXPECT_EQ(message.header.originator, official::supplier_a);
    EXPECT_EQ(message.header.recipient, official::device_a);
    EXPECT_FALSE(message.header.date_time);
    EXPECT_EQ(message.payload.size(), 0x35U);
}

TEST(OfficialVector, IsWrittenAsItWasRead) {
    EXPECT_EQ(to_hex(encode(vector())), to_hex(hex(official::kMessage)));
}

TEST(OfficialVector, ResetsThreeAccounts) {
    const auto payload = dlms::parse(vector().payload);
    ASSERT_TRUE(payload) << payload.error().text();
    const auto& request = std::get<dlms::AccessRequest>(*payload);
    EXPECT_EQ(request.invoke_id, dlms::invoke_id(1));
    ASSERT_EQ(request.specifications.size(), 3U);
    EXPECT_EQ(request.specifications[2].access, dlms::Access::action);
    EXPECT_EQ(request.data, std::vector(3, dlms::Value::integer(dlms::Type::int32, 0)));
}

TEST(OfficialVector, SecretAndKeyFollowFromTheStaticKeys) {
    const SharedSecret secret = acb().agree(kDeviceAgreement);
    EXPECT_EQ(to_hex(secret), official::kSharedSecret);
    EXPECT_EQ(to_hex(derive_key(secret, official::supplier_a, 1, 1, official::device_a)), official::kMacKey);
}

TEST(OfficialVector, MacAndSignatureVerify) {
    SharedSecrets secrets;
    EXPECT_EQ(to_hex(make_mac(vector(), secrets.of(acb(), kDeviceAgreement))), official::kMac);
    EXPECT_TRUE(mac_is_valid(vector(), secrets.of(acb(), kDeviceAgreement)));
    EXPECT_EQ(secrets.size(), 1U);
    EXPECT_TRUE(signature_is_valid(vector(), kSupplierSigning));
}

TEST(OfficialVector, NeitherVerifiesUnderAnotherKey) {
    EXPECT_FALSE(mac_is_valid(vector(), SharedSecret{}));
    EXPECT_FALSE(signature_is_valid(vector(), kDeviceAgreement));
}

}  // namespace
}  // namespace meterbed::gbcs
