// GBZ payloads as gas meters and the gas proxy exchange them.
#include "devices/gbcs/gbz.h"

#include <gtest/gtest.h>

#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs::gbz {
namespace {

void comes_back(CraFlag cra, std::string_view text) {
    const Bytes octets = hex(text);
    const auto payload = parse(cra, octets);
    ASSERT_TRUE(payload) << text << ": " << payload.error().text();
    EXPECT_EQ(to_hex(encode(*payload)), to_hex(octets));
}

TEST(Gbz, WorkedPayloadsComeBack) {
    comes_back(CraFlag::command, "0109 02 00 0702 0005 00 00 00 000A 01 0705 0005 00 01 00 0100");
    comes_back(CraFlag::response,
               "0109 02 00 0702 000B 08 00 01 000A 00 23 E0673500 01 0705 000B 08 01 01 0100 00 2B A0252600");
    comes_back(CraFlag::command, "0109 01 01 0702 0015 01 00 0B 00000000 804A371C 00000000 00000000 00 01");
    comes_back(CraFlag::command, "0109 01 11 0705 0009 1C374A80 01 02 09 404B");
    comes_back(CraFlag::alert, "0109 00 810E 1C374A80");
    comes_back(CraFlag::alert, "0109 01 8F66 38818890 0E 006C 00000000000003E9 0705 01 06");
}

TEST(Gbz, EncryptedComponentKeepsItsBlock) {
    const Bytes octets = hex("0109 01 03 0702 000D 00 07 18 00 01 0006 310000000042");
    const auto payload = parse(CraFlag::response, octets);
    ASSERT_TRUE(payload) << payload.error().text();
    const Component& component = std::get<Frame>(*payload).components.at(0);
    EXPECT_TRUE(component.encrypted);
    EXPECT_EQ(component.frame_counter, 7);
    EXPECT_EQ(component.frame_control, 0x18);
    EXPECT_EQ(to_hex(component.payload), "310000000042");
    EXPECT_EQ(encode(*payload), octets);
}

TEST(Gbz, AlertTellsCodeAndTime) {
    const auto payload = parse(CraFlag::alert, hex("0109 00 810E 1C374A80"));
    EXPECT_EQ(std::get<Alert>(payload.value()), (Alert{0, 0x810E, 0x1C374A80, {}}));
}

TEST(Gbz, RefusalsNamePlaceAndReason) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"0104 01", "offset 0: profile is not 0109"},
        {"0109 00", "offset 2: there are no components"},
        {"0109 01 00 0702 0003 000000", "offset 3: last component bit disagrees with the component count"},
        {"0109 01 41 0702 0003 000000", "offset 3: component control has unknown bits"},
        {"0109 01 01 0702 0004 000000", "offset 8: component is cut short"},
        {"0109 01 01 0702 0002 000000", "offset 11: component is longer than its length says"},
        {"0109 01 01 0702 0003 000000 FF", "offset 11: 1 octets follow the last component"},
        {"0109 01 03 0702 0008 0000 000000 0002 31",
         "offset 13: ciphered length does not fill the component"},
    };
    for (const auto& [octets, text] : cases) {
        const auto payload = parse(CraFlag::command, hex(octets));
        ASSERT_FALSE(payload) << octets;
        EXPECT_EQ(payload.error().text(), text) << octets;
    }
    EXPECT_FALSE(parse(CraFlag::alert, hex("0109 02 810E 1C374A80")));
}

}  // namespace
}  // namespace meterbed::gbcs::gbz
