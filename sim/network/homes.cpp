#include "sim/network/homes.h"

#include "devices/raise.h"
#include "sim/network/dispatch.h"

namespace meterbed {

namespace {

enum AlarmKind : std::uint32_t { device_timer, outage_held };

}  // namespace

/// The seam behind which a device runs here: one call of one device of one home.
class HomeContext final : public Context {
  public:
    HomeContext(Homes& homes, std::int32_t home, Eui64 device, std::uint32_t request)
        : homes_(homes), home_(home), device_(device), request_(request) {}

    Time now() const override { return homes_.now_; }

    void send(Bytes message) override {
        homes_.post(homes_.id_, homes_.network_.settings.han_latency,
                    HanCarried{home_, device_, false, request_, std::move(message)});
    }

    TimerId after(Duration delay, std::uint64_t tag) override {
        const TimerId timer = homes_.next_timer_++;
        homes_.timers_.emplace(timer, Homes::Timer{home_, device_, tag});
        homes_.post(homes_.id_, delay, Alarm{device_timer, timer, 0});
        return timer;
    }

    void cancel(TimerId timer) override { homes_.timers_.erase(timer); }
    Random& random() override { return homes_.at(home_).random; }
    void note(const Note& note) override { homes_.keep(note, home_, request_); }

  private:
    Homes& homes_;
    std::int32_t home_;
    Eui64 device_;
    std::uint32_t request_;
};

Homes::Homes(Region region, Network& network)
    : RecordingStation("homes " + std::string(kRegionNames[static_cast<std::size_t>(region)]), network) {}

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

bool Homes::hub_dark(const HomeEquipment& equipment) const {
    return equipment.hub.lost_at && now_ >= *equipment.hub.lost_at + network_.settings.hub_hold_up;
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
    row.detail = note.alert != 0 ? word(alert_code_text(static_cast<std::uint16_t>(note.alert))) : word(note.detail);
}

void Homes::deliver(std::int32_t home, Eui64 id, ByteView message, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    device(home, id)->receive(message, context);
}

std::optional<UtrnOutcome> Homes::enter_utrn(std::int32_t home, Eui64 id, std::string_view code, Time now) {
    now_ = now;
    if (at(home).hub.lost_at && id == network_.home(home).esme) return std::nullopt;
    HomeContext context(*this, home, id, 0);
    return meterbed::enter_utrn(*device(home, id), code, UtrnOrigin::local, context);
}

bool Homes::raise(std::int32_t home, Eui64 id, std::uint16_t code, Time now) {
    now_ = now;
    HomeContext context(*this, home, id, 0);
    return meterbed::raise(*device(home, id), code, context);
}

void Homes::on(Downlink part) {
    const HomeEquipment& equipment = at(part.home);
    if (hub_dark(equipment)) {
        lose(part.home, part.device, "command", "hub without power", part.request);
        return;
    }
    const Duration delay = han_delay(part.home, equipment, part.device);
    post(id_, delay, HanCarried{part.home, part.device, true, part.request, std::move(part.message)});
}

void Homes::on(HanCarried part) {
    HomeEquipment& equipment = at(part.home);
    if (hub_dark(equipment)) {
        lose(part.home, part.device, part.to_device ? "command" : "answer", "hub without power",
             part.request);
        return;
    }
    if (!part.to_device) {
        post(network_.wan_of(part.home), Duration{1},
             Uplink{part.home, part.device, std::move(part.message)});
        return;
    }
    Device* target = device(part.home, part.device);
    if (target == nullptr) {
        throw SimulationError("a command for " + part.device.text() + " reached home " +
                              std::to_string(part.home) + ", which has no such device, at " + to_text(now_));
    }
    if (equipment.hub.lost_at && part.device == network_.home(part.home).esme) {
        lose(part.home, part.device, "command", "device without power", part.request);
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

void Homes::on(InstructionCarried part) {
    HomeEquipment& equipment = at(part.home);
    if (hub_dark(equipment) || equipment.hub.lost_at) {
        lose(part.home, part.instruction.meter, "instruction", "hub without power", part.request);
        return;
    }
    HomeContext context(*this, part.home, part.instruction.meter, part.request);
    if (auto answer = equipment.smets1->execute(part.instruction, context)) {
        post(network_.wan_of(part.home), network_.settings.han_latency,
             InstructionAnswered{part.home, part.request, std::move(*answer)});
    }
}

void Homes::on(PowerChange part) {
    HomeEquipment& equipment = at(part.home);
    if (part.on == !equipment.hub.lost_at) return;  // already so
    if (part.on) {
        equipment.hub.lost_at.reset();
    } else {
        equipment.hub.lost_at = now_;
        ++equipment.hub.outage;
        post(id_, network_.settings.outage_hold,
             Alarm{outage_held, static_cast<std::uint64_t>(part.home), equipment.hub.outage});
    }
    const Home& home = network_.home(part.home);
    for (const auto& device : equipment.devices) {
        HomeContext context(*this, part.home, device->id(), 0);
        if (device->id() != home.gsme) device->power(part.on, context);  // gas meters run on a battery
    }
    if (equipment.smets1) {
        HomeContext context(*this, part.home, equipment.smets1->id(), 0);
        equipment.smets1->power(part.on, context);
    }
}

void Homes::on(Alarm part) {
    if (part.kind == device_timer) {
        const auto found = timers_.find(part.a);
        if (found == timers_.end()) return;  // cancelled
        const Timer timer = found->second;
        timers_.erase(found);
        HomeContext context(*this, timer.home, timer.device, 0);
        device(timer.home, timer.device)->on_timer(timer.tag, context);
        return;
    }
    const auto home = static_cast<std::int32_t>(part.a);
    HomeEquipment& equipment = at(home);
    if (!equipment.hub.lost_at || equipment.hub.outage != part.b) return;  // power came back in time
    const double spread = equipment.random.uniform();
    const auto delay = Duration{
        static_cast<std::int64_t>(spread * static_cast<double>(network_.settings.hub_alert_delay.count()))};
    if (*equipment.hub.lost_at + network_.settings.hub_hold_up < now_ + delay) {
        lose(home, network_.home(home).chf, "power outage event", "hub without power", 0);
        return;
    }
    post(network_.wan_of(home), delay, PowerOutageEvent{home, *equipment.hub.lost_at});
}

}  // namespace meterbed
