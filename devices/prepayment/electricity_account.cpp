// The account of an ESME: DLMS objects (names in object_rows.cpp), as SRVs 1.1.1, 1.2.1, 1.5, 1.6, 2.1
// and 2.3 write them.
#include <algorithm>
#include <map>

#include "devices/enter_utrn.h"
#include "devices/object_model.h"
#include "devices/prepayment/device_account.h"

namespace meterbed::prepayment {
namespace {

using gbcs::dlms::Attribute;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

constexpr Attribute credit(std::uint8_t n, std::uint8_t index) {
    return {112, {0, 0, 19, 10, n, 255}, index};
}
constexpr Attribute charge(std::uint8_t n, std::uint8_t index) {
    return {113, {0, 0, 19, 20, n, 255}, index};
}
constexpr Attribute account(std::uint8_t index) { return {111, {0, 0, 19, 0, 0, 255}, index}; }
constexpr Attribute kImport{1, {0, 0, 94, 44, 34, 10}, 2};
constexpr Attribute kDisablement{21, {0, 0, 16, 0, 1, 255}, 2};
constexpr Attribute kSwitching{20, {0, 0, 13, 0, 0, 255}, 0};
constexpr Attribute kTariffDays{11, {0, 0, 11, 0, 0, 255}, 2}, kCalendarDays{11, {0, 0, 11, 0, 2, 255}, 2};
constexpr Attribute kCalendar{10, {0, 0, 12, 0, 1, 255}, 2};
constexpr Attribute kDailyReset{22, {0, 0, 15, 1, 0, 255}, 4};
constexpr std::int64_t kUnitsPerPenny = 1'000;
constexpr std::int64_t kUnit = -5;  ///< the power of ten of GBP in which a ledger counts

const Value& at(const Value& value, std::size_t n) {
    static const Value kNothing;
    return n < value.elements.size() ? value.elements[n] : kNothing;
}
Value held(const Device& device, const Attribute& attribute) {
    return value_of(device, attribute).value_or(Value{});
}
std::int64_t number(const Device& device, const Attribute& attribute) {
    return held(device, attribute).number;
}
void put(Device& device, const Attribute& attribute, std::int64_t amount) {
    put_value(device, attribute, Value::integer(Type::int32, amount));
}

// Registers

Registers registers(const Device& device) {
    return {number(device, credit(0, 2)),  number(device, credit(1, 2)),
            number(device, credit(2, 2)),  {number(device, charge(1, 12)), number(device, charge(2, 12))},
            number(device, charge(3, 12)), number(device, credit(1, 2)) > 0};
}

void show(Device& device, const Registers& all) {
    put(device, credit(0, 2), all.balance);
    put(device, credit(1, 2), all.emergency);
    put(device, credit(2, 2), all.accumulated_debt);
    put(device, charge(1, 12), all.time_debt[0]);
    put(device, charge(2, 12), all.time_debt[1]);
    put(device, charge(3, 12), all.payment_debt);
}

void count(Device& device, std::uint32_t watt_hours) {
    Value all = held(device, kImport);
    if (all.elements.empty()) return;
    Value& active = all.elements.front();
    active.number = static_cast<std::uint32_t>(static_cast<std::uint32_t>(active.number) + watt_hours);
    put_value(device, kImport, std::move(all));
}

// Charges: { { commodity scale, price scale }, commodity, [ { index, price } ] }

std::int64_t price(const Value& charge_value, std::int64_t amount) {
    return scaled(amount, at(at(charge_value, 0), 1).number - kUnit);
}
std::int64_t first_price(const Value& charge_value) {
    return price(charge_value, at(at(at(charge_value, 2), 0), 1).number);
}

/// Lines 1 to 48 are time-of-use registers; A1 to D8 blocks 1 to 4 of sets 1 to 8.
void read_prices(const Value& matrix, Tariff& tariff) {
    for (const Value& line : at(matrix, 2).elements) {
        if (at(line, 0).octets.size() != 1) continue;
        const unsigned index = at(line, 0).octets[0];
        const auto amount = static_cast<std::int32_t>(price(matrix, at(line, 1).number));
        const unsigned block = index / 16U - 0xAU, set = index % 16U - 1U;
        if (index >= 1 && index <= kTouRegisters)
            tariff.prices[index - 1] = amount;
        else if (block < kBlocks && set < kBlockSets)
            tariff.block_prices[set][block] = amount;
    }
}

// Calendars

std::uint32_t second_of(const Value& time) {
    if (time.octets.size() < 3) return 0;
    return time.octets[0] * 3600U + time.octets[1] * 60U + time.octets[2];
}

/// Year, month, day of DLMS; 0 where any will do. Nothing for last days of a month.
std::optional<SpecialDay> date_of(const Value& date) {
    if (date.octets.size() < 4) return std::nullopt;
    const unsigned year = date.octets[0] * 256U + date.octets[1];
    const auto part = [&](std::size_t n) {
        return date.octets[n] == 0xFF ? std::uint8_t{0} : date.octets[n];
    };
    if (part(2) > 12 || part(3) > 31) return std::nullopt;
    return SpecialDay{static_cast<std::int16_t>(year == 0xFFFF ? 0 : year), part(2), part(3), 0};
}

/// A day that does not say what holds at midnight begins with what it ends with.
DayProfile from_midnight(DayProfile day) {
    std::ranges::stable_sort(day, {}, &Switch::second);
    if (!day.empty() && day.front().second != 0) day.insert(day.begin(), {0, day.back().value});
    return day;
}

/// Scripts of the tariff: 1 to 48 a register, 101 to 108 a block set (RTDS).
std::uint8_t line_of(std::int64_t script) {
    return static_cast<std::uint8_t>(script > 100 ? kFirstBlockSet + script - 101 : script - 1);
}

using Names = std::map<std::int64_t, std::uint8_t>;

Names read_days(const Value& days, Timetable& out) {
    Names names;
    for (const Value& day : days.elements) {
        DayProfile profile;
        for (const Value& line : at(day, 1).elements)
            profile.push_back({second_of(at(line, 0)), line_of(at(line, 2).number)});
        names[at(day, 0).number] = static_cast<std::uint8_t>(out.days.size());
        out.days.push_back(from_midnight(std::move(profile)));
    }
    return names;
}

constexpr std::uint8_t kNotThere = 0xFF;
std::uint8_t index_of(const Names& names, std::int64_t name) {
    const auto found = names.find(name);
    return found == names.end() ? kNotThere : found->second;
}
std::int64_t name_in(const Value& octet) { return octet.octets.empty() ? -1 : octet.octets[0]; }

constexpr std::string_view kTariffName = "the tariff", kCalendarName = "the non-disablement calendar";

/// As it was told.
Timetable told_switching_table(const Device& device) {
    const auto part = [&](std::uint8_t index) {
        return held(device, {kSwitching.class_id, kSwitching.obis, index});
    };
    Timetable out;
    const Names days = read_days(part(5), out);
    Names weeks;
    for (const Value& week : part(4).elements) {
        Week of{};
        for (std::size_t day = 0; day < of.size(); ++day) of[day] = index_of(days, at(week, day + 1).number);
        weeks[name_in(at(week, 0))] = static_cast<std::uint8_t>(out.weeks.size());
        out.weeks.push_back(of);
    }
    for (const Value& season : part(3).elements)
        if (const auto start = date_of(at(season, 1)); start && start->month != 0 && start->day != 0)
            out.seasons.push_back({start->month, start->day, index_of(weeks, name_in(at(season, 2)))});
    std::ranges::sort(out.seasons, {}, [](const Season& each) { return each.month * 32 + each.day; });
    for (const Value& special : held(device, kTariffDays).elements)
        if (auto date = date_of(at(special, 1))) {
            date->profile = index_of(days, at(special, 2).number);
            out.special_days.push_back(*date);
        }
    return out;
}
std::vector<std::string> tariff_problems(const Timetable& told) {
    return problems(told, kTariffName, kTouRegisters + kBlockSets);
}
/// What can not be followed is not followed: the first register prices all (ASSUMPTION).
Timetable switching_table(const Device& device) {
    Timetable told = told_switching_table(device);
    return !told.days.empty() && tariff_problems(told).empty() ? told : always(0);
}

bool has_bit(const Value& bits, std::size_t n) {
    return n / 8 < bits.octets.size() && (bits.octets[n / 8] & 0x80U >> n % 8) != 0;
}

/// Whether a date lies in the range of a schedule entry, by the parts of its ends that are given.
bool is_valid_on(const Value& entry, const std::chrono::year_month_day& date) {
    const auto on = [&](const SpecialDay& end) {
        return std::array{end.year == 0 ? 0 : int{date.year()},
                          end.month == 0 ? 0 : static_cast<int>(unsigned{date.month()}),
                          end.day == 0 ? 0 : static_cast<int>(unsigned{date.day()})};
    };
    const auto as_array = [](const SpecialDay& end) {
        return std::array<int, 3>{end.year, end.month, end.day};
    };
    const auto begin = date_of(at(entry, 8)), end = date_of(at(entry, 9));
    return (!begin || as_array(*begin) <= on(*begin)) && (!end || on(*end) <= as_array(*end));
}

/// Schedule entries: index, enabled, script table, script, time, window, weekdays, special days, begin, end.
DayProfile lines_of(const std::vector<const Value*>& entries, std::size_t bits, std::size_t n) {
    constexpr std::int64_t kStart = 0x20;
    DayProfile day;
    for (const Value* entry : entries)
        if (has_bit(at(*entry, bits), n))
            day.push_back(
                {second_of(at(*entry, 4)), static_cast<std::uint8_t>(at(*entry, 3).number == kStart)});
    std::ranges::stable_sort(day, {}, &Switch::second);
    return day;
}

/// A script holds until the next one, over midnight too.
Timetable told_non_disablement(const Device& device, Time now) {
    constexpr std::size_t kWeekdays = 6, kSpecialDays = 7;
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now)};
    const Value schedule = held(device, kCalendar), special = held(device, kCalendarDays);
    std::vector<const Value*> entries;
    for (const Value& entry : schedule.elements)
        if (is_valid_on(entry, date)) entries.push_back(&entry);
    if (entries.empty()) return {};
    Timetable out;
    out.weeks = {{0, 1, 2, 3, 4, 5, 6}};
    for (std::size_t day = 0; day < 7; ++day) out.days.push_back(lines_of(entries, kWeekdays, day));
    std::uint8_t before = 0;
    for (int round = 0; round < 2; ++round)
        for (DayProfile& day : out.days) {
            if (round == 1 && (day.empty() || day.front().second != 0)) day.insert(day.begin(), {0, before});
            if (!day.empty()) before = day.back().value;
        }
    for (std::size_t n = 0; n < special.elements.size(); ++n)
        if (auto on = date_of(at(special.elements[n], 1))) {
            on->profile = static_cast<std::uint8_t>(out.days.size());
            out.days.push_back(from_midnight(lines_of(entries, kSpecialDays, n)));
            if (out.days.back().empty()) out.days.back() = {{0, 0}};
            out.special_days.push_back(*on);
        }
    return out;
}
Timetable non_disablement(const Device& device, Time now) {
    Timetable told = told_non_disablement(device, now);
    return problems(told, kCalendarName, 2).empty() ? told : Timetable{};
}

