// Tariffs and prices of the ESME: services 1.1.1, 1.1.2, 1.2.1, 1.2.2, 1.7, 6.26.
#include <algorithm>
#include <array>

#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

const Bytes kTariffScripts{0, 0, 10, 0, 100, 255};

Value sorted(std::vector<std::pair<std::int64_t, Value>> entries) {
    std::ranges::stable_sort(entries, {}, [](const auto& entry) { return entry.first; });
    std::vector<Value> values;
    for (auto& [index, value] : entries) values.push_back(std::move(value));
    return array(std::move(values));
}

Value name_octet(std::int64_t name) { return octets({static_cast<std::uint8_t>(name)}); }

// Switching table (class 20): seasons name weeks, weeks name days, days name registers by script
// -----------------------

Value seasons(const Reading& table) {
    std::vector<Value> all;
    for (const Reading& season : table.child("Seasons").children("Season", 1, 4))
        all.push_back(structure({text_octets(season.child("SeasonName").text(8)),
                                 date_time_with_wildcards(season.child("SeasonStartDate")),
                                 name_octet(season.child("ReferencedWeekName").integer(1, 4))}));
    return array(std::move(all));
}

Value week(const Reading& profile) {
    std::array<Value, 7> days;
    for (const Reading& day : profile.children("ReferencedDayName", 7, 7))
        days[static_cast<std::size_t>(day.attribute("index", 1, 7) - 1)] = u8(day.integer(1, 16));
    std::vector<Value> elements{name_octet(profile.child("WeekName").integer(1, 4))};
    elements.insert(elements.end(), days.begin(), days.end());
    return structure(std::move(elements));
}

Value weeks(const Reading& table) {
    std::vector<Value> all;
    for (const Reading& profile : table.child("WeekProfiles").children("WeekProfile", 1, 4))
        all.push_back(week(profile));
    return array(std::move(all));
}

/// Scripts of the tariff script table: 1..48 a time-of-use register, 101..108 a block set, 201..204 a
/// register of the second element (RTDS).
std::int64_t primary_script(const Reading& line) {
    if (const auto block = line.optional("BlockTariffAction")) return 100 + block->integer(1, 8);
    return line.child("TOUTariffAction").integer(1, 48);
}
std::int64_t secondary_script(const Reading& line) {
    return 200 + line.child("TOUTariffAction").integer(1, 4);
}

using Script = std::int64_t (*)(const Reading& line);

Value days(const Reading& table, Script script) {
    std::vector<Value> all;
    for (const Reading& profile : table.child("DayProfiles").children("DayProfile", 1, 16)) {
        std::vector<Value> lines;
        for (const Reading& line : profile.children("ProfileSchedule", 1, 48))
            lines.push_back(
                structure({switch_time(line.child("StartTime")), octets(kTariffScripts), u16(script(line))}));
        all.push_back(structure({u8(profile.child("DayName").integer(1, 16)), array(std::move(lines))}));
    }
    return array(std::move(all));
}

/// Numbered as they come: the schema gives them no index.
Value special_days(const Reading& parent) {
    SpecialDays all;
    for (const Reading& day : parent.child("SpecialDays").children("SpecialDay", 0, 50))
        all.add(all.count() + 1, date_with_wildcards(day.child("Date")),
                day.child("ReferencedDayName").integer(1, 16));
    return array(std::move(all.entries));
}

// Prices (class 113)
// -----------------------------------------------------------------------------------------------

Value unit_charge(std::int64_t commodity_scale, std::int64_t price_scale, Value commodity, Value table) {
    return structure(
        {structure({i8(commodity_scale), i8(price_scale)}), std::move(commodity), std::move(table)});
}

/// The energy register that prices multiply: 1-0:1.8.0 of the primary, 1-20:1.8.0 of the second element; per
/// kWh.
Value energy(std::uint8_t channel) { return structure({u16(3), octets({1, channel, 1, 8, 0, 255}), i8(2)}); }
constexpr std::int64_t kPerThousand = 3;

Value charge_line(std::int64_t index, std::int64_t price) {
    return structure({name_octet(index), i16(price)});
}

