// What a customer with a prepayment meter lives through.
#include <gtest/gtest.h>

#include "devices/prepayment/advance.h"

namespace meterbed::prepayment {
namespace {

using namespace std::chrono_literals;
using std::chrono::March;
using std::chrono::sys_days;

using Codes = std::vector<std::uint16_t>;

constexpr Time kMonday = sys_days{March / 2 / 2020};
constexpr std::int64_t kPound = 100'000, kPenny = 1'000;

/// 1 kW at 20 p a kWh costs 20 p an hour.
Plan plain_plan() {
    Plan plan;
    plan.tariff.prices[0] = 20 * kPenny;
    return plan;
}

struct Customer : ::testing::Test {
    Plan plan = plain_plan();
    Happenings happened;
    Ledger ledger;

    void begin(std::int64_t balance, Time at = kMonday) {
        ledger = open_ledger(at, plan, Mode::prepayment, balance, happened);
    }
    void live(Duration time, std::uint32_t load = 1'000) {
        advance(ledger, plan, time_of(ledger) + time, load, happened);
    }
    Allocated pay(std::int64_t amount) { return top_up(ledger, plan, amount, happened); }
    bool borrow() { return activate_emergency_credit(ledger, plan, happened); }
    void press_button() { apply(ledger, plan, SupplyEvent::enable_locally, happened); }
    void allow_all_night() { plan.non_disablement = friendly_hours(2020); }

    std::int64_t balance() const { return units(ledger.balance); }
    std::int64_t left() const { return units(emergency_left(ledger, plan.settings)); }
    Codes told() {
        Codes out;
        for (const Happened& each : happened) out.push_back(each.code);
        happened.clear();
        return out;
    }
    /// When this was told.
    Time when(std::uint16_t code) const {
        for (const Happened& each : happened)
            if (each.code == code) return each.at;
        ADD_FAILURE() << "not told";
        return {};
    }
};

TEST_F(Customer, PaysForEnergyByTheKilowattHour) {
    begin(5 * kPound);
    live(90min);
    EXPECT_EQ(balance(), 5 * kPound - 30 * kPenny);
    EXPECT_EQ(ledger.energy, 1'500U);
    EXPECT_EQ(told(), Codes{});
}

TEST_F(Customer, IsWarnedOfferedEmergencyCreditAndSwitchedOff) {
    begin(3 * kPound);
    live(24h);
    EXPECT_EQ(when(0x810D), kMonday + 5h);   // £2
    EXPECT_EQ(when(0x8119), kMonday + 10h);  // £1
    EXPECT_EQ(when(0x8F0F), kMonday + 15h);  // nothing
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119, 0x8F0F}));
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(ledger.energy, 15'000U);
}

TEST_F(Customer, UsesEmergencyCreditAfterTheBalance) {
    begin(kPound / 2);
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119}));
    ASSERT_TRUE(borrow());
    EXPECT_EQ(told(), Codes{0x81AB});
    EXPECT_EQ(left(), 10 * kPound);
    live(5h);
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(left(), 10 * kPound - kPound / 2);
    live(72h);
    EXPECT_EQ(told(), (Codes{0x810D, 0x81AA, 0x8F0F}));
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
}

TEST_F(Customer, MayNotBorrowBeforeItIsOfferedNorTwice) {
    begin(5 * kPound);
    EXPECT_FALSE(borrow());
    live(21h);
    EXPECT_TRUE(borrow());
    EXPECT_FALSE(borrow());
}

TEST_F(Customer, WhoBorrowsInTheDarkMaySwitchOn) {
    begin(0);
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119, 0x8F0F}));
    ASSERT_TRUE(borrow());
    EXPECT_EQ(told(), (Codes{0x81AB, 0x8168, 0x8F32}));
    EXPECT_EQ(ledger.supply, SupplyState::Armed);
    press_button();
    EXPECT_EQ(ledger.supply, SupplyState::Enabled);
}

TEST_F(Customer, WhoPaysInTheDarkMaySwitchOn) {
    begin(0);
    press_button();
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
    told();
    pay(5 * kPound);
    EXPECT_EQ(told(), Codes{0x8F32});
    press_button();
    EXPECT_EQ(ledger.supply, SupplyState::Enabled);
}