std::vector<std::string> not_followed(const Device& device, Time now) {
    std::vector<std::string> all = tariff_problems(told_switching_table(device));
    for (std::string& each : problems(told_non_disablement(device, now), kCalendarName, 2))
        all.push_back(std::move(each));
    return all;
}

// The whole

/// Entries { credit, charge, bits }: bit 0, collect while disabled; no bit, not from this credit (as SRV 1.6
/// writes them, sim/duis/electricity_prepayment.cpp).
void read_suspension(const Value& collection, Settings& settings) {
    const Bytes first_debt{0, 0, 19, 20, 1, 255}, emergency{0, 0, 19, 10, 1, 255};
    settings.suspend_debt_disabled = settings.suspend_debt_emergency = false;
    for (const Value& entry : collection.elements) {
        if (at(entry, 1).octets != first_debt || at(entry, 2).octets.empty()) continue;
        const unsigned when = at(entry, 2).octets[0];
        const bool lent = at(entry, 0).octets == emergency;
        if (!lent && (when & 0x80U) == 0) settings.suspend_debt_disabled = true;
        if (lent && when == 0) settings.suspend_debt_emergency = true;
    }
}

Plan plan(const Device& device, Time now) {
    Plan out;
    out.tariff.times = switching_table(device);
    out.tariff.standing_charge = first_price(held(device, charge(4, 5)));
    read_prices(held(device, charge(0, 5)), out.tariff);
    for (unsigned set = 0; set < kBlockSets; ++set) {
        const Value thresholds =
            held(device, {21, {0, 0, 16, 0, static_cast<std::uint8_t>(11 + set), 255}, 2});
        for (std::size_t n = 0; n < kBlocks - 1 && n < thresholds.elements.size(); ++n)
            out.tariff.block_thresholds[set][n] = static_cast<std::uint32_t>(thresholds.elements[n].number);
    }
    out.tariff.blocks_start_anew_daily = !held(device, kDailyReset).elements.empty();
    out.non_disablement = non_disablement(device, now);
    Settings& settings = out.settings;
    const CreditAccount limits = credit_account(device);
    settings.maximum_credit = limits.maximum_credit;
    settings.maximum_balance = limits.maximum_balance;
    settings.low_credit = number(device, account(16));
    settings.debt_cap = number(device, account(18)) * kUnitsPerPenny;  // unit: ASSUMPTION
    settings.emergency_limit = number(device, credit(1, 9));
    settings.emergency_threshold = number(device, credit(1, 10));
    settings.disablement = at(held(device, kDisablement), 0).number;
    read_suspension(held(device, account(11)), settings);
    return out;
}

