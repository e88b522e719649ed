// A street of full devices with customers: what is paid comes to the meter by message, text, receipt and
// keypad.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sim/errors.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using testing::kStart;
using testing::quiet;
using testing::Town;

struct Street : Town {
    explicit Street(const WorldOptions& options = quiet()) : Town(options) {}
    Home customer(Generation generation = Generation::SMETS2) {
        HomeOptions options;
        options.generation = generation;
        options.supplier = supplier;
        options.network_operator = right;
        options.prepayment = true;
        return world.add_home(options);
    }
    void live(Duration time) { world.run_until(world.now() + time); }
    /// (payment, detail, code) of every record of this kind at this home.
    struct Found {
        std::uint64_t payment;
        std::string detail, code;
        Time at;
    };
    std::vector<Found> found(std::string_view what, std::int32_t home) const {
        const Records records = world.records();
        std::vector<Found> out;
        for (std::size_t i = 0; i < records.size(); ++i)
            if (records.text(records.what[i]) == what && records.home[i] == home)
                out.push_back({records.counter[i], records.text(records.detail[i]),
                               records.text(records.code[i]), Time{Duration{records.time[i]}}});
        return out;
    }
};

class Prepaying : public ::testing::TestWithParam<Generation> {};
INSTANTIATE_TEST_SUITE_P(BothGenerations, Prepaying,
                         ::testing::Values(Generation::SMETS1, Generation::SMETS2));

