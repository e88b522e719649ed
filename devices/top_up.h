// What a meter remembers about top-ups, and by which rules it takes one (GBCS 14, 16; SMETS 5.6.3): values
// and free functions, nothing of keys or messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pki/time.h"

namespace meterbed {

/// The alert of a UTRN that was typed (GBCS 16).
inline constexpr std::uint16_t kCreditAddedLocally = 0x810E;

/// Numbers no document at hand states: parameters.
struct TopUpRules {
    std::size_t cache_size = 100;  ///< UTRN counters remembered (GBCS 14, K)
    unsigned wrong_entries = 5;    ///< local entries of wrong codes before a pause (ASSUMPTION)
    Duration entry_pause = std::chrono::minutes{10};  ///< ASSUMPTION
    std::int64_t maximum_credit = 25'000'000;         ///< £250, while the Supplier has set none (ASSUMPTION)
    std::int64_t maximum_balance = 50'000'000;        ///< £500, likewise (ASSUMPTION)
    // Broken on purpose (sim/faults.h).
    bool takes_codes_again = false;  ///< no code counts as used
    std::int64_t lost_of_each = 0;   ///< 10^-5 GBP that never reach the account
};

/// The UTRN Counter Cache: which counters were used.
struct UtrnCounters {
    std::vector<std::uint64_t> used;  ///< ascending
    std::uint64_t floor = 0;          ///< this one and those below count as used
};
std::uint64_t highest(const UtrnCounters& counters);
bool is_used(const UtrnCounters& counters, std::uint64_t counter);
/// A full cache gives up its lowest counter, which becomes the floor: what was used once never counts as new.
void remember(UtrnCounters& counters, std::uint64_t counter, const TopUpRules& rules);
/// CS02b: the floor takes the place of all counters.
void set_floor(UtrnCounters& counters, std::uint64_t floor);

/// Guessing at the keypad or a PPMID is slowed down.
struct LocalEntry {
    unsigned wrong_in_a_row = 0;
    std::optional<Time> suspended_until;
};
bool is_suspended(const LocalEntry& entry, Time now);
/// True when this wrong code was one too many and entry is suspended from now on.
bool wrong_code(LocalEntry& entry, Time now, const TopUpRules& rules);
void right_code(LocalEntry& entry);

/// All a device keeps about top-ups.
struct TopUps {
    TopUpRules rules;
    UtrnCounters counters;
    LocalEntry entry;
};

/// A prepayment account as far as the checks of a top-up concern it; money in 10^-5 GBP. Where the credit
/// goes is the ledger's business (devices/prepayment/allocation.h).
struct CreditAccount {
    std::int64_t balance = 0;
    std::int64_t maximum_credit = 0;   ///< Maximum Credit Threshold: of one top-up
    std::int64_t maximum_balance = 0;  ///< Maximum Meter Balance Threshold
};

/// Why a UTRN is refused; the words of outcomes and records.
namespace refusals {
constexpr std::string_view wrong_digits = "wrong digits";
constexpr std::string_view not_for_this_device = "not for this device";
constexpr std::string_view suspended = "entry suspended";
constexpr std::string_view duplicate = "duplicate";
constexpr std::string_view not_authentic = "not authentic";
constexpr std::string_view too_large = "above the maximum credit threshold";
constexpr std::string_view balance_too_high = "above the maximum meter balance";
}  // namespace refusals

/// One way to fail, in the order in which they are checked (GBCS 16 names the codes; thresholds and order K).
struct TopUpRefusal {
    std::string_view name;
    std::uint16_t event;  ///< 0: nothing but the local display tells of it
    bool alert;           ///< the event is also an alert to the Supplier
    bool wrong;           ///< counts towards suspending local entry (ASSUMPTION)
    std::uint8_t
        gas_result;  ///< Consumer Top Up Response (ZigBee Smart Energy D.7; 01 is in RTDS, the others K)
};
std::span<const TopUpRefusal> top_up_refusals();
/// The row of this name.
const TopUpRefusal& top_up_refusal(std::string_view name);

/// The name of what forbids this credit; empty when it may be added.
std::string_view refused_credit(const CreditAccount& account, std::int64_t credit);

}  // namespace meterbed