Arrangement arrangement(const Device& device) {
    constexpr std::int64_t kPrepayment = 2, kHour = 3'600;
    Arrangement out;
    out.mode = at(held(device, account(2)), 0).number == kPrepayment ? Mode::prepayment : Mode::credit;
    for (unsigned debt = 0; debt < 2; ++debt) {
        const auto n = static_cast<std::uint8_t>(debt + 1);
        const bool hourly = number(device, charge(n, 8)) == kHour;
        out.rates[debt] = {static_cast<std::int32_t>(first_price(held(device, charge(n, 5)))),
                           hourly ? RatePeriod::hourly : RatePeriod::daily};
    }
    out.payment_percent =
        static_cast<std::uint16_t>(std::clamp<std::int64_t>(number(device, charge(3, 13)), 0, 10'000));
    return out;
}

constexpr Account kAccount{registers, show, count, plan, not_followed, arrangement};

}  // namespace

const Account& electricity_account() { return kAccount; }

const Account& account_of(const Device& device) {
    return device.type() == DeviceType::gSME ? gas_account() : electricity_account();
}

std::vector<std::string> plan_problems(const Device& device, Time now) {
    const Account& account = account_of(device);
    std::vector<std::string> all = account.not_followed(device, now);
    for (std::string& each : check(account.plan(device, now))) all.push_back(std::move(each));
    return all;
}

std::int64_t scaled(std::int64_t amount, std::int64_t power) {
    constexpr std::int64_t kMost = 10'000'000;
    amount = std::clamp<std::int64_t>(amount, 0, INT32_MAX);
    for (; power > 0 && amount < kMost; --power) amount *= 10;
    std::int64_t divisor = 1;
    for (; power < 0 && divisor < 10'000'000'000; ++power) divisor *= 10;
    return std::min(kMost, (amount + divisor / 2) / divisor);
}

}  // namespace meterbed::prepayment
