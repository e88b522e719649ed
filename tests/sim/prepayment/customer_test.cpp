// What prepayment customers do, told to them one thing at a time.
#include "sim/prepayment/customer.h"

#include <gtest/gtest.h>

#include <map>

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3}};  // a Monday
constexpr std::int64_t kPound = 100'000;                                    // 10^-5 GBP

struct Somebody {
    explicit Somebody(PrepaymentSettings with = {}, std::int32_t number = 5)
        : home(number), rules(with, Streams{1, 1}), customer(rules.begin(number, 1, kStart)) {}

    /// At the next wake.
    Act next(const MeterView& meter) {
        now = customer.wakes;
        return rules.act(customer, home, meter, now);
    }
    /// Wakes until something else than nothing is done.
    Act first(const MeterView& meter) {
        for (int i = 0; i < 100; ++i)
            if (const Act done = next(meter); done != Act::nothing) return done;
        return Act::nothing;
    }

    std::int32_t home;
    CustomerRules rules;
    Customer customer;
    Time now = kStart;
};

PrepaymentSettings all_by(Channel channel) {
    PrepaymentSettings settings;
    settings.pay_day_share = 0;
    settings.shop_share = channel == Channel::shop ? 1 : 0;
    settings.phone_share = channel == Channel::phone ? 1 : 0;
    settings.emergency_taken = 1;
    return settings;
}

const MeterView kRich{SupplyState::Enabled, 100 * kPound, false};
const MeterView kPoor{SupplyState::Enabled, kPound / 10, false};
const MeterView kOff{SupplyState::Disabled, -kPound, false};
const MeterView kOffered{SupplyState::Disabled, 0, true};
const MeterView kArmed{SupplyState::Armed, kPound, false};

bool by_day(Time at) {
    const Duration time = at.time_since_epoch() % Duration{24h};
    return time >= 7h && time < 22h + 1s;
}

TEST(Customer, LooksOnceADayByDayAndNeverOnAWholeSecond) {
    Somebody one;
    Time last = kStart;
    for (int day = 0; day < 30; ++day) {
        EXPECT_EQ(one.next(kRich), Act::nothing);
        EXPECT_TRUE(by_day(one.now));
        EXPECT_EQ(one.now.time_since_epoch() % Duration{1s}, Duration{500ms});
        EXPECT_GT(one.now, last);
        EXPECT_EQ((one.now - kStart) / Duration{24h}, day);
        last = one.now;
    }
}

TEST(Customer, PaysByAppAtTheLookThatShowsTooLittle) {
    Somebody one(all_by(Channel::app));
    EXPECT_EQ(one.next(kRich), Act::nothing);
    EXPECT_EQ(one.next(kPoor), Act::pay);
    EXPECT_EQ(one.customer.waiting_for, 1u);
    EXPECT_EQ(one.customer.payments, 1u);
    one.rules.credited(one.customer, one.home, 1, one.now + 6s);
    EXPECT_EQ(one.customer.waiting_for, 0u);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(one.next(kRich), Act::nothing);
}

TEST(Customer, GoesToTheShopFirst) {
    Somebody one(all_by(Channel::shop));
    EXPECT_EQ(one.next(kPoor), Act::nothing);
    EXPECT_TRUE(one.customer.going_to_pay);
    const Time left = one.now;
    EXPECT_EQ(one.next(kPoor), Act::pay);
    EXPECT_GT(one.now, left);
    EXPECT_EQ(one.customer.paid_at, one.now);
}

TEST(Customer, PaysOnPayDayWhateverIsLeft) {
    PrepaymentSettings settings = all_by(Channel::app);
    settings.pay_day_share = 1;
    Somebody one(settings);
    const MeterView some{SupplyState::Enabled, one.customer.traits.pounds * kPound, false};
    std::map<unsigned, int> days;
    for (int day = 0; day < 28; ++day) {
        if (one.next(some) != Act::pay) continue;
        ++days[std::chrono::weekday{std::chrono::floor<std::chrono::days>(one.now)}.iso_encoding()];
        one.rules.credited(one.customer, one.home, one.customer.payments, one.now);
        // The wake of the wait that is over.
        EXPECT_EQ(one.next(some), Act::nothing);
    }
    ASSERT_EQ(days.size(), 1u);
    EXPECT_EQ(days.begin()->first, one.customer.traits.pay_day);
    EXPECT_GE(days.begin()->second, 3);
}

TEST(Customer, TypesTheReceiptWhenPatienceEnds) {
    Somebody one(all_by(Channel::shop));
    ASSERT_EQ(one.first(kPoor), Act::pay);
    const Time paid = one.now;
    one.rules.code_told(one.customer, one.home, 1, Way::receipt, paid + 1us);
    EXPECT_EQ(one.first(kPoor), Act::type_code);
    EXPECT_EQ(one.now, one.customer.type_from);
    EXPECT_EQ(one.customer.tries, 1u);
    one.rules.entry_refused(one.customer, one.home, one.now);
    const Time refused = one.now;
    EXPECT_EQ(one.next(kPoor), Act::type_code);
    EXPECT_LE(one.now - refused, 61s);
}

