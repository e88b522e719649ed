// The account of a GSME: attributes of the prepayment and price clusters and the gas calendars (GCS01 to
// GCS05, GCS40). Registers of gas itself are not counted here: a ledger knows energy, not volume.
#include <algorithm>

#include "devices/enter_utrn.h"
#include "devices/gas/attribute_names.h"
#include "devices/prepayment/device_account.h"

namespace meterbed::prepayment {
namespace {

std::int64_t number(const Device& device, const ZclAttribute& attribute) {
    return device.attributes().number(attribute);
}

Registers registers(const Device& device) {
    using namespace gas::prepayment;
    return {
        number(device, credit_remaining), number(device, emergency_credit_remaining),
        number(device, accumulated_debt), {number(device, debt_amount(1)), number(device, debt_amount(2))},
        number(device, debt_amount(3)),   device.gas().read().emergency_credit_active};
}

void show(Device& device, const Registers& all) {
    using namespace gas::prepayment;
    Attributes& held = device.attributes();
    held.set_number(credit_remaining, all.balance);
    held.set_number(emergency_credit_remaining, all.emergency);
    held.set_number(accumulated_debt, all.accumulated_debt);
    held.set_number(debt_amount(1), all.time_debt[0]);
    held.set_number(debt_amount(2), all.time_debt[1]);
    held.set_number(debt_amount(3), all.payment_debt);
    // Lent until it is paid back: the executor refuses a second loan by this flag.
    if (device.gas().read().emergency_credit_active != all.lent)
        device.gas().write().emergency_credit_active = all.lent;
}

void count(Device&, std::uint32_t) {}

std::uint8_t index_of(const gas::Calendar& calendar, std::uint8_t id) {
    const auto found = std::ranges::find(calendar.days, id, &gas::DayProfile::id);
    return static_cast<std::uint8_t>(found - calendar.days.begin());
}

SpecialDay date_of(const gas::ZclDate& date) {
    const auto part = [&](std::size_t n) { return date[n] == 0xFF ? std::uint8_t{0} : date[n]; };
    const int year = date[0] == 0xFF ? 0 : 1900 + date[0];
    return {static_cast<std::int16_t>(year), part(1), part(2), 0};
}

/// A kind of calendar, and what its entries say to a ledger.
struct CalendarKind {
    std::uint8_t type;
    std::string_view name;
    std::uint8_t (*value)(std::uint8_t);
    unsigned values;
};

/// As it was told; empty when there is none.
Timetable told(const Device& device, const CalendarKind& kind) {
    const gas::Calendar* calendar = device.gas().read().calendar_of(kind.type);
    Timetable out;
    if (!calendar) return out;
    for (const gas::DayProfile& day : calendar->days) {
        DayProfile profile;
        for (const gas::DayEntry& entry : day.entries)
            profile.push_back({entry.from * 60U, kind.value(entry.value)});
        if (!profile.empty() && profile.front().second != 0)
            profile.insert(profile.begin(), {0, profile.back().value});
        out.days.push_back(std::move(profile));
    }
    for (const gas::WeekProfile& week : calendar->weeks) {
        Week of{};
        for (std::size_t day = 0; day < of.size(); ++day) of[day] = index_of(*calendar, week.days[day]);
        out.weeks.push_back(of);
    }
    for (const gas::DatedEntry& season : calendar->seasons) {
        const SpecialDay start = date_of(season.date);
        const auto week = std::ranges::find(calendar->weeks, season.id, &gas::WeekProfile::id);
        if (start.month != 0 && start.day != 0)
            out.seasons.push_back(
                {start.month, start.day, static_cast<std::uint8_t>(week - calendar->weeks.begin())});
    }
    std::ranges::sort(out.seasons, {}, [](const Season& each) { return each.month * 32 + each.day; });
    for (const gas::DatedEntry& special : calendar->special_days) {
        SpecialDay day = date_of(special.date);
        day.profile = index_of(*calendar, special.id);
        out.special_days.push_back(day);
    }
    return out;
}
/// `otherwise`: without a calendar, or with one that can not be followed.
Timetable timetable_of(const Device& device, const CalendarKind& kind, const Timetable& otherwise) {
    Timetable out = told(device, kind);
    return !out.days.empty() && problems(out, kind.name, kind.values).empty() ? out : otherwise;
}

/// Tier 0 is no tier: block prices hold.
std::uint8_t line_of(std::uint8_t tier) {
    return tier == 0 ? std::uint8_t{kFirstBlockSet} : static_cast<std::uint8_t>(tier - 1);
}
std::uint8_t is_kept(std::uint8_t friendly) { return friendly != 0 ? 1 : 0; }
constexpr CalendarKind kTariff{gas::calendar_type::tariff, "the tariff", line_of, kTouRegisters + kBlockSets};
constexpr CalendarKind kNonDisablement{gas::calendar_type::non_disablement, "the non-disablement calendar",
                                       is_kept, 2};

std::vector<std::string> not_followed(const Device& device, Time) {
    std::vector<std::string> all;
    for (const CalendarKind& kind : {kTariff, kNonDisablement})
        for (std::string& each : problems(told(device, kind), kind.name, kind.values))
            all.push_back(std::move(each));
    return all;
}

void read_prices(const Device& device, Tariff& tariff) {
    using namespace gas::price;
    constexpr unsigned kTiers = 4, kThresholds = 3;
    for (unsigned tier = 1; tier <= kTiers; ++tier)
        tariff.prices[tier - 1] =
            static_cast<std::int32_t>(scaled(number(device, tier_block_price(tier, 0)), 0));
    for (unsigned block = 0; block < kBlocks; ++block)
        tariff.block_prices[0][block] =
            static_cast<std::int32_t>(scaled(number(device, tier_block_price(0, block)), 0));
    const std::int64_t divisor = std::max<std::int64_t>(1, number(device, threshold_divisor));
    for (unsigned n = 0; n < kThresholds; ++n) {
        // In kWh by multiplier and divisor (ASSUMPTION); 0 is none.
        const std::int64_t wh =
            number(device, block_threshold(n)) * number(device, threshold_multiplier) * 1'000 / divisor;
        tariff.block_thresholds[0][n] =
            wh == 0 ? UINT32_MAX : static_cast<std::uint32_t>(std::clamp<std::int64_t>(wh, 1, UINT32_MAX));
    }
}

Plan plan(const Device& device, Time) {
    using namespace gas::prepayment;
    Plan out;
    out.gas = true;
    out.tariff.times = timetable_of(device, kTariff, always(kFirstBlockSet));
    out.tariff.standing_charge = scaled(number(device, gas::price::standing_charge), 0);
    read_prices(device, out.tariff);
    out.non_disablement = timetable_of(device, kNonDisablement, {});
    const CreditAccount limits = credit_account(device);
    out.settings.maximum_credit = limits.maximum_credit;
    out.settings.maximum_balance = limits.maximum_balance;
    out.settings.low_credit = number(device, low_credit_warning);
    out.settings.emergency_limit = number(device, emergency_credit_limit);
    out.settings.emergency_threshold = number(device, emergency_credit_threshold);
    out.settings.disablement = number(device, cut_off_value);
    out.settings.debt_cap = number(device, overall_debt_cap);
    return out;
}

/// ZigBee Smart Energy D.7.2.2.3: 0 an hour, 1 a day, 2 a week; longer periods count as 30 days or 91.
DebtRate rate_of(const Device& device, unsigned debt) {
    using namespace gas::prepayment;
    constexpr std::int32_t kDays[] = {1, 1, 7, 30, 91};
    const auto frequency = static_cast<std::size_t>(number(device, debt_frequency(debt)));
    const auto amount = static_cast<std::int32_t>(scaled(number(device, debt_recovery_amount(debt)), 0));
    if (frequency == 0) return {amount, RatePeriod::hourly};
    return {amount / kDays[std::min(frequency, std::size(kDays) - 1)], RatePeriod::daily};
}

Arrangement arrangement(const Device& device) {
    using namespace gas::prepayment;
    constexpr unsigned kPrepayment = 0x0002;  // bit 1 of the payment control configuration
    Arrangement out;
    const auto control = static_cast<unsigned>(number(device, payment_control));
    out.mode = (control & kPrepayment) != 0 ? Mode::prepayment : Mode::credit;
    out.rates = {rate_of(device, 1), rate_of(device, 2)};
    out.payment_percent =
        static_cast<std::uint16_t>(std::clamp<std::int64_t>(number(device, debt_percentage(3)), 0, 10'000));
    return out;
}

constexpr Account kAccount{registers, show, count, plan, not_followed, arrangement};

}  // namespace

const Account& gas_account() { return kAccount; }

}  // namespace meterbed::prepayment
