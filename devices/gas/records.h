// What a gas meter keeps besides attributes: calendars, snapshots, logs and tables, each with its octets on
// the wire (ZigBee Smart Energy; GBCS 19 names the fields). Times are seconds since 2000-01-01, money 10^-5
// GBP.
#pragma once

#include <array>
#include <optional>

#include "devices/gbcs/zcl_octets.h"

namespace meterbed::gas {

using gbcs::zcl::Reader;
using gbcs::zcl::Writer;
using Seconds = std::uint32_t;

/// Day schedule entry: from a minute of the day, the tier or (friendly credit) whether supply is kept.
struct DayEntry {
    std::uint16_t from = 0;
    std::uint8_t value = 0;
    bool operator==(const DayEntry&) const = default;
};
struct DayProfile {
    std::uint8_t id = 0;
    std::vector<DayEntry> entries;
    bool operator==(const DayProfile&) const = default;
};
struct WeekProfile {
    std::uint8_t id = 0;
    std::array<std::uint8_t, 7> days{};  ///< Monday first
    bool operator==(const WeekProfile&) const = default;
};
/// Year less 1900, month, day, day of week; FF for any.
using ZclDate = std::array<std::uint8_t, 4>;
struct DatedEntry {
    ZclDate date{};
    std::uint8_t id = 0;  ///< week of a season, day of a special day
    bool operator==(const DatedEntry&) const = default;
};

namespace calendar_type {
constexpr std::uint8_t tariff = 0x00, non_disablement = 0x03;
}

struct Calendar {
    std::uint8_t type = 0;
    std::uint32_t issuer_event = 0, id = 0;
    Seconds start = 0;
    std::vector<DayProfile> days;
    std::vector<WeekProfile> weeks;
    std::vector<DatedEntry> seasons, special_days;
    bool operator==(const Calendar&) const = default;
};

/// "Current block register" snapshot, payload type 06.
struct ConsumptionSnapshot {
    std::uint32_t id = 0;
    Seconds time = 0;
    std::uint32_t cause = 0;
    std::uint64_t summation = 0;
    std::vector<std::uint64_t> tiers;
    std::uint8_t tiers_and_blocks = 0;  ///< tiers with blocks, number of blocks (nibbles)
    std::vector<std::uint64_t> blocks;
    bool operator==(const ConsumptionSnapshot&) const = default;
};
/// Debt and credit status, payload type 00.
struct CreditSnapshot {
    std::uint32_t id = 0;
    Seconds time = 0;
    std::uint32_t cause = 0;
    std::int32_t accumulated_debt = 0;
    std::array<std::uint32_t, 3> debts{};
    std::int32_t emergency_credit = 0, credit = 0;
    bool operator==(const CreditSnapshot&) const = default;
};

/// Why a snapshot was taken: bits of the cause (ZigBee Smart Energy D.3.2.3.1.6).
namespace snapshot_cause {
constexpr std::uint32_t general = 1U << 0U, end_of_billing_period = 1U << 1U, tariff_change = 1U << 3U,
                        change_of_tenancy = 1U << 12U, change_of_supplier = 1U << 13U,
                        change_of_mode = 1U << 14U;
}

namespace sample_log {
constexpr std::uint16_t profile = 0, daily_consumption = 1, network_data = 2;
}
struct SampledLog {
    std::uint16_t id = 0;
    Seconds start = 0;              ///< of the first sample
    Seconds step = 1800;            ///< between samples
    std::uint16_t interval = 1800;  ///< as the wire names the step: FFFF for a day
    std::vector<std::uint32_t> samples;
    std::size_t wanted = 0;  ///< samples are taken until there are so many
    bool operator==(const SampledLog&) const = default;
};

struct DebtPayment {
    Seconds time = 0;
    std::uint32_t amount = 0;
    std::uint8_t debt = 0;  ///< 0, 1, 2 for the three debts
    std::uint32_t outstanding = 0;
    bool operator==(const DebtPayment&) const = default;
};
struct TopUp {
    Bytes code;
    std::int32_t amount = 0;
    Seconds time = 0;
    bool operator==(const TopUp&) const = default;
};
/// Which alerts and logs an event leads to: bits of the event configuration.
struct EventSetting {
    std::uint16_t event = 0;
    std::uint8_t configuration = 0;
    bool operator==(const EventSetting&) const = default;
};

struct BillingPeriod {
    std::uint32_t issuer_event = 0;
    Seconds start = 0;
    std::uint32_t duration = 0;
    std::uint8_t duration_type = 0;
    bool operator==(const BillingPeriod&) const = default;
};
struct BlockPeriod {
    BillingPeriod period;
    std::uint8_t control = 0, resolution = 0;
    bool operator==(const BlockPeriod&) const = default;
};
struct PublishedPrice {
    Bytes label;
    std::uint32_t issuer_event = 0;
    std::uint8_t unit = 1;
    std::uint16_t currency = 0x033A;
    std::uint8_t trailing_digit_and_tier = 0x50, tiers_and_register = 0;
    Seconds start = 0;
    std::uint16_t duration = 0xFFFF;
    std::uint32_t price = 0;
    bool operator==(const PublishedPrice&) const = default;
};
struct DisplayMessage {
    std::uint32_t id = 0;
    Seconds start = 0;
    std::uint16_t minutes = 0xFFFF;
    Bytes text;
    bool operator==(const DisplayMessage&) const = default;
};
struct SupplierContact {
    Bytes name, details;
    bool operator==(const SupplierContact&) const = default;
};

// Payloads of the publishing commands, the provider ID (always 0) included.
Bytes encode(const ConsumptionSnapshot& snapshot, std::uint8_t total_found);
Bytes encode(const CreditSnapshot& snapshot, std::uint8_t total_found);
Bytes encode_day(const Calendar& calendar, const DayProfile& day);
Bytes encode_week(const Calendar& calendar, const WeekProfile& week);
Bytes encode_seasons(const Calendar& calendar);
Bytes encode_special_days(const Calendar& calendar);
Bytes encode(const BillingPeriod& period);
Bytes encode(const PublishedPrice& price, Seconds now);

/// What such a payload says, and the octet it has beside the record; nothing when it can not be read whole.
template <typename Record>
struct Read {
    Record record;
    std::uint32_t beside = 0;  ///< total snapshots found, the current time of a price
};
std::optional<Read<ConsumptionSnapshot>> read_consumption_snapshot(ByteView payload);
std::optional<Read<CreditSnapshot>> read_credit_snapshot(ByteView payload);
std::optional<BillingPeriod> read_billing_period(ByteView payload);
std::optional<BlockPeriod> read_block_period(ByteView payload);
std::optional<Read<PublishedPrice>> read_price(ByteView payload);

/// The header of a calendar and its parts, each a calendar with only this part filled.
std::optional<Calendar> read_calendar(ByteView payload);
std::optional<Calendar> read_day(ByteView payload);
std::optional<Calendar> read_week(ByteView payload);
std::optional<Calendar> read_seasons(ByteView payload);
std::optional<Calendar> read_special_days(ByteView payload);

}  // namespace meterbed::gas
