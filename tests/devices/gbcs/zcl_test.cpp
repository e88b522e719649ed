// ZCL payloads to the field and back.
#include "devices/gbcs/zcl.h"

#include "devices/gbcs/body.h"
#include "devices/gbcs/key_ring.h"
#include "devices/gbcs/protection.h"
#include "tests/devices/gbcs/hex.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs::gbz {
namespace {

using RtdsZcl = rtds::Test;

Component component(std::uint16_t cluster, std::uint8_t control, std::uint8_t command,
                    std::string_view payload) {
    Component made;
    made.cluster = cluster;
    made.frame_control = control;
    made.command = command;
    made.payload = hex(payload);
    return made;
}

std::vector<Field> read(const Component& component) {
    const auto fields = fields_of(component);
    if (!fields) throw std::invalid_argument(fields.error().text());
    EXPECT_EQ(to_hex(payload_of(*fields)), to_hex(component.payload));
    return *fields;
}

TEST(Zcl, FieldsAreNamedTypedAndLittleEndian) {
    const auto fields = read(component(0x0705, 0x01, 0x05, "804A371C0000000002FEFFFFFF"));
    EXPECT_EQ(find(fields, "Issuer Event ID")->number, 0x1C374A80);
    EXPECT_EQ(find(fields, "Credit Adjustment Value")->number, -2);
    EXPECT_EQ(find(fields, "Credit Adjustment Value")->unit, FieldUnit::money);
}

TEST(Zcl, AReadAttributesResponseNamesTypeAndValueUnlessItFailed) {
    const auto fields = read(component(0x0705, 0x08, 0x01, "0100002BA02526000200C0"));
    const auto& attributes = find(fields, "Attributes")->groups;
    ASSERT_EQ(attributes.size(), 2U);
    EXPECT_EQ(find(attributes[0], "Attribute Value")->number, 2500000);
    EXPECT_EQ(find(attributes[1], "Attribute Value"), nullptr);
    EXPECT_EQ(attribute_name(0x0705, 0x0001), "CreditRemaining");
}

TEST(Zcl, ACountSaysHowOftenAGroupStands) {
    const auto fields = read(
        component(0x0700, 0x09, 0x06, "00000000804A371C00000000010000000001010240420F00000080841E000000"));
    EXPECT_EQ(find(fields, "Block Thresholds")->groups.size(), 2U);
    EXPECT_FALSE(
        fields_of(component(0x0700, 0x09, 0x06, "00000000804A371C00000000010000000001010340420F000000")));
}

TEST(Zcl, AnUnknownCommandKeepsItsOctets) {
    const auto fields = read(component(0x0B00, 0x01, 0x77, "0102"));
    ASSERT_EQ(fields.size(), 1U);
    EXPECT_EQ(fields[0].type, FieldType::octets);
}

TEST(Zcl, WhatIsLeftOverOrMissingIsAnError) {
    EXPECT_FALSE(fields_of(component(0x0705, 0x01, 0x09, "404B4C")));
    EXPECT_FALSE(fields_of(component(0x0705, 0x01, 0x09, "404B4C0000")));
}

TEST(Zcl, ANumberTooLargeForItsTypeIsNotWritten) {
    const std::vector<Field> fields{{"Log ID", FieldType::uint8, 256, {}, {}, {}}};
    EXPECT_THROW(payload_of(fields), std::invalid_argument);
}

/// Every layout: the fields of made-up octets are written as they were read.
TEST(Zcl, EveryLayoutIsReadAndWritten) {
    for (const Layout& layout : layouts()) {
        bool fitted = false;
        for (std::size_t size = 0; size < 80 && !fitted; ++size) {
            Component made =
                component(layout.cluster, layout.cluster == 0xFFFF ? 0x00 : 0x01, layout.command, "");
            if (layout.from_server) made.frame_control |= 0x08;
            made.payload.assign(size, 0);
            ASSERT_EQ(layout_of(made), &layout) << layout.name;
            const auto fields = fields_of(made);
            fitted = fields && !fields->empty();
            if (fitted) {
                EXPECT_EQ(payload_of(*fields), made.payload) << layout.name;
            }
        }
        EXPECT_TRUE(fitted) << layout.name;
    }
}

Frame frame_of(const Payload& payload) {
    if (const auto* frame = std::get_if<Frame>(&payload)) return *frame;
    const auto inner = component_of(std::get<Alert>(payload));
    return inner ? Frame{{*inner}} : Frame{};
}

TEST_F(RtdsZcl, EveryComponentIsTypedToTheFieldAndWrittenAsItWasRead) {
    const KeyRing ring = KeyRing::load(rtds::folder() / "keystore").value();
    int read = 0, opened = 0;
    for (const rtds::File& file : rtds::messages()) {
        const Message message = gbcs::parse(file.octets).value();
        const Body body = parse_body(message).value();
        const auto* payload = std::get_if<Payload>(&body);
        if (!payload) continue;
        for (Component component : frame_of(*payload).components) {
            if (component.encrypted) {
                component.payload = decrypt(component.payload, encryption_key(message.header, ring).value(),
                                            message.header.originator)
                                        .value();
                ++opened;
            }
            ASSERT_NE(layout_of(component), nullptr) << file.name;
            const auto fields = fields_of(component);
            ASSERT_TRUE(fields) << file.name << " " << layout_of(component)->name << ": "
                                << fields.error().text() << " " << to_hex(component.payload);
            EXPECT_EQ(payload_of(*fields), component.payload) << file.name;
            EXPECT_TRUE(std::ranges::none_of(
                *fields, [](const Field& field) { return field.type == FieldType::octets; }))
                << file.name << " " << layout_of(component)->name << to_hex(component.payload);
            ++read;
        }
    }
    std::cout << read << " components, " << opened << " of them opened\n";
    EXPECT_GT(read, 700);
}

}  // namespace
}  // namespace meterbed::gbcs::gbz
