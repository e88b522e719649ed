// What gas commands change, at once and later, and what hostile ones do not.
#include "devices/gas/attribute_names.h"
#include "devices/use_cases/gas/commands.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace gbcs::gbz;
using bench::Bench;
using bench::market;
using bench::Shape;
using gbcs::zcl::Writer;

Component component(std::uint16_t cluster, std::uint8_t frame_control, std::uint8_t command, Bytes payload) {
    Component out;
    out.cluster = cluster;
    out.frame_control = frame_control;
    out.command = command;
    out.payload = std::move(payload);
    return out;
}

/// provider, issuer event, implementation time, payment control, cut-off.
Component payment_mode(std::uint32_t at, std::uint16_t control) {
    return component(0x0705, 0x01, 0x06, Writer().u32(0).u32(1).u32(at).u16(control).u32(0).take());
}

class GasCommands : public ::testing::Test {
  protected:
    std::vector<Component> ask(gbcs::MessageCode code, std::vector<Component> components, Shape shape) {
        const auto response =
            gsme.deliver(gsme.command(code, encode(Frame{std::move(components)}), market().supplier, shape));
        EXPECT_TRUE(response) << gsme.dropped_as();
        if (!response) return {};
        return std::get<Frame>(*parse(gbcs::CraFlag::response, response->payload)).components;
    }
    std::int64_t held(const ZclAttribute& attribute) { return gsme.device->attributes().number(attribute); }
    Bench gsme{DeviceType::gSME};
};

constexpr gbcs::MessageCode kToPrepayment{0x006D}, kReadValve{0x0082}, kReadEvents{0x0014}, kClearLog{0x0015};

TEST_F(GasCommands, PaymentModeChangesAtOnce) {
    const auto answers = ask(kToPrepayment, {payment_mode(0, 0x0C97)}, Shape::both);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].command, 0x02);
    EXPECT_EQ(answers[0].frame_control, 0x19);
    EXPECT_EQ(held(gas::prepayment::payment_control), 0x0C97);
    EXPECT_EQ(gsme.device->gas().read().credit_snapshots.size(), 1U);
}

TEST_F(GasCommands, PaymentModeChangesAtItsTimeAndIsReported) {
    const std::uint32_t later = 0x30000000;
    ask(kToPrepayment, {payment_mode(later, 0x0C97)}, Shape::both);
    EXPECT_EQ(held(gas::prepayment::payment_control), 0x0C94);
    ASSERT_EQ(gsme.context.timers.size(), 1U);
    gsme.context.forget();
    gsme.context.run_until(gsme.context.timers[0].at, *gsme.device);
    EXPECT_EQ(held(gas::prepayment::payment_control), 0x0C97);
    const auto alerts = gsme.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    const auto alert = std::get<Alert>(*parse(gbcs::CraFlag::alert, alerts[0].payload));
    EXPECT_EQ(alert.code, 0x8F66);
    EXPECT_EQ(alert.time, later);
    EXPECT_EQ(alert.body.size(), 15U);
}

TEST_F(GasCommands, ACancelledChangeNeverComes) {
    ask(kToPrepayment, {payment_mode(0x30000000, 0x0C97)}, Shape::both);
    ask(kToPrepayment, {payment_mode(0xFFFFFFFF, 0x0C97)}, Shape::both);
    EXPECT_TRUE(gsme.context.timers.empty());
    EXPECT_TRUE(gsme.device->gas().read().pending.empty());
}

/// A read, which a MAC protects, must not close the valve.
TEST_F(GasCommands, AChangeIsRefusedInAUseCaseThatHasItNot) {
    const auto answers = ask(kReadValve, {component(0x0702, 0x01, 0x0B, Bytes(18, 0))}, Shape::mac);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].payload, (Bytes{0x0B, 0x7E}));
    EXPECT_EQ(gsme.device->supply(), SupplyState::Enabled);
}

TEST_F(GasCommands, EveryCommandAnswersPayloadsThatAreCutShort) {
    for (const gas::ChangeRow& row : gas::change_rows())
        for (const std::size_t size : {0U, 1U, 3U, 7U}) {
            const gbcs::MessageCode code{row.message_codes[0]};
            const auto* use_case = gbcs::find_use_case(code);
            if (!use_case->devices.has(DeviceType::gSME)) continue;
            if (!use_case->originators.has(RemotePartyRole::supplier)) continue;
            const auto control = static_cast<std::uint8_t>(row.published ? 0x09 : 0x01);
            const Shape shape = use_case->critical ? Shape::both : Shape::mac;
            const auto answers =
                ask(code, {component(row.cluster, control, row.command, Bytes(size, 0xFF))}, shape);
            ASSERT_EQ(answers.size(), 1U) << use_case->id;
        }
}

TEST_F(GasCommands, TheEventLogIsReadAndCleared) {
    gsme.device->log(Log::event, 0x8F1F, gsme.context);
    const Component read =
        component(0x0709, 0x01, 0x00, Writer().u8(0x13).u16(0).u32(0).u32(0xFFFFFFFF).u8(0).u16(0).take());
    EXPECT_EQ(ask(kReadEvents, {read}, Shape::mac).at(0).payload.size(), 5U + 8U);
    EXPECT_EQ(ask(kClearLog, {component(0x0709, 0x01, 0x01, {0x03})}, Shape::mac).at(0).payload, Bytes{0x08});
    EXPECT_EQ(ask(kReadEvents, {read}, Shape::mac).at(0).payload, (Bytes{0x00, 0x8B}));
}

}  // namespace
}  // namespace meterbed