TEST_F(Customer, PaysBackWhatWasLentAndIsOfferedItAgain) {
    begin(kPound);
    borrow();
    live(10h);  // the balance, and £1 of the £10
    told();
    EXPECT_EQ(pay(10 * kPound), (Allocated{.emergency = kPound, .balance = 9 * kPound}));
    EXPECT_EQ(ledger.emergency, EmergencyCredit::none);
    EXPECT_EQ(told(), Codes{});
    live(40h);
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119}));
}

TEST_F(Customer, IsSparedInFriendlyHoursAndSwitchedOffAfterThem) {
    allow_all_night();
    begin(kPound, kMonday + 17h);
    told();
    live(24h);  // nothing left at 22:00
    EXPECT_EQ(when(0x8F83), kMonday + 22h);
    EXPECT_EQ(when(0x8F0F), kMonday + 34h);
    EXPECT_EQ(told(), (Codes{0x8F83, 0x8F0F}));
    EXPECT_EQ(balance(), kPound - 17 * 20 * kPenny);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
}

TEST_F(Customer, WhoPaysInFriendlyHoursIsNotSwitchedOff) {
    allow_all_night();
    begin(0, kMonday + 20h);
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119, 0x8F83}));
    live(10h);
    EXPECT_EQ(pay(20 * kPound), (Allocated{.shortfall = 2 * kPound, .balance = 18 * kPound}));
    live(24h);
    EXPECT_EQ(told(), Codes{});
    EXPECT_EQ(ledger.supply, SupplyState::Enabled);
}

TEST_F(Customer, IsNotReconnectedByAFriendlyHour) {
    allow_all_night();
    begin(0, kMonday + 12h);
    live(12h);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
}

// Debts.

TEST_F(Customer, PaysAStandingChargeAtMidnightAndDebtsEvenly) {
    plan.tariff.standing_charge = 30 * kPenny;
    begin(50 * kPound, kMonday + 12h);
    ledger.time_debt = {parts(2 * kPound), parts(100 * kPound)};
    set_debt_rate(ledger, 0, {10 * kPenny, RatePeriod::hourly});
    set_debt_rate(ledger, 1, {48 * kPenny, RatePeriod::daily});
    live(6h, 0);
    EXPECT_EQ(balance(), 50 * kPound - 60 * kPenny - 12 * kPenny);
    live(18h, 0);
    EXPECT_EQ(balance(), 50 * kPound - 2 * kPound - 48 * kPenny - 30 * kPenny);
    EXPECT_EQ(when(0x81A7), kMonday + 12h + 20h);
    EXPECT_EQ(told(), Codes{0x81A7});
}

TEST_F(Customer, OwesSuspendedChargesLater) {
    plan.tariff.standing_charge = 30 * kPenny;
    begin(0, kMonday + 12h);
    ledger.time_debt[0] = parts(10 * kPound);
    set_debt_rate(ledger, 0, {24 * kPenny, RatePeriod::daily});
    live(48h);
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(units(ledger.accumulated_debt), 2 * (30 + 24) * kPenny);
    EXPECT_EQ(units(ledger.time_debt[0]), 10 * kPound - 48 * kPenny);
    EXPECT_EQ(pay(5 * kPound), (Allocated{.accumulated_debt = 108 * kPenny, .balance = 392 * kPenny}));
}

TEST_F(Customer, WithoutSuspensionFallsDeeperInTheDark) {
    plan.settings.suspend_debt_disabled = false;
    plan.tariff.standing_charge = 30 * kPenny;
    begin(0, kMonday + 12h);
    live(48h);
    EXPECT_EQ(balance(), -60 * kPenny);
    EXPECT_EQ(ledger.accumulated_debt, 0);
}

TEST_F(Customer, MayBeLetOffWhatIsSuspendedInTheDark) {
    plan.settings.accumulate_while_disabled = false;
    plan.tariff.standing_charge = 30 * kPenny;
    begin(0, kMonday + 12h);
    ledger.time_debt[0] = parts(10 * kPound);
    set_debt_rate(ledger, 0, {24 * kPenny, RatePeriod::daily});
    live(48h);
    EXPECT_EQ(ledger.accumulated_debt, 0);
    EXPECT_EQ(units(ledger.time_debt[0]), 10 * kPound);
}

