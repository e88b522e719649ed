// What a supplier configures on every meter.
#include "sim/prepayment/tariff.h"

#include <gtest/gtest.h>

#include "devices/prepayment/advance.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;

TEST(PrepaymentTariff, TakesTheStandingChargeAndThePriceOfAKilowattHour) {
    PrepaymentSettings settings;
    settings.unit_price = 0.31;
    settings.standing_charge = 0.6;
    const Time start{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3}};
    const prepayment::Plan plan = prepayment_plan(settings, start);
    EXPECT_TRUE(check(plan).empty());
    prepayment::Happenings happened;
    auto ledger = open_ledger(start, plan, prepayment::Mode::prepayment, 1'000'000, happened);
    advance(ledger, plan, start + 24h, 250, happened);  // 6 kWh and one midnight
    EXPECT_EQ(ledger.balance, prepayment::parts(1'000'000 - 6 * 31'000 - 60'000));
}

TEST(PrepaymentTariff, NobodyGoesOffInFriendlyHours) {
    const Time start{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3}};
    const prepayment::Plan plan = prepayment_plan({}, start);
    const auto protected_at = [&](Time at) {
        return stretch_at(plan, at.time_since_epoch() / 1s).is_protected;
    };
    EXPECT_TRUE(protected_at(start + 9h));
    EXPECT_FALSE(protected_at(start + 12h));
    EXPECT_TRUE(protected_at(start + 20h));
    EXPECT_TRUE(protected_at(start + 6 * 24h + 12h));  // Sunday
}

TEST(PrepaymentTariff, ThresholdsAreThoseOfTheSettings) {
    EXPECT_EQ(prepayment_plan({}, {}).settings, prepayment::Settings{}) << "the defaults of a meter";
    PrepaymentSettings settings;
    settings.low_credit_threshold = 3;
    settings.emergency_credit_limit = 15;
    settings.emergency_credit_threshold = 0.5;
    settings.disablement_threshold = 0.1;
    settings.maximum_credit = 50;
    settings.maximum_balance = 100;
    settings.friendly_hours = false;
    const prepayment::Plan plan = prepayment_plan(settings, {});
    EXPECT_EQ(plan.settings.low_credit, 300'000);
    EXPECT_EQ(plan.settings.emergency_limit, 1'500'000);
    EXPECT_EQ(plan.settings.emergency_threshold, 50'000);
    EXPECT_EQ(plan.settings.disablement, 10'000);
    EXPECT_EQ(plan.settings.maximum_credit, 5'000'000);
    EXPECT_EQ(plan.settings.maximum_balance, 10'000'000);
    EXPECT_FALSE(stretch_at(plan, 20 * 3'600).is_protected);
    EXPECT_TRUE(check(plan).empty());
}

TEST(PrepaymentTariff, ANewPriceIsToldInSixteenBitsAndFourDigitsWhereFiveDoNotFit) {
    PrepaymentSettings settings;
    settings.price_change_to = 0.30125;
    EXPECT_EQ(told_prices(settings).unit.units(), 30'125);
    settings.price_change_to = 0.41237;
    EXPECT_EQ(told_prices(settings).unit.amount, 4'124);
    EXPECT_EQ(told_prices(settings).unit.units(), 41'240);
    settings.price_change_to = 30;
    EXPECT_EQ(told_prices(settings).unit.units(), 3'000'000);
}

TEST(PrepaymentTariff, AfterTheChangeThePriceIsAnotherAndTheRestAsBefore) {
    PrepaymentSettings settings;
    settings.price_change_to = 0.32;
    const prepayment::Plan before = prepayment_plan(settings, {});
    const prepayment::Plan after = plan_after_change(settings, before);
    prepayment::Plan expected = before;
    expected.tariff.prices[0] = 32'000;
    EXPECT_EQ(after, expected);
}

}  // namespace
}  // namespace meterbed
