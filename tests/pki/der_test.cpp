// DER is read strictly and written in its one form.
#include "pki/der.h"

#include <gtest/gtest.h>

namespace meterbed::der {
namespace {

Bytes hex(const char* text) { return *from_hex(text); }

TEST(DerReader, WalksAStructureAndIsDoneAtItsEnd) {
    const Bytes encoding = hex("300F 020102 0A0105 0402ABCD 0500 800107");
    Reader whole(encoding);
    Reader body = whole.enter(kSequence);
    EXPECT_EQ(body.peek(), kInteger);
    EXPECT_EQ(body.integer(), 2U);
    EXPECT_EQ(body.integer(kEnumerated), 5U);
    EXPECT_EQ(body.octets(), hex("ABCD"));
    body.null();
    EXPECT_EQ(body.integer(context(0)), 7U);
    EXPECT_TRUE(body.at_end());
    whole.finish(body);
    whole.finish();
    EXPECT_TRUE(whole.ok()) << whole.error();
}

struct Fault {
    const char* story;
    const char* encoding;  ///< should be a SEQUENCE of one INTEGER and nothing else
    const char* says;
};

class DerFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(DerFaults, AreToldWithTheirOffset) {
    const Bytes encoding = hex(GetParam().encoding);
    Reader whole(encoding);
    Reader body = whole.enter(kSequence);
    body.integer();
    whole.finish(body);
    whole.finish();
    ASSERT_FALSE(whole.ok()) << GetParam().story;
    EXPECT_NE(whole.error().find(GetParam().says), std::string::npos)
        << GetParam().story << ": " << whole.error();
    EXPECT_NE(whole.error().find("offset"), std::string::npos) << whole.error();
}

INSTANTIATE_TEST_SUITE_P(
    All, DerFaults,
    ::testing::Values(
        Fault{"nothing", "", "element missing"}, Fault{"a tag alone", "30", "length"},
        Fault{"another tag", "31030201 02", "tag 31 where 30 belongs"},
        Fault{"truncated", "3003 0201", "length runs past the end"},
        Fault{"indefinite length", "3080 020102 0000", "not definite"},
        Fault{"length in two octets where one would do", "308103 020102", "shortest form"},
        Fault{"length with a leading zero", "30820003 020102", "shortest form"},
        Fault{"length of four thousand million", "3084FFFFFFFF 020102", "length runs past the end"},
        Fault{"length of nine octets", "3089010000000000000000 02", "length runs past the end"},
        Fault{"octets after the sequence", "3003 020102 00", "left over"},
        Fault{"octets after the integer", "3005 020102 0500", "left over"},
        Fault{"an empty sequence", "3000", "element missing"},
        Fault{"an empty integer", "3002 0200", "integer"},
        Fault{"a negative integer", "3003 0201FF", "integer"},
        Fault{"an integer with a needless zero", "3004 02020001", "integer"},
        Fault{"an integer of nine octets", "300B 0209010000000000000000", "integer"},
        Fault{"the inner length runs out of the outer", "3003 020202", "length runs past the end"}));

TEST(DerReader, KeepsTheFirstFault) {
    const Bytes encoding = hex("0401AA 020102");
    Reader reader(encoding);
    EXPECT_EQ(reader.integer(), 0U);
    const std::string first = reader.error();
    EXPECT_TRUE(reader.octets().empty());
    EXPECT_EQ(reader.integer(), 0U);
    EXPECT_EQ(reader.error(), first);
    EXPECT_TRUE(reader.at_end());
}

TEST(DerReader, ReadsIntegersUpTo63Bits) {
    const Bytes largest = hex("02087FFFFFFFFFFFFFFF");
    EXPECT_EQ(Reader(largest).integer(), 0x7FFFFFFFFFFFFFFFU);
    const Bytes larger = hex("0209008000000000000000");
    Reader reader(larger);
    reader.integer();
    EXPECT_FALSE(reader.ok());
}

TEST(DerReader, RefusesANullWithContentsAndTimesThatDoNotExist) {
    const Bytes null = hex("050100");
    Reader reader(null);
    reader.null();
    EXPECT_FALSE(reader.ok());
    for (const char* text :
         {"20210229000000Z", "2020010100000Z", "202001010000000", "20200101000000+", "2020010100 000Z"}) {
        const Bytes encoding = Writer().text(text, kGeneralizedTime).take();
        Reader times(encoding);
        times.generalized_time();
        EXPECT_FALSE(times.ok()) << text;
    }
}

TEST(DerReader, GoesDownAsDeepAsItsCallerAndNoDeeper) {
    Writer out;
    constexpr int kDepth = 2000;
    for (int i = 0; i < kDepth; ++i) out.begin(kSequence);
    out.integer(1);
    for (int i = 0; i < kDepth; ++i) out.end();
    const Bytes encoding = out.take();
    Reader reader(encoding);
    for (int i = 0; i < kDepth; ++i) reader = reader.enter(kSequence);
    EXPECT_EQ(reader.integer(), 1U);
    reader = reader.enter(kSequence);
    EXPECT_FALSE(reader.ok());
}

TEST(DerReader, SurvivesEveryPairOfOctets) {
    for (unsigned first = 0; first < 256; ++first) {
        for (unsigned second = 0; second < 256; ++second) {
            const Bytes encoding{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second), 0x01};
            Reader reader(encoding);
            const ByteView contents = reader.contents(static_cast<std::uint8_t>(first));
            EXPECT_LE(contents.size(), 1U);
        }
    }
}

TEST(DerWriter, FillsInLengthsOfEverySize) {
    for (const auto& [size, header] : {std::pair{127U, "047F"},
                                       {128U, "048180"},
                                       {255U, "0481FF"},
                                       {256U, "04820100"},
                                       {65536U, "0483010000"}}) {
        const Bytes encoding = Writer().octets(Bytes(size, 0x11)).take();
        EXPECT_EQ(to_hex(ByteView(encoding).first(encoding.size() - size)), header);
        Reader reader(encoding);
        EXPECT_EQ(reader.octets().size(), size);
        const Bytes nested = Writer().begin(kSequence).raw(encoding).end().take();
        Reader outer(nested);
        Reader inner = outer.enter(kSequence);
        EXPECT_EQ(inner.octets().size(), size);
        outer.finish(inner);
        EXPECT_TRUE(outer.ok()) << outer.error();
    }
}

TEST(DerWriter, WritesIntegersInTheirShortestForm) {
    for (const auto& [value, octets] : {std::pair{std::uint64_t{0}, "020100"},
                                        {127U, "02017F"},
                                        {128U, "02020080"},
                                        {256U, "02020100"},
                                        {UINT64_MAX, "020900FFFFFFFFFFFFFFFF"}}) {
        EXPECT_EQ(to_hex(Writer().integer(value).take()), octets);
    }
}

TEST(DerWriter, ChoosesUtcTimeUntil2049) {
    EXPECT_EQ(to_hex(Writer().validity_time(*parse_time("2049-12-31 23:59:59")).take()),
              "170D" + to_hex(Writer().text("491231235959Z", kUtcTime).take()).substr(4));
    EXPECT_EQ(Writer().validity_time(*parse_time("2050-01-01")).take()[0], kGeneralizedTime);
    EXPECT_EQ(Writer().validity_time(kForever).take(),
              Writer().text("99991231235959Z", kGeneralizedTime).take());
}

TEST(DerWriter, RefusesMisuse) {
    EXPECT_THROW(Writer().end(), std::logic_error);
    EXPECT_THROW(Writer().begin(kSequence).take(), std::logic_error);
    EXPECT_THROW(Writer().oid("no oid"), std::invalid_argument);
    EXPECT_EQ(to_hex(Writer().oid("1.2.840.10045.2.1").take()), "06072A8648CE3D0201");
}

}  // namespace
}  // namespace meterbed::der
