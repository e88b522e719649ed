// What is arranged for a meter is what its account says afterwards.
#include "devices/prepayment/arrange.h"

#include "devices/prepayment/device_account.h"
#include "tests/devices/bench.h"

namespace meterbed::prepayment {
namespace {

using bench::Bench;

Plan arranged() {
    Plan plan;
    plan.tariff.prices[0] = 25'000;
    plan.tariff.standing_charge = 50'000;
    plan.settings.low_credit = 300'000;
    plan.settings.suspend_debt_disabled = false;
    plan.non_disablement = friendly_hours(2026, 2, Clock::utc);
    return plan;
}

TEST(Arrange, TheAccountOfTheMeterSaysWhatThePlanSays) {
    Bench bench(DeviceType::eSME);
    const Plan plan = arranged();
    arrange(*bench.device, plan, Mode::prepayment, 1'234'567);
    const Account& account = electricity_account();
    const Plan read = account.plan(*bench.device, bench::kStart);
    EXPECT_EQ(read.tariff, plan.tariff);
    EXPECT_EQ(read.settings, plan.settings);
    EXPECT_EQ(account.arrangement(*bench.device).mode, Mode::prepayment);
    EXPECT_EQ(account.registers(*bench.device).balance, 1'234'567);
    arrange_mode(*bench.device, Mode::credit);
    EXPECT_EQ(account.arrangement(*bench.device).mode, Mode::credit);
}

TEST(Arrange, SoDoItsHoursWithoutDisablementForTwoYears) {
    Bench bench(DeviceType::eSME);
    const Plan plan = arranged();
    arrange(*bench.device, plan, Mode::prepayment, 0);
    const Plan read = electricity_account().plan(*bench.device, bench::kStart);
    const Time from = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    std::int64_t second = std::chrono::duration_cast<std::chrono::seconds>(from.time_since_epoch()).count();
    std::size_t kept = 0;
    for (int hour = 0; hour < 2 * 365 * 24; ++hour, second += 3'600) {
        for (const std::int64_t at : {second - 1, second}) {
            const auto said = holding_at(plan.non_disablement, at).value;
            ASSERT_EQ(holding_at(read.non_disablement, at).value, said) << at;
            kept += said;
        }
    }
    EXPECT_GT(kept, 10'000U);
}

TEST(Arrange, PricesThatDoNotFitSixteenBitsKeepTheirAmount) {
    Bench bench(DeviceType::eSME);
    Plan plan = arranged();
    plan.tariff.prices[0] = 123'457;
    plan.tariff.standing_charge = 77'777;
    arrange(*bench.device, plan, Mode::credit, 0);
    const Plan read = electricity_account().plan(*bench.device, bench::kStart);
    EXPECT_EQ(read.tariff.prices[0], 123'457);
    EXPECT_EQ(read.tariff.standing_charge, 77'777);
}

}  // namespace
}  // namespace meterbed::prepayment
