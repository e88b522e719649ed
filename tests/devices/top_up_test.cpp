// A meter takes top-ups: the counter cache, the rules in their order, local entry, and what a change of
// Supplier does.
#include "devices/top_up.h"

#include "devices/enter_utrn.h"
#include "devices/gbcs/gbz.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using bench::Bench;
using bench::market;
using bench::Party;
using utrn::Value;
using utrn::ValueClass;

constexpr Value pounds(std::uint16_t amount) { return {ValueClass::pounds, amount}; }

// The cache.

TEST(UtrnCounterCache, RemembersAHundredAndNeverTakesOneTwice) {
    const TopUpRules rules;
    UtrnCounters counters;
    for (std::uint64_t counter = 1; counter <= 150; ++counter) {
        EXPECT_FALSE(is_used(counters, counter));
        remember(counters, counter, rules);
    }
    EXPECT_EQ(counters.used.size(), rules.cache_size);
    for (std::uint64_t counter = 0; counter <= 150; ++counter) EXPECT_TRUE(is_used(counters, counter));
    EXPECT_EQ(highest(counters), 150U);
}

TEST(UtrnCounterCache, TakesCountersThatWerePassedOver) {
    UtrnCounters counters;
    remember(counters, 20, {});
    EXPECT_FALSE(is_used(counters, 10));
    remember(counters, 10, {});
    EXPECT_TRUE(is_used(counters, 10));
    EXPECT_EQ(highest(counters), 20U);
}

TEST(UtrnCounterCache, AFloorReplacesIt) {
    UtrnCounters counters;
    remember(counters, 20, {});
    set_floor(counters, 100);
    EXPECT_TRUE(is_used(counters, 100));
    EXPECT_FALSE(is_used(counters, 101));
    EXPECT_EQ(highest(counters), 100U);
}

// The account.

TEST(CreditAccount, TakesUpToItsThresholdsAndNotMore) {
    const CreditAccount account{100, 50, 140};
    EXPECT_EQ(refused_credit(account, 40), "");
    EXPECT_EQ(refused_credit(account, 41), refusals::balance_too_high);
    EXPECT_EQ(refused_credit(account, 51), refusals::too_large);
}

// A meter at the bench.

struct TopUp : ::testing::TestWithParam<DeviceType> {
    Bench bench{GetParam()};

    std::string code(std::uint64_t counter, Value value, const Party& supplier = market().supplier) {
        const SharedSecret& secret = bench.secrets.of(supplier.top_up, bench.device->identity().agreement);
        const utrn::Binding binding{supplier.id, bench.device->id(), utrn::originator_counter(counter)};
        return utrn::write(utrn::make(binding, value, secret));
    }
    UtrnOutcome enter(const std::string& digits, UtrnOrigin origin = UtrnOrigin::remote) {
        return enter_utrn(*bench.device, digits, origin, bench.context);
    }
    UtrnOutcome type(const std::string& digits) { return enter(digits, UtrnOrigin::local); }
    std::vector<std::uint16_t> logged() {
        std::vector<std::uint16_t> out;
        for (const LogEntry& entry : bench.device->log(Log::event)) out.push_back(entry.event);
        return out;
    }
    std::vector<std::uint32_t> alerts() {
        std::vector<std::uint32_t> out;
        for (const Note& note : bench.context.notes_of(notes::alert_sent)) out.push_back(note.alert);
        return out;
    }
    std::int64_t balance() { return credit_account(*bench.device).balance; }
    std::string not_authentic(std::uint64_t counter) {
        auto token = *utrn::read(code(counter, pounds(1)));
        token.mac ^= 1;
        return utrn::write(token);
    }
};
INSTANTIATE_TEST_SUITE_P(Meters, TopUp, ::testing::Values(DeviceType::eSME, DeviceType::gSME),
                         [](const auto& tested) { return std::string(name(tested.param)); });

TEST_P(TopUp, AddsItsCreditOnce) {
    const UtrnOutcome first = enter(code(1, pounds(10)));
    EXPECT_TRUE(first.accepted()) << first.refusal;
    EXPECT_EQ(first.credit, 1'000'000);
    EXPECT_EQ(balance(), 1'000'000);
    const UtrnOutcome again = enter(code(1, pounds(10)));
    EXPECT_EQ(again.refusal, refusals::duplicate);
    EXPECT_EQ(again.balance, 1'000'000);
    EXPECT_EQ(logged(), std::vector<std::uint16_t>{0x8F51});
}

