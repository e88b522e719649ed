// The ASN.1 payloads for joining, firmware, device logs and the gas clock.
#include "devices/gbcs/asn1_payloads.h"

#include <gtest/gtest.h>

#include "devices/gbcs/asn1_fields.h"
#include "tests/devices/gbcs/hex.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs {
namespace {

using RtdsAsn1 = rtds::Test;

constexpr Eui64 kPpmid{0x00DB1234567890A4};
const Time kNoon = *parse_time("2030-06-01 12:00");

template <typename T>
T read(std::uint16_t code, CraFlag cra, std::string_view octets) {
    const auto payload = parse_asn1(MessageCode{code}, cra, hex(octets));
    if (!payload) throw std::invalid_argument(payload.error().text());
    EXPECT_EQ(to_hex(encode_asn1(*payload)), octets);
    return std::get<T>(*payload);
}

TEST(Asn1, AJoinNamesTheOtherDeviceAndMethod) {
    const auto join = read<JoinDevice>(0x00AB, CraFlag::command, "3010020101040800DB1234567890A4020105");
    EXPECT_EQ(join.method_and_role, 1U);
    EXPECT_EQ(join.other_device, kPpmid);
    EXPECT_EQ(name_of(names::device_type, join.device_type), "PPMID");
    EXPECT_TRUE(join.certificate.empty());
}

TEST(Asn1, AFutureDatedActivationIsAnsweredWithNull) {
    EXPECT_FALSE(read<ActivateFirmwareResponse>(0x0012, CraFlag::response, "0500").outcome);
    const auto now = read<ActivateFirmwareResponse>(0x0012, CraFlag::response, "30090201010404AABBCCDD");
    EXPECT_EQ(name_of(names::firmware_response, now.outcome->code), "noImageHeld");
}

TEST(Asn1, AnActivationMayNameItsTime) {
    ActivateFirmware command{{}, 7, {}};
    EXPECT_EQ(
        std::get<ActivateFirmware>(*parse_asn1(MessageCode{0x0012}, CraFlag::command, encode_asn1(command))),
        command);
    command.execute_at = kForever;
    EXPECT_EQ(
        std::get<ActivateFirmware>(*parse_asn1(MessageCode{0x0012}, CraFlag::command, encode_asn1(command))),
        command);
}

TEST(Asn1, JoinDetailsMayLackEntries) {
    EXPECT_FALSE(read<JoinDetails>(0x0013, CraFlag::response, "3003020101").entries);
    const auto one =
        read<JoinDetails>(0x0013, CraFlag::response, "3014020100300F300D040800DB1234567890A4020105");
    EXPECT_EQ(one.entries->at(0).device, kPpmid);
}

/// A log of 20 devices exceeds 255 octets, one of 10 exceeds 127: the lengths of devices are their own.
TEST(Asn1, LongLogsHaveTheLengthsOfDevices) {
    for (std::size_t count : {1U, 10U, 20U}) {
        const DeviceLogBackupAlert alert{0x8071, kNoon, std::vector<DeviceLogEntry>(count, {kPpmid, 5})};
        const Bytes octets = encode_asn1(alert);
        const auto again = parse_asn1(MessageCode{0x00B2}, CraFlag::alert, octets);
        ASSERT_TRUE(again) << again.error().text();
        EXPECT_EQ(std::get<DeviceLogBackupAlert>(*again), alert);
        EXPECT_EQ(octets[1] == 0x82, count > 1) << count;
    }
}

TEST(Asn1, WhatIsLeftOverOrCutShortIsRefused) {
    const Bytes whole = hex("3010020101040800DB1234567890A4020105");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parse_asn1(MessageCode{0x00AB}, CraFlag::command, ByteView(whole).first(size))) << size;
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_FALSE(parse_asn1(MessageCode{0x00AB}, CraFlag::command, longer));
    EXPECT_FALSE(parse_asn1(MessageCode{0x00AB}, CraFlag::alert, whole));
    EXPECT_FALSE(parse_asn1(MessageCode{0x0052}, CraFlag::command, whole));
}

TEST_F(RtdsAsn1, EveryPayloadIsWrittenAsItWasRead) {
    int read = 0;
    for (const rtds::File& file : rtds::messages()) {
        const Message message = parse(file.octets).value();
        if (!is_asn1(message.code())) continue;
        const auto payload = parse_asn1(message.code(), message.header.cra, message.payload);
        ASSERT_TRUE(payload) << file.name << ": " << payload.error().text();
        EXPECT_EQ(to_hex(encode_asn1(*payload)), to_hex(message.payload)) << file.name;
        ++read;
    }
    std::cout << read << " ASN.1 payloads\n";
    EXPECT_GE(read, 53);
}

}  // namespace
}  // namespace meterbed::gbcs
