// What a device of a home sees of the world. For the sources of Homes.
#pragma once

#include <utility>

#include "sim/network/homes.h"

namespace meterbed {

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
        homes_.post(homes_.id_, delay, Alarm{Homes::device_timer, timer, 0});
        return timer;
    }

    void cancel(TimerId timer) override { homes_.timers_.erase(timer); }
    Random& random() override { return homes_.at(home_).random; }
    void note(const Note& note) override {
        homes_.keep(note, home_, request_);
        homes_.tell_customer(note, home_, homes_.origin_);
    }

  private:
    Homes& homes_;
    std::int32_t home_;
    Eui64 device_;
    std::uint32_t request_;
};

}  // namespace meterbed