TEST_P(TopUp, ComesInAnyOrder) {
    for (const std::uint64_t counter : {400U, 3U, 200U, 899U})
        EXPECT_TRUE(enter(code(counter, {ValueClass::pence, 1})).accepted()) << counter;
    EXPECT_EQ(balance(), 4'000);
}

TEST_P(TopUp, IsLostWhenItsCounterIsTooFarAwayToBeDeduced) {
    EXPECT_EQ(enter(code(1000, pounds(1))).refusal, refusals::duplicate);  // -24 it would be
    ASSERT_TRUE(enter(code(500, pounds(1))).accepted());
    EXPECT_EQ(enter(code(1500, pounds(1))).refusal, refusals::not_authentic);  // deduced as 476
    EXPECT_TRUE(enter(code(1000, pounds(1))).accepted());
}

TEST_P(TopUp, IsRefusedForEachReasonWithItsEvent) {
    struct Case {
        std::string code;
        std::string_view refusal;
        std::uint16_t event;
    };
    ASSERT_TRUE(enter(code(1, pounds(250))).accepted());
    ASSERT_TRUE(enter(code(2, pounds(200))).accepted());
    const Case cases[] = {
        {"1234", refusals::wrong_digits, 0},
        {"73943333457189043314", refusals::wrong_digits, 0},
        {std::string("1000000000000000000") + utrn::check_digit("1000000000000000000"),
         refusals::not_for_this_device, 0x8F64},
        {code(2, pounds(1)), refusals::duplicate, 0x8F51},
        {not_authentic(3), refusals::not_authentic, 0x8F63},
        {code(4, pounds(251)), refusals::too_large, 0x8F5B},
        {code(5, pounds(51)), refusals::balance_too_high, 0x8F47},
    };
    std::vector<std::uint16_t> events;
    for (const Case& each : cases) {
        const UtrnOutcome outcome = enter(each.code);
        EXPECT_EQ(outcome.refusal, each.refusal) << each.code;
        EXPECT_EQ(outcome.event, each.event) << each.code;
        EXPECT_EQ(outcome.balance, 45'000'000);
        if (each.event != 0) events.push_back(each.event);
    }
    EXPECT_EQ(logged(), events);
    EXPECT_TRUE(alerts().empty());
    // Nothing of this used up a counter.
    EXPECT_TRUE(enter(code(5, pounds(50))).accepted());
}

TEST_P(TopUp, TheFirstFailingRuleDecides) {
    // Used before, not authentic any more and too large as well: it is a duplicate.
    ASSERT_TRUE(enter(code(1, pounds(1))).accepted());
    auto token = *utrn::read(code(1, pounds(300)));
    token.mac ^= 1;
    EXPECT_EQ(enter(utrn::write(token)).refusal, refusals::duplicate);
    // Not authentic and too large: not authentic.
    token.counter_bits = 2;
    EXPECT_EQ(enter(utrn::write(token)).refusal, refusals::not_authentic);
}

TEST_P(TopUp, OfAnotherDeviceIsNotAuthentic) {
    Bench neighbour(GetParam(), Eui64{0x00DB123456789077});
    const SharedSecret& secret =
        bench.secrets.of(market().supplier.top_up, neighbour.device->identity().agreement);
    const utrn::Binding binding{market().supplier.id, neighbour.device->id(), utrn::originator_counter(1)};
    EXPECT_EQ(enter(utrn::write(utrn::make(binding, pounds(5), secret))).refusal, refusals::not_authentic);
}

TEST_P(TopUp, AddedLocallyTellsTheSupplier) {
    const UtrnOutcome outcome = type(code(1, pounds(10)));
    EXPECT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.event, 0x810E);
    EXPECT_EQ(logged(), std::vector<std::uint16_t>{0x810E});
    EXPECT_EQ(alerts(), std::vector<std::uint32_t>{0x810E});
    EXPECT_EQ(bench.context.notes_of(notes::alert_sent)[0].party, market().supplier.id);
}

TEST_P(TopUp, GuessingAtTheKeypadSuspendsIt) {
    for (std::uint64_t i = 1; i <= 5; ++i) EXPECT_EQ(type(not_authentic(i)).refusal, refusals::not_authentic);
    EXPECT_EQ(alerts(), std::vector<std::uint32_t>{0x81C4});
    const std::string right = code(6, pounds(10));
    EXPECT_EQ(type(right).refusal, refusals::suspended);
    EXPECT_EQ(alerts(), (std::vector<std::uint32_t>{0x81C4, 0x81C5}));
    EXPECT_EQ(balance(), 0);
    // Typing errors are told apart from guesses even now; the WAN is not the keypad.
    EXPECT_EQ(type("1").refusal, refusals::wrong_digits);
    EXPECT_TRUE(enter(code(7, pounds(1))).accepted());
    bench.context.set(bench.context.now() + bench.device->top_ups().rules.entry_pause);
    EXPECT_TRUE(type(right).accepted());
}

TEST_P(TopUp, ARightCodeForgivesWrongOnes) {
    for (std::uint64_t i = 1; i <= 4; ++i) static_cast<void>(type(not_authentic(i)));
    EXPECT_TRUE(type(code(5, pounds(1))).accepted());
    for (std::uint64_t i = 6; i <= 9; ++i) static_cast<void>(type(not_authentic(i)));
    EXPECT_TRUE(type(code(10, pounds(1))).accepted());
}

