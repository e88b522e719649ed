// DLMS devices act: future dating, money, controllers, logs, masks, the hub's device log.
#include "devices/object_model.h"
#include "devices/object_rows.h"
#include "devices/use_cases/future_dating.h"
#include "devices/value_text.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace gbcs::dlms;
using bench::Bench;
using bench::market;
using bench::Shape;

Attribute at(std::string_view text) { return attribute_from_text(text).value(); }
Value value(std::string_view text) { return value_from_text(text).value(); }

struct Item {
    Access access;
    std::string_view attribute;
    std::string_view data = "null";
};

class Electricity : public ::testing::Test {
  protected:
    AccessResponse ask(Bench& device, std::uint16_t code, const bench::Party& by, Shape shape,
                       std::initializer_list<Item> items) {
        std::vector<Specification> specifications;
        std::vector<Value> data;
        for (const Item& item : items) {
            specifications.push_back({item.access, at(item.attribute), 0, {}});
            data.push_back(value(item.data));
        }
        const auto response = device.deliver(
            device.command(gbcs::MessageCode{code}, bench::request(0, specifications, data), by, shape));
        EXPECT_TRUE(response) << device.dropped_as();
        return response ? bench::access_response(*response) : AccessResponse{};
    }
    std::vector<Result> results(const AccessResponse& response) {
        std::vector<Result> out;
        for (const AccessResult& item : response.results) out.push_back(item.result);
        return out;
    }
    std::string held(const Bench& device, std::string_view attribute) {
        const auto found = value_of(*device.device, at(attribute));
        return found ? text_of(*found) : "none";
    }
    static std::string octets(Time time) { return text_of(time_value(time)); }

    Bench esme;
};

constexpr std::string_view kNow = "octets 0000000000000000008000FF",
                           kNever = "octets FFFFFFFFFFFFFFFFFF8000FF";
constexpr std::uint16_t kLoadLimit = 0x0043, kAdjustBalance = 0x001C, kResetBalance = 0x00B3, kDebt = 0x001E,
                        kEmergency = 0x0020, kMask = 0x00AC, kControllerState = 0x011E, kLimit = 0x011F;

TEST_F(Electricity, PassiveValuesBecomeActiveAtOnce) {
    const auto done = ask(esme, kLoadLimit, market().supplier, Shape::both,
                          {{Access::set, "9000/0-0:94.44.128.7/4", "uint32 6900"},
                           {Access::set, "9000/0-0:94.44.128.7/6", kNow}});
    EXPECT_EQ(results(done), (std::vector{Result::success, Result::success}));
    EXPECT_EQ(held(esme, "71/0-0:17.0.0.255/4"), "uint32 6900");
    EXPECT_TRUE(esme.sent_alerts().empty());
}

TEST_F(Electricity, PassiveValuesWaitForTheirTimeAndEachIsReported) {
    const Time then = bench::kStart + std::chrono::hours{24};
    const std::string when = octets(then);
    ask(esme, kLoadLimit, market().supplier, Shape::both,
        {{Access::set, "9000/0-0:94.44.0.3/4", "bool true"},
         {Access::set, "9000/0-0:94.44.128.7/4", "uint32 6900"},
         {Access::set, "9000/0-0:94.44.0.3/6", when},
         {Access::set, "9000/0-0:94.44.128.7/6", when}});
    EXPECT_EQ(held(esme, "9000/0-0:94.44.0.3/2"), "bool false");
    esme.context.forget();
    esme.context.run_until(then - std::chrono::seconds{1}, *esme.device);
    EXPECT_TRUE(esme.context.sent.empty());
    esme.context.run_until(then, *esme.device);
    EXPECT_EQ(held(esme, "9000/0-0:94.44.0.3/2"), "bool true");
    EXPECT_EQ(held(esme, "71/0-0:17.0.0.255/4"), "uint32 6900");
    const auto alerts = esme.sent_alerts();
    ASSERT_EQ(alerts.size(), 2U);
    EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x00CC});
    EXPECT_EQ(alerts[0].header.recipient, market().supplier.id);
    const auto body = std::get<DataNotification>(*parse(alerts[1].payload)).body.elements;
    EXPECT_EQ(body.at(0).number, 0x8F66);
    // message code, counter, then 9000, the object and attribute 6.
    EXPECT_EQ(to_hex(body.at(2).octets), "004300000000000003E9232800005E2C800706");
}

