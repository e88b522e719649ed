// DLMS payloads as electricity meters and hubs exchange them.
#include "devices/gbcs/dlms.h"

#include <gtest/gtest.h>

#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs::dlms {
namespace {

// One value of each type, and the octets it has.
constexpr std::string_view kValues[] = {
    "00",
    "0100",
    "0102 1101 1102",
    "0202 00 0301",
    "0300",
    "03FF",
    "0409 FF80",
    "05FFFFFFFF",
    "06FFFFFFFF",
    "0900",
    "0903 414243",
    "0A02 4142",
    "0C02 C2A3",
    "0F80",
    "10FFFE",
    "11FF",
    "12FFFF",
    "14FFFFFFFFFFFFFFFF",
    "15FFFFFFFFFFFFFFFF",
    "1601",
    "13 0202 12 11 06 0001 02 0003 04",
    "13 01 0002 05 00",
};

TEST(DlmsValues, EachTypeComesBack) {
    for (std::string_view text : kValues) {
        const Bytes octets = hex(text);
        const auto value = parse_value(octets);
        ASSERT_TRUE(value) << text << ": " << value.error().text();
        EXPECT_EQ(to_hex(encode_value(*value)), to_hex(octets)) << text;
    }
}

TEST(DlmsValues, NumbersKeepTheirSign) {
    EXPECT_EQ(parse_value(hex("05FFFFFFFF"))->number, -1);
    EXPECT_EQ(parse_value(hex("06FFFFFFFF"))->number, 0xFFFFFFFF);
    EXPECT_EQ(parse_value(hex("0F80"))->number, -128);
    EXPECT_EQ(parse_value(hex("10FFFE"))->number, -2);
    EXPECT_EQ(parse_value(hex("1180"))->number, 128);
    EXPECT_EQ(parse_value(hex("0409FF80"))->number, 9);
}

TEST(DlmsValues, RefusalsNamePlaceAndReason) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", "offset 0: value is cut short: 1 octets needed, 0 left"},
        {"07", "offset 0: unknown type tag 07"},
        {"0903 4142", "offset 2: string is cut short: 3 octets needed, 2 left"},
        {"0181 05", "offset 1: element count is not minimal"},
        {"0182FFFF 00", "offset 1: more elements than octets"},
        {"0000", "offset 1: 1 octets follow the value"},
    };
    for (const auto& [octets, text] : cases) {
        const auto value = parse_value(hex(octets));
        ASSERT_FALSE(value) << octets;
        EXPECT_EQ(value.error().text(), text);
    }
}

TEST(DlmsValues, DepthIsBounded) {
    const auto nested = [](int depth) {
        Bytes octets;
        for (int i = 1; i < depth; ++i) octets.insert(octets.end(), {0x02, 0x01});
        octets.push_back(0x00);
        return octets;
    };
    EXPECT_TRUE(parse_value(nested(kMaximumDepth)));
    EXPECT_FALSE(parse_value(nested(kMaximumDepth + 1)));
    EXPECT_FALSE(parse_value(nested(20000)));
    // Type descriptions nest too.
    Bytes description{0x13};
    for (int i = 0; i < 20000; ++i) description.insert(description.end(), {0x02, 0x01});
    EXPECT_FALSE(parse_value(description));
}

void comes_back(std::string_view text) {
    const Bytes octets = hex(text);
    const auto payload = parse(octets);
    ASSERT_TRUE(payload) << text << ": " << payload.error().text();
    EXPECT_EQ(to_hex(encode(*payload)), to_hex(octets));
}

TEST(Dlms, WorkedPayloadsComeBack) {
    comes_back("D9 200003E8 00 01 01 0046 0000 60 03 0A FF 03 01 00");
    comes_back("DA 200003E8 00 00 01 16 01 01 01 00");
    comes_back("DA 200003E8 00 00 01 00 01 01 01");
    comes_back("D9 200003E8 00 01 03 0009 00000A006AFF 01 01 12 0033");
    comes_back("D9 20000001 00 01 04 0007 0100630100FF 02 02 0202 0601020304 0605060708 01 00");
    comes_back("0F 20000007 00 0202 12 810E 090C 07DF0101FF000000008000FF");
    comes_back("0F 200007D3 00 0204 12 8F36 090C 07DF0101FF000000008000FF 0900 0900");
}

TEST(Dlms, ReadOfTheLoadSwitchNamesItsAttribute) {
    const auto payload = parse(hex("D9 200003E8 00 01 01 0046 0000 60 03 0A FF 03 01 00"));
    const auto& request = std::get<AccessRequest>(payload.value());
    const Attribute switch_state{70, Obis{0, 0, 0x60, 3, 0x0A, 0xFF}, 3};
    EXPECT_EQ(request.specifications.at(0).attribute, switch_state);
    EXPECT_EQ(request.data, std::vector{Value::null()});
    EXPECT_EQ(request.invoke_id, invoke_id(1000));
}

TEST(Dlms, BreakOnErrorFailsWhatFollows) {
    const auto payload = parse(hex("DA 20000001 00 00 02 00 00 02 0201 02FA"));
    const auto& response = std::get<AccessResponse>(payload.value());
    EXPECT_EQ(response.results.at(0), (AccessResult{Access::set, Result::hardware_fault}));
    EXPECT_EQ(response.results.at(1), (AccessResult{Access::set, Result::other}));
}

TEST(Dlms, OtherPayloadsAreRefused) {
    EXPECT_FALSE(parse({}));
    EXPECT_EQ(parse(hex("C0010000")).error().offset, 0U);
    EXPECT_EQ(parse(hex("D9 20000001 00 82FFFF 01")).error().text(),
              "offset 6: specification count exceeds what follows");
    EXPECT_EQ(parse(hex("D9 20000001 00 01 05 0046")).error().text(), "offset 7: unknown access choice");
}

TEST(Dlms, InvokeIdTakesTheLowThreeOctetsOfTheCounter) {
    EXPECT_EQ(invoke_id(1000), 0x200003E8U);
    EXPECT_EQ(invoke_id(0x0000000300000000), 0x20000000U);
}

TEST(Dlms, DateTimesAreWrittenAsDevicesDo) {
    const Time new_year = parse_time("2015-01-01T00:00:00Z").value();
    EXPECT_EQ(to_hex(date_time(new_year)), "07DF0101FF000000008000FF");
    EXPECT_EQ(time_of(date_time(new_year)), new_year);
    EXPECT_EQ(time_of(date_time(kForever)), kForever);
}

TEST(Dlms, MarkersAreNotTimes) {
    EXPECT_FALSE(time_of(hex_array<12>("0000000000000000008000FF")));
    EXPECT_FALSE(time_of(hex_array<12>("FFFFFFFFFFFFFFFFFF8000FF")));
    EXPECT_FALSE(time_of(hex_array<12>("07DF021EFF000000008000FF")));
}

}  // namespace
}  // namespace meterbed::gbcs::dlms