TEST_F(Customer, InEmergencyCreditPaysForEnergyOnly) {
    plan.tariff.standing_charge = 30 * kPenny;
    begin(0, kMonday + 12h);
    borrow();
    press_button();
    live(24h);
    EXPECT_EQ(left(), 10 * kPound - 480 * kPenny);
    EXPECT_EQ(units(ledger.accumulated_debt), 30 * kPenny);
}

/// The worked example of a maker's manual: 10 %, cap £5 a week, £10 a day.
TEST_F(Customer, PaysAPercentageUpToTheCapOfTheWeek) {
    begin(50 * kPound);
    plan.settings.maximum_balance = 1'000 * kPound;
    ledger.payment_debt = static_cast<std::int32_t>(100 * kPound);
    ledger.payment_percent = 1'000;
    std::vector<std::int64_t> taken;
    for (int day = 0; day < 9; ++day) {
        taken.push_back(pay(10 * kPound).payment_debt / kPound);
        live(24h, 0);
    }
    EXPECT_EQ(taken, (std::vector<std::int64_t>{1, 1, 1, 1, 1, 0, 0, 1, 1}));
    EXPECT_EQ(ledger.payment_debt, 93 * kPound);
}

TEST_F(Customer, TakesNoMorePaymentDebtThanThereIs) {
    begin(kPound);
    told();
    ledger.payment_debt = 30'000;
    ledger.payment_percent = 5'000;
    EXPECT_EQ(pay(kPound).payment_debt, 30'000);
    EXPECT_EQ(ledger.payment_debt, 0);
    EXPECT_EQ(told(), Codes{0x81A9});
    EXPECT_EQ(pay(kPound).payment_debt, 0);
}

TEST_F(Customer, ATopUpGoesStepByStep) {
    const auto in_need = [&] {
        begin(0);
        ledger.payment_debt = static_cast<std::int32_t>(10 * kPound);
        ledger.payment_percent = 1'000;
        ledger.accumulated_debt = parts(2 * kPound);
        borrow();
        ledger.balance = parts(-kPound);
        ledger.emergency_used = parts(3 * kPound);
    };
    in_need();
    EXPECT_EQ(pay(4 * kPound), (Allocated{40 * kPenny, 2 * kPound, kPound, 60 * kPenny, 0}));
    plan.settings.allocation = Allocation::emergency_first;
    in_need();
    EXPECT_EQ(pay(4 * kPound), (Allocated{40 * kPenny, 2 * kPound, 0, 160 * kPenny, 0}));
    in_need();
    EXPECT_EQ(pay(10 * kPound), (Allocated{kPound, 2 * kPound, kPound, 3 * kPound, 3 * kPound}));
}

TEST_F(Customer, ASupplyThatTheSupplierSwitchedOffStaysOff) {
    begin(20 * kPound);
    apply(ledger, plan, SupplyEvent::disable, happened);
    live(24h);
    pay(5 * kPound);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
    EXPECT_EQ(balance(), 25 * kPound);
    apply(ledger, plan, SupplyEvent::arm, happened);
    EXPECT_EQ(told(), Codes{0x8F32});
}

TEST_F(Customer, CreditArmsOnlyASupplyThatWantOfCreditTook) {
    begin(kPound);
    apply(ledger, plan, SupplyEvent::disable, happened);  // SRV 7.2
    ledger.balance = parts(-kPound);
    review(ledger, plan, happened);
    EXPECT_EQ(ledger.disablement, Disablement::disabled);
    told();
    pay(10 * kPound);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled) << "needs 7.1 or 7.3";
    EXPECT_EQ(told(), Codes{});
    apply(ledger, plan, SupplyEvent::enable, happened);  // SRV 7.1
    ledger.balance = parts(-kPound);
    review(ledger, plan, happened);
    EXPECT_EQ(ledger.supply, SupplyState::Disabled);
    pay(10 * kPound);
    EXPECT_EQ(ledger.supply, SupplyState::Armed);
}

TEST_F(Customer, AGasValveIsNotOpenedFromAfar) {
    plan.gas = true;
    begin(0);
    pay(5 * kPound);
    apply(ledger, plan, SupplyEvent::enable, happened);
    EXPECT_EQ(ledger.supply, SupplyState::Armed);
    press_button();
    EXPECT_EQ(ledger.supply, SupplyState::Enabled);
}

