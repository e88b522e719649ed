#include "devices/prepayment/arrange.h"

#include <array>
#include <map>
#include <utility>

#include "devices/object_model.h"

namespace meterbed::prepayment {
namespace {

using gbcs::dlms::Attribute;
using gbcs::dlms::Obis;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

constexpr Obis credit(std::uint8_t n) { return {0, 0, 19, 10, n, 255}; }
constexpr Obis charge(std::uint8_t n) { return {0, 0, 19, 20, n, 255}; }
constexpr Obis kAccount{0, 0, 19, 0, 0, 255};
constexpr Attribute kMode{111, kAccount, 2}, kCollection{111, kAccount, 11}, kLowCredit{111, kAccount, 16},
    kDebtCap{111, kAccount, 18};
constexpr Attribute kMaximumCredit{9000, {0, 0, 94, 44, 2, 10}, 2},
    kMaximumBalance{9000, {0, 0, 94, 44, 2, 20}, 2};
constexpr Attribute kDisablement{21, {0, 0, 16, 0, 1, 255}, 2};
constexpr Attribute kCalendar{10, {0, 0, 12, 0, 1, 255}, 2}, kCalendarDays{11, {0, 0, 11, 0, 2, 255}, 2};
constexpr Attribute kDailyReset{22, {0, 0, 15, 1, 0, 255}, 4};
constexpr std::int64_t kUnitsPerPenny = 1'000;

Value money(std::int64_t amount) { return Value::integer(Type::int32, amount); }
Value array(std::vector<Value> elements) { return {Type::array, 0, {}, std::move(elements)}; }
Value octets(const Obis& obis) { return Value::octet_string({obis.begin(), obis.end()}); }
Value bits(std::int64_t count, Bytes octets) { return {Type::bit_string, count, std::move(octets), {}}; }

// Charges

/// A price and the power of ten of GBP it is in: prices have 16 bits where they fit.
struct Scaled {
    std::int64_t amount = 0, power = -5;
};
Scaled scaled_price(std::int64_t amount) {
    Scaled out{amount};
    for (; out.amount > INT16_MAX && out.amount % 10 == 0; ++out.power) out.amount /= 10;
    return out;
}
Value price(std::int64_t amount) {
    return Value::integer(amount > INT16_MAX ? Type::int32 : Type::int16, amount);
}

/// What is charged as the device's own default has it, with these prices at this scale.
void put_charge(Device& device, std::uint8_t n, std::int64_t power, std::vector<Value> lines) {
    const Attribute where{113, charge(n), 5};
    Value value = value_of(device, where).value_or(Value{});
    value.elements.resize(3);
    value.elements[0] =
        Value::structure({n == 0 ? Value::integer(Type::int8, 3) : Value::integer(Type::int8, 0),
                          Value::integer(Type::int8, power)});
    value.elements[2] = array(std::move(lines));
    put_value(device, where, std::move(value));
}

void put_tariff(Device& device, const Tariff& tariff) {
    const Scaled standing = scaled_price(tariff.standing_charge);
    put_charge(device, 4, standing.power,
               {Value::structure({Value::octet_string({}), price(standing.amount)})});
    std::vector<Value> lines;
    for (unsigned n = 0; n < kTouRegisters; ++n)
        if (tariff.prices[n] != 0)
            lines.push_back(Value::structure(
                {Value::octet_string({static_cast<std::uint8_t>(n + 1)}), price(tariff.prices[n])}));
    put_charge(device, 0, -5, std::move(lines));
    if (!tariff.blocks_start_anew_daily) put_value(device, kDailyReset, array({}));
}

// Hours without disablement

using Bits = std::pair<std::uint8_t, std::uint32_t>;  ///< weekdays, Monday the lowest; special days

Value bit_set(std::size_t count, std::uint32_t members) {
    Bytes out((count + 7) / 8);
    for (std::size_t n = 0; n < count; ++n)
        if ((members >> n & 1U) != 0) out[n / 8] = static_cast<std::uint8_t>(out[n / 8] | 0x80U >> n % 8);
    return bits(static_cast<std::int64_t>(count), std::move(out));
}

Value time_of_day(std::uint32_t second) {
    return Value::octet_string({static_cast<std::uint8_t>(second / 3600),
                                static_cast<std::uint8_t>(second / 60 % 60),
                                static_cast<std::uint8_t>(second % 60), 0});
}

Value entry(std::size_t index, std::uint8_t starts, std::uint32_t second, const Bits& on,
            std::size_t specials) {
    constexpr std::int64_t kStart = 0x20, kStop = 0x21, kNoWindow = 0xFFFF;
    const Value any_date = Value::octet_string(Bytes(5, 0xFF));
    return Value::structure({Value::integer(Type::uint16, static_cast<std::int64_t>(index)),
                             Value::integer(Type::boolean, 1), octets({0, 0, 10, 0, 106, 255}),
                             Value::integer(Type::uint16, starts != 0 ? kStart : kStop), time_of_day(second),
                             Value::integer(Type::uint16, kNoWindow), bit_set(7, on.first),
                             bit_set(specials, on.second), any_date, any_date});
}

Value special_day(std::size_t index, const SpecialDay& day) {
    const auto part = [](std::uint8_t number) { return number == 0 ? std::uint8_t{0xFF} : number; };
    const unsigned year = day.year == 0 ? 0xFFFFU : static_cast<unsigned>(day.year);
    const auto number = static_cast<std::int64_t>(index);
    return Value::structure(
        {Value::integer(Type::uint16, number),
         Value::octet_string({static_cast<std::uint8_t>(year >> 8), static_cast<std::uint8_t>(year & 0xFF),
                              part(day.month), part(day.day), 0xFF}),
         Value::integer(Type::uint8, number)});
}

void put_calendar(Device& device, const Timetable& table) {
    std::map<std::pair<std::uint32_t, std::uint8_t>, Bits> lines;  // (second, value)
    const auto each = [&](std::uint8_t profile, auto mark) {
        for (const Switch& at : table.days[profile]) mark(lines[{at.second, at.value}]);
    };
    if (!table.weeks.empty())
        for (std::size_t day = 0; day < 7; ++day)
            each(table.weeks[0][day],
                 [&](Bits& on) { on.first = static_cast<std::uint8_t>(on.first | 1U << day); });
    std::vector<Value> days;
    for (std::size_t n = 0; n < table.special_days.size(); ++n) {
        each(table.special_days[n].profile, [&](Bits& on) { on.second |= 1U << n; });
        days.push_back(special_day(n + 1, table.special_days[n]));
    }
    std::vector<Value> entries;
    for (const auto& [line, on] : lines)
        entries.push_back(entry(entries.size() + 1, line.second, line.first, on, days.size()));
    put_value(device, kCalendar, array(std::move(entries)));
    put_value(device, kCalendarDays, array(std::move(days)));
}

// Thresholds

/// As SRV 1.6 writes it: every credit with every charge that runs on its own. Bit 0: collect while disabled.
Value collection(const Settings& settings) {
    constexpr std::uint8_t kAlways = 0xE0, kNotWhileDisabled = 0x60, kNever = 0x00;
    std::vector<Value> entries;
    for (const std::uint8_t from : std::to_array<std::uint8_t>({0, 1, 2})) {
        for (const std::uint8_t what : std::to_array<std::uint8_t>({0, 1, 2, 4, 5})) {
            const bool is_debt = what == 1 || what == 2;
            std::uint8_t when = kAlways;
            if (is_debt && settings.suspend_debt_disabled) when = kNotWhileDisabled;
            if (is_debt && from == 1 && settings.suspend_debt_emergency) when = kNever;
            entries.push_back(
                Value::structure({octets(credit(from)), octets(charge(what)), bits(3, {when})}));
        }
    }
    return array(std::move(entries));
}

void put_settings(Device& device, const Settings& settings) {
    put_value(device, kLowCredit, money(settings.low_credit));
    put_value(device, {112, credit(1), 9}, money(settings.emergency_limit));
    put_value(device, {112, credit(1), 10}, money(settings.emergency_threshold));
    put_value(device, kDisablement, array({money(settings.disablement)}));
    put_value(device, kMaximumCredit, money(settings.maximum_credit));
    put_value(device, kMaximumBalance, money(settings.maximum_balance));
    put_value(device, kDebtCap, Value::integer(Type::uint16, settings.debt_cap / kUnitsPerPenny));
    put_value(device, kCollection, collection(settings));
}

}  // namespace

void arrange_mode(Device& esme, Mode mode) {
    constexpr std::int64_t kCredit = 1, kPrepayment = 2, kActive = 1;
    put_value(
        esme, kMode,
        Value::structure({Value::integer(Type::enumerated, mode == Mode::prepayment ? kPrepayment : kCredit),
                          Value::integer(Type::enumerated, kActive)}));
}

void arrange(Device& esme, const Plan& plan, Mode mode, std::int64_t balance) {
    put_tariff(esme, plan.tariff);
    put_calendar(esme, plan.non_disablement);
    put_settings(esme, plan.settings);
    arrange_mode(esme, mode);
    put_value(esme, {112, credit(0), 2}, money(balance));
}

}  // namespace meterbed::prepayment
