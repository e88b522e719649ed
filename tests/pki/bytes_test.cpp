// Octets, identifiers and times as text.
#include "pki/bytes.h"

#include <gtest/gtest.h>

#include "pki/eui64.h"
#include "pki/time.h"

namespace meterbed {
namespace {

TEST(Hex, IsUpperCaseAndComesBack) {
    const Bytes octets{0x00, 0x0A, 0xFF, 0x7B};
    EXPECT_EQ(to_hex(octets), "000AFF7B");
    EXPECT_EQ(from_hex("000AFF7B"), octets);
    EXPECT_EQ(from_hex("000aff7b"), octets);
    EXPECT_EQ(from_hex(" 00 0A\tFF\r\n7B\n"), octets);
    EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, WithAWrongCharacterOrHalfAnOctetIsRefused) {
    for (const char* text : {"0", "000", "0G", "0x00", "00-01", "é0", "00\v01"}) {
        EXPECT_FALSE(from_hex(text)) << text;
    }
    EXPECT_FALSE(
        from_hex(std::string_view("00\0"
                                  "01",
                                  5)));
}

TEST(Eui64, IsReadInEveryUsualSpellingAndWrittenAsDuisDoes) {
    const Eui64 id{0x00DB1234567890A0};
    for (const char* text : {"00DB1234567890A0", "00db1234567890a0", "00-DB-12-34-56-78-90-A0",
                             "00:db:12:34:56:78:90:a0", "00DB12-34567890A0"}) {
        EXPECT_EQ(Eui64::parse(text), id) << text;
    }
    EXPECT_EQ(id.text(), "00-DB-12-34-56-78-90-A0");
    EXPECT_EQ(Eui64::from_octets(id.octets().data()), id);
    EXPECT_EQ(Eui64{UINT64_MAX}.text(), "FF-FF-FF-FF-FF-FF-FF-FF");
}

TEST(Eui64, OfAnotherLengthOrWithStraySeparatorsIsRefused) {
    for (const char* text :
         {"", "00DB1234567890", "00DB1234567890A0A1", "-00DB1234567890A0", "0-0DB1234567890A0",
          "00DB 1234567890A0", "00DB1234567890AG", "                "}) {
        EXPECT_FALSE(Eui64::parse(text)) << text;
    }
}

TEST(Time, IsReadAsUtcFromDayToSecond) {
    const Time noon = *parse_time("2020-03-02T12:00:00Z");
    EXPECT_EQ(parse_time("2020-03-02 12:00"), noon);
    EXPECT_EQ(parse_time("2020-03-02T12:00Z"), noon);
    EXPECT_EQ(*parse_time("2020-03-02") + std::chrono::hours{12}, noon);
    EXPECT_EQ(to_text(noon + Duration{1}), "2020-03-02T12:00:00.000001Z");
    EXPECT_EQ(to_text(kForever), "9999-12-31T23:59:59.000000Z");
    EXPECT_EQ(to_text(*parse_time("1969-12-31 23:59:59") + Duration{1}), "1969-12-31T23:59:59.000001Z");
    EXPECT_TRUE(parse_time("2020-02-29"));
}

TEST(Time, ThatDoesNotExistIsRefused) {
    for (const char* text :
         {"", "2020", "2020-3-2", "2021-02-29", "2020-13-01", "2020-00-10", "2020-01-01T24:00",
          "2020-01-01T12:60", "2020-01-01T12:00:60", "2020-01-01T12:00:00+01:00", "2020-01-01T12:00:00Zjunk",
          "2020-01-01Z", "2020-01-01T", "-020-01-01", "2020-01-01T12:00:00.5Z"}) {
        EXPECT_FALSE(parse_time(text)) << text;
    }
}

}  // namespace
}  // namespace meterbed
