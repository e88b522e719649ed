// A meter that meters: the ledger behind the objects and attributes of an ESME or a GSME. It begins when the
// meter is given a load; a meter without one holds what it is told and counts nothing.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "devices/device.h"
#include "devices/prepayment/device_account.h"
#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

struct Metering {
    Plan plan;
    Ledger ledger;
    std::uint32_t load = 0;  ///< W while supply is enabled
    bool has_power = true;   ///< of the mains; nothing is told without
    Registers shown;         ///< what objects or attributes were last made to show
    std::uint64_t seen = 0;  ///< revision of the objects up to which configuration was taken over
    Time plan_of{};          ///< the day as which the plan was read
    std::vector<std::string> problems{};  ///< of the plan as last read (`plan_problems`)
    std::set<std::string> told{};         ///< of those, ever: notes hold on to them
    std::uint64_t tag = 0;                ///< of the timer for what is told next
    TimerId timer = 0;
    Time due{};  ///< of the timer
};

/// What ESME and GSME are besides devices.
struct Metered {
    std::unique_ptr<Metering> metering;
};

/// What a ledger shows: whole units, within 32 bits.
Registers registers_of(const Ledger& ledger, const Settings& settings);

/// Null for devices that do not meter, or not yet.
Metering* metering_of(Device& device);

/// Consumption from now on, W; the first one starts the ledger with what the device holds. False for devices
/// that can not meter.
bool set_load(Device& device, std::uint32_t watts, Context& context);

/// Brings the ledger of a device that meters to now: takes over what was configured or changed, charges,
/// shows the registers, raises what happened, moves supply, and waits for what happens next. To be called
/// before and after anything that reads or changes the device.
void settle(Device& device, Context& context);
bool on_metering_timer(Device& device, std::uint64_t tag, Context& context);

/// The mains of a meter that meters: without them nothing is used.
void power(Device& device, bool on, Context& context);

/// A top-up by the order of allocation; false when the device does not meter.
bool credit_ledger(Device& device, std::int64_t amount, Context& context);
/// By the customer at the meter or a PPMID; false when it is not on offer.
bool activate_emergency_credit(Device& device, Context& context);

}  // namespace meterbed::prepayment
