// The 20 digits themselves: fields, check digit, MAC, and the counter that ten bits stand for.
#include "devices/utrn.h"

#include <gtest/gtest.h>

#include "tests/devices/gbcs/rtds.h"

namespace meterbed {
namespace {

using utrn::Value;
using utrn::ValueClass;

/// Keys of our own: nothing of a data set is needed.
struct Pair {
    Random random{5, "utrn"};
    KeyPair supplier = KeyPair::generate(random), device = KeyPair::generate(random);
    SharedSecret secret = supplier.agree(device.public_key());
    utrn::Binding binding{Eui64{0x90B3D51F30010000}, Eui64{0x00DB123456789001}, utrn::originator_counter(7)};
};

std::string with_check_digit(std::string digits) { return digits + utrn::check_digit(digits); }

TEST(Utrn, HasTheCheckDigitOfTheSpecification) {
    EXPECT_EQ(utrn::check_digit("7430182583759667200"), '5');
    EXPECT_EQ(utrn::check_digit("7394333345718904331"), '3');
    EXPECT_EQ(utrn::check_digit("7394725241674520163"), '7');
}

TEST(Utrn, TheCheckDigitNoticesEveryWrongDigitAndEveryNeighboursSwap) {
    const std::string code = "73943333457189043313";
    for (std::size_t i = 0; i < code.size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = code;
            wrong[i] = digit;
            EXPECT_EQ(utrn::read(wrong).has_value(), wrong == code) << wrong;
        }
        if (i + 1 == code.size() || code[i] == code[i + 1]) continue;
        std::string swapped = code;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_FALSE(utrn::read(swapped)) << swapped;
    }
}

TEST(Utrn, ReadsWhatItWrites) {
    for (const auto value_class : {ValueClass::pence, ValueClass::pounds})
        for (const int amount : {0, 1, 1234, 8191})
            for (const int counter_bits : {0, 512, 1023}) {
                const utrn::Token token{static_cast<std::uint16_t>(counter_bits),
                                        {value_class, static_cast<std::uint16_t>(amount)},
                                        0x89ABCDEF};
                const std::string code = utrn::write(token);
                EXPECT_EQ(code.size(), 20U);
                ASSERT_TRUE(utrn::read(code)) << code;
                EXPECT_EQ(*utrn::read(code), token);
            }
}

TEST(Utrn, SaysWhatIsWrongWithDigits) {
    EXPECT_EQ(utrn::read("").error(), utrn::faults::not_20_digits);
    EXPECT_EQ(utrn::read("7394333345718904331").error(), utrn::faults::not_20_digits);
    EXPECT_EQ(utrn::read("7394333345718904331x").error(), utrn::faults::not_20_digits);
    EXPECT_EQ(utrn::read("73943333457189043314").error(), utrn::faults::check_digit);
    // One below the constant; one above 57 bits; the largest 19 digits; a value class that is not used.
    EXPECT_EQ(utrn::read(with_check_digit("7394156990786306047")).error(), utrn::faults::not_a_token);
    EXPECT_TRUE(utrn::read(with_check_digit("7394156990786306048")));
    EXPECT_EQ(utrn::read(with_check_digit("7538272178862161920")).error(), utrn::faults::not_a_token);
    EXPECT_EQ(utrn::read(with_check_digit("9999999999999999999")).error(), utrn::faults::not_a_token);
    EXPECT_EQ(utrn::read(with_check_digit(std::to_string(7394156990786306048ULL + (2ULL << 45)))).error(),
              utrn::faults::not_a_token);
}

TEST(Utrn, CountsMoneyExactly) {
    EXPECT_EQ((Value{ValueClass::pence, 1234}.credit()), 1'234'000);
    EXPECT_EQ((Value{ValueClass::pounds, 10}.credit()), 1'000'000);
    using utrn::value_of_pence;
    constexpr auto pence = ValueClass::pence, pounds = ValueClass::pounds;
    EXPECT_EQ(value_of_pence(1000, pence), (Value{pence, 1000}));
    EXPECT_EQ(value_of_pence(1000, pounds), (Value{pounds, 10}));
    EXPECT_EQ(value_of_pence(1234, pounds), (Value{pence, 1234}));
    EXPECT_EQ(value_of_pence(8191, pence), (Value{pence, 8191}));
    EXPECT_EQ(value_of_pence(10'000, pence), (Value{pounds, 100}));
    EXPECT_EQ(value_of_pence(819'100, pence), (Value{pounds, 8191}));
    for (const auto preferred : {pence, pounds}) {
        EXPECT_FALSE(value_of_pence(8193, preferred));  // neither 8191 pence nor whole pounds
        EXPECT_FALSE(value_of_pence(819'200, preferred));
        EXPECT_FALSE(value_of_pence(-1, preferred));
        EXPECT_FALSE(value_of_pence(-100, preferred));
    }
}

TEST(Utrn, DeducesTheCounterOfTheWorkedExample) {
    EXPECT_EQ(utrn::deduce_counter(2458896167, 812), 2458896172U);
    EXPECT_EQ(utrn::originator_counter(2458896172), 10560878642999590912ULL);
}

TEST(Utrn, DeducesTheNearestCounterWithTheseBits) {
    for (const std::uint64_t highest : {1000ULL, 1023ULL, 1024ULL, 5000ULL, 123'456ULL})
        for (std::int64_t step = -511; step <= 511; ++step) {
            const auto wanted = static_cast<std::uint64_t>(static_cast<std::int64_t>(highest) + step);
            EXPECT_EQ(utrn::deduce_counter(highest, static_cast<std::uint16_t>(wanted % 1024)), wanted);
        }
}

TEST(Utrn, DeducesNoCounterOutsideItsRange) {
    EXPECT_EQ(utrn::deduce_counter(0, 512), 512U);
    EXPECT_FALSE(utrn::deduce_counter(0, 513));  // would be -511
    EXPECT_FALSE(utrn::deduce_counter(0xFFFF'FFFF, 0));
}

TEST(Utrn, IsAuthenticForItsPartiesCounterAndValueOnly) {
    const Pair pair;
    const Value value{ValueClass::pounds, 20};
    const utrn::Token token = utrn::make(pair.binding, value, pair.secret);
    EXPECT_EQ(token.counter_bits, 7);
    EXPECT_TRUE(utrn::is_authentic(token, pair.binding, pair.secret));
    // The device computes the same secret from its own side.
    EXPECT_TRUE(utrn::is_authentic(token, pair.binding, pair.device.agree(pair.supplier.public_key())));
    auto other = pair.binding;
    other.supplier.value ^= 1;
    EXPECT_FALSE(utrn::is_authentic(token, other, pair.secret));
    other = pair.binding;
    other.device.value ^= 1;
    EXPECT_FALSE(utrn::is_authentic(token, other, pair.secret));
    other = pair.binding;
    other.originator_counter = utrn::originator_counter(7 + 1024);
    EXPECT_FALSE(utrn::is_authentic(token, other, pair.secret));
    auto dearer = token;
    dearer.value.amount = 21;
    EXPECT_FALSE(utrn::is_authentic(dearer, pair.binding, pair.secret));
    SharedSecret wrong = pair.secret;
    wrong[0] ^= 1;
    EXPECT_FALSE(utrn::is_authentic(token, pair.binding, wrong));
}

/// Pinned, so that nobody changes the derivation unnoticed where the data set is absent.
TEST(Utrn, GivesTheSameDigitsForTheSameKeys) {
    const Pair pair;
    const Value value{ValueClass::pence, 1500};
    const std::string code = utrn::write(utrn::make(pair.binding, value, pair.secret));
    EXPECT_EQ(code, "73951485984844301227");
}

/// The vectors that carry Reference Test Data Set keys (gbcs.md 8.7).
class RtdsUtrn : public rtds::Test {};

TEST_F(RtdsUtrn, EqualsTheVectors) {
    struct Vector {
        std::uint64_t counter;
        Value value;
        std::string_view code, tag;
    };
    constexpr Vector kVectors[] = {
        {0x0000000100000000,
         {ValueClass::pounds, 100},
         "73943333457189043313",
         "43FCB7EDD806C2CACD81B0D6D51CA60B"},
        {0x0000000300000000,
         {ValueClass::pounds, 10},
         "73946144332040217315",
         "A7AABFEF5774934AECB084C69CD029E3"},
        {0x0000000400000000,
         {ValueClass::pence, 1234},
         "73947252416745201637",
         "30ED431F2E0517663CB25CBE3855D663"},
        {0x0000000500000000,
         {ValueClass::pounds, 10},
         "73948959061972833313",
         "25C214F7C7FB973D56182E6826972203"},
    };
    const SharedSecret secret = rtds::key(rtds::party::supplier, "pp-ka")
                                    ->agree(rtds::certificate(rtds::party::esme, "ka")->public_key);
    for (const Vector& vector : kVectors) {
        const utrn::Binding binding{rtds::party::supplier, rtds::party::esme, vector.counter};
        const auto tag = utrn::mac(binding, vector.value, secret);
        EXPECT_EQ(to_hex(tag), vector.tag);
        EXPECT_EQ(utrn::write(utrn::make(binding, vector.value, secret)), vector.code);
    }
}

}  // namespace
}  // namespace meterbed
