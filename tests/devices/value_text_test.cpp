#include "devices/value_text.h"

#include <gtest/gtest.h>

namespace meterbed {
namespace {

TEST(ValueText, IsReadBackToTheSameValue) {
    for (const std::string_view text :
         {"null", "bool true", "int8 -5", "uint32 4294967295", "enum 30", "octets 00FF", "octets ",
          "text 'ALCS 1'", "text 41270A", "bits 7 FE", "{int8 0, enum 30}", "[48 * uint32 0]", "[]",
          "{{int16 3}, [bool false, bool true]}"}) {
        const auto value = value_from_text(text);
        ASSERT_TRUE(value) << text << ": " << value.error();
        EXPECT_EQ(text_of(*value), text);
    }
}

TEST(ValueText, SaysWhereItCannotBeRead) {
    EXPECT_EQ(value_from_text("uint8 300").error(), "expected a number in range at character 7");
    EXPECT_EQ(value_from_text("uint9 3").error().substr(0, 25), "expected a type such as u");
    EXPECT_FALSE(value_from_text("[uint8 1"));
    EXPECT_FALSE(value_from_text("uint8 1 x"));
    EXPECT_FALSE(value_from_text("octets 0"));
    EXPECT_FALSE(value_from_text("bits 9 FF"));
    EXPECT_FALSE(value_from_text("text 'open"));
    EXPECT_FALSE(value_from_text(std::string(1000, '[')));
    EXPECT_FALSE(value_from_text(""));
}

TEST(AttributeText, NamesClassObjectAndNumber) {
    const auto attribute = attribute_from_text("9000/0-0:94.44.128.7/6");
    ASSERT_TRUE(attribute);
    EXPECT_EQ(attribute->class_id, 9000);
    EXPECT_EQ(text_of(*attribute), "9000/0-0:94.44.128.7/6");
    for (const std::string_view wrong :
         {"", "3", "3/1-0:2.8.0.255", "3/1-0:2.8.0.256/2", "3/1-0:2.8.0.255/2/"})
        EXPECT_FALSE(attribute_from_text(wrong)) << wrong;
}

}  // namespace
}  // namespace meterbed