/// 48 time-of-use prices 01..30, then blocks 1..4 of 8 time-of-use sets: A1..A8, B1..B8, C1..C8, D1..D8; 0
/// where the request has none (RTDS).
class PriceMatrix {
  public:
    void time_of_use(std::int64_t index, std::int64_t price) {
        prices_[static_cast<std::size_t>(index - 1)] = price;
    }
    void block(std::int64_t set, std::int64_t block, std::int64_t price) {
        prices_[static_cast<std::size_t>(48 + 8 * (block - 1) + set - 1)] = price;
    }
    Value value() const {
        std::vector<Value> lines;
        for (std::int64_t n = 0; n < 80; ++n) {
            const std::int64_t index = n < 48 ? n + 1 : 0xA1 + 0x10 * ((n - 48) / 8) + (n - 48) % 8;
            lines.push_back(charge_line(index, prices_[static_cast<std::size_t>(n)]));
        }
        return array(std::move(lines));
    }

  private:
    std::array<std::int64_t, 80> prices_{};
};

void read_blocks(const Reading& tariff, PriceMatrix& matrix) {
    for (const Reading& set : tariff.children("BlockPrices", 1, 8)) {
        const auto number = set.attribute("index", 1, 8);
        for (const Reading& price : set.children("BlockPrice", 1, 4))
            matrix.block(number, price.attribute("index", 1, 4), price.integer(INT16_MIN, INT16_MAX));
    }
}

void read_times_of_use(const Reading& tariff, PriceMatrix& matrix) {
    for (const Reading& price : tariff.children("TOUPrice", 1, 48))
        matrix.time_of_use(price.attribute("index", 1, 48), price.integer(INT16_MIN, INT16_MAX));
}

PriceMatrix price_matrix(const Reading& prices) {
    PriceMatrix matrix;
    if (const auto block = prices.optional("BlockTariff")) {
        read_blocks(*block, matrix);
    } else if (const auto hybrid = prices.optional("HybridTariff")) {
        read_blocks(*hybrid, matrix);
        read_times_of_use(*hybrid, matrix);
    } else {
        read_times_of_use(prices.child("TOUTariff"), matrix);
    }
    return matrix;
}

constexpr dlms::Obis kStandingCharge{0, 0, 19, 20, 4, 255}, kPrimaryCharge{0, 0, 19, 20, 0, 255},
    kSecondaryCharge{0, 0, 19, 20, 5, 255};

void set_primary_prices(const Reading& body, AccessList& list) {
    const Reading prices = body.child("PriceElements").child("ElectricityPriceElements");
    const auto standing = prices.child("StandingCharge").integer(INT16_MIN, INT16_MAX);
    const auto standing_scale = prices.child("StandingChargeScale").integer(-128, 127);
    const Value nothing = structure({u16(0), octets(Bytes(6)), i8(0)});
    list.set({113, kStandingCharge, 6},
             unit_charge(0, standing_scale, nothing, array({structure({octets({}), i16(standing)})})));
    const auto scale = prices.child("PriceScale").integer(-128, 127);
    list.set({113, kPrimaryCharge, 6},
             unit_charge(kPerThousand, scale, energy(0), price_matrix(prices).value()));
}

void set_secondary_prices(const Reading& body, AccessList& list) {
    const Reading prices = body.child("PriceElements");
    std::vector<std::pair<std::int64_t, Value>> lines;
    for (const Reading& price : prices.children("ElectricityPriceElement", 1, 4)) {
        const auto index = price.attribute("index", 1, 4);
        lines.emplace_back(index, charge_line(index, price.integer(INT16_MIN, INT16_MAX)));
    }
    list.set({113, kSecondaryCharge, 6},
             unit_charge(kPerThousand, prices.child("PriceScale").integer(-128, 127), energy(20),
                         sorted(std::move(lines))));
}

// The commands
// ---------------------------------------------------------------------------------------------------------

constexpr Word<bool> kCurrencies[] = {{"GBP", true}, {"ECB", false}};

Value thresholds(const Reading& row) {
    std::vector<std::pair<std::int64_t, Value>> all;
    for (const Reading& threshold : row.children("BlockThreshold", 1, 3))
        all.emplace_back(threshold.attribute("index", 1, 3), u32(threshold.integer(0, UINT32_MAX)));
    return sorted(std::move(all));
}

