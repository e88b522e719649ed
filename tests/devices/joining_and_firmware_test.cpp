// Joining, unjoining and activating firmware: what a device remembers, and what it refuses (GBCS 11, 13.7).
#include "devices/gbcs/asn1_payloads.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using bench::Bench;
using bench::market;
using bench::Shape;

constexpr Eui64 kDisplay{0x00DB1234567890B4}, kOther{0x00DB1234567890B5};
constexpr std::uint64_t kPpmid = 5, kHcalcs = 4, kResponder = 1, kMethodB = 2;
constexpr gbcs::MessageCode kJoinA{0x000D}, kUnjoinA{0x000F}, kReadLog{0x0013}, kActivate{0x0012};
constexpr std::uint64_t kSuccess = 0, kNotInLog = 1, kWrongCode = 1, kIncompatible = 3, kLogFull = 4;
constexpr std::uint64_t kNoImage = 1, kHashMismatch = 2;

gbcs::Asn1Payload exchange(Bench& bench, gbcs::MessageCode code, const gbcs::Asn1Payload& content,
                           Shape shape = Shape::both) {
    const auto response =
        bench.deliver(bench.command(code, gbcs::encode_asn1(content), market().supplier, shape));
    if (!response) throw std::runtime_error("dropped: " + std::string(bench.dropped_as()));
    return gbcs::parse_asn1(code, gbcs::CraFlag::response, response->payload).value();
}

std::uint64_t join(Bench& bench, Eui64 other, std::uint64_t type, std::uint64_t method = kResponder) {
    return std::get<gbcs::JoinDeviceResponse>(
               exchange(bench, kJoinA, gbcs::JoinDevice{method, other, type, {}}))
        .code;
}
std::uint64_t unjoin(Bench& bench, Eui64 other) {
    return std::get<gbcs::UnjoinDeviceResponse>(exchange(bench, kUnjoinA, gbcs::UnjoinDevice{other})).code;
}

TEST(Joining, RemembersADeviceUntilItIsUnjoined) {
    Bench bench;
    const std::size_t before = bench.device->joined().entries.size();
    EXPECT_EQ(join(bench, kDisplay, kPpmid), kSuccess);
    EXPECT_EQ(bench.device->joined().entries.size(), before + 1);
    EXPECT_EQ(join(bench, kDisplay, kPpmid), kSuccess) << "again, and still one entry";
    EXPECT_EQ(bench.device->joined().entries.size(), before + 1);
    EXPECT_EQ(unjoin(bench, kDisplay), kSuccess);
    EXPECT_EQ(bench.device->joined().entries.size(), before);
    EXPECT_EQ(unjoin(bench, kDisplay), kNotInLog);
}

TEST(Joining, RefusesAnotherTypeForAKnownDevice) {
    Bench bench;
    EXPECT_EQ(join(bench, kDisplay, kPpmid), kSuccess);
    EXPECT_EQ(join(bench, kDisplay, kHcalcs), kIncompatible);
}

TEST(Joining, RefusesAMethodThatTheMessageCodeHasNot) {
    Bench bench;
    EXPECT_EQ(join(bench, kDisplay, kPpmid, kMethodB), kWrongCode);
    EXPECT_TRUE(std::ranges::find(bench.device->joined().entries, kDisplay, &gbcs::DeviceLogEntry::device) ==
                bench.device->joined().entries.end());
}

TEST(Joining, RefusesOneMoreThanTheLogHolds) {
    Bench bench;
    bench.device->joined().capacity = bench.device->joined().entries.size() + 1;
    EXPECT_EQ(join(bench, kDisplay, kPpmid), kSuccess);
    EXPECT_EQ(join(bench, kOther, kPpmid), kLogFull);
}

TEST(Joining, IsReadBackFromTheLog) {
    Bench bench;
    EXPECT_EQ(join(bench, kDisplay, kPpmid), kSuccess);
    const auto details =
        std::get<gbcs::JoinDetails>(exchange(bench, kReadLog, gbcs::NoParameters{}, Shape::mac));
    ASSERT_TRUE(details.entries);
    EXPECT_EQ(*details.entries, bench.device->joined().entries);
}

/// The image that was received, with a version of its own.
gbcs::ImageHash receive_image(Bench& bench) {
    gbcs::ImageHash hash{};
    hash.fill(0x5A);
    bench.device->firmware().image = FirmwareImage{hash, {0x01, 0x02, 0x03, 0x04}};
    return hash;
}
gbcs::ActivateFirmwareResponse activate(Bench& bench, const gbcs::ImageHash& hash,
                                        std::optional<Time> at = {}) {
    return std::get<gbcs::ActivateFirmwareResponse>(
        exchange(bench, kActivate, gbcs::ActivateFirmware{hash, bench.counter + 1, at}));
}

TEST(Firmware, RunsTheNewImageOnce) {
    Bench bench;
    const gbcs::ImageHash hash = receive_image(bench);
    const auto first = activate(bench, hash);
    ASSERT_TRUE(first.outcome);
    EXPECT_EQ(first.outcome->code, kSuccess);
    EXPECT_EQ(first.outcome->version, (gbcs::FirmwareVersion{0x01, 0x02, 0x03, 0x04}));
    EXPECT_EQ(activate(bench, hash).outcome->code, kNoImage);
}

TEST(Firmware, KeepsRunningTheOldOneWhenTheHashIsAnother) {
    Bench bench;
    const gbcs::FirmwareVersion before = bench.device->firmware().running;
    gbcs::ImageHash hash = receive_image(bench);
    hash[0] ^= 1;
    const auto answer = activate(bench, hash);
    EXPECT_EQ(answer.outcome->code, kHashMismatch);
    EXPECT_EQ(bench.device->firmware().running, before);
}

TEST(Firmware, WaitsForItsTimeAndTellsTheResult) {
    Bench bench;
    const gbcs::ImageHash hash = receive_image(bench);
    const gbcs::FirmwareVersion before = bench.device->firmware().running;
    const Time due = bench::kStart + std::chrono::hours{48};
    EXPECT_FALSE(activate(bench, hash, due).outcome);
    EXPECT_EQ(bench.device->firmware().running, before);
    const std::uint64_t tag = bench.device->firmware().pending.value().tag;
    bench.context.forget();
    bench.context.set(due);
    bench.device->on_timer(tag, bench.context);
    EXPECT_NE(bench.device->firmware().running, before);
    const auto alerts = bench.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].header.recipient, market().supplier.id);
    const auto told = std::get<gbcs::ActivateFirmwareAlert>(
        gbcs::parse_asn1(alerts[0].code(), gbcs::CraFlag::alert, alerts[0].payload).value());
    EXPECT_EQ(told.alert_code, 0x8F66);
    EXPECT_EQ(told.executed_at, due);
}

TEST(Firmware, ForgetsACancelledActivation) {
    Bench bench;
    const gbcs::ImageHash hash = receive_image(bench);
    activate(bench, hash, bench::kStart + std::chrono::hours{48});
    EXPECT_TRUE(bench.device->firmware().pending);
    EXPECT_FALSE(activate(bench, hash, kForever).outcome);
    EXPECT_FALSE(bench.device->firmware().pending);
}

}  // namespace
}  // namespace meterbed