TEST_F(Electricity, AnActivationThatFailsIsReportedAsSuch) {
    const Time then = bench::kStart + std::chrono::hours{1};
    ask(esme, kLoadLimit, market().supplier, Shape::both,
        {{Access::set, "9000/0-0:94.44.128.7/4", "uint32 1"},
         {Access::set, "9000/0-0:94.44.128.7/6", octets(then)}});
    esme.device->objects().fail(at("9000/0-0:94.44.128.7/6"), Result::hardware_fault);
    esme.context.forget();
    esme.context.run_until(then, *esme.device);
    ASSERT_EQ(esme.sent_alerts().size(), 1U);
    EXPECT_EQ(std::get<DataNotification>(*parse(esme.sent_alerts()[0].payload)).body.elements.at(0).number,
              0x8F67);
    EXPECT_NE(held(esme, "71/0-0:17.0.0.255/4"), "uint32 1");
}

TEST_F(Electricity, ACancelledActivationDoesNotHappen) {
    const Time then = bench::kStart + std::chrono::hours{1};
    for (const std::string& when : {octets(then), std::string(kNever)})
        ask(esme, kLoadLimit, market().supplier, Shape::both,
            {{Access::set, "9000/0-0:94.44.0.3/4", "bool true"},
             {Access::set, "9000/0-0:94.44.0.3/6", when}});
    esme.context.forget();
    esme.context.run_until(then + std::chrono::hours{1}, *esme.device);
    EXPECT_TRUE(esme.context.sent.empty());
    EXPECT_EQ(held(esme, "9000/0-0:94.44.0.3/2"), "bool false");
}

TEST_F(Electricity, WaitingActivationsStayWhileTimeIsNotReliable) {
    const Time then = bench::kStart + std::chrono::hours{1};
    ask(esme, kLoadLimit, market().supplier, Shape::both,
        {{Access::set, "9000/0-0:94.44.0.3/4", "bool true"},
         {Access::set, "9000/0-0:94.44.0.3/6", octets(then)}});
    esme.device->time_status = TimeStatus::unreliable;
    esme.context.run_until(then, *esme.device);
    EXPECT_EQ(held(esme, "9000/0-0:94.44.0.3/2"), "bool false");
    esme.device->time_status = TimeStatus::reliable;
    esme.context.run_until(then + std::chrono::hours{1}, *esme.device);
    EXPECT_EQ(held(esme, "9000/0-0:94.44.0.3/2"), "bool true");
}

TEST_F(Electricity, BalancesAreAdjustedResetAndReadAsOneCollection) {
    ask(esme, kAdjustBalance, market().supplier, Shape::both,
        {{Access::action, "112/0-0:19.10.0.255/1", "int32 1200000"}});
    ask(esme, kAdjustBalance, market().supplier, Shape::both,
        {{Access::action, "112/0-0:19.10.0.255/1", "int32 -200000"}});
    EXPECT_EQ(held(esme, "112/0-0:19.10.0.255/2"), "int32 1000000");
    EXPECT_EQ(held(esme, "1/0-0:94.44.34.30/2"), "{int32 1000000, 5 * int32 0}");
    ask(esme, kResetBalance, market().supplier, Shape::both,
        {{Access::action, "112/0-0:19.10.0.255/2", "int32 5"}});
    EXPECT_EQ(held(esme, "112/0-0:19.10.0.255/2"), "int32 5");
    const auto wrong = ask(esme, kAdjustBalance, market().supplier, Shape::both,
                           {{Access::action, "112/0-0:19.10.0.255/1", "uint8 1"}});
    EXPECT_EQ(wrong.results.at(0).result, Result::type_unmatched);
}

TEST_F(Electricity, EmergencyCreditIsWhatItsLimitSays) {
    put_value(*esme.device, at("112/0-0:19.10.1.255/9"), value("int32 300000"));
    ask(esme, kEmergency, market().supplier, Shape::both,
        {{Access::action, "112/0-0:19.10.1.255/3", "int8 0"}});
    EXPECT_EQ(held(esme, "112/0-0:19.10.1.255/2"), "int32 300000");
}

