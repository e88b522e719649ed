// The device's own key pairs (CS02c, CS02d, CS02e), and what it says about its cells (CS02a).
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using bench::Bench;
using bench::market;
using bench::Shape;

constexpr gbcs::MessageCode kIssue{0x000A}, kUpdate{0x000B}, kProvide{0x000C};

class DeviceCertificates : public ::testing::Test {
  protected:
    gbcs::EncodedOrResult ask(gbcs::MessageCode code, const gbcs::Cs02Payload& payload) {
        response =
            bench.deliver(bench.command(code, gbcs::encode_cs02(payload), market().supplier, Shape::both));
        EXPECT_TRUE(response) << bench.dropped_as();
        if (!response) return std::uint64_t{99};
        return std::get<gbcs::EncodedOrResult>(
            *gbcs::parse_cs02(code, gbcs::CraFlag::response, response->payload));
    }
    std::uint64_t update(const CertificateRef& certificate) {
        return std::get<std::uint64_t>(ask(kUpdate, gbcs::EncodedOrResult{certificate->der}));
    }
    CertificateRef certificate(const PublicKey& key, KeyUsage usage, std::optional<Eui64> id = {}) {
        DeviceRequest request;
        request.subject = id.value_or(bench.device->id());
        request.usage = usage;
        request.key = key;
        request.from = bench::kStart;
        return market().authority.issue(request);
    }
    bool signed_by(const PublicKey& key) const { return gbcs::signature_is_valid(*response, key); }

    Bench bench;
    std::optional<gbcs::Message> response;
};

TEST_F(DeviceCertificates, AreProvided) {
    const DeviceIdentity& identity = bench.device->identity();
    EXPECT_EQ(std::get<Bytes>(ask(kProvide, gbcs::KeyUsageRequest{KeyUsage::digitalSignature})),
              identity.signing_certificate->der);
    EXPECT_EQ(std::get<Bytes>(ask(kProvide, gbcs::KeyUsageRequest{KeyUsage::keyAgreement})),
              identity.agreement_certificate->der);
    EXPECT_EQ(std::get<std::uint64_t>(ask(kProvide, gbcs::KeyUsageRequest{KeyUsage::keyCertSign})), 1U);
}

TEST_F(DeviceCertificates, ASigningKeyIsRenewed) {
    const PublicKey old_key = bench.device->identity().signing.public_key();
    ASSERT_TRUE(
        std::holds_alternative<Bytes>(ask(kIssue, gbcs::KeyUsageRequest{KeyUsage::digitalSignature})));
    const PublicKey new_key = bench.device->pending_key()->key.public_key();
    EXPECT_EQ(update(certificate(new_key, KeyUsage::digitalSignature)), 0U);
    // The response to the update itself is still signed with the key in force when the command arrived.
    EXPECT_TRUE(signed_by(old_key));
    ask(kProvide, gbcs::KeyUsageRequest{KeyUsage::digitalSignature});
    EXPECT_TRUE(signed_by(new_key));
    EXPECT_EQ(update(certificate(new_key, KeyUsage::digitalSignature)), 4U);
}

TEST_F(DeviceCertificates, AnAgreementKeyIsRenewed) {
    ask(kIssue, gbcs::KeyUsageRequest{KeyUsage::keyAgreement});
    EXPECT_EQ(update(certificate(bench.device->pending_key()->key.public_key(), KeyUsage::keyAgreement)), 0U);
    const auto read =
        bench.command(bench::code::read_switch, bench::read_switch(), market().supplier, Shape::mac);
    EXPECT_TRUE(bench.deliver(read));
}

TEST_F(DeviceCertificates, UpdatesAreRefusedWithTheirReason) {
    ask(kIssue, gbcs::KeyUsageRequest{KeyUsage::digitalSignature});
    const PublicKey pending = bench.device->pending_key()->key.public_key();
    EXPECT_EQ(update(certificate(pending, KeyUsage::digitalSignature, Eui64{42})), 2U);
    EXPECT_EQ(update(market().supplier.sign), 2U);
    EXPECT_EQ(update(certificate(pending, KeyUsage::keyAgreement)), 4U);
    EXPECT_EQ(update(certificate(bench.device->identity().agreement, KeyUsage::digitalSignature)), 5U);
    EXPECT_EQ(std::get<std::uint64_t>(ask(kUpdate, gbcs::EncodedOrResult{Bytes{0x30, 0x00}})), 1U);
}

TEST(Credentials, AreToldPerRole) {
    Bench bench(DeviceType::gSME);
    accept(bench.device->replay_counters(), RemotePartyRole::supplier, {}, false, 321);
    const gbcs::ProvideSecurityCredentials asked{
        {RemotePartyRole::transitionalCoS, KeyUsage::digitalSignature},
        {RemotePartyRole::supplier, RemotePartyRole::networkOperator, RemotePartyRole::root}};
    // Another party than the ACB signs, and gets a signature back.
    const auto response = bench.deliver(bench.command(bench::code::read_credentials, gbcs::encode_cs02(asked),
                                                      market().cos, Shape::signed_only));
    ASSERT_TRUE(response);
    EXPECT_TRUE(response->signature);
    const auto told = std::get<gbcs::ProvideSecurityCredentialsResponse>(
        *gbcs::parse_cs02(bench::code::read_credentials, gbcs::CraFlag::response, response->payload));
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].current_counter, 321U);
    EXPECT_EQ(told[0].credentials.size(), 3U);
    EXPECT_EQ(told[1].status, gbcs::StatusCode::trustAnchorNotFound);
    EXPECT_EQ(told[2].credentials.at(0).subject, Bytes(8, 0));
}

TEST(Provisioning, TheSameStreamMakesTheSameDevice) {
    const auto make = [] {
        Random random(5, "twin");
        return provision(Eui64{1}, market().authority, random, bench::kFounded);
    };
    const DeviceIdentity one = make(), other = make();
    EXPECT_EQ(one.signing.public_key(), other.signing.public_key());
    EXPECT_EQ(one.agreement, other.agreement);
    EXPECT_TRUE(one.signing_certificate->is_device);
    EXPECT_EQ(one.signing_certificate->subject, Eui64{1});
    EXPECT_EQ(one.agreement_certificate->usage, KeyUsage::keyAgreement);
}

TEST(Registry, MakesEveryType) {
    for (const DeviceType type : {DeviceType::eSME, DeviceType::gSME, DeviceType::CHF, DeviceType::GPF,
                                  DeviceType::PPMID, DeviceType::HCALCS, DeviceType::SAPC}) {
        Bench bench(type);
        EXPECT_EQ(bench.device->type(), type);
        EXPECT_EQ(bench.device->supply().has_value(), type == DeviceType::eSME || type == DeviceType::gSME);
    }
}

}  // namespace
}  // namespace meterbed