TEST_F(Customer, InCreditModeNothingIsDisabledAndNoDebtIsTaken) {
    begin(0);
    set_mode(ledger, plan, Mode::credit, happened);
    press_button();
    told();
    ledger.time_debt[0] = parts(kPound);
    set_debt_rate(ledger, 0, {kPenny, RatePeriod::hourly});
    live(240h);
    EXPECT_EQ(balance(), -48 * kPound);
    EXPECT_EQ(ledger.time_debt[0], parts(kPound));
    EXPECT_EQ(told(), Codes{});
    set_mode(ledger, plan, Mode::prepayment, happened);
    EXPECT_EQ(told(), (Codes{0x810D, 0x8119, 0x8F0F}));
}

// Tariffs.

TEST_F(Customer, PaysByTimeOfUse) {
    plan.tariff.times.days = {{{0, 1}, {7 * 3600, 0}}};
    plan.tariff.prices[1] = 8 * kPenny;
    begin(50 * kPound);
    live(24h);
    EXPECT_EQ(balance(), 50 * kPound - 7 * 8 * kPenny - 17 * 20 * kPenny);
}

TEST_F(Customer, PaysByBlockWhichStartsAnewDaily) {
    plan.tariff.times = always(kFirstBlockSet + 2);
    plan.tariff.block_prices[2] = {30 * kPenny, 10 * kPenny, 5 * kPenny, 0};
    plan.tariff.block_thresholds[2] = {6'000, 18'000, UINT32_MAX};
    plan.tariff.blocks_start_anew_daily = true;
    begin(50 * kPound);
    live(24h);
    EXPECT_EQ(balance(), 50 * kPound - (6 * 30 + 12 * 10 + 6 * 5) * kPenny);
    live(6h);
    EXPECT_EQ(balance(), 50 * kPound - 330 * kPenny - 180 * kPenny);
    reset_blocks(ledger);
    live(1h);
    EXPECT_EQ(balance(), 50 * kPound - 510 * kPenny - 30 * kPenny);
}

TEST_F(Customer, PaysByBlockAndTimeOfUse) {
    plan.tariff.times.days = {{{0, kFirstBlockSet}, {12 * 3600, kFirstBlockSet + 1}}};
    plan.tariff.block_prices[0] = {10 * kPenny, 5 * kPenny, 0, 0};
    plan.tariff.block_prices[1] = {40 * kPenny, 20 * kPenny, 0, 0};
    plan.tariff.block_thresholds[0] = {10'000, UINT32_MAX, UINT32_MAX};
    plan.tariff.block_thresholds[1] = {4'000, UINT32_MAX, UINT32_MAX};
    begin(50 * kPound);
    live(24h);
    EXPECT_EQ(balance(), 50 * kPound - (10 * 10 + 2 * 5 + 4 * 40 + 8 * 20) * kPenny);
}

TEST_F(Customer, CanBeToldWhenTheLightsGoOut) {
    begin(3 * kPound);
    told();
    ledger.low_credit = true;
    ledger.emergency = EmergencyCredit::available;
    ledger.balance = parts(kPound);
    EXPECT_EQ(next_event(ledger, plan, 1'000, kMonday + 24h), (Happened{kMonday + 5h, 0x8F0F}));
    EXPECT_EQ(next_event(ledger, plan, 1'000, kMonday + 4h), std::nullopt);
    EXPECT_EQ(next_event(ledger, plan, 0, kMonday + 2400h), std::nullopt);
}

TEST(Check, NamesNegativeRatesAndDebtsOfAMeter) {
    Ledger ledger;
    EXPECT_EQ(check(ledger), std::vector<std::string>{});
    set_debt_rate(ledger, 1, {-1, RatePeriod::hourly});
    ledger.payment_debt = -1;
    ledger.payment_percent = 10'001;
    EXPECT_EQ(check(ledger),
              (std::vector<std::string>{"the rate of time debt 2 is negative.",
                                        "the payment debt register is negative.",
                                        "more than the whole of each payment goes to payment debt."}));
}

TEST(Money, IsShownInWholeUnitsDownwards) {
    EXPECT_EQ(units(parts(5)), 5);
    EXPECT_EQ(units(parts(5) + 1), 5);
    EXPECT_EQ(units(-1), -1);
    EXPECT_EQ(units(parts(-3)), -3);
}

}  // namespace
}  // namespace meterbed::prepayment
