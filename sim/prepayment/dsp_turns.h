// When the DSP gets to a message: at once, or behind what piled up while it was down. Everybody else's
// messages are a flow, not objects: `dsp_background` a second come in, `dsp_capacity` a second are worked off
// once it is up again. So a turn is a function of the time of arrival alone, and no home waits because of
// another of the model.
#pragma once

#include <optional>
#include <vector>

#include "pki/time.h"
#include "sim/prepayment/settings.h"

namespace meterbed {

class DspTurns {
  public:
    explicit DspTurns(const PrepaymentSettings& settings);

    /// In the order of time.
    void begin_outage(Time at);
    void end_outage(Time at);
    bool down() const;

    /// When a message that arrives at this time is worked; nothing when an outage that lasts at that time has
    /// not yet ended. First come, first served; `priority` messages overtake the others
    /// (`dsp_prepay_priority`) and wait for the end of an outage only.
    std::optional<Time> turn(Time arrives, bool priority) const;
    /// When what piled up in the last outage, which has ended, is worked off.
    Time clear_from() const;

  private:
    struct Outage {
        Time begin, end = Time::max();
        Duration backlog{};  ///< at its begin, in time of work
    };
    Duration ahead(const Outage& outage, Time at) const;

    double load_ = 0;  ///< of the DSP by everybody else
    bool prepay_priority_ = false;
    std::vector<Outage> outages_;
};

}  // namespace meterbed
