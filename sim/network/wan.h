// The SM WAN of one CSP region: latency, loss, outages.
#pragma once

#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "sim/network/carriage.h"
#include "sim/network/network.h"
#include "sim/network/outage_rules.h"

namespace meterbed {

class Wan final : public RecordingStation {
  public:
    Wan(Region region, Network& network);

    void handle(Parcel parcel, Time now) override;
    /// A home that the WAN may fail to reach; it reaches all others.
    void limit(std::int32_t home, const WanCover& cover) { covers_.insert_or_assign(home, cover); }

    void on(Downlink part);
    void on(Uplink part);
    void on(PowerOutageEvent part);
    void on(InstructionCarried part);
    void on(InstructionAnswered part);
    void on(OutageChange part);
    void on(Alarm part);

    /// Carries on with a home that has sent so many alerts through a cell in this state.
    void resume(std::int32_t home, std::uint32_t alerts, std::uint32_t cell, RadioCell state) {
        alerts_[home] = alerts;
        cells_[cell] = state;
    }

  private:
    /// What waits for its cell: outage events, and alerts of devices.
    struct Arrival {
        std::int32_t home;
        std::variant<OutageAttempt, Uplink> message;
    };

    /// Served one microsecond later, together with what else arrives now, in the order of the homes.
    void line_up(Arrival arrival);
    void serve(OutageAttempt event);
    void serve(Uplink alert);
    void note_wait(std::int32_t home, Time turn);
    void lose(std::int32_t home, std::string_view what, std::string_view why, std::uint32_t request);
    /// Latency of one passage; nothing when the message is lost.
    std::optional<Duration> passage(std::int32_t home, Carried kind, std::uint32_t request);
    bool reaches(std::int32_t home);
    Duration median(const Home& home) const;

    bool down_ = false;
    OutageDraws draws_;
    CarriageDraws carriage_;
    CoverDraws cover_draws_;
    HubRules hub_rules_;
    std::vector<Arrival> arrivals_;
    std::unordered_map<std::uint32_t, RadioCell> cells_;
    /// Messages of each home so far, alerts apart: each has draws of its own, so that what happens to one
    /// never depends on the others.
    std::unordered_map<std::int32_t, CarriedCounts> messages_;
    std::unordered_map<std::int32_t, std::uint32_t> alerts_;
    std::unordered_map<std::int32_t, WanCover> covers_;
};

}  // namespace meterbed
