#include "sim/network/homes.h"

#include "devices/esme.h"
#include "devices/prepayment/metering.h"
#include "devices/raise.h"
#include "sim/network/carriage.h"
#include "sim/network/dispatch.h"
#include "sim/network/home_context.h"

namespace meterbed {

Homes::Homes(Region region, Network& network)
    : RecordingStation("homes " + std::string(kRegionNames[static_cast<std::size_t>(region)]), network),
      draws_(network.streams),
      hub_rules_(hub_rules(network.settings)),
      customers_(network.settings, network.streams),
      cover_draws_(network.streams),
      notices_(network.settings, network.streams) {}

void Homes::handle(Parcel parcel, Time now) {
    now_ = now;
    dispatch(*this, std::move(parcel));
}

const Device* Homes::device(std::int32_t home, Eui64 id) const {
    const auto found = equipment_.find(home);
    if (found == equipment_.end()) return nullptr;
    for (const auto& device : found->second.devices) {
        if (device->id() == id) return device.get();
    }
    return nullptr;
}

Device* Homes::device(std::int32_t home, Eui64 id) {
    return const_cast<Device*>(static_cast<const Homes&>(*this).device(home, id));
}

std::string_view Homes::hub_silent(const HomeEquipment& equipment) const {
    if (works(equipment.hub, now_)) return {};
    return equipment.hub.mains ? "hub starting" : reasons::no_power;
}

/// Mains power of the devices; gas meters run on a battery.
void Homes::supply(std::int32_t home, bool on) {
    HomeEquipment& equipment = at(home);
    for (const auto& device : equipment.devices) {
        HomeContext context(*this, home, device->id(), 0);
        if (device->id() != network_.home(home).gsme) device->power(on, context);
    }
    if (equipment.smets1) {
        HomeContext context(*this, home, equipment.smets1->id(), 0);
        equipment.smets1->power(on, context);
    }
}

Duration Homes::han_delay(std::int32_t home, const HomeEquipment& equipment, Eui64 device) const {
    const Settings& settings = network_.settings;
    if (device != network_.home(home).gsme) return settings.han_latency;
    // A gas meter sleeps; the hub keeps the message until the next wake.
    const Duration since =
        (now_.time_since_epoch() - equipment.gsme_wake_phase) % settings.gsme_wake_interval;
    return settings.gsme_wake_interval - since + settings.han_latency;
}

void Homes::lose(std::int32_t home, Eui64 device, std::string_view what, std::string_view why,
                 std::uint32_t request) {
    Record& row = record("message lost");
    row.home = home;
    row.device = device;
    row.detail = word(what);
    row.code = word(why);
    row.request = request;
}

void Homes::keep(const Note& note, std::int32_t home, std::uint32_t request) {
    Record& row = record(note.what);
    row.home = home;
    row.request = request;
    row.device = note.device;
    row.party = note.party;
    row.message = static_cast<std::uint16_t>(note.code);
    row.counter = note.counter;
    row.code = word(note.verdict);
    row.detail =
        note.alert != 0 ? word(alert_code_text(static_cast<std::uint16_t>(note.alert))) : word(note.detail);
}

void Homes::deliver(std::int32_t home, Eui64 id, ByteView message, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    device(home, id)->receive(message, context);
}

std::optional<UtrnOutcome> Homes::enter_utrn(std::int32_t home, Eui64 id, std::string_view code, Time now) {
    now_ = now;
    if (at(home).cuts.meter > 0 && id == meter_of(home)) return std::nullopt;
    HomeContext context(*this, home, id, 0);
    origin_ = UtrnOrigin::local;
    const UtrnOutcome outcome =
        at(home).smets1 ? at(home).smets1->enter_code(code, UtrnOrigin::local, context)
                        : meterbed::enter_utrn(*device(home, id), code, UtrnOrigin::local, context);
    origin_ = UtrnOrigin::remote;
    return outcome;
}

void Homes::enter_utrn_at_ppmid(std::int32_t home, Eui64 id, std::string code, Time now) {
    now_ = now;
    const HomeEquipment& equipment = at(home);
    if (const std::string_view why = hub_silent(equipment); !why.empty())
        return lose(home, id, "UTRN", why, 0);
    post(id_, han_delay(home, equipment, id), CodeCarried{home, id, std::move(code)});
}

void Homes::on(CodeCarried part) {
    const HomeEquipment& equipment = at(part.home);
    std::string_view why = hub_silent(equipment);
    if (equipment.cuts.meter > 0 && part.meter == network_.home(part.home).esme) why = reasons::meter_off;
    if (!why.empty()) return lose(part.home, part.meter, "UTRN", why, 0);
    if (is_cut_off_by_han(part.home, part.meter))
        return lose(part.home, part.meter, "UTRN", reasons::han_fault, 0);
    enter_utrn(part.home, part.meter, part.code, now_);
}

void Homes::set_load(std::int32_t home, Eui64 id, std::uint32_t watts, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    if (Smets1Meter* const meter = smets1(home)) return meter->set_load(watts, context);
    prepayment::set_load(*device(home, id), watts, context);
}

void Homes::settle(std::int32_t home, Eui64 id, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    if (Smets1Meter* const meter = smets1(home)) return meter->settle(context);
    prepayment::settle(*device(home, id), context);
}

void Homes::enable_supply(std::int32_t home, Eui64 id, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    if (Smets1Meter* const meter = smets1(home)) return meter->enable_locally(context);
    device(home, id)->apply(SupplyEvent::enable_locally, context);
}

bool Homes::activate_emergency_credit(std::int32_t home, Eui64 id, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    if (Smets1Meter* const meter = smets1(home)) return meter->activate_emergency_credit(context);
    return prepayment::activate_emergency_credit(*device(home, id), context);
}

bool Homes::raise(std::int32_t home, Eui64 id, std::uint16_t code, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    return meterbed::raise(*device(home, id), code, context);
}

void Homes::resume(std::int32_t home, const HomeState& state, Time now) {
    now_ = now;
    HomeEquipment& equipment = at(home);
    equipment.hub = state.hub;
    equipment.cuts = state.cuts;
    equipment.first_cut = {state.first_cut.number, state.first_cut.cause, word(state.first_cut.label)};
    for (const Time due : state.reports) {
        post(id_, due - now, Alarm{report_due_alarm, static_cast<std::uint64_t>(home), state.hub.losses});
    }
    const Eui64 id = network_.home(home).esme;
    auto& meter = dynamic_cast<Esme&>(*device(home, id));
    HomeContext context(*this, home, id, 0);
    meter.set_own_counter(state.counter);
    meter.resume(state.clock);
    if (state.starting) meter.resume(state.starting->outage, state.starting->ready - now, context);
}

void Homes::on(Downlink part) {
    const HomeEquipment& equipment = at(part.home);
    if (const std::string_view why = hub_silent(equipment); !why.empty()) {
        lose(part.home, part.device, "command", why, part.request);
        return;
    }
    if (is_cut_off_by_han(part.home, part.device))
        return lose(part.home, part.device, "command", reasons::han_fault, part.request);
    const Duration delay = han_delay(part.home, equipment, part.device);
    post(id_, delay, HanCarried{part.home, part.device, true, part.request, std::move(part.message)});
}

void Homes::on(HanCarried part) {
    if (!part.to_device) return carry_out(std::move(part));
    const HomeEquipment& equipment = at(part.home);
    if (const std::string_view why = hub_silent(equipment); !why.empty()) {
        lose(part.home, part.device, "command", why, part.request);
        return;
    }
    Device* target = device(part.home, part.device);
    if (target == nullptr) {
        throw SimulationError("a command for " + part.device.text() + " reached home " +
                              std::to_string(part.home) + ", which has no such device, at " + to_text(now_));
    }
    if (equipment.cuts.meter > 0 && part.device == network_.home(part.home).esme) {
        lose(part.home, part.device, "command", reasons::meter_off, part.request);
        return;
    }
    Record& row = record("command delivered");
    row.home = part.home;
    row.device = part.device;
    row.request = part.request;
    row.bytes = static_cast<std::uint32_t>(part.message.size());
    HomeContext context(*this, part.home, part.device, part.request);
    target->receive(part.message, context);
}

/// From a device to the WAN. A hub that starts keeps the message until it works.
void Homes::carry_out(HanCarried part) {
    const auto goes = passes_on(at(part.home).hub, now_);
    if (is_cut_off_by_han(part.home, part.device)) {
        lose(part.home, part.device, "answer", reasons::han_fault, part.request);
    } else if (!goes) {
        lose(part.home, part.device, "answer", reasons::no_power, part.request);
    } else if (*goes > now_) {
        post(id_, *goes - now_, std::move(part));
    } else {
        leave(part.home, Uplink{part.home, part.device, std::move(part.message)});
    }
}

void Homes::on(InstructionCarried part) {
    HomeEquipment& equipment = at(part.home);
    if (equipment.cuts.hub > 0) {
        lose(part.home, part.instruction.meter, "instruction", reasons::no_power, part.request);
        return;
    }
    if (is_cut_off_by_han(part.home, part.instruction.meter))
        return lose(part.home, part.instruction.meter, "instruction", reasons::han_fault, part.request);
    HomeContext context(*this, part.home, part.instruction.meter, part.request);
    if (auto answer = equipment.smets1->execute(part.instruction, context)) {
        if (answer->success) instruction_done(part.instruction, part.home);
        InstructionAnswered out{part.home, part.request, std::move(*answer)};
        if (may_hold(part.home))
            return post(id_, to_hub(network_.settings, Generation::SMETS1), std::move(out));
        post(network_.wan_of(part.home), network_.settings.han_latency, std::move(out));
    }
}

/// At a hub that may have to hold it.
void Homes::on(InstructionAnswered part) {
    const std::int32_t home = part.home;
    leave(home, std::move(part));
}

void Homes::on(Alarm part) {
    if (part.kind == report_due_alarm) {
        report(static_cast<std::int32_t>(part.a), static_cast<std::uint16_t>(part.b));
        return;
    }
    const auto home = static_cast<std::int32_t>(part.a);
    if (part.kind == load_alarm) return next_load(home);
    if (part.kind == fallback_alarm) return look_for_wan(home);
    if (part.kind == notice_alarm) return decide(home);
    if (part.kind == release_alarm) return look_for_release(home);
    if (part.kind == customer_alarm)
        return part.b == at(home).prepaid->alarm ? customer_wakes(home) : void();  // else overtaken
    const auto found = timers_.find(part.a);
    if (found == timers_.end()) return;  // cancelled
    const Timer timer = found->second;
    timers_.erase(found);
    HomeContext context(*this, timer.home, timer.device, 0);
    if (Smets1Meter* const meter = smets1(timer.home)) return meter->on_timer(timer.tag, context);
    device(timer.home, timer.device)->on_timer(timer.tag, context);
}

}  // namespace meterbed
