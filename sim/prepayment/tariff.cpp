#include "sim/prepayment/tariff.h"

#include "sim/faults.h"

namespace meterbed {
namespace {

int year_of(Time at) {
    return int{std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(at)}.year()};
}

ToldPrice told(double pounds) {
    std::int64_t amount = prepayment::units_of(pounds);
    std::int8_t scale = -5;
    for (; amount > INT16_MAX; ++scale) amount = (amount + 5) / 10;
    return {static_cast<std::int16_t>(amount), scale};
}

}  // namespace

std::int64_t ToldPrice::units() const {
    std::int64_t units = amount;
    for (std::int8_t power = scale; power > -5; --power) units *= 10;
    return units;
}

ToldPrices told_prices(const PrepaymentSettings& settings) {
    return {told(settings.price_change_to), told(settings.standing_charge)};
}

prepayment::Plan plan_after_change(const PrepaymentSettings& settings, const prepayment::Plan& before) {
    const ToldPrices prices = told_prices(settings);
    prepayment::Plan plan = before;
    plan.tariff.prices[0] = static_cast<std::int32_t>(prices.unit.units());
    plan.tariff.standing_charge = prices.standing.units();
    return plan;
}

prepayment::Plan prepayment_plan(const PrepaymentSettings& settings, Time start) {
    prepayment::Plan plan;
    plan.tariff.prices[0] = static_cast<std::int32_t>(prepayment::units_of(settings.unit_price));
    plan.tariff.standing_charge = prepayment::units_of(settings.standing_charge);
    const auto money = [](double pounds) { return prepayment::units_of(pounds); };
    plan.settings.low_credit = money(settings.low_credit_threshold);
    plan.settings.emergency_limit = money(settings.emergency_credit_limit);
    plan.settings.emergency_threshold = money(settings.emergency_credit_threshold);
    plan.settings.disablement = money(settings.disablement_threshold);
    plan.settings.maximum_credit = money(settings.maximum_credit);
    plan.settings.maximum_balance = money(settings.maximum_balance);
    if (settings.friendly_hours)
        plan.non_disablement = prepayment::friendly_hours(year_of(start), 2, prepayment::Clock::utc);
    return plan;
}

TopUpRules top_up_rules(const Settings& settings) {
    TopUpRules rules;
    rules.takes_codes_again = has_fault(settings, broken::takes_utrn_twice);
    rules.lost_of_each = has_fault(settings, broken::loses_money) ? 1 : 0;
    return rules;
}

}  // namespace meterbed
