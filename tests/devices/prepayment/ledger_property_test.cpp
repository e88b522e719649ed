// Whatever the plan, the load and the customer: an interval may be cut anywhere, no unit of money is lost or
// made, and the plain stepper comes to the same.
#include <gtest/gtest.h>

#include "devices/prepayment/advance.h"
#include "pki/random.h"
#include "tests/devices/prepayment/second_stepper.h"

namespace meterbed::prepayment {
namespace {

using namespace std::chrono_literals;

std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
}

DayProfile any_day(Random& random, unsigned values, bool blocks) {
    DayProfile day{{0, static_cast<std::uint8_t>(random.below(values))}};
    for (std::uint32_t second = 0; random.chance(0.6);) {
        second += static_cast<std::uint32_t>(between(random, 1, 30'000));
        if (second >= 86'400) break;
        const std::uint64_t value =
            blocks && random.chance(0.6) ? kFirstBlockSet + random.below(kBlockSets) : random.below(values);
        day.push_back({second, static_cast<std::uint8_t>(value)});
    }
    return day;
}

Timetable any_timetable(Random& random, unsigned values, bool blocks) {
    Timetable all;
    all.clock = random.chance(0.5) ? Clock::gb_local : Clock::utc;
    for (int n = 0; n < 3; ++n) all.days.push_back(any_day(random, values, blocks));
    for (int n = 0; n < 2; ++n) {
        Week week{};
        for (auto& day : week) day = static_cast<std::uint8_t>(random.below(3));
        all.weeks.push_back(week);
    }
    if (random.chance(0.5)) all.seasons = {{3, 28, 0}, {10, 26, 1}};
    if (random.chance(0.5)) all.special_days = {{0, 3, 30, 2}, {2020, 10, 0, 1}};
    return all;
}

Plan any_plan(Random& random) {
    Plan plan;
    Tariff& tariff = plan.tariff;
    tariff.standing_charge = between(random, 0, 60'000);
    tariff.times = any_timetable(random, kTouRegisters, true);
    for (auto& price : tariff.prices) price = static_cast<std::int32_t>(between(random, 0, 60'000));
    for (unsigned set = 0; set < kBlockSets; ++set) {
        for (auto& price : tariff.block_prices[set])
            price = static_cast<std::int32_t>(between(random, 0, 90'000));
        std::uint32_t threshold = 0;
        for (auto& each : tariff.block_thresholds[set])
            each = threshold += static_cast<std::uint32_t>(random.below(4'000));
    }
    tariff.blocks_start_anew_daily = random.chance(0.5);
    Settings& settings = plan.settings;
    settings.disablement = between(random, -200'000, 100'000);
    settings.emergency_threshold = settings.disablement + between(random, 0, 100'000);
    settings.low_credit = settings.disablement + between(random, 0, 300'000);
    settings.emergency_limit = between(random, 0, 3) * 170'000;
    settings.debt_cap = between(random, 0, 500'000);
    settings.suspend_debt_disabled = random.chance(0.5);
    settings.suspend_debt_emergency = random.chance(0.5);
    settings.accumulate_while_disabled = random.chance(0.7);
    if (random.chance(0.5)) settings.allocation = Allocation::emergency_first;
    if (random.chance(0.7)) plan.non_disablement = any_timetable(random, 2, false);
    plan.gas = random.chance(0.3);
    return plan;
}

/// Around both changes of the clocks, a new year, a leap day.
Time any_start(Random& random) {
    constexpr std::chrono::sys_days kDates[] = {std::chrono::sys_days{std::chrono::March / 27 / 2020},
                                                std::chrono::sys_days{std::chrono::October / 23 / 2020},
                                                std::chrono::sys_days{std::chrono::December / 30 / 2020},
                                                std::chrono::sys_days{std::chrono::February / 28 / 2024}};
    return Time{kDates[random.below(4)]} + std::chrono::seconds{random.below(86'400)};
}

Ledger any_ledger(Random& random, const Plan& plan, Happenings& happened) {
    const Mode mode = random.chance(0.85) ? Mode::prepayment : Mode::credit;
    Ledger ledger = open_ledger(any_start(random), plan, mode, between(random, -50'000, 500'000), happened);
    for (unsigned debt = 0; debt < 2; ++debt) {
        ledger.time_debt[debt] = parts(between(random, 0, 60'000)) + between(random, 0, kParts - 1);
        const bool hourly = random.chance(0.5);
        set_debt_rate(ledger, debt,
                      {static_cast<std::int32_t>(between(random, 0, hourly ? 3'000 : 60'000)),
                       hourly ? RatePeriod::hourly : RatePeriod::daily});
    }
    ledger.payment_debt = static_cast<std::int32_t>(between(random, 0, 300'000));
    ledger.payment_percent = static_cast<std::uint16_t>(between(random, 0, 10'000));
    return ledger;
}

/// What somebody does between two intervals.
struct Act {
    enum { none, top_up, emergency, enable, off, arm, credit, prepayment } what = none;
    std::int64_t amount = 0;
};
Act any_act(Random& random) {
    switch (random.below(10)) {
        case 0:
        case 1:
            return {Act::top_up, between(random, 1, 900) * 1'000};
        case 2:
        case 3:
            return {Act::emergency};
        case 4:
        case 5:
        case 6:
            return {Act::enable};
        case 7:
            return random.chance(0.3) ? Act{Act::off} : Act{};
        case 8:
            return {Act::arm};
        default:
            return random.chance(0.8) ? Act{} : random.chance(0.5) ? Act{Act::credit} : Act{Act::prepayment};
    }
}
void carry_out(const Act& act, Ledger& ledger, const Plan& plan, Happenings& happened) {
    switch (act.what) {
        case Act::none:
            return;
        case Act::top_up:
            top_up(ledger, plan, act.amount, happened);
            return;
        case Act::emergency:
            activate_emergency_credit(ledger, plan, happened);
            return;
        case Act::enable:
            return apply(ledger, plan, SupplyEvent::enable_locally, happened);
        case Act::off:
            return apply(ledger, plan, SupplyEvent::disable, happened);
        case Act::arm:
            return apply(ledger, plan, SupplyEvent::arm, happened);
        case Act::credit:
            return set_mode(ledger, plan, Mode::credit, happened);
        case Act::prepayment:
            return set_mode(ledger, plan, Mode::prepayment, happened);
    }
}

std::uint32_t any_load(Random& random) {
    constexpr std::uint32_t kMost[] = {0, 300, 3'000, 12'000, 90'000};
    return static_cast<std::uint32_t>(random.below(kMost[random.below(5)] + 1));
}
Duration any_interval(Random& random) { return std::chrono::seconds{between(random, 1, 90'000)}; }

std::string shown(const Happenings& happened) {
    std::string out;
    for (const Happened& each : happened) out += to_text(each.at) + " " + std::to_string(each.code) + "\n";
    return out;
}

class Histories : public ::testing::TestWithParam<std::uint64_t> {
  protected:
    Random random{GetParam(), "ledger"};
    Plan plan = any_plan(random);
    Happenings happened;
    Ledger ledger = any_ledger(random, plan, happened);
};
INSTANTIATE_TEST_SUITE_P(Seeds, Histories, ::testing::Range<std::uint64_t>(0, 60));

TEST_P(Histories, MayBeCutAnywhere) {
    ASSERT_EQ(check(plan), std::vector<std::string>{});
    Ledger cut = ledger;
    Happenings of_cut = happened;
    for (int n = 0; n < 100; ++n) {
        const std::uint32_t load = any_load(random);
        const Time to = time_of(ledger) + any_interval(random);
        advance(ledger, plan, to, load, happened);
        while (time_of(cut) < to) {
            const Time pause =
                time_of(cut) + std::chrono::seconds{random.chance(0.3) ? 1 : between(random, 1, 30'000)};
            advance(cut, plan, std::min(to, pause + 7us), load, of_cut);
        }
        const Act act = any_act(random);
        carry_out(act, ledger, plan, happened);
        carry_out(act, cut, plan, of_cut);
        ASSERT_EQ(ledger, cut) << "after interval " << n;
        ASSERT_EQ(happened, of_cut) << shown(happened) << "cut:\n" << shown(of_cut);
    }
}

TEST_P(Histories, AreThoseOfThePlainStepper) {
    for (int n = 0; n < 12; ++n) {
        const std::uint32_t load = any_load(random);
        SecondStepper plain(plan, ledger);
        happened.clear();
        const Time to = time_of(ledger) + any_interval(random);
        advance(ledger, plan, to, load, happened);
        while (time_of(plain.ledger()) < to) plain.step(load);
        ASSERT_EQ(ledger, plain.ledger()) << "in interval " << n;
        ASSERT_EQ(happened, plain.told) << shown(happened) << "plain:\n" << shown(plain.told);
        carry_out(any_act(random), ledger, plan, happened);
    }
}

/// Energy is charged at one price, so that the cost is known without the ledger: its own kWh, and a standing
/// charge a midnight passed.
TEST_P(Histories, NeitherLoseNorMakeMoney) {
    plan.tariff.times = always(static_cast<std::uint8_t>(random.below(kTouRegisters)));
    plan.settings.accumulate_while_disabled = true;
    const std::int64_t price = plan.tariff.prices[plan.tariff.times.days[0][0].value];
    const auto watt_seconds = [&] { return std::int64_t{ledger.energy} * 3'600 + ledger.below_wh; };
    std::int64_t expected = owed(ledger);
    for (int n = 0; n < 300; ++n) {
        const std::int64_t used = watt_seconds();
        const std::int64_t day = ledger.at / 86'400;
        advance(ledger, plan, time_of(ledger) + any_interval(random), any_load(random), happened);
        expected += (watt_seconds() - used) * price * (kParts / 3'600'000) +
                    (ledger.at / 86'400 - day) * parts(plan.tariff.standing_charge);
        ASSERT_EQ(owed(ledger), expected);
        const Act act = any_act(random);
        carry_out(act, ledger, plan, happened);
        if (act.what == Act::top_up) expected -= parts(act.amount);
        ASSERT_EQ(owed(ledger), expected) << "after act " << act.what;
    }
}

TEST_P(Histories, TellWhatComesNext) {
    for (int n = 0; n < 60; ++n) {
        const std::uint32_t load = any_load(random);
        const Time to = time_of(ledger) + any_interval(random);
        const auto next = next_event(ledger, plan, load, to);
        happened.clear();
        advance(ledger, plan, to, load, happened);
        ASSERT_EQ(next.has_value(), !happened.empty());
        if (next) {
            ASSERT_EQ(*next, happened.front());
        }
        carry_out(any_act(random), ledger, plan, happened);
    }
}

TEST(History, MeetsEverythingALedgerTells) {
    std::vector<std::uint16_t> met;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Random random(seed, "coverage");
        const Plan plan = any_plan(random);
        Happenings happened;
        Ledger ledger = any_ledger(random, plan, happened);
        for (int n = 0; n < 60; ++n) {
            advance(ledger, plan, time_of(ledger) + any_interval(random), any_load(random), happened);
            carry_out(any_act(random), ledger, plan, happened);
        }
        for (const Happened& each : happened) met.push_back(each.code);
    }
    std::ranges::sort(met);
    met.erase(std::unique(met.begin(), met.end()), met.end());
    EXPECT_EQ(met, (std::vector<std::uint16_t>{0x810D, 0x8119, 0x8168, 0x81A7, 0x81A8, 0x81A9, 0x81AA, 0x81AB,
                                               0x8F0F, 0x8F32, 0x8F83}));
}

}  // namespace
}  // namespace meterbed::prepayment
