// Messages in words.
#include "devices/gbcs/describe.h"

#include "devices/gbcs/alert_names.h"
#include "devices/gbcs/dlms_dictionary.h"
#include "tests/devices/gbcs/hex.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs {
namespace {

using RtdsDescribe = rtds::Test;

const Description* find(const Description& in, std::string_view name) {
    if (in.name == name) return &in;
    for (const Description& child : in.children)
        if (const Description* found = find(child, name)) return found;
    return nullptr;
}

Message message(std::uint16_t code, CraFlag cra, std::string_view payload) {
    Message made;
    made.header.cra = cra;
    made.header.other.code = MessageCode{code};
    made.payload = hex(payload);
    return made;
}

TEST(Describe, MoneyHasTwoDigitsAtLeast) {
    EXPECT_EQ(money_text(250000), "2.50 GBP");
    EXPECT_EQ(money_text(-1), "-0.00001 GBP");
    EXPECT_EQ(money_text(0), "0.00 GBP");
}

TEST(Describe, TimesAreUtcTextOrWhatFutureDatingMeans) {
    EXPECT_EQ(date_time_text(hex("07DF0101FF000000008000FF")), "2015-01-01T00:00:00Z");
    EXPECT_EQ(date_time_text(hex("0000000000000000008000FF")), "now");
    EXPECT_EQ(date_time_text(hex("FFFFFFFFFFFFFFFFFF8000FF")), "never");
    EXPECT_EQ(date_time_text(hex("FFFF0C19FF000000008000FF")), "****-12-25T00:00:00Z");
    EXPECT_EQ(utc_text(0x1C374A80), "2015-01-01T00:00:00Z");
}

TEST(Describe, AnObjectIsCalledWhatItsUseCaseCallsIt) {
    const auto words = describe(message(0x0069, CraFlag::response,
                                        "DA200003E80000010"
                                        "50003D090010100"));
    const Description* amount = find(words, "current_credit_amount");
    ASSERT_NE(amount, nullptr);
    EXPECT_EQ(amount->text, "2.50 GBP");
    EXPECT_EQ(amount->number, 250000);
    EXPECT_EQ(amount->unit, "GBP");
}

TEST(Describe, ElementsOfAValueHaveNames) {
    const auto objects = dlms::objects_of(MessageCode{0x001E});
    ASSERT_FALSE(objects.empty());
    ASSERT_EQ(objects[0].value.children.size(), 3U);
    EXPECT_EQ(objects[0].value.children[0].name, "charge_per_unit_scaling");
    EXPECT_EQ(objects[0].value.children[2].children[0].children[1].name, "charge_per_unit");
}

TEST(Describe, AnAlertIsNamed) {
    const auto words = describe(message(0x1001, CraFlag::alert, "010900810E1C374A80"));
    EXPECT_EQ(find(words, "Alert")->text, "0x810E " + std::string(alert_name(0x810E)));
    EXPECT_EQ(find(words, "Time")->text, "2015-01-01T00:00:00Z");
    EXPECT_TRUE(alert_name(0x0001).empty());
}

TEST(Describe, AFutureDatedGasAlertNamesTheComponent) {
    const auto words =
        describe(message(0x00CD, CraFlag::alert, "0109018F66388188900E006C00000000000003E907050106"));
    EXPECT_EQ(find(words, "Component")->text, "0x0705 Prepayment, command 0x06 Change Payment Mode");
}

TEST(Describe, APayloadThatDoesNotFitStandsWithTheReason) {
    const auto words = describe(message(0x0052, CraFlag::command, "D9"));
    EXPECT_NE(find(words, "Payload")->text.find("offset"), std::string::npos);
    EXPECT_EQ(describe(message(0x7FFF, CraFlag::command, "D9")).text, "unknown message code command");
}

TEST_F(RtdsDescribe, CertificatesAreExplained) {
    const Message update = parse(rtds::message("CS02bNOByNO_6.15.1_SUCCESS_COMMAND_GBCS.HEX").octets).value();
    const KeyRing ring = KeyRing::load(rtds::folder() / "keystore").value();
    const auto words = describe(update, &ring);
    EXPECT_EQ(find(words, "Role")->text, "networkOperator");
    EXPECT_EQ(find(words, "Kind")->text, "organisation");
    EXPECT_NE(find(words, "MAC")->text.find("(verified)"), std::string::npos);
}

/// Nothing of a known object goes without a name where the use case has as many items.
TEST_F(RtdsDescribe, EveryMessageHasWords) {
    const KeyRing ring = KeyRing::load(rtds::folder() / "keystore").value();
    for (const rtds::File& file : rtds::messages()) {
        const auto words = describe(parse(file.octets).value(), &ring);
        EXPECT_GE(words.children.size(), 2U) << file.name;
        EXPECT_EQ(find(words, "closed"), nullptr) << file.name;
        EXPECT_EQ(words.text.find("unknown"), std::string::npos) << file.name;
    }
}

}  // namespace
}  // namespace meterbed::gbcs