TEST_F(Electricity, DebtChargesBecomeActiveAndDebtsGrow) {
    constexpr std::string_view kCharge =
        "{{int8 0, int8 -1}, {uint16 0, octets 000000000000, int8 0}, [{octets , int16 3}]}";
    ask(esme, kDebt, market().supplier, Shape::both,
        {{Access::set, "113/0-0:19.20.1.255/6", kCharge},
         {Access::action, "113/0-0:19.20.1.255/2", "int8 0"},
         {Access::action, "113/0-0:19.20.1.255/4", "int32 30000"}});
    EXPECT_EQ(held(esme, "113/0-0:19.20.1.255/5"), std::string(kCharge));
    EXPECT_EQ(held(esme, "113/0-0:19.20.1.255/12"), "int32 30000");
}

TEST_F(Electricity, ARegisterOfEnergyHasNoReset) {
    put_value(*esme.device, at("3/1-0:2.8.0.255/2"), value("uint32 10"));
    const auto done =
        ask(esme, 0x0044, market().supplier, Shape::mac, {{Access::action, "3/1-0:2.8.0.255/1", "int8 0"}});
    EXPECT_EQ(done.results.at(0).result, Result::object_undefined);
    put_value(*esme.device, at("3/0-0:94.44.42.255/2"), value("uint32 10"));
    ask(esme, 0x0044, market().supplier, Shape::mac, {{Access::action, "3/0-0:94.44.42.255/1", "int8 0"}});
    EXPECT_EQ(held(esme, "3/0-0:94.44.42.255/2"), "uint32 0");
}

TEST_F(Electricity, AMaskChangesTheBitsItNamesOnly) {
    put_value(*esme.device, at("1/0-30:97.98.15.255/2"), value("bits 256 " + std::string(64, '0')));
    // Mask: bits 0 and 1; action: bit 1.
    const std::string mask = std::string(62, '0') + "03", action = std::string(62, '0') + "02";
    ask(esme, kMask, market().supplier, Shape::mac,
        {{Access::set, "1/0-30:97.98.11.255/2", "bits 512 " + mask + action}});
    EXPECT_EQ(held(esme, "1/0-30:97.98.15.255/2"), "bits 256 " + action);
}

TEST_F(Electricity, AControllerIsSetForItsPeriod) {
    const Time start = bench::kStart + std::chrono::hours{1}, end = start + std::chrono::hours{1};
    ask(esme, kControllerState, market().supplier, Shape::both,
        {{Access::set, "1/0-0:94.44.119.1/2", octets(start)},
         {Access::set, "1/0-0:94.44.119.2/2", octets(end)},
         {Access::action, "9/0-0:10.0.103.255/1", "uint16 4964"}});  // 0x1364: output, number 3, 100 %
    EXPECT_EQ(held(esme, "70/0-3:96.3.10.255/2"), "bool false");
    esme.context.run_until(start, *esme.device);
    EXPECT_EQ(held(esme, "70/0-3:96.3.10.255/2"), "bool true");
    EXPECT_EQ(held(esme, "70/0-3:96.3.10.255/129"), "uint8 100");
    esme.context.run_until(end, *esme.device);
    EXPECT_EQ(held(esme, "70/0-3:96.3.10.255/2"), "bool false");
    EXPECT_EQ(value_of(*esme.device, at("7/0-17:99.98.2.255/2"))->elements.size(), 2U);
}

TEST_F(Electricity, ALimitIsReportedWhenItBeginsAndWhenItEnds) {
    const Time start = bench::kStart + std::chrono::hours{1}, end = start + std::chrono::hours{1};
    ask(esme, kLimit, market().load, Shape::both,
        {{Access::set, "1/0-0:94.44.117.3/2", octets(start)},
         {Access::set, "1/0-0:94.44.117.4/2", octets(end)},
         {Access::action, "9/0-0:10.0.107.255/1", "uint16 8458"}});  // 0x210A: input, number 1, 10 %
    esme.context.forget();
    esme.context.run_until(end, *esme.device);
    const auto alerts = esme.sent_alerts();
    ASSERT_EQ(alerts.size(), 2U);
    EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x0121});
    EXPECT_EQ(alerts[1].code(), gbcs::MessageCode{0x0122});
    const auto body = std::get<DataNotification>(*parse(alerts[1].payload)).body.elements;
    EXPECT_EQ(body.at(2), value("uint8 33"));
    EXPECT_EQ(body.at(3), value("uint8 100"));
}

