// Compact arrays: elements out of the packing, and back.
#include "devices/gbcs/dlms_compact.h"

#include <gtest/gtest.h>

#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs::dlms {
namespace {

Value compact(std::string_view octets) { return parse_value(hex(octets)).value(); }

TEST(CompactArray, ElementsHaveTheDescribedType) {
    const Value value = compact(
        "130202060A0C0000000102414200000002"
        "00");
    const auto array = unpack(value);
    ASSERT_TRUE(array);
    ASSERT_EQ(array->elements.size(), 2U);
    EXPECT_EQ(array->elements.at(0).elements[0], Value::integer(Type::uint32, 1));
    EXPECT_EQ(array->elements.at(0).elements[1].octets, (Bytes{'A', 'B'}));
    EXPECT_EQ(pack(description_of(value), array->elements), value);
}

TEST(CompactArray, ADescribedArrayHasItsCount) {
    const Value value = compact(
        "130100021204000100"
        "02");
    EXPECT_EQ(unpack(value)->elements.at(0).elements.size(), 2U);
    EXPECT_EQ(pack(description_of(value), unpack(value)->elements), value);
}

TEST(CompactArray, ElementsThatAreCutShortOrEmptyAreNone) {
    EXPECT_FALSE(
        unpack(compact("1306030000"
                       "00")));
    EXPECT_FALSE(
        unpack(compact("130001"
                       "00")))
        << "elements without octets";
    EXPECT_TRUE(unpack(compact("130600"))->elements.empty());
}

TEST(CompactArray, AnElementOfAnotherTypeIsNotPacked) {
    EXPECT_THROW(pack(hex("06"), {Value::integer(Type::uint8, 1)}), std::invalid_argument);
    EXPECT_THROW(pack(hex("0600"), {}), std::invalid_argument);
}

/// Arrays of arrays of 65535 elements would be larger than any memory.
TEST(CompactArray, AHugeDescriptionCostsNothing) {
    EXPECT_FALSE(unpack(compact("1301FFFF01FFFF01FFFF060400000000")));
    EXPECT_FALSE(unpack(compact("1301FFFF01FFFF000400000000"))) << "nulls have no octets";
}

}  // namespace
}  // namespace meterbed::gbcs::dlms