TEST_P(Prepaying, APaymentIsCreditedOverTheAirOnceAndMoneyIsConserved) {
    Street street;
    const Home home = street.customer(GetParam());
    const std::uint32_t payment = street.world.pay(home.number, 17);
    street.live(10min);
    const auto added = street.found("credit added", home.number);
    ASSERT_EQ(added.size(), 1U);
    EXPECT_EQ(added[0].payment, payment);
    EXPECT_EQ(added[0].detail, "over the air");
    EXPECT_EQ(street.world.prepaid(home.number)->customer.waiting_for, 0U);
    street.live(24h * 28);
    EXPECT_GT(street.found("credit added", home.number).size(), 1U) << "the customer pays by himself";
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST_P(Prepaying, WithoutWanTheCustomerTypesTheCodeAndAReplayIsRefused) {
    WorldOptions options = quiet(5);
    options.settings.no_wan_share = 1;
    options.settings.no_wan_never_part = 1;
    options.settings.coverage_repair = 24h * 365;
    options.settings.utrn_text_after = 30min;
    options.settings.smets1_stand_in = true;
    Street street(options);
    const Home home = street.customer(GetParam());
    EXPECT_EQ(street.found("installed without WAN", home.number).size(), 1U);
    street.world.pay(home.number, 20);
    street.live(48h);
    const auto told = street.found("UTRN told", home.number);
    ASSERT_GE(told.size(), 1U);
    const auto added = street.found("credit added", home.number);
    ASSERT_GE(added.size(), 1U);
    EXPECT_EQ(added[0].detail, "keypad");
    EXPECT_GT(street.count("message lost", "no WAN at home"), 0U);
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST_P(Prepaying, ALostConfirmationBecomesADuplicateThatIsRefused) {
    WorldOptions options = quiet(6);
    options.settings.wan_loss = 0.4;
    Street street(options);
    std::vector<Home> homes;
    for (int i = 0; i < 20; ++i) homes.push_back(street.customer(GetParam()));
    for (const Home& home : homes) street.world.pay(home.number, 10);
    street.live(12h);
    EXPECT_GT(street.count("credit refused", "duplicate"), 0U);
    for (const Home& home : homes) {
        std::set<std::uint64_t> payments;
        for (const auto& added : street.found("credit added", home.number))
            EXPECT_TRUE(payments.insert(added.payment).second) << "credited twice";
    }
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST_P(Prepaying, AnotherPriceComesToTheMeterByACommandAndMoneyIsConserved) {
    WorldOptions options = quiet(9);
    options.settings.price_change_after = 24h * 2;
    options.settings.price_change_to = 0.5;
    Street street(options);
    const Home home = street.customer(GetParam());
    street.live(24h * 2);
    EXPECT_TRUE(street.found("price changed", home.number).empty());
    street.live(5min);
    const auto changed = street.found("price changed", home.number);
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_GT(changed[0].at, kStart + 24h * 2);
    EXPECT_EQ(street.world.prepaid(home.number)->charged.tariff.prices[0], 50'000);
    street.live(24h * 5);
    EXPECT_EQ(street.found("price changed", home.number).size(), 1U) << "told once, and confirmed";
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST_P(Prepaying, WithoutWanTheOldPriceStaysUntilTheCoverageIsRepaired) {
    WorldOptions options = quiet(10);
    options.length = 24h * 20;
    options.settings.no_wan_share = options.settings.no_wan_never_part = 1;
    options.settings.coverage_repair = 24h * 95;  // at most 90 days ago
    options.settings.price_change_after = 24h * 2;
    Street street(options);
    const Home home = street.customer(GetParam());
    const Time repaired = street.world.prepaid(home.number)->cover.down_until;
    street.live(std::min<Duration>(repaired - kStart, 24h * 4));
    EXPECT_TRUE(street.found("price changed", home.number).empty());
    street.world.run_until(repaired + 25h);
    EXPECT_EQ(street.found("price changed", home.number).size(), 1U);
}

TEST_P(Prepaying, WhoAskedForCreditModeIsNeverOffAndPaysNoMore) {
    WorldOptions options = quiet(11);
    options.settings.mode_change_after = 24h * 2;
    options.settings.mode_change_share = 1;
    Street street(options);
    const Home home = street.customer(GetParam());
    street.live(24h * 40);
    ASSERT_EQ(street.found("credit mode asked for", home.number).size(), 1U);
    const auto changed = street.found("mode changed", home.number);
    ASSERT_EQ(changed.size(), 1U);
    for (const auto& paid : street.found("customer pays", home.number))
        EXPECT_LT(paid.at, changed[0].at + 24h);
    for (const auto& moved : street.found("supply state", home.number))
        EXPECT_TRUE(moved.code != "Disabled" || moved.at < changed[0].at);
    EXPECT_LT(street.world.prepaid(home.number)->audit.paid, 200);
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST_P(Prepaying, AHanFaultStopsWhatTheWanBrings) {
    WorldOptions options = quiet(7);
    options.settings.han_fault_share = 1;
    Street street(options);
    const Home home = street.customer(GetParam());
    street.world.pay(home.number, 10);
    street.live(1h);
    EXPECT_TRUE(street.found("credit added", home.number).empty());
    EXPECT_GT(street.count("message lost", "HAN fault"), 0U);
}

TEST_P(Prepaying, BrokenRulesAreSeen) {
    WorldOptions options = quiet(8);
    options.settings.wan_loss = 0.4;
    options.settings.faults = {"meter takes a UTRN twice", "meter loses money"};
    Street street(options);
    std::vector<Home> homes;
    for (int i = 0; i < 10; ++i) homes.push_back(street.customer(GetParam()));
    for (const Home& home : homes) street.world.pay(home.number, 10);
    street.live(2h);
    EXPECT_GT(street.count("credit added"), homes.size());
    EXPECT_FALSE(street.world.unbalanced().empty());
}

TEST(Smets1Codes, AreMadeInTheDspAndOutsideItByTheStandIn) {
    const auto told_after = [](bool stand_in, std::vector<std::string> faults) {
        WorldOptions options = quiet(9);
        options.settings.smets1_stand_in = stand_in;
        options.settings.shop_share = 1;
        options.settings.faults = std::move(faults);
        Street street(options);
        const Home home = street.customer(Generation::SMETS1);
        street.world.outage("DCC", true, kStart + 1s);
        street.world.outage("DCC", false, kStart + 4h);
        street.live(1h);
        street.world.pay(home.number, 10);
        street.live(10min);
        return street.found("UTRN told", home.number).size();
    };
    EXPECT_EQ(told_after(false, {}), 0U);
    EXPECT_EQ(told_after(true, {}), 1U);
    EXPECT_EQ(told_after(false, {"SMETS1 supplier makes UTRNs"}), 1U);
}

TEST(Prepayment, TopUpsOvertakeWhatPiledUpWhereTheyHavePriority) {
    const auto credited = [](bool priority) {
        WorldOptions options = quiet(10);
        options.settings.dsp_prepay_priority = priority;
        Street street(options);
        const Home home = street.customer();
        street.world.outage("DCC", true, kStart + 1s);
        street.world.outage("DCC", false, kStart + 4h);
        street.live(3h);
        street.world.pay(home.number, 10);
        street.live(12h);
        return street.found("credit added", home.number).at(0).at - kStart;
    };
    EXPECT_LT(credited(true), 4h + 1min);
    EXPECT_GT(credited(false), 5h + 25min) << "half of three hours lay before it";
}

TEST(Prepayment, AMeterWithoutWanFallsBackToCreditMode) {
    WorldOptions options = quiet(11);
    options.settings.no_wan_share = 1;
    options.settings.no_wan_never_part = 0;
    options.settings.credit_fallback_after = 72h;
    options.settings.coverage_repair = 24h * 5;
    options.length = 24h * 10;
    Street street(options);
    for (int i = 0; i < 10; ++i) street.customer();
    street.live(24h * 20);
    std::size_t fell = 0;
    for (std::int32_t home = 0; home < 10; ++home) {
        const auto modes = street.found("payment mode", home);
        if (modes.size() < 2) continue;
        ++fell;
        EXPECT_EQ(modes[0].code, "credit");
        EXPECT_EQ(modes[1].code, "prepayment");
        EXPECT_LE(modes[1].at - modes[0].at, 48h);
    }
    EXPECT_GT(fell, 0U);
}

/// A home whose WAN comes ten days or so after the start.
struct LateWan : Street {
    explicit LateWan(std::uint64_t seed) : Street(options_of(seed)) {
        do home = customer();
        while (there_is_wan() < kStart + 24h || there_is_wan() > kStart + 24h * 20);
    }
    Time there_is_wan() const { return world.prepaid(home.number)->cover.down_until; }
    static WorldOptions options_of(std::uint64_t seed) {
        WorldOptions options = quiet(seed);
        options.settings.no_wan_share = 1;
        options.settings.no_wan_never_part = 1;
        return options;
    }
    Home home{};
};

/// Signed by the meter, verified by the supplier, weeks later.
TEST(Prepayment, AHubSendsTheAlertsItHeldWhenThereIsWanAgain) {
    LateWan street(13);
    const std::int32_t home = street.home.number;
    street.live(street.there_is_wan() - kStart - 1s);
    const auto held = street.found("report held", home);
    EXPECT_GT(held.size(), 3U);
    EXPECT_TRUE(street.found("reported late", home).empty());
    EXPECT_TRUE(street.found("alert received", home).empty());
    EXPECT_EQ(street.world.prepaid(home)->buffer.size(), held.size());
    street.live(10min);
    const auto late = street.found("reported late", home);
    const auto received = street.found("alert received", home);
    ASSERT_EQ(late.size(), held.size());
    EXPECT_EQ(received.size(), held.size());
    for (std::size_t i = 0; i < held.size(); ++i) {
        EXPECT_EQ(late[i].code, held[i].code) << "in the order in which they came";
        EXPECT_EQ(late[i].at, street.there_is_wan());
    }
    const auto typed = [](const Street::Found& found) { return found.detail == "810E"; };
    EXPECT_GT(std::ranges::count_if(received, typed), 0);
    EXPECT_TRUE(street.world.prepaid(home)->buffer.empty());
}

TEST(Prepayment, AHubWithoutPowerReportsWhenItWorksAgain) {
    LateWan street(14);
    const std::int32_t home = street.home.number;
    const Time off = street.there_is_wan() - 1h, on = street.there_is_wan() + 1h;
    street.world.power(home, false, off);
    street.world.power(home, true, on);
    street.world.run_until(on - 1s);
    const std::size_t held = street.found("report held", home).size();
    EXPECT_GT(held, 0U);
    EXPECT_TRUE(street.found("reported late", home).empty());
    street.live(10min);
    const auto late = street.found("reported late", home);
    ASSERT_EQ(late.size(), held);
    EXPECT_GT(late.front().at, on) << "it has to start, and to attach";
}

TEST(Prepayment, AHubThatHoldsNothingLosesWhatItsMeterTells) {
    LateWan held(15);
    WorldOptions options = LateWan::options_of(15);
    options.settings.hub_buffer_alerts = 0;
    Street lost(options);
    while (lost.customer().number != held.home.number) {
    }
    held.live(24h);
    lost.live(24h);
    EXPECT_TRUE(lost.found("report held", held.home.number).empty());
    EXPECT_EQ(lost.found("message lost", held.home.number).size() -
                  held.found("message lost", held.home.number).size(),
              held.found("report held", held.home.number).size());
}

TEST(Prepayment, ACustomerUsesWhatHeUsesAndPaysWholePounds) {
    Street street;
    const Home home = street.customer(), other = street.home();
    EXPECT_THROW(street.world.set_load(home.esme, 100), BadRequest);
    EXPECT_THROW(street.world.pay(other.number, 10), BadRequest);
    EXPECT_THROW(street.world.pay(home.number, 0), BadRequest);
    EXPECT_THROW(street.world.pay(home.number, 1000), BadRequest);
    const std::string code =
        street.world.make_utrn(street.supplier, home.esme, {utrn::ValueClass::pounds, 5});
    EXPECT_TRUE(street.world.enter_utrn(home.esme, code)->accepted());
    EXPECT_EQ(street.world.enter_utrn(home.esme, code)->refusal, "duplicate");
    EXPECT_EQ(street.world.pay(home.number, 10), 2U) << "the code took the number of a payment";
    street.live(5min);
    EXPECT_EQ(street.found("credit added", home.number).size(), 2U);
    EXPECT_TRUE(street.world.unbalanced().empty());
}

TEST(Prepayment, BothKernelsAndAnySliceTellTheSameStory) {
    const auto story = [](KernelMaker kernel, Duration slice) {
        WorldOptions options = quiet(12);
        options.settings.wan_loss = 0.1;
        options.settings.no_wan_share = 0.3;
        options.kernel = kernel;
        Street street(options);
        for (int i = 0; i < 6; ++i) street.customer(i % 2 == 0 ? Generation::SMETS2 : Generation::SMETS1);
        for (Time at = kStart; at < kStart + 96h; at += slice) street.world.run_until(at);
        street.world.run_until(kStart + 96h);
        return street.world.finish().sha256();
    };
    const std::string plain = story(make_plain_kernel, 96h);
    EXPECT_EQ(plain, story(make_systemc_kernel, 96h));
    EXPECT_EQ(plain, story(make_plain_kernel, 17min));
}

}  // namespace
}  // namespace meterbed
