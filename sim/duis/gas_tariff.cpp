// Tariff and prices of the GSME: 1.1.1 (GCS01a) and 1.2.1 (GCS01b).
#include <array>

#include "sim/duis/gas_calendar.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;

constexpr std::uint32_t kTariffId = 1;

/// What the price components are made of.
struct Prices {
    bool blocks = false;  ///< else time of use
    std::int64_t tiers = 0, thresholds = 0;
    std::int64_t currency = 0, standing_charge = 0;
    Zcl matrix;
};

constexpr Word<std::int64_t> kCurrencies[] = {{"GBP", 0x033A}, {"ECB", 0x03D2}};

/// Prices in the order of their index, which must count from 1: each follows its block or tier.
std::int64_t read_prices(Zcl& to, const Reading& from, std::string_view name, std::int64_t first) {
    std::int64_t count = 0;
    for (const Reading& price : from.children(name, 1, 4)) {
        if (price.attribute("index", 1, 4) != count + 1)
            price.mistake("is out of order: index counts from 1");
        to.u8(first + count).u32(price.integer(0, 0xFFFFFFFF));
        ++count;
    }
    return count;
}

/// NumberOfThresholds is checked but not carried: the prices tell how many thresholds lie between them [R].
void read_block_prices(Prices& prices, const Reading& from) {
    prices.blocks = true;
    prices.thresholds = read_prices(prices.matrix, from, "BlockPrice", 0) - 1;
    from.child("NumberOfThresholds").integer(1, 3);
}

Prices read_price_elements(const Reading& body) {
    const Reading from = body.child("PriceElements").child("GasPriceElements");
    Prices prices;
    prices.currency = from.child("CurrencyUnits").one_of(kCurrencies);
    prices.standing_charge = from.child("StandingCharge").integer(0, 0xFFFFFFFF);
    if (from.has("BlockTariff"))
        read_block_prices(prices, from.child("BlockTariff"));
    else
        prices.tiers = read_prices(prices.matrix, from.child("TOUTariff"), "TOUPrice", 1);
    return prices;
}

void publish_tariff_information(Components& to, const Prices& prices, std::uint32_t execution,
                                const Situation& situation) {
    constexpr std::int64_t block_charging = 0x10, tou_charging = 0x00, five_digits = 0x50,
                           cubic_metres = 0x00;
    to.publish(Cluster::price, 0x04,
               Zcl()
                   .u32(0)
                   .u32(issuer_event_id(situation))
                   .u32(kTariffId)
                   .u32(execution)
                   .u8(prices.blocks ? block_charging : tou_charging)
                   .text("")
                   .u8(prices.tiers)
                   .u8(prices.thresholds)
                   .u8(cubic_metres)
                   .u16(prices.currency)
                   .u8(five_digits)
                   .u32(prices.standing_charge)
                   .u8(0xFF)     // tier block mode: not used
                   .u24(1)       // block threshold multiplier
                   .u24(1000));  // and divisor
}

/// What PublishBlockThresholds and PublishPriceMatrix begin with.
Zcl matrix_header(std::uint32_t execution, std::uint8_t control, const Situation& situation) {
    return Zcl()
        .u32(0)
        .u32(issuer_event_id(situation))
        .u32(start_of_published(execution))
        .u32(kTariffId)
        .u8(0)
        .u8(1)
        .u8(control);
}

void publish_price_matrix(Components& to, const Prices& prices, std::uint32_t execution,
                          const Situation& situation) {
    to.publish(Cluster::price, 0x05,
               matrix_header(execution, prices.blocks ? 0x00 : 0x01, situation).append(prices.matrix));
}

/// Thresholds between blocks: their number, then each.
struct Thresholds {
    std::int64_t count = 0;
    Zcl values;
};

Thresholds read_thresholds(const Reading& matrix) {
    Thresholds out;
    for (const Reading& threshold : matrix.children("BlockThreshold", 1, 3)) {
        if (threshold.attribute("index", 1, 3) != ++out.count)
            threshold.mistake("is out of order: index counts from 1");
        out.values.u48(threshold.integer(0, 0xFFFFFFFFFFFF));
    }
    return out;
}

void publish_block_thresholds(Components& to, const Thresholds& thresholds, std::uint32_t execution,
                              const Situation& situation) {
    to.publish(Cluster::price, 0x06,
               matrix_header(execution, 0x01, situation).u8(thresholds.count).append(thresholds.values));
}

/// A gas day has one tariff: a tier of the time of use tariff, or blocks (tier 0).
DayProfile tariff_day(const Reading& from) {
    DayProfile day{from.child("DayName").integer(1, 4), 1, {}};
    const bool blocks = from.has("BlockTariff");
    if (blocks) from.child("BlockTariff");
    const std::int64_t tier = blocks ? 0 : from.child("TOUTariffAction").integer(1, 4);
    day.schedule.u16(0).u8(tier);
    return day;
}

Calendar switching_table(const Reading& elements) {
    const Reading table = elements.child("SwitchingTable");
    Calendar calendar{CalendarType::tariff,          {}, table.child("WeekProfiles"), table.child("Seasons"),
                      elements.child("SpecialDays"), 4};
    for (const Reading& day : table.child("DayProfiles").children("DayProfile", 1, 4))
        calendar.days.push_back(tariff_day(day));
    return calendar;
}

Bytes set_tariff(const Reading& body, const Situation& situation) {
    const std::uint32_t execution = utc_execution_time(body);
    const Reading elements = body.child("GasTariffElements");
    // With a time of use tariff the schema still asks for a threshold, and the command carries none [R].
    const Thresholds thresholds = read_thresholds(elements.child("ThresholdMatrix"));
    Prices prices = read_price_elements(body);
    if (prices.blocks) prices.thresholds = thresholds.count;
    Components to;
    publish_calendar(to, switching_table(elements), execution, situation);
    publish_tariff_information(to, prices, execution, situation);
    if (prices.blocks) publish_block_thresholds(to, thresholds, execution, situation);
    publish_price_matrix(to, prices, execution, situation);
    return to.octets();
}

Bytes set_price(const Reading& body, const Situation& situation) {
    const std::uint32_t execution = utc_execution_time(body);
    const Prices prices = read_price_elements(body);
    Components to;
    publish_tariff_information(to, prices, execution, situation);
    publish_price_matrix(to, prices, execution, situation);
    return to.octets();
}

constexpr std::array kRows{
    Row{"1.1.1", "UpdateImportTariffPrimaryElement", {gSME}, 0x006B, set_tariff},
    Row{"1.2.1", "UpdatePricePrimaryElement", {gSME}, 0x00A3, set_price},
};

}  // namespace

std::span<const Row> gas_tariff_rows() { return kRows; }

}  // namespace meterbed::duis
