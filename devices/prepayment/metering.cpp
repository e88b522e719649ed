#include "devices/prepayment/metering.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "devices/prepayment/advance.h"
#include "devices/raise.h"

namespace meterbed::prepayment {
namespace {

/// How far ahead a meter looks; schedules with dates are read anew at least that often.
constexpr Duration kHorizon = std::chrono::days{7};

std::int64_t as_int32(std::int64_t units) {
    using Limits = std::numeric_limits<std::int32_t>;
    return std::clamp<std::int64_t>(units, Limits::min(), Limits::max());
}

}  // namespace

Registers registers_of(const Ledger& ledger, const Settings& settings) {
    return {as_int32(units(ledger.balance)),
            as_int32(units(emergency_left(ledger, settings))),
            as_int32(units(ledger.accumulated_debt)),
            {as_int32(units(ledger.time_debt[0])), as_int32(units(ledger.time_debt[1]))},
            ledger.payment_debt,
            ledger.emergency == EmergencyCredit::active};
}

namespace {

/// A register that somebody changed takes the new value; the others keep what lies below a unit.
void take_over(std::int64_t& reg, std::int64_t now, std::int64_t shown) {
    if (now != shown) reg = parts(now);
}

/// A command put the Emergency Credit Balance to this: lent (SRV 2.5), or reset to nothing (SRV 1.5).
void take_over_emergency(Metering& it, std::int64_t now, Happenings& happened) {
    Ledger& ledger = it.ledger;
    if (now <= 0) {
        ledger.emergency = EmergencyCredit::none;
        ledger.emergency_used = 0;
        ledger.emergency_exhausted = false;
        return;
    }
    // Lent once, until it is paid back. A supplier may lend before the threshold is reached (ASSUMPTION).
    if (ledger.emergency == EmergencyCredit::active) return;
    ledger.emergency = EmergencyCredit::available;
    activate_emergency_credit(ledger, it.plan, happened);
}

/// Reading a whole account takes longer than settling it: an ESME whose objects nobody touched since is not
/// read, but for another day, whose schedules may be others.
bool is_read(const Device& device, const Metering& it, Time now) {
    return device.type() == DeviceType::eSME && it.seen == device.objects().revision() &&
           it.plan_of == std::chrono::floor<std::chrono::days>(now) && it.ledger.supply == *device.supply();
}

/// What a meter cannot follow it takes without a word to its supplier; whoever runs it learns of each thing
/// once.
void tell_problems(const Device& device, Metering& it, Context& context) {
    std::vector<std::string> found = plan_problems(device, context.now());
    const std::vector<std::string> before = std::exchange(it.problems, std::move(found));
    for (const std::string& each : it.problems)
        if (std::ranges::find(before, each) == before.end())
            context.note({.what = notes::plan_not_followed,
                          .device = device.id(),
                          .detail = *it.told.insert(each).first});
}

void take_over(Device& device, Metering& it, Time now, Happenings& happened) {
    const Account& account = account_of(device);
    const Arrangement set = account.arrangement(device);
    const Registers held = account.registers(device);
    Ledger& ledger = it.ledger;
    it.plan = account.plan(device, now);
    it.plan_of = std::chrono::floor<std::chrono::days>(now);
    set_supply(ledger, *device.supply());
    for (unsigned debt = 0; debt < 2; ++debt) {
        set_debt_rate(ledger, debt, set.rates[debt]);
        take_over(ledger.time_debt[debt], held.time_debt[debt], it.shown.time_debt[debt]);
    }
    ledger.payment_percent = set.payment_percent;
    ledger.payment_debt = static_cast<std::int32_t>(held.payment_debt);
    take_over(ledger.balance, held.balance, it.shown.balance);
    take_over(ledger.accumulated_debt, held.accumulated_debt, it.shown.accumulated_debt);
    set_mode(ledger, it.plan, set.mode, happened);
    if (held.emergency != it.shown.emergency) take_over_emergency(it, held.emergency, happened);
    review(ledger, it.plan, happened);
}

void show(Device& device, Metering& it) {
    const Registers now = registers_of(it.ledger, it.plan.settings);
    if (now == it.shown && it.seen == device.objects().revision() && device.type() == DeviceType::eSME)
        return;
    it.shown = now;
    account_of(device).show(device, now);
    it.seen = device.objects().revision();
}

void move_supply(Device& device, SupplyState state, Context& context) {
    if (device.supply() == state) return;
    device.place(state);
    context.note(
        {.what = notes::supply_state, .device = device.id(), .verdict = name(state), .detail = name(state)});
}

void tell(Device& device, const Happenings& happened, Context& context) {
    for (const Happened& each : happened) {
        // Arming is in the event log whatever caused it.
        if (each.code == codes::supply_armed || each.code == codes::armed_by_emergency)
            device.log(Log::event, each.code, context);
        raise(device, each.code, context);
    }
}

void wait(Device& device, Metering& it, Context& context) {
    const Time until = context.now() + kHorizon;
    const auto next = next_event(it.ledger, it.plan, it.has_power ? it.load : 0, until);
    const Time due = std::max(next ? next->at : until, context.now() + Duration{1});
    // A timer that comes too early does no harm: it looks again.
    if (it.timer != 0 && it.due <= due && it.due > context.now()) return;
    if (it.timer != 0) context.cancel(it.timer);
    if (it.tag == 0) it.tag = device.next_tag();
    it.due = due;
    it.timer = context.after(due - context.now(), it.tag);
}

void finish(Device& device, Metering& it, const Happenings& happened, Context& context) {
    show(device, it);
    move_supply(device, it.ledger.supply, context);
    tell(device, happened, context);
    wait(device, it, context);
}

Metered* metered(Device& device) { return dynamic_cast<Metered*>(&device); }

}  // namespace

Metering* metering_of(Device& device) {
    Metered* const it = metered(device);
    return it ? it->metering.get() : nullptr;
}

namespace {

void charge(Device& device, Metering& it, std::uint32_t load, Context& context) {
    Happenings happened;
    if (!is_read(device, it, time_of(it.ledger))) {
        take_over(device, it, time_of(it.ledger), happened);
        tell_problems(device, it, context);
    }
    const std::uint32_t energy = it.ledger.energy;
    advance(it.ledger, it.plan, context.now(), load, happened);
    if (it.ledger.energy != energy) {
        account_of(device).count(device, it.ledger.energy - energy);
        it.seen = device.objects().revision();
    }
    finish(device, it, happened, context);
}

}  // namespace

void settle(Device& device, Context& context) {
    Metering* const it = metering_of(device);
    if (it && it->has_power) charge(device, *it, it->load, context);
}

void power(Device& device, bool on, Context& context) {
    Metering* const it = metering_of(device);
    if (!it || it->has_power == on) return;
    it->has_power = on;
    charge(device, *it, on ? 0 : it->load, context);
    if (on) return;
    context.cancel(it->timer);
    it->timer = 0;
}

bool set_load(Device& device, std::uint32_t watts, Context& context) {
    Metered* const meter = metered(device);
    if (!meter) return false;
    if (!meter->metering) {
        meter->metering = std::make_unique<Metering>();
        Metering& it = *meter->metering;
        it.plan = account_of(device).plan(device, context.now());
        Happenings nothing_to_tell;
        it.ledger = open_ledger(context.now(), it.plan, Mode::credit, 0, nothing_to_tell);
    }
    settle(device, context);
    meter->metering->load = std::min(watts, kMostLoad);
    wait(device, *meter->metering, context);
    return true;
}

bool on_metering_timer(Device& device, std::uint64_t tag, Context& context) {
    Metering* const it = metering_of(device);
    if (!it || it->tag != tag) return false;
    it->timer = 0;
    settle(device, context);
    return true;
}

bool credit_ledger(Device& device, std::int64_t amount, Context& context) {
    Metering* const it = metering_of(device);
    if (!it) return false;
    Happenings happened;
    top_up(it->ledger, it->plan, amount, happened);
    finish(device, *it, happened, context);
    return true;
}

bool activate_emergency_credit(Device& device, Context& context) {
    settle(device, context);
    Metering* const it = metering_of(device);
    if (!it) return false;
    Happenings happened;
    const bool lent = activate_emergency_credit(it->ledger, it->plan, happened);
    finish(device, *it, happened, context);
    return lent;
}

}  // namespace meterbed::prepayment
