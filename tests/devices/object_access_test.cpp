// DLMS use cases: lists of gets, sets and methods on the meter's objects.
#include "devices/gbz_time.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace gbcs::dlms;
using bench::Bench;
using bench::get;
using bench::market;
using bench::Shape;
namespace code = bench::code;

constexpr Attribute kProfile{7, {1, 0, 32, 24, 0, 255}, 2};

Value u32(std::int64_t number) { return Value::integer(Type::uint32, number); }

class ObjectAccess : public ::testing::Test {
  protected:
    AccessResponse ask(gbcs::MessageCode use_case, Bytes payload,
                       const bench::Party& by = market().supplier) {
        const auto response = bench.deliver(bench.command(use_case, std::move(payload), by, Shape::mac));
        EXPECT_TRUE(response) << bench.dropped_as();
        return response ? bench::access_response(*response) : AccessResponse{};
    }
    Result script(gbcs::MessageCode use_case, std::uint8_t number) {
        const auto response =
            bench.deliver(bench.command(use_case, bench::run_script(number), market().supplier, Shape::both));
        EXPECT_TRUE(response);
        return response ? bench::access_response(*response).results.at(0).result : Result::other;
    }
    Bench bench;
};

TEST_F(ObjectAccess, VoltageCountersAndLogOfAQuietMeter) {
    const auto answer =
        ask(code::read_voltage,
            bench::request(0, {get(3, {1, 0, 32, 32, 0, 4}, 2), get(3, {1, 0, 32, 32, 0, 4}, 3),
                               get(7, kProfile.obis, 2), get(7, kProfile.obis, 4)}),
            market().east_midlands);
    ASSERT_EQ(answer.results.size(), 4U);
    for (const auto& result : answer.results) EXPECT_EQ(result.result, Result::success);
    EXPECT_EQ(answer.data[0], u32(0));
    EXPECT_EQ(answer.data[2].type, Type::array);
    EXPECT_EQ(answer.data[3], u32(1800));
}

TEST_F(ObjectAccess, LogsAnswerTheEntriesOfTheRange) {
    Value log{Type::array, 0, {}, {}};
    for (std::int64_t i = 0; i < 10; ++i)
        log.elements.push_back(Value::structure({u32(1000 + 100 * i), u32(2300 + i)}));
    bench.device->objects().put(kProfile, log);
    Specification item = get(7, kProfile.obis, 2);
    item.access = Access::get_with_selection;
    item.selector = 1;
    item.selection = Value::structure({Value::null(), u32(1200), u32(1400), {Type::array, 0, {}, {}}});
    const auto answer = ask(code::read_voltage, bench::request(0, {item}));
    ASSERT_EQ(answer.results.at(0).result, Result::success);
    EXPECT_EQ(answer.results[0].access, Access::get);
    const Value& buffer = answer.data.at(0);
    ASSERT_EQ(buffer.type, Type::compact_array);
    // structure of two uint32, then three entries of eight octets.
    const Bytes start{0x02, 0x02, 0x06, 0x06, 24, 0x00, 0x00, 0x04, 0xB0, 0x00, 0x00, 0x08, 0xFE};
    EXPECT_EQ(Bytes(buffer.octets.begin(), buffer.octets.begin() + static_cast<std::ptrdiff_t>(start.size())),
              start);
    EXPECT_EQ(buffer.octets.size(), 5U + 24U);
}

TEST_F(ObjectAccess, BreaksOnTheFirstFailure) {
    const auto answer =
        ask(code::read_export,
            bench::request(0, {get(3, {1, 0, 2, 8, 0, 255}, 2), get(3, {1, 0, 99, 99, 0, 255}, 2),
                               get(3, {1, 0, 4, 8, 0, 255}, 2)}),
            market().east_midlands);
    EXPECT_EQ(answer.results.at(0).result, Result::success);
    EXPECT_EQ(answer.results.at(1).result, Result::object_undefined);
    EXPECT_EQ(answer.results.at(2).result, Result::other);
    EXPECT_EQ(answer.data.at(2), Value::null());
    const auto failed = bench.context.notes_of(notes::command_failed);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed[0].verdict, "object undefined");
}

TEST_F(ObjectAccess, SetsWhatMayBeSet) {
    Objects& objects = bench.device->objects();
    const Attribute period{7, kProfile.obis, 4};
    EXPECT_EQ(objects.set(period, u32(600)), Result::success);
    EXPECT_EQ(*objects.find(period), u32(600));
    EXPECT_EQ(objects.set(period, Value::integer(Type::uint16, 600)), Result::type_unmatched);
    EXPECT_EQ(objects.set({3, {1, 0, 2, 8, 0, 255}, 2}, u32(0)), Result::read_write_denied);
    EXPECT_EQ(objects.set({3, {9, 9, 9, 9, 9, 9}, 2}, u32(0)), Result::object_undefined);
}

TEST_F(ObjectAccess, ValuesOfOneMeterAreNotThoseOfAnother) {
    Bench other;
    bench.device->objects().put(kProfile, u32(1));
    EXPECT_NE(bench.device->objects().find(kProfile), other.device->objects().find(kProfile));
    EXPECT_EQ(other.device->objects().find(kProfile)->type, Type::array);
}

