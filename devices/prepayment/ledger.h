// The prepayment ledger of one meter (SMETS 5.5.7, 5.6.3, 4.5.4: RECALL; a maker's manual where it differs):
// what is left, what is owed, and what follows for the supply. A value: a few dozen octets, copied freely,
// one on a bench and millions in columns.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "devices/prepayment/plan.h"
#include "devices/supply_state.h"
#include "pki/time.h"

namespace meterbed::prepayment {

/// Registers count in parts, so fine that a second of any load at any price, and of any debt rate, is a whole
/// number of them: 1 kWh is 3.6 million watt seconds, a day 86,400 s, and both divide this. So nothing is
/// ever rounded, and no interval matters. In 64 bits they reach a million pounds.
constexpr std::int64_t kParts = 86'400'000;  ///< to 10^-5 GBP
constexpr std::int64_t parts(std::int64_t units) { return units * kParts; }
/// In 10^-5 GBP, down to the next lower one.
constexpr std::int64_t units(std::int64_t parts) { return parts / kParts - (parts % kParts < 0 ? 1 : 0); }

enum class Mode : std::uint8_t { credit, prepayment };
enum class EmergencyCredit : std::uint8_t { none, available, active };
/// What the meter did about too little credit; `reprieved`: nothing yet, in a non-disablement period.
enum class Disablement : std::uint8_t { in_credit, reprieved, disabled };
enum class RatePeriod : std::uint8_t { hourly, daily };

/// One of the two time debts; taken evenly over the period (ASSUMPTION).
struct DebtRate {
    std::int32_t amount = 0;  ///< 10^-5 GBP a period
    RatePeriod period = RatePeriod::daily;
    bool operator==(const DebtRate&) const = default;
};

/// Up to which second (since 1970) it is settled, and all that one meter has of its own. Energy is in watt
/// seconds below a Wh and in Wh; block counters count the Wh that became full while their set was in force.
struct Ledger {
    std::int64_t balance = 0;                   ///< Meter Balance, parts, may be negative
    std::int64_t emergency_used = 0;            ///< parts of the Emergency Credit Limit that are lent
    std::int64_t accumulated_debt = 0;          ///< Accumulated Debt Register, parts
    std::array<std::int64_t, 2> time_debt{};    ///< Time Debt Registers, parts
    std::array<std::int32_t, 2> rate_amount{};  ///< 10^-5 GBP an hour or a day, see `hourly`
    std::int32_t payment_debt = 0;              ///< Payment Debt Register, 10^-5 GBP
    std::int32_t taken_this_week = 0;           ///< of payments, for payment debt; 10^-5 GBP
    std::uint32_t at = 0;                       ///< seconds since 1970; to 2106
    std::uint32_t energy = 0;                   ///< Wh
    std::array<std::uint32_t, kBlockSets> block_used{};  ///< Wh
    std::uint16_t below_wh = 0;                          ///< watt seconds, less than 3600
    std::uint16_t payment_percent = 0;                   ///< hundredths of a percent of each payment
    std::uint8_t hourly : 2 = 0;  ///< bit n: the rate of time debt n + 1 is by the hour
    SupplyState supply : 2 = SupplyState::Enabled;
    EmergencyCredit emergency : 2 = EmergencyCredit::none;
    Disablement disablement : 2 = Disablement::in_credit;
    Mode mode : 1 = Mode::prepayment;
    bool low_credit : 1 = false;           ///< 810D was told and still holds
    bool emergency_exhausted : 1 = false;  ///< 81AA likewise
    bool off_for_credit : 1 = false;       ///< supply was on when the credit ended: credit may arm it again
    bool operator==(const Ledger&) const = default;
};
static_assert(std::is_trivially_copyable_v<Ledger> && sizeof(Ledger) == 104);

/// Alert and event codes of GBCS 16 that a ledger brings about.
namespace codes {
constexpr std::uint16_t low_credit = 0x810D, emergency_available = 0x8119, emergency_activated = 0x81AB,
                        armed_by_emergency = 0x8168, emergency_exhausted = 0x81AA, credit_disabled = 0x8F0F,
                        disablement_suspended = 0x8F83, supply_armed = 0x8F32, time_debt_1_paid = 0x81A7,
                        time_debt_2_paid = 0x81A8, payment_debt_paid = 0x81A9;
}  // namespace codes

struct Happened {
    Time at;
    std::uint16_t code = 0;
    bool operator==(const Happened&) const = default;
};
/// Whoever asks keeps one and clears it, so that it allocates once.
using Happenings = std::vector<Happened>;

Time time_of(const Ledger& ledger);
/// Emergency Credit Balance, parts: what is left of the limit while it is active, else 0.
std::int64_t emergency_left(const Ledger& ledger, const Settings& settings);
/// Meter Balance and Emergency Credit Balance, parts.
std::int64_t combined_credit(const Ledger& ledger, const Settings& settings);
DebtRate debt_rate(const Ledger& ledger, unsigned debt);
void set_debt_rate(Ledger& ledger, unsigned debt, const DebtRate& rate);
/// What is owed to the supplier by whatever way, less what is in credit; parts. Only energy, standing charge
/// and payments change it.
std::int64_t owed(const Ledger& ledger);

/// What is wrong with what a supplier set for one meter, a sentence each: rates, percentage, debts.
std::vector<std::string> check(const Ledger& ledger);

/// Draws the consequences of what was changed from outside: thresholds, offers, supply.
void review(Ledger& ledger, const Plan& plan, Happenings& happened);

// What a customer, a display or a supplier does, at the time the ledger is settled to.

/// Where a top-up went, 10^-5 GBP.
struct Allocated {
    std::int64_t payment_debt = 0, accumulated_debt = 0, shortfall = 0, emergency = 0, balance = 0;
    bool operator==(const Allocated&) const = default;
};
/// Whether it may be added is another question: `refused_credit` (devices/top_up.h).
Allocated top_up(Ledger& ledger, const Plan& plan, std::int64_t amount, Happenings& happened);
/// By the customer, a PPMID or SRV 2.5. False when it is not on offer.
bool activate_emergency_credit(Ledger& ledger, const Plan& plan, Happenings& happened);
/// As somebody else left switch or valve; what happened on it is theirs to tell.
void set_supply(Ledger& ledger, SupplyState supply);
/// Switch or valve.
void apply(Ledger& ledger, const Plan& plan, SupplyEvent event, Happenings& happened);
/// SRV 1.6. Leaving prepayment forgets warnings; what is lent and owed stays (ASSUMPTION).
void set_mode(Ledger& ledger, const Plan& plan, Mode mode, Happenings& happened);
/// SRV 1.7.
void reset_blocks(Ledger& ledger);

}  // namespace meterbed::prepayment