TEST(Customer, CallsTheHelpLineOnlyByTheNextLookWhileSupplyIsOn) {
    Somebody one(all_by(Channel::app));
    ASSERT_EQ(one.first(kPoor), Act::pay);
    const Time paid = one.now;
    EXPECT_EQ(one.first(kPoor), Act::call_help_line);
    EXPECT_GT(one.now, paid + 1h);
    const Time answers = one.rules.help_line_answers(one.home, 1, one.now);
    EXPECT_GT(answers, one.now);
    one.rules.code_told(one.customer, one.home, 1, Way::help_line, answers);
    EXPECT_EQ(one.first(kPoor), Act::type_code);
    EXPECT_LE(one.now - answers, 2min + 2s);
}

TEST(Customer, CallsAsSoonAsPatienceEndsWhenOffSupply) {
    Somebody one(all_by(Channel::app));
    one.rules.supply_went(one.customer, one.home, SupplyState::Disabled, kStart + 12h);
    ASSERT_EQ(one.first(kOff), Act::pay);
    const Time paid = one.now;
    EXPECT_EQ(one.first(kOff), Act::call_help_line);
    EXPECT_EQ(one.now, one.customer.type_from);
    EXPECT_GT(one.now, paid);
}

TEST(Customer, ReadsATextAndTypes) {
    Somebody one(all_by(Channel::app));
    ASSERT_EQ(one.first(kPoor), Act::pay);
    one.rules.code_told(one.customer, one.home, 1, Way::text, one.now + 15min);
    EXPECT_EQ(one.first(kPoor), Act::type_code);
}

TEST(Customer, TakesEmergencyCreditSwitchesOnAndPays) {
    Somebody one(all_by(Channel::app));
    one.rules.supply_went(one.customer, one.home, SupplyState::Disabled, kStart + 3h);
    EXPECT_EQ(one.next(kOffered), Act::take_emergency);
    EXPECT_TRUE(by_day(one.now));
    const Time taken = one.now;
    one.rules.supply_went(one.customer, one.home, SupplyState::Armed, one.now);
    EXPECT_EQ(one.next(kArmed), Act::enable);
    EXPECT_LE(one.now - taken, 2s);
    const MeterView lent{SupplyState::Enabled, 0, false};
    EXPECT_EQ(one.next(lent), Act::pay);
}

TEST(Customer, WithoutTheHabitNobodyTakesEmergencyCredit) {
    PrepaymentSettings settings = all_by(Channel::app);
    settings.emergency_taken = 0;
    Somebody one(settings);
    one.rules.supply_went(one.customer, one.home, SupplyState::Disabled, kStart + 12h);
    EXPECT_EQ(one.first(kOffered), Act::pay);
}

TEST(Customer, SwitchesAnArmedSupplyOnWhenNoticed) {
    Somebody one(all_by(Channel::app));
    one.rules.supply_went(one.customer, one.home, SupplyState::Armed, kStart + 12h);
    EXPECT_EQ(one.next(kArmed), Act::enable);
}

TEST(Customer, AnOldCodeChangesNothing) {
    Somebody one(all_by(Channel::app));
    ASSERT_EQ(one.first(kPoor), Act::pay);
    one.rules.credited(one.customer, one.home, 1, one.now);
    one.rules.code_told(one.customer, one.home, 1, Way::text, one.now);
    EXPECT_FALSE(one.customer.has_code);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(one.next(kRich), Act::nothing);
}

TEST(Customer, IsToldLaterWhenTheHelpLineHasNoCode) {
    Somebody one(all_by(Channel::app));
    one.rules.supply_went(one.customer, one.home, SupplyState::Disabled, kStart + 10h);
    ASSERT_EQ(one.first(kOff), Act::pay);
    ASSERT_EQ(one.first(kOff), Act::call_help_line);
    const Time called = one.now;
    one.rules.no_code_yet(one.customer, 1, called);
    EXPECT_EQ(one.first(kOff), Act::call_help_line);
    EXPECT_LE(one.now - called, 1h + 1s);
}

/// Off supply although paid: waits for ever.
Somebody patient(Duration engineer_after) {
    PrepaymentSettings settings = all_by(Channel::app);
    settings.patience = 24h * 365;
    settings.engineer_after = engineer_after;
    settings.typing_error = 1;
    Somebody one(settings);
    one.rules.supply_went(one.customer, one.home, SupplyState::Disabled, kStart + 10h);
    EXPECT_EQ(one.first(kOff), Act::pay);
    return one;
}

