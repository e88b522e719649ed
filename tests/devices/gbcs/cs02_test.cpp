// Payloads of the security credential use cases, made here and read back.
#include "devices/gbcs/cs02.h"

#include <gtest/gtest.h>

#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs {
namespace {

constexpr MessageCode kSupplierBySupplier{0x0102}, kReadCredentials{0x0008}, kIssue{0x000A},
    kUpdateDevice{0x000B};
const Cell kSupplierSign{RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management};
const Cell kSupplierTopUp{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};

void comes_back(MessageCode code, CraFlag cra, const Cs02Payload& payload) {
    const auto again = parse_cs02(code, cra, encode_cs02(payload));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, payload);
}

UpdateSecurityCredentials bare_update() {
    UpdateSecurityCredentials update;
    update.mode = 2;
    update.authorising_counter = 1000;
    return update;
}

UpdateSecurityCredentials full_update() {
    UpdateSecurityCredentials update = bare_update();
    update.plaintext_symmetric_key = Bytes(16, 0xAA);
    update.disapply_time_checks = true;
    update.authorising_cell = kSupplierSign;
    update.new_floor = 0;
    update.new_specialist_floors = std::vector{SpecialistFloor{0, 5}};
    update.other_floors =
        std::vector{SeqNumberChange{RemotePartyRole::loadController, 9, {}},
                    SeqNumberChange{RemotePartyRole::recovery, 9, std::vector{SpecialistFloor{0, 1}}}};
    update.replacements = {{hex("3003020101"), kSupplierSign}, {hex("3000"), kSupplierTopUp}};
    update.path_certificates = {hex("3000")};
    update.execute_at = parse_time("2030-01-15");
    return update;
}

TEST(Cs02, UpdateComesBackBareAndFull) {
    comes_back(kSupplierBySupplier, CraFlag::command, bare_update());
    comes_back(kSupplierBySupplier, CraFlag::command, full_update());
}

TEST(Cs02, BareUpdateHasTheExpectedOctets) {
    EXPECT_EQ(to_hex(encode_cs02(bare_update())), to_hex(hex("300D 3007 020102 830203E8 3000 3000")));
}

TEST(Cs02, CancellingTimeIsForever) {
    UpdateSecurityCredentials update = bare_update();
    update.execute_at = kForever;
    const Bytes octets = encode_cs02(update);
    EXPECT_EQ(to_hex(ByteView(octets).last(15)),
              to_hex(Bytes{'9', '9', '9', '9', '1', '2', '3', '1', '2', '3', '5', '9', '5', '9', 'Z'}));
    comes_back(kSupplierBySupplier, CraFlag::command, update);
}

TEST(Cs02, FutureDatedResponseIsOneNull) {
    EXPECT_EQ(to_hex(encode_cs02(UpdateSecurityCredentialsResponse{})), "30020500");
    comes_back(kSupplierBySupplier, CraFlag::response, UpdateSecurityCredentialsResponse{});
}

ExecutionOutcome some_outcome() {
    ExecutionOutcome outcome{1000, 2, {{RemotePartyRole::supplier, 1000, {}}}, {}};
    outcome.replacements.push_back(
        {kSupplierSign, StatusCode::success, Bytes(8, 1), Bytes(8, 2), Bytes(8, 3), Bytes(8, 4)});
    outcome.replacements.push_back(
        {kSupplierTopUp, StatusCode::noTrustAnchor, Bytes(8, 1), Bytes(8, 2), Bytes(8, 1), Bytes(8, 2)});
    return outcome;
}

TEST(Cs02, OutcomesComeBackInResponseAndAlert) {
    comes_back(kSupplierBySupplier, CraFlag::response, UpdateSecurityCredentialsResponse{some_outcome()});
    const Time at = parse_time("2030-01-15").value();
    comes_back(MessageCode{0x00CB}, CraFlag::alert,
               UpdateSecurityCredentialsAlert{0x8F66, at, some_outcome()});
}

