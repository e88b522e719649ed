// The homes of one CSP region: hubs, HAN, devices, mains power.
#pragma once

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "devices/enter_utrn.h"
#include "devices/smets1_meter.h"
#include "sim/network/network.h"

namespace meterbed {

/// A hub's supply: it works on for its hold-up, and reports once the outage has lasted the hold time.
struct HubPower {
    std::optional<Time> lost_at;
    std::uint32_t outage = 0;  ///< number of the outage, so that an old alarm is recognised
};

/// What stands in one home.
struct HomeEquipment {
    std::vector<std::unique_ptr<Device>> devices;  ///< CHF first
    std::unique_ptr<Smets1Meter> smets1;
    HubPower hub;
    Duration gsme_wake_phase{};
    Random random;
};

class Homes final : public RecordingStation {
  public:
    Homes(Region region, Network& network);

    void handle(Parcel parcel, Time now) override;
    void add(std::int32_t home, HomeEquipment equipment) { equipment_.emplace(home, std::move(equipment)); }
    /// Null when the home has no such GBCS device.
    Device* device(std::int32_t home, Eui64 id);
    const Device* device(std::int32_t home, Eui64 id) const;

    /// Hands octets to a device at this moment, as if a hub had; what comes of it is in the records.
    void deliver(std::int32_t home, Eui64 device, ByteView message, Time now);

    /// Types a UTRN at the keypad of a meter. Nothing when the meter has no power.
    std::optional<UtrnOutcome> enter_utrn(std::int32_t home, Eui64 device, std::string_view code, Time now);

    /// Makes an event of GBCS 16 happen on a device; false when there is no such code.
    bool raise(std::int32_t home, Eui64 device, std::uint16_t code, Time now);

    void on(Downlink part);
    void on(HanCarried part);
    void on(InstructionCarried part);
    void on(PowerChange part);
    void on(Alarm part);

  private:
    friend class HomeContext;

    HomeEquipment& at(std::int32_t home) { return equipment_.at(home); }
    bool hub_dark(const HomeEquipment& equipment) const;
    Duration han_delay(std::int32_t home, const HomeEquipment& equipment, Eui64 device) const;
    void lose(std::int32_t home, Eui64 device, std::string_view what, std::string_view why,
              std::uint32_t request);
    void keep(const Note& note, std::int32_t home, std::uint32_t request);

    std::unordered_map<std::int32_t, HomeEquipment> equipment_;
    struct Timer {
        std::int32_t home;
        Eui64 device;
        std::uint64_t tag;
    };
    std::unordered_map<TimerId, Timer> timers_;
    TimerId next_timer_ = 1;
};

}  // namespace meterbed