void set_thresholds(const Reading& tariff, AccessList& list) {
    std::array<Value, 8> rows;
    for (const Reading& row : tariff.child("ThresholdMatrix").children("Thresholds", 8, 8))
        rows[static_cast<std::size_t>(row.attribute("index", 1, 8) - 1)] = thresholds(row);
    for (std::uint8_t n = 0; n < 8; ++n)
        list.set({21, {0, 0, 16, 1, static_cast<std::uint8_t>(11 + n), 255}, 2}, rows[n]);
}

Bytes primary_tariff(const Reading& body, const Situation& situation) {
    constexpr dlms::Obis calendar{0, 0, 13, 0, 0, 255}, currency{0, 0, 94, 44, 2, 0};
    const Value at = activation(execution_time(body));
    const Reading tariff = body.child("ElecTariffElements"), table = tariff.child("SwitchingTable");
    AccessList list;
    list.set({20, calendar, 7}, seasons(table))
        .set({20, calendar, 8}, weeks(table))
        .set({20, calendar, 9}, days(table, primary_script))
        .set({11, {0, 1, 11, 0, 0, 255}, 2}, special_days(tariff));
    set_thresholds(tariff, list);
    list.set({9000, currency, 4}, boolean(tariff.child("CurrencyUnits").one_of(kCurrencies)));
    set_primary_prices(body, list);
    list.set({20, calendar, 10}, at)
        .set({9000, {0, 0, 94, 44, 128, 29}, 6}, at)
        .set({9000, currency, 6}, at)
        .set({113, kStandingCharge, 7}, at)
        .set({113, kPrimaryCharge, 7}, at)
        .set({9000, {0, 0, 63, 1, 1, 255}, 6}, at);
    return list.octets(situation);
}

Bytes secondary_tariff(const Reading& body, const Situation& situation) {
    constexpr dlms::Obis calendar{0, 0, 13, 0, 1, 255};
    const Value at = activation(execution_time(body));
    const Reading table = body.child("SwitchingTable");
    AccessList list;
    set_secondary_prices(body, list);
    list.set({20, calendar, 7}, seasons(table))
        .set({20, calendar, 8}, weeks(table))
        .set({20, calendar, 9}, days(table, secondary_script))
        .set({11, {0, 1, 11, 0, 1, 255}, 2}, special_days(body))
        .set({20, calendar, 10}, at)
        .set({113, kSecondaryCharge, 7}, at)
        .set({9000, {0, 0, 94, 44, 128, 30}, 6}, at);
    return list.octets(situation);
}

Bytes primary_prices(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    AccessList list;
    set_primary_prices(body, list);
    list.set({113, kStandingCharge, 7}, at).set({113, kPrimaryCharge, 7}, at);
    return list.octets(situation);
}

Bytes secondary_prices(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    AccessList list;
    set_secondary_prices(body, list);
    list.set({113, kSecondaryCharge, 7}, at);
    return list.octets(situation);
}

Bytes reset_block_counters(const Reading&, const Situation& situation) {
    constexpr std::int64_t reset_script = 0x63;
    return AccessList().action({9, {0, 0, 10, 0, 100, 255}, 1}, u16(reset_script)).octets(situation);
}

/// At midnight of every day, or never.
Bytes reset_block_counters_daily(const Reading& body, const Situation& situation) {
    const bool daily = body.child("DailyTariffBlockCounterMatrixReset").boolean();
    std::vector<Value> times;
    if (daily) times.push_back(structure({octets(Bytes(4)), any_date()}));
    return AccessList().set({22, {0, 0, 15, 1, 0, 255}, 4}, array(std::move(times))).octets(situation);
}

constexpr std::array kRows{
    Row{"1.1.1", "UpdateImportTariffPrimaryElement", {eSME}, 0x0019, primary_tariff},
    Row{"1.1.2", "UpdateImportTariffSecondaryElement", {eSME}, 0x00B7, secondary_tariff},
    Row{"1.2.1", "UpdatePricePrimaryElement", {eSME}, 0x00A2, primary_prices},
    Row{"1.2.2", "UpdatePriceSecondaryElement", {eSME}, 0x00C7, secondary_prices},
    Row{"1.7", "ResetTariffBlockCounterMatrix", {eSME}, 0x001D, reset_block_counters},
    Row{"6.26",
        "UpdateDeviceConfigurationDailyResettingOfTariffBlockCounterMatrix",
        {eSME},
        0x00DB,
        reset_block_counters_daily},
};

}  // namespace

std::span<const Row> electricity_tariff_rows() { return kRows; }

}  // namespace meterbed::duis