TEST(Cs02, ReadOfCredentialsComesBack) {
    comes_back(kReadCredentials, CraFlag::command,
               ProvideSecurityCredentials{kSupplierSign, {RemotePartyRole::root, RemotePartyRole::supplier}});
    RoleCredentials held{RemotePartyRole::supplier, StatusCode::success, 1000, {}};
    held.credentials.push_back(
        {KeyUsage::keyAgreement, CellUsage::prePaymentTopUp, Bytes(8, 1), Bytes(8, 2)});
    const RoleCredentials missing{RemotePartyRole::wanProvider, StatusCode::trustAnchorNotFound, {}, {}};
    comes_back(kReadCredentials, CraFlag::response, ProvideSecurityCredentialsResponse{held, missing});
}

TEST(Cs02, DeviceCertificatesAndResultsComeBack) {
    comes_back(kIssue, CraFlag::command, KeyUsageRequest{KeyUsage::keyAgreement});
    EXPECT_EQ(to_hex(encode_cs02(KeyUsageRequest{KeyUsage::keyAgreement})), "300403020308");
    comes_back(kIssue, CraFlag::response, EncodedOrResult{hex("3003020100")});
    comes_back(kIssue, CraFlag::response, EncodedOrResult{std::uint64_t{2}});
    comes_back(kUpdateDevice, CraFlag::command, EncodedOrResult{hex("3003020100")});
    comes_back(kUpdateDevice, CraFlag::response, EncodedOrResult{std::uint64_t{0}});
}

TEST(Cs02, DevicesWriteLengthsOf128To255InThreeOctets) {
    RoleCredentials held{RemotePartyRole::supplier, StatusCode::success, 1000, {}};
    held.credentials.assign(5, {KeyUsage::keyAgreement, CellUsage::management, Bytes(8, 1), Bytes(8, 2)});
    const Bytes octets = encode_cs02(ProvideSecurityCredentialsResponse{held});
    EXPECT_EQ(to_hex(ByteView(octets).first(8)), "3082009430820090");
    comes_back(kReadCredentials, CraFlag::response, ProvideSecurityCredentialsResponse{held});
    held.credentials.resize(1);
    EXPECT_EQ(to_hex(ByteView(encode_cs02(ProvideSecurityCredentialsResponse{held})).first(2)), "3028");
}

TEST(Cs02, OnlyDerIsRead) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"management encoded although it is the default", "3010 300A 020102 0302 0780 020100 3003 020102"},
        {"two key usages", "300D 3007 020102 0302 0388 3003 020102"},
        {"length not minimal", "300E 308107 020102 0302 0780 3003 020102"},
        {"integer not minimal", "300E 3007 020102 0302 0780 3004 02020002"},
        {"something after it", "300C 3007 020102 03020780 3003 020102 00"},
        {"cut short", "300C 3007 020102 03020780 3003 0201"},
    };
    for (const auto& [story, octets] : cases)
        EXPECT_FALSE(parse_cs02(kReadCredentials, CraFlag::command, hex(octets))) << story;
    EXPECT_TRUE(parse_cs02(kReadCredentials, CraFlag::command, hex("300E 3007 020102 03020780 3003 020102")));
}

TEST(Cs02, EncodedTimeCheckDefaultSurvives) {
    UpdateSecurityCredentials update = bare_update();
    update.disapply_time_checks = false;
    comes_back(kSupplierBySupplier, CraFlag::command, update);
}

constexpr std::uint16_t kCodes[] = {0x0008, 0x000A, 0x000B, 0x000C, 0x00CB, 0x0100,
                                    0x0109, 0x011B, 0x0124, 0x0125, 0x0126};
constexpr std::uint16_t kOtherCodes[] = {0x0007, 0x0009, 0x000D, 0x010A, 0x0127};

TEST(Cs02, CodesAreKnown) {
    for (std::uint16_t code : kCodes) EXPECT_TRUE(is_cs02(MessageCode{code})) << code;
    for (std::uint16_t code : kOtherCodes) EXPECT_FALSE(is_cs02(MessageCode{code})) << code;
    EXPECT_FALSE(parse_cs02(MessageCode{0x0052}, CraFlag::command, hex("3000")));
    EXPECT_FALSE(parse_cs02(kIssue, CraFlag::alert, hex("3000")));
    EXPECT_EQ(name(StatusCode::noTrustAnchor), "noTrustAnchor");
}

}  // namespace
}  // namespace meterbed::gbcs
