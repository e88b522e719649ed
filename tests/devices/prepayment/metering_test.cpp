// Whole meters that are given a load: what they show, tell and do as time passes, and how commands, UTRNs and
// customers act on the ledger behind them.
#include "devices/prepayment/metering.h"

#include "devices/enter_utrn.h"
#include "devices/gas/attribute_names.h"
#include "devices/object_model.h"
#include "tests/devices/bench.h"

namespace meterbed::prepayment {
namespace {

using namespace std::chrono_literals;
using bench::Bench;
using bench::kStart;
using bench::market;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

constexpr std::int64_t kPound = 100'000, kPenny = 1'000;
using Codes = std::vector<std::uint32_t>;

struct Meter : ::testing::Test {
    explicit Meter(DeviceType type) : bench(type) {}
    Bench bench;
    std::uint64_t vended = 0;

    Device& device() { return *bench.device; }
    void live(Duration time) { bench.context.run_until(bench.context.now() + time, device()); }
    void load(std::uint32_t watts) { EXPECT_TRUE(set_load(device(), watts, bench.context)); }
    UtrnOutcome pay(std::uint16_t amount, UtrnOrigin origin = UtrnOrigin::local) {
        const SharedSecret& secret =
            bench.secrets.of(market().supplier.top_up, device().identity().agreement);
        const utrn::Binding binding{market().supplier.id, device().id(), utrn::originator_counter(++vended)};
        const auto token = utrn::make(binding, {utrn::ValueClass::pounds, amount}, secret);
        return enter_utrn(device(), utrn::write(token), origin, bench.context);
    }
    void press_button() { device().apply(SupplyEvent::enable_locally, bench.context); }
    Registers registers() {
        settle(device(), bench.context);
        return account_of(device()).registers(device());
    }
    std::int64_t balance() { return registers().balance; }
    /// Alerts since it was last asked.
    Codes alerts() {
        Codes out;
        for (const Note& note : bench.context.notes_of(notes::alert_sent)) out.push_back(note.alert);
        bench.context.forget();
        return out;
    }
};

struct PrepaidElectricity : Meter {
    PrepaidElectricity() : Meter(DeviceType::eSME) {
        put({113, {0, 0, 19, 20, 0, 255}, 5}, prices({{1, 20'000}}));
        put({111, {0, 0, 19, 0, 0, 255}, 2}, Value::structure({mode(2), mode(2)}));
        put({111, {0, 0, 19, 0, 0, 255}, 16}, money(2 * kPound));
        put({112, {0, 0, 19, 10, 1, 255}, 9}, money(10 * kPound));
        put({112, {0, 0, 19, 10, 1, 255}, 10}, money(kPound));
        put({112, {0, 0, 19, 10, 0, 255}, 2}, money(3 * kPound));
    }
    static Value mode(std::int64_t n) { return Value::integer(Type::enumerated, n); }
    static Value money(std::int64_t amount) { return Value::integer(Type::int32, amount); }
    static Value prices(const std::vector<std::pair<std::uint8_t, std::int64_t>>& lines,
                        std::int64_t scale = -5) {
        Value table{Type::array, 0, {}, {}};
        for (const auto& [index, price] : lines)
            table.elements.push_back(
                Value::structure({Value::octet_string({index}), Value::integer(Type::int16, price)}));
        return Value::structure(
            {Value::structure({Value::integer(Type::int8, 3), Value::integer(Type::int8, scale)}),
             Value::structure({}), table});
    }
    void put(const gbcs::dlms::Attribute& attribute, Value value) {
        put_value(device(), attribute, std::move(value));
    }
    gbcs::dlms::AccessResponse command(std::uint16_t code, const gbcs::dlms::Specification& item,
                                       Value data) {
        const auto answer = bench.deliver(bench.command(
            gbcs::MessageCode{code}, bench::request(bench.counter + 1, {item}, {std::move(data)}),
            market().supplier, bench::Shape::both));
        EXPECT_TRUE(answer) << bench.dropped_as();
        return bench::access_response(*answer);
    }
};

TEST_F(PrepaidElectricity, WithoutALoadCountsNothing) {
    live(48h);
    EXPECT_EQ(balance(), 3 * kPound);
    EXPECT_EQ(device().supply(), SupplyState::Enabled);
    EXPECT_TRUE(bench.context.timers.empty());
}

TEST_F(PrepaidElectricity, WarnsOffersAndSwitchesOffAtItsTime) {
    load(1'000);
    live(5h);
    EXPECT_EQ(alerts(), Codes{0x810D});
    live(5h);
    EXPECT_EQ(alerts(), Codes{0x8119});
    live(5h - 1s);
    EXPECT_EQ(device().supply(), SupplyState::Enabled);
    live(1s);
    EXPECT_EQ(alerts(), Codes{0x8F0F});
    EXPECT_EQ(device().supply(), SupplyState::Disabled);
    live(24h);
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(value_of(device(), {1, {0, 0, 94, 44, 34, 10}, 2})->elements[0].number, 15'000);
}

TEST_F(PrepaidElectricity, ShowsTheBalanceOfNowToWhoReadsIt) {
    load(1'000);
    live(90min);
    const auto answer = bench.deliver(bench.command(
        bench::code::read_balance, bench::request(0, {bench::get(112, {0, 0, 19, 10, 0, 255}, 2)}),
        market().supplier, bench::Shape::mac));
    ASSERT_TRUE(answer) << bench.dropped_as();
    EXPECT_EQ(bench::access_response(*answer).data.at(0).number, 3 * kPound - 30 * kPenny);
}

TEST_F(PrepaidElectricity, ATopUpGoesThroughTheAllocationAndArms) {
    put({113, {0, 0, 19, 20, 3, 255}, 12}, money(10 * kPound));
    put({113, {0, 0, 19, 20, 3, 255}, 13}, Value::integer(Type::uint16, 1'000));
    put({111, {0, 0, 19, 0, 0, 255}, 18}, Value::integer(Type::uint16, 500));
    load(1'000);
    live(16h);
    alerts();
    const UtrnOutcome paid = pay(20);
    EXPECT_TRUE(paid.accepted());
    EXPECT_EQ(paid.balance, 18 * kPound);
    EXPECT_EQ(alerts(), (Codes{0x8F32, 0x810E}));
    EXPECT_EQ(value_of(device(), {113, {0, 0, 19, 20, 3, 255}, 12})->number, 8 * kPound);
    live(10h);
    EXPECT_EQ(balance(), 18 * kPound);
    press_button();
    live(10h);
    EXPECT_EQ(balance(), 16 * kPound);
}

TEST_F(PrepaidElectricity, TheMaximumBalanceIsThatOfNow) {
    put({112, {0, 0, 19, 10, 0, 255}, 2}, money(300 * kPound));
    load(10'000);
    EXPECT_EQ(pay(201).refusal, refusals::balance_too_high);
    live(1h);
    EXPECT_TRUE(pay(201).accepted());
}

TEST_F(PrepaidElectricity, ACommandActivatesEmergencyCreditOnce) {
    const gbcs::dlms::Specification select{
        gbcs::dlms::Access::action, {112, {0, 0, 19, 10, 1, 255}, 3}, 0, {}};
    load(1'000);
    live(20h);
    alerts();
    command(0x0020, select, Value::integer(Type::int8, 0));
    EXPECT_EQ(alerts(), (Codes{0x81AB, 0x8F32}));
    press_button();
    live(5h);
    EXPECT_EQ(registers().emergency, 9 * kPound);
    command(0x0020, select, Value::integer(Type::int8, 0));
    EXPECT_EQ(registers().emergency, 9 * kPound);
}

TEST_F(PrepaidElectricity, ACommandAdjustsTheBalance) {
    load(1'000);
    live(16h);
    command(0x001C, {gbcs::dlms::Access::action, {112, {0, 0, 19, 10, 0, 255}, 1}, 0, {}}, money(4 * kPound));
    EXPECT_EQ(balance(), 4 * kPound);
    EXPECT_EQ(device().supply(), SupplyState::Armed);
}

TEST_F(PrepaidElectricity, FollowsItsCalendars) {
    const auto octets = [](Bytes all) { return Value::octet_string(std::move(all)); };
    const auto entry = [&](std::int64_t script, std::uint8_t hour, std::uint8_t weekdays) {
        return Value::structure({Value::integer(Type::uint16, 1),
                                 Value::integer(Type::boolean, 0xFF),
                                 octets({0, 0, 10, 0, 106, 255}),
                                 Value::integer(Type::uint16, script),
                                 octets({hour, 0, 0, 0}),
                                 Value::integer(Type::uint16, 0xFFFF),
                                 {Type::bit_string, 7, {weekdays}, {}},
                                 {Type::bit_string, 0, {}, {}},
                                 octets(Bytes(5, 0xFF)),
                                 octets(Bytes(5, 0xFF))});
    };
    // Monday 18:00 to Tuesday 10:00.
    put({10, {0, 0, 12, 0, 1, 255}, 2}, {Type::array, 0, {}, {entry(0x20, 18, 0x80), entry(0x21, 10, 0x40)}});
    load(1'000);
    live(15h);  // Monday 21:00
    EXPECT_EQ(alerts(), (Codes{0x810D, 0x8119, 0x8F83}));
    live(13h - 1s);
    EXPECT_EQ(device().supply(), SupplyState::Enabled);
    live(1s);
    EXPECT_EQ(alerts(), Codes{0x8F0F});
}

TEST_F(PrepaidElectricity, PaysByItsSwitchingTable) {
    const auto u8 = [](std::int64_t n) { return Value::integer(Type::uint8, n); };
    const auto line = [&](std::uint8_t hour, std::int64_t script) {
        return Value::structure({Value::octet_string({hour, 0, 0, 0}),
                                 Value::octet_string({0, 0, 10, 0, 100, 255}),
                                 Value::integer(Type::uint16, script)});
    };
    const auto table = [](std::vector<Value> rows) { return Value{Type::array, 0, {}, std::move(rows)}; };
    put({20, {0, 0, 13, 0, 0, 255}, 5},
        table({Value::structure({u8(3), table({line(0, 2), line(7, 1), line(12, 101)})})}));
    put({20, {0, 0, 13, 0, 0, 255}, 4}, table({Value::structure({Value::octet_string({1}), u8(3), u8(3),
                                                                 u8(3), u8(3), u8(3), u8(3), u8(3)})}));
    put({113, {0, 0, 19, 20, 0, 255}, 5}, prices({{1, 200}, {2, 80}, {0xA1, 300}, {0xB1, 100}}, -3));
    put({21, {0, 0, 16, 0, 11, 255}, 2},
        table({Value::integer(Type::uint32, 2'000), Value::integer(Type::uint32, 0xFFFFFFFF)}));
    put({112, {0, 0, 19, 10, 0, 255}, 2}, money(10 * kPound));
    load(1'000);  // at 06:00
    live(9h);     // one hour at 8 p, five at 20 p, two at 30 p, one at 10 p
    EXPECT_EQ(balance(), 10 * kPound - 178 * kPenny);
}

TEST_F(PrepaidElectricity, NotesEachThingThatItCannotFollowOnce) {
    load(0);
    const auto told = [&] {
        std::vector<std::string> out;
        for (const Note& note : bench.context.notes_of(notes::plan_not_followed))
            out.emplace_back(note.detail);
        return out;
    };
    const gbcs::dlms::Attribute low_credit{111, {0, 0, 19, 0, 0, 255}, 16};
    EXPECT_TRUE(told().empty());
    put(low_credit, money(-kPound));  // below the disablement threshold of 0
    live(1min);
    settle(device(), bench.context);
    ASSERT_EQ(told().size(), 1U);
    EXPECT_EQ(told(), plan_problems(device(), bench.context.now()));
    live(48h);
    pay(10);
    EXPECT_EQ(told().size(), 1U);
    put(low_credit, money(2 * kPound));
    settle(device(), bench.context);
    put(low_credit, money(-kPound));
    settle(device(), bench.context);
    EXPECT_EQ(told().size(), 2U);
}

TEST_F(PrepaidElectricity, UsesNothingInAnOutage) {
    load(1'000);
    live(1h);
    device().power(false, bench.context);
    live(100h);
    EXPECT_EQ(alerts(), Codes{});
    device().power(true, bench.context);
    live(1h);
    EXPECT_EQ(balance(), 3 * kPound - 40 * kPenny);
}

struct PrepaidGas : Meter {
    PrepaidGas() : Meter(DeviceType::gSME) {
        using namespace gas;
        const auto put = [&](const ZclAttribute& attribute, std::int64_t number) {
            device().attributes().set_number(attribute, number);
        };
        put(price::tier_block_price(0, 0), 5 * kPenny);
        put(gas::prepayment::payment_control, 0x0C96);
        put(gas::prepayment::credit_remaining, kPound);
        put(gas::prepayment::low_credit_warning, kPound / 2);
    }
};

TEST_F(PrepaidGas, ClosesItsValveAndIsOpenedByHandAfterATopUp) {
    load(2'000);
    live(10h);
    EXPECT_EQ(device().supply(), SupplyState::Disabled);
    EXPECT_EQ(balance(), 0);
    EXPECT_TRUE(pay(10).accepted());
    EXPECT_EQ(device().supply(), SupplyState::Armed);
    device().apply(SupplyEvent::enable, bench.context);
    EXPECT_EQ(device().supply(), SupplyState::Armed);
    press_button();
    live(10h);
    EXPECT_EQ(balance(), 9 * kPound);
}

TEST_F(PrepaidGas, LendsAtTheDisplay) {
    EXPECT_FALSE(activate_emergency_credit(device(), bench.context));  // no load, no ledger
    load(2'000);
    EXPECT_TRUE(activate_emergency_credit(device(), bench.context));
    EXPECT_TRUE(device().gas().read().emergency_credit_active);
    live(20h);
    EXPECT_EQ(registers().emergency, 9 * kPound);
    EXPECT_EQ(device().supply(), SupplyState::Enabled);
}

TEST(OtherDevices, DoNotMeter) {
    Bench bench(DeviceType::PPMID);
    EXPECT_FALSE(set_load(*bench.device, 100, bench.context));
}

}  // namespace
}  // namespace meterbed::prepayment