TEST_P(TopUp, AChangeOfSupplierKillsOutstandingCodes) {
    const std::string outstanding = code(1, pounds(10));
    const Cell top_up{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    bench.device->trust_anchors().place(top_up, market().other_supplier.pay);
    EXPECT_EQ(enter(outstanding).refusal, refusals::not_authentic);
    EXPECT_TRUE(enter(code(1, pounds(10), market().other_supplier)).accepted());
}

TEST_P(TopUp, TheFloorOfUpdateSecurityCredentialsCountsCodesAsUsed) {
    Party& supplier = market().supplier;
    const Cell top_up{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    const std::string outstanding = code(40, pounds(10));
    auto update = bench::update(ReplacementMode::supplierBySupplier, {{top_up, supplier.pay}});
    update.new_floor = 5;
    update.new_specialist_floors = {{0, utrn::originator_counter(50)}};
    auto message = bench.draft(update_code(ReplacementMode::supplierBySupplier), {}, supplier);
    update.authorising_counter = message.header.counter;
    message.payload = gbcs::encode_cs02(update);
    bench.protect(message, supplier, bench::Shape::both);
    ASSERT_TRUE(bench.deliver(message)) << bench.dropped_as();
    EXPECT_EQ(enter(outstanding).refusal, refusals::duplicate);
    EXPECT_TRUE(enter(code(51, pounds(10))).accepted());
}

TEST_P(TopUp, WithoutATopUpCertificateNothingIsAuthentic) {
    const Cell top_up{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    const std::string good = code(1, pounds(1));
    bench.device->trust_anchors().place(top_up, nullptr);
    EXPECT_EQ(enter(good).refusal, refusals::not_authentic);
}

// CS01a and CS01b.

constexpr gbcs::MessageCode kEsmeTopUp{0x0007}, kGsmeTopUp{0x0097};

Bytes gas_request(const std::string& digits) {
    Bytes payload{0x00, 0x14};
    payload.insert(payload.end(), digits.begin(), digits.end());
    gbcs::gbz::Component component;
    component.cluster = 0x0705;
    component.frame_control = 1;
    component.command = 4;
    component.payload = payload;
    return gbcs::gbz::encode(gbcs::gbz::Frame{{component}});
}
Bytes electricity_request(const std::string& digits) {
    return bench::request(0, {{gbcs::dlms::Access::action, {115, {0, 0, 19, 40, 0, 255}, 1}, 0, {}}},
                          {gbcs::dlms::Value::octet_string({digits.begin(), digits.end()})});
}

TEST_P(TopUp, OverTheWanIsAnsweredWithTheTimeAndMayBeRepeatedInVain) {
    const bool gas = GetParam() == DeviceType::gSME;
    const std::string digits = code(9, pounds(10));
    auto message =
        bench.command(gas ? kGsmeTopUp : kEsmeTopUp, gas ? gas_request(digits) : electricity_request(digits),
                      market().supplier, bench::Shape::mac);
    message.header.counter = utrn::originator_counter(9);
    bench.protect(message, market().supplier, bench::Shape::mac);
    const auto done = bench.deliver(message);
    ASSERT_TRUE(done) << bench.dropped_as();
    EXPECT_TRUE(done->header.date_time);
    EXPECT_EQ(to_hex(done->payload), gas ? "0109010107050"
                                           "00D09000300"
                                           "40420F00"
                                           "00"
                                           "40420F00"
                                         : "DA200000000000010001"
                                           "0300");
    EXPECT_TRUE(alerts().empty());
    const auto again = bench.deliver(message);
    ASSERT_TRUE(again) << bench.dropped_as();
    EXPECT_EQ(to_hex(again->payload), gas ? "01090101070500"
                                            "0D09000302"
                                            "FFFFFFFF"
                                            "00"
                                            "FFFFFFFF"
                                          : "DA200000000000010001"
                                            "0301");
    EXPECT_EQ(balance(), 1'000'000);
}

TEST_P(TopUp, OverTheWanSurvivesHostileRequests) {
    const bool gas = GetParam() == DeviceType::gSME;
    const auto send = [&](Bytes payload) {
        return bench.deliver(bench.command(gas ? kGsmeTopUp : kEsmeTopUp, std::move(payload),
                                           market().supplier, bench::Shape::mac));
    };
    const std::string long_text(100, '7');
    EXPECT_TRUE(send(gas ? gas_request("") : electricity_request("")));
    EXPECT_TRUE(send(gas ? gas_request(long_text) : electricity_request(long_text)));
    EXPECT_TRUE(
        send(gas ? gas_request(std::string(20, '\xFF')) : electricity_request(std::string(20, '\xFF'))));
    EXPECT_EQ(balance(), 0);
}

}  // namespace
}  // namespace meterbed
