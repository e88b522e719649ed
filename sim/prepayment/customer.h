// A prepayment customer: looks at the meter, pays, waits, types, calls, switches on again. A value with a few
// free functions; a bench asks it by timers of its home, a fleet in a loop. All times of a customer's own
// doing lie on a half second, so that they never meet what a ledger does on whole ones.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "devices/supply_state.h"
#include "pki/draws.h"
#include "pki/time.h"
#include "sim/prepayment/settings.h"
#include "sim/streams.h"

namespace meterbed {

enum class Channel : std::uint8_t { shop, app, phone };
inline constexpr std::array<std::string_view, 3> kChannelNames{"shop", "app", "phone"};

/// How a customer came to know a UTRN, or what brought credit to the meter.
enum class Way : std::uint8_t { receipt, text, help_line, engineer };
inline constexpr std::array<std::string_view, 4> kWayNames{"receipt", "text", "help line", "engineer"};

/// Who a customer is, for good.
struct CustomerTraits {
    std::uint16_t pounds = 0;           ///< of every top-up
    std::uint16_t threshold_pence = 0;  ///< pays when a look shows less ...
    std::uint8_t pay_day = 0;           ///< ... or on this day of the week (ISO, Monday 1), 0 for none
    Channel channel = Channel::shop;
    bool takes_emergency = false;
};

/// What a look at the meter shows.
struct MeterView {
    SupplyState supply = SupplyState::Enabled;
    std::int64_t balance = 0;  ///< Meter Balance, 10^-5 GBP; without emergency credit
    bool emergency_offered = false;
    bool prepays = true;  ///< false once the supplier has put the meter into credit mode
};

/// What a customer does now.
enum class Act : std::uint8_t {
    nothing,
    take_emergency,   ///< and, when supply is armed then, `enable` is the next act
    enable,           ///< switch on an armed supply
    pay,              ///< `waiting_for` is the number of the payment
    type_code,        ///< of payment `waiting_for`; `tries` counts the entries, this one included
    call_help_line,   ///< the UTRN is told at `help_line_answers`
    let_engineer_in,  ///< who repairs the HAN and asks the desk for the UTRN
};

struct Customer {
    CustomerTraits traits;
    Time wakes = Time::max();       ///< when `act` is to be called next: the earliest of the three
    Time next_look{};               ///< the daily one
    Time errand = Time::max();      ///< what is under way: a trip, a wait, a reaction
    Time paid_at{};                 ///< of `waiting_for`
    Time type_from{};               ///< from when on the code of `waiting_for` is typed
    Time at_meter_until{};          ///< stands before it, after an entry
    Time engineer = Time::max();    ///< is asked for, or comes; never while nobody is wanted
    std::uint32_t payments = 0;     ///< so far, numbers from 1
    std::uint32_t waiting_for = 0;  ///< paid and not seen as credit yet; 0: for nothing
    std::uint16_t tries = 0;        ///< entries of its code
    std::uint16_t reactions = 0;    ///< draws used
    bool has_code = false;          ///< of `waiting_for`
    bool called = false;            ///< help line, for `waiting_for`
    bool going_to_pay = false;      ///< on the way to the shop
    bool off = false;               ///< without supply
    bool sought_help = false;       ///< called, for `waiting_for`, whatever was told
    bool engineer_ordered = false;  ///< `engineer` is the time of a visit
    bool by_engineer = false;       ///< the code of `waiting_for` was read out by one: no more slips
};

class CustomerRules {
  public:
    CustomerRules(const PrepaymentSettings& settings, const Streams& streams);

    /// At the start of the run. `scale`: of consumption.
    Customer begin(std::int32_t home, double scale, Time start) const;
    /// Meter Balance at the start, 10^-5 GBP: somewhere between the customer's habit and a top-up.
    std::int64_t opening_balance(std::int32_t home, const Customer& customer) const;

    /// At `wakes`. Afterwards `wakes` lies later. One thing at a time.
    Act act(Customer& customer, std::int32_t home, const MeterView& meter, Time now) const;

    /// Pays at once, whatever the habit: the number is `waiting_for`.
    void pay_now(Customer& customer, std::int32_t home, Time now) const;

    // What a customer learns. Each may move `wakes`.
    void supply_went(Customer& customer, std::int32_t home, SupplyState to, Time now) const;
    /// The UTRN of a payment is in hand. Later payments than `waiting_for` do not exist; of an older one
    /// nothing follows.
    void code_told(Customer& customer, std::int32_t home, std::uint32_t payment, Way way, Time now) const;
    /// The meter shows the credit of a payment.
    void credited(Customer& customer, std::int32_t home, std::uint32_t payment, Time now) const;
    /// The entry was refused for wrong digits (again a minute later), or because entry is suspended.
    void entry_refused(Customer& customer, std::int32_t home, Time now) const;

    /// Whether this entry has a wrong digit, and which of the 20 (0 to 19) by how much (1 to 9).
    struct Slip {
        bool wrong = false;
        std::uint8_t digit = 0, by = 0;
    };
    Slip slip(std::int32_t home, const Customer& customer) const;
    /// The help line has no code yet (SMETS1): called again an hour later.
    void no_code_yet(Customer& customer, std::uint32_t payment, Time now) const;
    /// When the help line, called now, tells the UTRN: it is open from 08:00 to 20:00 (ASSUMPTION).
    Time help_line_answers(std::int32_t home, std::uint32_t payment, Time now) const;

  private:
    Act decide(Customer& customer, std::int32_t home, const MeterView& meter, Time now, bool look,
               bool errand) const;
    Act while_waiting(Customer& customer, const MeterView& meter, Time now, bool look) const;
    Act pay(Customer& customer, std::int32_t home, Time now) const;
    Act await_engineer(Customer& customer, Time now) const;
    void consider_engineer(Customer& customer, Time now) const;
    Time look_of(std::int32_t home, std::int64_t day) const;
    Time look_after(std::int32_t home, Time now) const;
    Time reaction(Customer& customer, std::int32_t home, Time now) const;
    Duration spread(Duration median, double sigma, std::int32_t home, std::uint64_t purpose,
                    std::uint64_t n) const;
    double uniform(std::int32_t home, std::uint64_t purpose, std::uint64_t n = 0) const;

    PrepaymentSettings settings_;
    Draws choices_, times_;
};

}  // namespace meterbed
