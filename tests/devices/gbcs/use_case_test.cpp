// The use case table: who may ask which device for what, and how it is protected.
#include "devices/gbcs/use_case.h"

#include <gtest/gtest.h>

namespace meterbed::gbcs {
namespace {

const UseCase& row(std::uint16_t code) {
    const UseCase* found = find_use_case(MessageCode{code});
    if (!found) throw std::out_of_range("no such code");
    return *found;
}

TEST(UseCases, AreAllThere) {
    EXPECT_EQ(use_cases().size(), 240U);
    for (const UseCase& use_case : use_cases())
        EXPECT_EQ(find_use_case(use_case.code), &use_case) << use_case.id;
    EXPECT_EQ(find_use_case(MessageCode{0xFFFF}), nullptr);
    EXPECT_EQ(find_use_case("ECS45"), find_use_case(MessageCode{0x0052}));
    EXPECT_EQ(find_use_case("nonsense"), nullptr);
}

TEST(UseCases, ReadOfTheLoadSwitchIsMacedBothWays) {
    const UseCase& read = row(0x0052);
    EXPECT_EQ(read.id, "ECS45");
    EXPECT_FALSE(read.critical);
    EXPECT_EQ(read.command_protection, Protection::mac);
    EXPECT_EQ(read.response_protection, Protection::mac);
    EXPECT_EQ(read.payload, PayloadFamily::dlms);
    EXPECT_TRUE(read.devices.has(DeviceType::eSME));
    EXPECT_FALSE(read.devices.has(DeviceType::gSME));
}

TEST(UseCases, TariffIsSignedAndFutureDatable) {
    const UseCase& tariff = row(0x0019);
    EXPECT_TRUE(tariff.critical && tariff.future_datable && tariff.replay_checked &&
                tariff.response_has_date_time);
    EXPECT_EQ(tariff.command_protection, Protection::signature_and_mac);
    EXPECT_EQ(tariff.response_protection, Protection::signature);
    EXPECT_TRUE(tariff.originators.has(RemotePartyRole::supplier));
    EXPECT_FALSE(tariff.originators.has(RemotePartyRole::networkOperator));
}

TEST(UseCases, CredentialsAreProtectedByMode) {
    for (std::uint16_t mode = 0; mode <= 9; ++mode) {
        const UseCase& update = row(static_cast<std::uint16_t>(0x0100 + mode));
        const Protection wanted = mode == 4  ? Protection::mac
                                  : mode < 8 ? Protection::signature_and_mac
                                             : Protection::signature;
        EXPECT_EQ(update.id, "CS02b");
        EXPECT_EQ(update.command_protection, wanted) << mode;
        EXPECT_EQ(update.response_protection, Protection::signature) << mode;
        EXPECT_EQ(update.payload, PayloadFamily::asn1) << mode;
        EXPECT_TRUE(update.response_has_date_time) << mode;
    }
    EXPECT_TRUE(row(0x0103).originators.has(RemotePartyRole::networkOperator));
    EXPECT_TRUE(row(0x0103).originators.has(RemotePartyRole::accessControlBroker));
}

TEST(UseCases, AnyKnownPartyMayReadCredentials) {
    for (std::uint16_t code : {std::uint16_t{0x0008}, std::uint16_t{0x011B}}) {
        EXPECT_TRUE(row(code).originators.empty());
        EXPECT_EQ(row(code).command_protection, Protection::either);
    }
}

TEST(UseCases, EachKindIsProtectedSomehow) {
    for (const UseCase& use_case : use_cases()) {
        const bool is_alert = use_case.kind == UseCaseKind::alert;
        EXPECT_EQ(use_case.alert_protection != Protection::none, is_alert) << use_case.id;
        if (use_case.kind == UseCaseKind::command_response) {
            EXPECT_NE(use_case.command_protection, Protection::none) << use_case.id;
            EXPECT_NE(use_case.response_protection, Protection::none) << use_case.id;
        }
        EXPECT_FALSE(use_case.devices.empty()) << use_case.id;
    }
}

TEST(UseCases, GenericAlertsTellTheirFamilyByTheFirstOctet) {
    const Bytes dlms{0x0F, 0x20}, gbz{0x01, 0x09};
    EXPECT_EQ(payload_family(MessageCode{0x1001}, dlms), PayloadFamily::dlms);
    EXPECT_EQ(payload_family(MessageCode{0x1001}, gbz), PayloadFamily::gbz);
    EXPECT_EQ(payload_family(MessageCode{0x1001}, {}), PayloadFamily::unknown);
    EXPECT_EQ(payload_family(MessageCode{0x0052}, gbz), PayloadFamily::dlms);
}

}  // namespace
}  // namespace meterbed::gbcs