TEST_F(ObjectAccess, TheSwitchIsOpenedArmedAndClosed) {
    EXPECT_EQ(script(code::open_switch, 0x34), Result::success);
    EXPECT_EQ(bench.device->supply(), SupplyState::Disabled);
    EXPECT_EQ(script(code::arm_switch, 0x36), Result::success);
    EXPECT_EQ(bench.device->supply(), SupplyState::Armed);
    const auto noted = bench.context.notes_of(notes::supply_state);
    ASSERT_EQ(noted.size(), 1U);
    EXPECT_EQ(noted[0].verdict, "Armed");
    EXPECT_EQ(ask(code::read_switch, bench::read_switch()).data.at(0), Value::integer(Type::enumerated, 2));
    EXPECT_EQ(script(code::close_switch, 0x33), Result::success);
    EXPECT_EQ(bench.device->supply(), SupplyState::Enabled);
    EXPECT_EQ(script(code::close_switch, 0x35), Result::object_undefined);
}

TEST_F(ObjectAccess, AnUnknownPartyReadsEncryptedWithItsOwnCertificate) {
    // The ACB asks for a party no cell names; the answer is encrypted for that party's certificate in the
    // command.
    const Value list{
        Type::array,
        0,
        {},
        {Value::structure({Value::integer(Type::uint16, 1), Value::octet_string({0, 0, 94, 44, 34, 10}),
                           Value::integer(Type::int8, 2), Value::integer(Type::uint16, 0),
                           Value::structure({Value::integer(Type::enumerated, 0), Value::null()})})}};
    const Value parameters{Type::array, 0, {}, {}};
    auto message = bench.draft(code::read_import,
                               bench::request(0, {{Access::action, {30, {0, 0, 43, 2, 8, 255}, 1}, 0, {}}},
                                              {Value::structure({list, parameters})}),
                               market().acb);
    const bench::Party& reader = market().eastern;
    message.header.other.supplementary_party = reader.id;
    message.header.other.supplementary_counter = 4711;
    message.header.other.supplementary_certificate = reader.agree->der;
    bench.protect(message, market().acb, Shape::mac);
    const auto response = bench.deliver(message);
    ASSERT_TRUE(response);
    const auto counter = response->header.other.supplementary_originator_counter;
    ASSERT_EQ(counter, bench.device->own_counter());
    const auto answer = bench::access_response(*response);
    ASSERT_EQ(answer.results.at(0).result, Result::success);
    const auto& secret = bench.secrets.of(reader.agreement, bench.device->identity().agreement);
    const auto key = gbcs::derive_key(secret, bench.device->id(), 4, *counter, reader.id);
    const auto plain = gbcs::decrypt(answer.data.at(0).elements.at(1).octets, key, bench.device->id());
    ASSERT_TRUE(plain);
    EXPECT_EQ(parse_value(*plain)->elements.at(0).elements.at(0), u32(0));
}

// Power.

class Outages : public ObjectAccess {
  protected:
    /// The structure of the one alert sent, its times as the meter writes them.
    std::vector<Value> alert_after(Duration outage) {
        bench.context.forget();
        bench.device->power(false, bench.context);
        bench.device->power(false, bench.context);
        EXPECT_TRUE(bench.context.sent.empty());
        bench.context.set(bench.context.now() + outage);
        bench.device->power(true, bench.context);
        bench.device->power(true, bench.context);
        const auto alerts = bench.sent_alerts();
        EXPECT_EQ(alerts.size(), 1U);
        if (alerts.empty()) return {};
        EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x0067});
        EXPECT_EQ(alerts[0].header.recipient,
                  bench.device->trust_anchors().at(bench::kOperatorSign)->subject);
        EXPECT_TRUE(gbcs::signature_is_valid(alerts[0], bench.device->identity().signing.public_key()));
        return std::get<DataNotification>(*parse(alerts[0].payload)).body.elements;
    }
    static Value time_value(Time time) {
        const auto at = date_time(time);
        return Value::octet_string({at.begin(), at.end()});
    }
};

TEST_F(Outages, AreReportedToTheNetworkOperatorOnRestoration) {
    using namespace std::chrono_literals;
    const Time lost = bench.context.now();
    const auto body = alert_after(2min + 59s);
    ASSERT_EQ(body.size(), 4U);
    EXPECT_EQ(body[0].number, 0x8F35);
    EXPECT_EQ(body[2], time_value(lost));
    EXPECT_EQ(body[3], time_value(lost + 2min + 59s));
    EXPECT_EQ(alert_after(3min).at(0).number, 0x8F36);
    EXPECT_EQ(bench.device->log(Log::power).size(), 4U);
    EXPECT_EQ(bench.context.notes_of(notes::supply_lost).size(), 1U);
    EXPECT_EQ(bench.context.notes_of(notes::supply_restored).size(), 1U);
    EXPECT_EQ(bench.context.notes_of(notes::alert_sent).at(0).alert, 0x8F36U);
}

TEST_F(Outages, AreReportedToTheWrongOperatorWhenItHoldsTheCell) {
    bench.device->trust_anchors().place(bench::kOperatorSign, market().eastern.sign);
    alert_after(std::chrono::minutes{5});
    EXPECT_EQ(bench.sent_alerts().at(0).header.recipient, market().eastern.id);
}

TEST(GasMeter, DoesNotCareForTheMains) {
    Bench bench(DeviceType::gSME);
    bench.device->power(false, bench.context);
    bench.device->power(true, bench.context);
    EXPECT_TRUE(bench.context.sent.empty());
}

}  // namespace
}  // namespace meterbed
