#include "devices/prepayment/plan.h"

#include <algorithm>

namespace meterbed::prepayment {
namespace {

using namespace std::chrono;

/// More than these a ledger does not count exactly: £100 a kWh, £10,000 of anything else.
constexpr std::int64_t kMostPrice = 10'000'000, kMostMoney = 1'000'000'000;

class Problems {
  public:
    explicit Problems(std::vector<std::string>& out) : out_(out) {}
    void when(bool wrong, std::string sentence) {
        if (wrong) out_.push_back(std::move(sentence));
    }

  private:
    std::vector<std::string>& out_;
};

void check_price(std::int64_t price, const std::string& name, Problems& found) {
    found.when(price < 0, name + " is negative.");
    found.when(price > kMostPrice, name + " is above 100 GBP per kWh.");
}

void check_blocks(const Tariff& tariff, unsigned set, Problems& found) {
    const std::string name = "block set " + std::to_string(set + 1);
    for (unsigned block = 0; block < kBlocks; ++block)
        check_price(tariff.block_prices[set][block],
                    "the price of block " + std::to_string(block + 1) + " in " + name, found);
    const auto& thresholds = tariff.block_thresholds[set];
    found.when(!std::ranges::is_sorted(thresholds),
               name + ": the thresholds are in the wrong order; each must be at least the one before.");
}

void check_tariff(const Tariff& tariff, Problems& found) {
    found.when(tariff.standing_charge < 0, "the standing charge is negative.");
    found.when(tariff.standing_charge > kMostMoney, "the standing charge is above 10,000 GBP a day.");
    found.when(tariff.times.days.empty(), "the tariff leaves a gap: it has no day profile.");
    for (unsigned n = 0; n < kTouRegisters; ++n)
        check_price(tariff.prices[n], "the price of time-of-use register " + std::to_string(n + 1), found);
    for (unsigned set = 0; set < kBlockSets; ++set) check_blocks(tariff, set, found);
}

void check_settings(const Settings& it, Problems& found) {
    const auto wrong_order = [&](std::int64_t low, std::int64_t high, std::string_view sentence) {
        found.when(low > high, "thresholds in the wrong order: " + std::string(sentence));
    };
    wrong_order(it.disablement, it.emergency_threshold,
                "the disablement threshold is above the emergency credit threshold, so that supply goes off "
                "before emergency credit is offered.");
    wrong_order(it.disablement, it.low_credit,
                "the disablement threshold is above the low credit threshold, so that supply goes off before "
                "the warning.");
    wrong_order(it.low_credit, it.maximum_balance,
                "the low credit threshold is above the maximum meter balance.");
    wrong_order(it.disablement, it.maximum_balance,
                "the disablement threshold is above the maximum meter balance.");
    found.when(it.emergency_limit < 0, "the emergency credit limit is negative.");
    found.when(it.maximum_credit <= 0, "the maximum credit threshold lets no top-up through.");
    found.when(it.debt_cap < 0, "the debt recovery rate cap is negative.");
    for (const std::int64_t amount : {it.low_credit, it.emergency_limit, it.emergency_threshold,
                                      it.disablement, it.maximum_balance, it.maximum_credit, it.debt_cap})
        found.when(amount > kMostMoney || amount < -kMostMoney, "an amount is beyond 10,000 GBP.");
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
sys_days easter(int y) {
    const int a = y % 19, b = y / 100, c = y % 100;
    const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return sys_days{year{y} / month{static_cast<unsigned>(f / 31)} / day{static_cast<unsigned>(f % 31 + 1)}};
}

/// A holiday at a weekend is kept on the next day that is neither weekend nor holiday.
sys_days weekday_from(sys_days date) {
    while (weekday{date} == Saturday || weekday{date} == Sunday) date += days{1};
    return date;
}

/// The eight of England and Wales by their rules; what a proclamation moves or adds is not among them.
std::array<sys_days, 8> bank_holidays(int y) {
    const year in{y};
    const sys_days christmas = weekday_from(sys_days{in / December / 25});
    sys_days boxing = weekday_from(sys_days{in / December / 26});
    if (boxing <= christmas) boxing = weekday_from(christmas + days{1});
    return {weekday_from(sys_days{in / January / 1}),
            easter(y) - days{2},
            easter(y) + days{1},
            sys_days{in / May / Monday[1]},
            sys_days{in / May / Monday[last]},
            sys_days{in / August / Monday[last]},
            christmas,
            boxing};
}

}  // namespace

std::vector<std::string> check(const Plan& plan) {
    std::vector<std::string> out = problems(plan.tariff.times, "the tariff", kTouRegisters + kBlockSets);
    const auto calendar = problems(plan.non_disablement, "the non-disablement calendar", 2);
    out.insert(out.end(), calendar.begin(), calendar.end());
    Problems found(out);
    check_tariff(plan.tariff, found);
    check_settings(plan.settings, found);
    return out;
}

Timetable friendly_hours(int first_year, int years, Clock clock) {
    constexpr std::uint32_t opens = 10 * 3600, closes = 18 * 3600;
    Timetable all;
    all.clock = clock;
    all.days = {{{0, 1}, {opens, 0}, {closes, 1}}, {{0, 1}}};
    all.weeks = {{0, 0, 0, 0, 0, 0, 1}};
    for (int y = first_year; y < first_year + years; ++y)
        for (const sys_days holiday : bank_holidays(y)) {
            const year_month_day date{holiday};
            all.special_days.push_back({static_cast<std::int16_t>(y),
                                        static_cast<std::uint8_t>(unsigned{date.month()}),
                                        static_cast<std::uint8_t>(unsigned{date.day()}), 1});
        }
    return all;
}

Stretch stretch_at(const Plan& plan, std::int64_t second) {
    const Holding line = holding_at(plan.tariff.times, second);
    const Holding calendar = holding_at(plan.non_disablement, second);
    const std::int64_t midnight = (second / 86'400 + 1) * 86'400;
    return {second, std::min({line.until, calendar.until, midnight}), line.value, calendar.value != 0};
}

}  // namespace meterbed::prepayment
