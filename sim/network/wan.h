// The SM WAN of one CSP region: latency, loss, outages.
#pragma once

#include <string>
#include <unordered_map>

#include "sim/network/network.h"

namespace meterbed {

class Wan final : public RecordingStation {
  public:
    Wan(Region region, Network& network);

    void handle(Parcel parcel, Time now) override;

    void on(Downlink part);
    void on(Uplink part);
    void on(PowerOutageEvent part);
    void on(InstructionCarried part);
    void on(InstructionAnswered part);
    void on(OutageChange part);

  private:
    /// Each home has a stream of its own, so that what happens to one message never depends on the others.
    Random& stream(std::int32_t home);
    /// Latency of one passage; nothing when the message is lost.
    std::optional<Duration> passage(std::int32_t home, std::string_view what, std::uint32_t request);
    Duration median(const Home& home) const;

    Region region_;
    bool down_ = false;
    std::unordered_map<std::int32_t, Random> streams_;
};

}  // namespace meterbed
