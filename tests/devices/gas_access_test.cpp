// GBZ use cases: ZCL frames to the gas meter and its proxy.
#include "devices/gas_proxy.h"
#include "devices/gbcs/gbz.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace gbcs::gbz;
using bench::Bench;
using bench::market;
using bench::Shape;

constexpr gbcs::MessageCode kCloseValve{0x0081}, kReadValve{0x0082}, kArmValve{0x0085};

Component read(std::uint16_t cluster, Bytes identifiers) {
    Component out;
    out.cluster = cluster;
    out.payload = std::move(identifiers);
    return out;
}
/// provider, issuer event, request time, implementation time, status, control bits.
Component change_supply(std::uint8_t status) {
    Component out;
    out.cluster = 0x0702;
    out.frame_control = 0x01;
    out.command = 0x0B;
    out.payload = Bytes(18, 0);
    out.payload[4] = 0x77;
    out.payload[16] = status;
    out.payload[17] = 0x01;
    return out;
}

class GasAccess : public ::testing::Test {
  protected:
    Frame ask(Bench& to, gbcs::MessageCode code, std::vector<Component> components, const bench::Party& by,
              Shape shape) {
        const auto response = to.deliver(to.command(code, encode(Frame{std::move(components)}), by, shape));
        EXPECT_TRUE(response) << to.dropped_as();
        if (!response) return {};
        return std::get<Frame>(*parse(gbcs::CraFlag::response, response->payload));
    }
    Frame change(std::uint8_t status) {
        return ask(gsme, status == 0 ? kCloseValve : kArmValve, {change_supply(status)}, market().supplier,
                   Shape::both);
    }
    Bench gsme{DeviceType::gSME};
};

TEST_F(GasAccess, TheValveIsClosedAndArmedButNotOpened) {
    auto frame = change(0);
    EXPECT_EQ(gsme.device->supply(), SupplyState::Disabled);
    ASSERT_EQ(frame.components.size(), 1U);
    EXPECT_EQ(frame.components[0].frame_control, 0x09);
    EXPECT_EQ(frame.components[0].command, 0x0C);
    EXPECT_EQ(frame.components[0].payload, (Bytes{0, 0, 0, 0, 0x77, 0, 0, 0, 0, 0, 0, 0, 0}));
    frame = change(1);
    EXPECT_EQ(gsme.device->supply(), SupplyState::Armed);
    EXPECT_EQ(frame.components[0].payload.back(), 1);
    frame = change(2);
    EXPECT_EQ(frame.components[0].command, 0x0B);
    EXPECT_EQ(gsme.device->supply(), SupplyState::Armed);
    gsme.device->apply(SupplyEvent::enable_locally, gsme.context);
    EXPECT_EQ(gsme.device->supply(), SupplyState::Enabled);
}

TEST_F(GasAccess, ReadsTheValve) {
    const auto frame =
        ask(gsme, kReadValve, {read(0x0702, {0x05, 0x02, 0x14, 0x00})}, market().supplier, Shape::mac);
    ASSERT_EQ(frame.components.size(), 1U);
    const Component& answer = frame.components[0];
    EXPECT_EQ(answer.frame_control, 0x08);
    EXPECT_EQ(answer.command, 0x01);
    EXPECT_EQ(answer.payload, (Bytes{0x05, 0x02, 0x00, 0x21, 0x42, 0x0E, 0x14, 0x00, 0x00, 0x30, 0x02}));
}

TEST_F(GasAccess, TheProxyAnswersWithWhatTheMeterTold) {
    Bench gpf{DeviceType::GPF};
    const auto status = [&] {
        return ask(gpf, kReadValve, {read(0x0702, {0x14, 0x00})}, market().east_midlands, Shape::mac)
            .components.at(0)
            .payload;
    };
    EXPECT_EQ(status(), (Bytes{0x14, 0x00, 0x8B}));
    dynamic_cast<GasProxy&>(*gpf.device).mirror(SupplyState::Armed);
    EXPECT_EQ(status(), (Bytes{0x14, 0x00, 0x00, 0x30, 0x01}));
}

TEST_F(GasAccess, UnknownCommandsGetADefaultResponse) {
    Component unknown = change_supply(0);
    unknown.command = 0x55;
    const auto frame = ask(gsme, kCloseValve, {unknown, change_supply(0)}, market().supplier, Shape::both);
    ASSERT_EQ(frame.components.size(), 2U);
    EXPECT_EQ(frame.components[0].frame_control, 0x08);
    EXPECT_EQ(frame.components[0].payload, (Bytes{0x55, 0x81}));
    // A failure ends the work: the next frame is not carried out.
    EXPECT_EQ(frame.components[1].payload, (Bytes{0xFF, 0x01}));
    EXPECT_EQ(gsme.device->supply(), SupplyState::Enabled);
}

TEST_F(GasAccess, SecurityAlertsOfGasDevicesAreGbz) {
    gsme.deliver(gsme.command(kCloseValve, encode(Frame{{change_supply(0)}}), market().acb, Shape::both));
    const auto alerts = gsme.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    const auto alert = std::get<Alert>(*parse(gbcs::CraFlag::alert, alerts[0].payload));
    EXPECT_EQ(alert.code, 0x8F30);
    EXPECT_EQ(alerts[0].header.recipient, market().supplier.id);
}

}  // namespace
}  // namespace meterbed
