// A message is accepted as a whole, with every octet accounted for, or refused with the place and the reason.
#include <gtest/gtest.h>

#include "tests/devices/gbcs/official_vector.h"

#include "devices/gbcs/message.h"

namespace meterbed::gbcs {
namespace {

Message plain_command() {
    Message message;
    message.header.counter = 7;
    message.header.originator = Eui64{0x90B3D51F30010000};
    message.header.recipient = Eui64{0x00DB1234567890A0};
    message.header.other.code = MessageCode{0x0052};
    message.payload = hex("0102");
    message.mac = Mac{1, 2, 3};
    return message;
}

void comes_back(const Message& message, std::string_view story) {
    const auto again = parse(encode(message));
    ASSERT_TRUE(again) << story << ": " << again.error().text();
    EXPECT_EQ(*again, message) << story;
}

TEST(Framing, EveryShapeComesBack) {
    Message message = plain_command();
    comes_back(message, "command with a MAC");
    message.signature = Signature{};
    comes_back(message, "signed command with a MAC");
    message.mac.reset();
    comes_back(message, "signed only");
    message.signature.reset();
    message.pre_command = true;
    comes_back(message, "pre-command");
}

TEST(Framing, EveryOtherInformationComesBack) {
    Message message = plain_command();
    OtherInformation& other = message.header.other;
    other.supplementary_party = Eui64{1};
    comes_back(message, "10 octets");
    other.supplementary_counter = 2;
    comes_back(message, "18 octets");
    other.supplementary_certificate = Bytes(406, 0x30);
    comes_back(message, "18 octets and a certificate");
    other.supplementary_certificate.clear();
    other.supplementary_originator_counter = 3;
    comes_back(message, "26 octets");
}

TEST(Framing, ResponseWithDateTimeComesBack) {
    Message message = plain_command();
    message.header.cra = CraFlag::response;
    message.header.date_time = hex_array<12>("07DF0101FF000000008000FF");
    comes_back(message, "date-time");
}

TEST(Framing, LengthsTakeTheirShortestForm) {
    for (const auto& [length, wanted] : {std::pair{0x7FU, "7F"},
                                         {0x80U, "8180"},
                                         {0xFFU, "81FF"},
                                         {0x100U, "820100"},
                                         {0xFFFFU, "82FFFF"}}) {
        Bytes out;
        append_length(out, length);
        EXPECT_EQ(to_hex(out), wanted);
    }
    Bytes out;
    EXPECT_THROW(append_length(out, 0x10000), std::length_error);
}

TEST(Framing, LongPayloadsComeBack) {
    Message message = plain_command();
    for (std::size_t size : {0U, 0x7FU, 0x80U, 0xFFU, 0x100U, 0xF000U}) {
        message.payload.assign(size, 0xAA);
        comes_back(message, "payload of " + std::to_string(size));
    }
}

struct Refusal {
    std::string_view story, octets, text;
};

// Offsets count from the first octet of the message.
constexpr Refusal kRefusals[] = {
    {"nothing", "", "offset 0: grouping header does not start with DF is cut short: 1 octets needed, 0 left"},
    {"another APDU", "C001", "offset 0: grouping header does not start with DF"},
    {"short transaction-id", "DF08", "offset 1: transaction-id is not 9 octets"},
    {"CRA flag 4", "DF09 04", "offset 2: CRA flag is not 1, 2 or 3"},
    {"short originator", "DF09 01 0000000000000001 07", "offset 11: originator identifier is not 8 octets"},
    {"long date-time", "DF09 01 0000000000000001 080000000000000001 080000000000000002 0D",
     "offset 29: date-time is neither empty nor 12 octets"},
    {"other-information of 3", "DF09 01 0000000000000001 080000000000000001 080000000000000002 00 03 000100",
     "offset 30: other-information is not 2, 10, 18, 26 or more octets"},
    {"content cut short", "DF09 01 0000000000000001 080000000000000001 080000000000000002 00 020001 05 AA",
     "offset 34: content is cut short: 5 octets needed, 1 left"},
    {"content length not minimal",
     "DF09 01 0000000000000001 080000000000000001 080000000000000002 00 020001 8101 AA",
     "offset 33: content length is not minimal"},
    {"signature of 32", "DF09 01 0000000000000001 080000000000000001 080000000000000002 00 020001 00 20",
     "offset 34: signature is neither absent nor 64 octets"},
    {"one octet too many",
     "DF09 01 0000000000000001 080000000000000001 080000000000000002 00 020001 00 00 FF",
     "offset 35: 1 octets follow the message"},
    {"transaction-id in the MAC header", "DD 000000000001 00",
     "offset 1: a general-ciphering field is not empty"},
    {"wrong length", "DD 000000000000 09 1100000000",
     "offset 7: ciphered-service length is not what follows"},
    {"encrypted service", "DD 000000000000 05 3100000000", "offset 8: security header is not 11 00000000"},
};

/// 80 starts an indefinite length, 83 one of three octets: neither is a length of GBCS.
TEST(Framing, OtherFormsOfLengthAreRefused) {
    Message message;
    message.payload.assign(0x100, 0);
    const Bytes whole = encode(message);
    const std::size_t at = whole.size() - 1 - message.payload.size() - 3;
    ASSERT_EQ(whole[at], 0x82);
    for (const std::uint8_t form : std::initializer_list<std::uint8_t>{0x80, 0x83, 0xFF}) {
        Bytes changed = whole;
        changed[at] = form;
        const auto parsed = parse(changed);
        ASSERT_FALSE(parsed);
        EXPECT_EQ(parsed.error().what, "content length has an unknown length form");
    }
}

TEST(Framing, RefusalsNamePlaceAndReason) {
    for (const Refusal& refusal : kRefusals) {
        const auto message = parse(hex(refusal.octets));
        ASSERT_FALSE(message) << refusal.story;
        EXPECT_EQ(message.error().text(), refusal.text) << refusal.story;
    }
}

TEST(Framing, SignatureLeavesOutTheFirstOctetAndTheMacDoesNot) {
    const Message message = parse(hex(official::kMessage)).value();
    EXPECT_EQ(to_hex(signed_octets(message)).substr(0, 8), "09010000");
    EXPECT_EQ(to_hex(mac_additional_data(message)).substr(0, 16), "110000000000DF09");
}

}  // namespace
}  // namespace meterbed::gbcs
