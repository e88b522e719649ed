// What a supplier configures for prepayment and many meters share: tariff, thresholds, debt rules, the hours
// without disablement (SRV 1.1.1, 1.2.1, 1.6, 2.1). Money in 10^-5 GBP, energy in Wh.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "devices/prepayment/timetable.h"

namespace meterbed::prepayment {

inline constexpr std::int64_t kUnitsPerPound = 100'000;
constexpr double pounds_of(std::int64_t units) {
    return static_cast<double>(units) / static_cast<double>(kUnitsPerPound);
}
inline std::int64_t units_of(double pounds) {
    return std::llround(pounds * static_cast<double>(kUnitsPerPound));
}

constexpr unsigned kTouRegisters = 48, kBlockSets = 8, kBlocks = 4;  // DUIS 5.4
/// In the timetable of a tariff: time-of-use register 1 is 0; block set 1 is kFirstBlockSet.
constexpr unsigned kFirstBlockSet = kTouRegisters;

/// Prices in 10^-5 GBP per kWh. A block set has up to four prices, the next one from each threshold on, and
/// counts on its own (SMETS 5.7.4, tariff block counter matrix: RECALL).
struct Tariff {
    std::int64_t standing_charge = 0;  ///< a day
    Timetable times = always(0);
    std::array<std::int32_t, kTouRegisters> prices{};
    std::array<std::array<std::int32_t, kBlocks>, kBlockSets> block_prices{};
    std::array<std::array<std::uint32_t, kBlocks - 1>, kBlockSets> block_thresholds =
        no_thresholds();                   ///< Wh
    bool blocks_start_anew_daily = false;  ///< SRV 6.26

    static constexpr std::array<std::array<std::uint32_t, kBlocks - 1>, kBlockSets> no_thresholds() {
        std::array<std::array<std::uint32_t, kBlocks - 1>, kBlockSets> all{};
        for (auto& set : all) set = {UINT32_MAX, UINT32_MAX, UINT32_MAX};
        return all;
    }
    bool operator==(const Tariff&) const = default;
};

/// Steps 3 and 4 of a top-up: sources differ (a maker's manual; GBCS 14 as remembered).
enum class Allocation : std::uint8_t { shortfall_first, emergency_first };

/// Defaults are ASSUMPTION, figures.csv has a row each.
struct Settings {
    std::int64_t low_credit = 200'000;           ///< Low Credit Threshold
    std::int64_t emergency_limit = 1'000'000;    ///< Emergency Credit Limit
    std::int64_t emergency_threshold = 100'000;  ///< Emergency Credit Threshold
    std::int64_t disablement = 0;                ///< Disablement Threshold
    std::int64_t maximum_balance = 50'000'000;   ///< Maximum Meter Balance
    std::int64_t maximum_credit = 25'000'000;    ///< Maximum Credit Threshold: of one top-up
    std::int64_t debt_cap = 500'000;             ///< Debt Recovery Rate Cap, a week; 0: no payment debt taken
    bool suspend_debt_disabled = true;           ///< SuspendDebtDisabled
    bool suspend_debt_emergency = true;          ///< SuspendDebtEmergency
    bool accumulate_while_disabled = true;  ///< what is suspended while off is owed later, as in emergency
    Allocation allocation = Allocation::shortfall_first;
    bool operator==(const Settings&) const = default;
};

struct Plan {
    Tariff tariff;
    Settings settings;
    Timetable non_disablement;  ///< value 1: supply is not disabled for want of credit
    bool gas = false;           ///< a valve, never opened from afar
    bool operator==(const Plan&) const = default;
};

/// What is wrong with a plan, a sentence each; empty when a ledger can follow it.
std::vector<std::string> check(const Plan& plan);

/// Friendly hours 18:00 to 10:00 by the clock on the wall, Sundays, and the bank holidays of England and
/// Wales of these years (ASSUMPTION; at most 20 special days, so two years).
Timetable friendly_hours(int first_year, int years = 2, Clock clock = Clock::gb_local);

/// What holds from a second on until another: the line of the tariff, and whether supply is protected.
struct Stretch {
    std::int64_t from = 0, until = 0;
    std::uint8_t line = 0;
    bool is_protected = false;
};
/// `until` is at most the next midnight (UTC).
Stretch stretch_at(const Plan& plan, std::int64_t second);

}  // namespace meterbed::prepayment