TEST_F(Electricity, AControllerThatDoesNotExistIsRefused) {
    const auto done = ask(esme, kControllerState, market().supplier, Shape::both,
                          {{Access::action, "9/0-0:10.0.103.255/1", "uint16 5988"}});  // number 7
    EXPECT_EQ(done.results.at(0).result, Result::scope_violated);
}

TEST_F(Electricity, LogsAreReadAsTheDeviceWroteThemAndCleared) {
    esme.device->log(Log::event, 0x8154, esme.context, {0x02, 0x9B});
    const auto log = value_of(*esme.device, at("7/0-0:99.98.0.255/2"));
    ASSERT_EQ(log->elements.size(), 1U);
    EXPECT_EQ(log->elements[0].elements.at(1), value("uint16 33108"));
    EXPECT_EQ(log->elements[0].elements.at(2), value("octets 029B"));
    ask(esme, 0x0024, market().supplier, Shape::mac, {{Access::action, "7/0-0:99.98.0.255/1", "int8 0"}});
    EXPECT_TRUE(esme.device->log(Log::event).empty());
}

TEST_F(Electricity, ThePowerLogAddsANumberToEachEvent) {
    const auto log = at("7/0-0:99.98.4.255/2");
    const Value entries =
        value("[{uint32 1, uint16 36694, uint32 70000}, {uint32 2, uint16 36693, uint32 0}]");
    put_value(*esme.device, log, entries);
    EXPECT_EQ(*value_of(*esme.device, log), entries);
}

TEST_F(Electricity, TheHubKeepsALogOfDevicesWithItsHistory) {
    Bench hub(DeviceType::CHF);
    const auto add = [&](std::string_view device) {
        return ask(hub, 0x0001, market().acb, Shape::mac,
                   {{Access::action, "104/0-0:30.3.0.255/1", device},
                    {Access::set, "104/0-0:30.3.0.255/2", "bool true"}});
    };
    add("{octets 00DB1234567890A0, enum 1, octets 30313233343536373839414243444546, enum 0}");
    ASSERT_EQ(hub.sent_alerts().size(), 1U) << "the log has changed";
    EXPECT_EQ(hub.sent_alerts()[0].code(), gbcs::MessageCode{0x0018});
    add("{octets 00DB1234567890A1, enum 1, octets 30313233343536373839414243444546, enum 0}");
    const auto read =
        ask(hub, 0x00FE, market().acb, Shape::mac,
            {{Access::action, "104/0-0:30.3.0.255/4"}, {Access::action, "104/0-0:30.3.1.255/4"}});
    EXPECT_EQ(read.data.at(0).elements.at(2).elements.size(), 2U);
    EXPECT_EQ(read.data.at(1).elements.at(2).elements.size(), 1U);
    ask(hub, 0x0002, market().acb, Shape::mac,
        {{Access::action, "104/0-0:30.3.0.255/2", "octets 00DB1234567890A0"}});
    EXPECT_EQ(value_of(*hub.device, at("104/0-0:30.3.0.255/4"))->elements.size(), 1U);
}

TEST_F(Electricity, AStandAloneControllerHasItsOwnObjectsOnly) {
    Bench sapc(DeviceType::SAPC);
    EXPECT_EQ(held(sapc, "1/0-0:0.2.1.255/2"), "octets 00000001");
    EXPECT_EQ(held(sapc, "112/0-0:19.10.0.255/2"), "none");
}

/// A row whose first value cannot be read would be an exception at the first device.
TEST(ObjectRows, CanAllBeReadAndStandInOrder) {
    std::optional<Attribute> before;
    for (const ObjectRow& row : object_rows()) {
        EXPECT_TRUE(value_from_text(row.first)) << row.name << ": " << row.first;
        const Attribute attribute{row.class_id, row.obis, row.index};
        EXPECT_TRUE(!before || *before < attribute) << row.name;
        before = attribute;
    }
}

}  // namespace
}  // namespace meterbed