TEST(Customer, NobodySendsAnEngineerUnlessSet) {
    Somebody one = patient(0s);
    EXPECT_EQ(one.first(kOff), Act::nothing);
    EXPECT_EQ(one.customer.engineer, Time::max());
}

TEST(Customer, AnEngineerComesInWorkingHoursAfterWaitAndTravel) {
    for (const Duration after : {Duration{1h}, Duration{9h}, Duration{15h}}) {
        Somebody one = patient(after);
        const Time paid = one.now;
        ASSERT_EQ(one.first(kOff), Act::let_engineer_in);
        EXPECT_GE(one.now - paid, after + 24h);
        EXPECT_LE(one.now - paid, after + 24h + 14h + 3s);
        const Duration clock = one.now.time_since_epoch() % Duration{24h};
        EXPECT_GE(clock, Duration{8h});
        EXPECT_LT(clock, Duration{18h + 2s});
    }
}

TEST(Customer, AnotherEngineerComesWhenTheFirstCouldNotHelp) {
    Somebody one = patient(1h);
    ASSERT_EQ(one.first(kOff), Act::let_engineer_in);
    const Time first = one.now;
    ASSERT_EQ(one.first(kOff), Act::let_engineer_in);
    EXPECT_GE(one.now - first, 25h);
}

TEST(Customer, AVisitIsCalledOffWhenTheCreditIsThere) {
    Somebody one = patient(1h);
    one.rules.credited(one.customer, one.home, 1, one.now + 30min);
    EXPECT_EQ(one.customer.engineer, Time::max());
    Somebody other = patient(1h);
    other.rules.supply_went(other.customer, other.home, SupplyState::Enabled, other.now + 2h);
    EXPECT_EQ(other.customer.engineer, Time::max());
}

TEST(Customer, WhoCalledInVainGetsAnEngineerWithSupplyOn) {
    PrepaymentSettings settings = all_by(Channel::app);
    settings.engineer_after = 1h;
    Somebody one(settings);
    ASSERT_EQ(one.first(kPoor), Act::pay);
    const MeterView enough{SupplyState::Enabled, kPound, false};
    EXPECT_EQ(one.customer.engineer, Time::max());
    ASSERT_EQ(one.first(enough), Act::call_help_line);
    EXPECT_NE(one.customer.engineer, Time::max());
    EXPECT_EQ(one.first(enough), Act::let_engineer_in);
}

TEST(Customer, AnEngineerTypesAtOnceAndWithoutSlips) {
    Somebody one = patient(1h);
    ASSERT_EQ(one.first(kOff), Act::let_engineer_in);
    const Time came = one.now;
    one.rules.code_told(one.customer, one.home, 1, Way::engineer, came);
    ASSERT_EQ(one.first(kOff), Act::type_code);
    EXPECT_LE(one.now - came, 3s);
    EXPECT_FALSE(one.rules.slip(one.home, one.customer).wrong);
}

TEST(Customer, SlipsAsOftenAsSet) {
    PrepaymentSettings settings;
    settings.typing_error = 0.1;
    const CustomerRules rules(settings, Streams{1, 1});
    int wrong = 0;
    Customer customer;
    customer.waiting_for = customer.tries = 1;
    for (std::int32_t home = 0; home < 10'000; ++home) {
        const CustomerRules::Slip slip = rules.slip(home, customer);
        EXPECT_LT(slip.digit, 20);
        EXPECT_GE(slip.by, 1);
        EXPECT_LE(slip.by, 9);
        wrong += slip.wrong ? 1 : 0;
    }
    EXPECT_NEAR(wrong, 1000, 100);
}

TEST(Customer, CustomersDifferAndPayAboutAsOftenAsSet) {
    const CustomerRules rules(PrepaymentSettings{}, Streams{1, 1});
    std::map<Channel, int> channels;
    double pounds = 0;
    for (std::int32_t home = 0; home < 10'000; ++home) {
        const Customer customer = rules.begin(home, 1, kStart);
        ++channels[customer.traits.channel];
        pounds += customer.traits.pounds;
        const std::int64_t opening = rules.opening_balance(home, customer);
        EXPECT_GT(opening, 0);
        EXPECT_LE(opening, (5 + customer.traits.pounds) * kPound);
    }
    EXPECT_NEAR(channels[Channel::shop], 4000, 200);
    EXPECT_NEAR(channels[Channel::phone], 1500, 150);
    // 3.50 GBP a day, four top-ups a month.
    EXPECT_NEAR(pounds / 10'000, 3.5 * 365.25 / 48, 2);
}

TEST(Customer, HelpLineIsOpenByDay) {
    const CustomerRules rules(PrepaymentSettings{}, Streams{1, 1});
    const Time night = kStart + 23h;
    const Time answers = rules.help_line_answers(1, 1, night);
    EXPECT_GE(answers, kStart + 32h);
    EXPECT_LT(answers, kStart + 40h);
}

}  // namespace
}  // namespace meterbed
