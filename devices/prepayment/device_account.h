// The ledger's figures as a device's objects (ESME) or attributes (GSME) hold them: configuration out of
// them, registers in and out. Money in 10^-5 GBP.
#pragma once

#include "devices/device.h"
#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

struct Registers {
    std::int64_t balance = 0, emergency = 0, accumulated_debt = 0;
    std::array<std::int64_t, 2> time_debt{};
    std::int64_t payment_debt = 0;
    bool lent = false;  ///< emergency credit is active
    bool operator==(const Registers&) const = default;
};

/// What a supplier sets for one meter beside the plan.
struct Arrangement {
    Mode mode = Mode::credit;
    std::array<DebtRate, 2> rates{};
    std::uint16_t payment_percent = 0;
};

/// How a family of devices keeps them. Schedules are those of a date.
struct Account {
    Registers (*registers)(const Device& device);
    void (*show)(Device& device, const Registers& registers);
    void (*count)(Device& device, std::uint32_t watt_hours);  ///< consumption since it was last counted
    Plan (*plan)(const Device& device, Time now);
    /// What is wrong with calendars that a plan leaves out because they can not be followed, a sentence each.
    std::vector<std::string> (*not_followed)(const Device& device, Time now);
    Arrangement (*arrangement)(const Device& device);
};
const Account& electricity_account();
const Account& gas_account();
const Account& account_of(const Device& device);

/// What is wrong with what a supplier configured on a meter, in words: tariffs that overlap or leave a gap,
/// thresholds in the wrong order. A meter takes it without a word, and does what it can.
std::vector<std::string> plan_problems(const Device& device, Time now);

/// An amount times a power of ten, to the nearest unit; at least 0 and at most what a ledger can follow.
std::int64_t scaled(std::int64_t amount, std::int64_t power);

}  // namespace meterbed::prepayment
