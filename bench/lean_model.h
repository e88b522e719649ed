// The lean workload of the fleet benchmarks: three events a message, and as little work at each as a meter, a
// hub and a head-end can do, so that what is measured is the engine.
//
// Meter m sends its k-th report; after 5 to 50 ms its hub has it, after 50 to 1000 ms more the head-end. The
// next report follows after 10 s and an exponential time, half an hour in the mean. Two meters share a hub.
//
// Random numbers are a function of (meter, report, use), so every program, in any language and order, reaches
// the same number of events and the same checksum.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "sim/fleet/calendar.h"
#include "sim/fleet/station.h"

namespace meterbed::bench {

constexpr std::uint32_t kShortestDelayUs = 5'000;

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
inline std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}
inline std::uint64_t draw(std::uint32_t meter, std::uint32_t report, std::uint32_t use) {
    return mix((std::uint64_t{meter} << 32 | report) * 4 + use);
}
/// The upper half of a draw, spread over 0 to `span`.
inline std::uint32_t below(std::uint64_t drawn, std::uint32_t span) {
    return static_cast<std::uint32_t>(((drawn >> 32) * span) >> 32);
}
inline std::uint64_t first_report_us(std::uint32_t meter) {
    // The upper 64 bits of a product of 64 and 31 bits, in halves.
    const std::uint64_t drawn = mix(meter ^ 0xABCDEF12345U);
    const std::uint64_t low = (drawn & 0xFFFFFFFFU) * 1'800'000'000U;
    return 1 + (((drawn >> 32) * 1'800'000'000U + (low >> 32)) >> 32);
}
inline std::uint64_t gap_us(std::uint32_t meter, std::uint32_t report) {
    const double uniform =
        (static_cast<double>(draw(meter, report, 0) >> 11) + 0.5) * (1.0 / 9007199254740992.0);
    return 10'000'000 + static_cast<std::uint64_t>(-std::log(uniform) * 1790e6);
}
inline std::uint32_t to_hub_us(std::uint32_t meter, std::uint32_t report) {
    return kShortestDelayUs + below(draw(meter, report, 1), 45'000);
}
inline std::uint32_t to_head_end_us(std::uint32_t meter, std::uint32_t report) {
    return 50'000 + below(draw(meter, report, 2), 950'000);
}

struct Totals {
    std::uint64_t events = 0, messages = 0, latency_us = 0, checksum = 0;
};

/// The columns, and what each of the three events does to them; no queue.
class LeanFleet {
  public:
    explicit LeanFleet(std::uint32_t meters) : homes_((meters + 1) / 2) {}

    /// The number of this report.
    std::uint32_t send(std::uint32_t meter) {
        Meter& sender = home(meter).meters[meter & 1];
        const std::uint32_t report = sender.reports++;
        sender.register_wh += static_cast<std::uint32_t>(draw(meter, report, 3) & 1023);
        return report;
    }
    void reach_hub(std::uint32_t meter) {
        ++home(meter).forwarded;
        home(meter).bytes += 200;
    }
    void reach_head_end(std::uint32_t meter, std::uint64_t time_us, std::uint32_t latency_us) {
        HeadEnd& row = home(meter).head_end[meter & 1];
        row.last_report = last_report(meter);
        ++row.reports;
        ++totals.messages;
        totals.latency_us += latency_us;
        totals.checksum += mix(time_us ^ std::uint64_t{meter} << 32);
    }
    std::uint32_t last_report(std::uint32_t meter) const {
        return homes_[meter >> 1].meters[meter & 1].reports - 1;
    }
    void prefetch(std::uint32_t meter) const { __builtin_prefetch(&homes_[meter >> 1], 1); }

    Totals totals;

  private:
    struct Meter {
        std::uint32_t reports = 0, register_wh = 0;
    };
    struct HeadEnd {
        std::uint32_t last_report = 0, reports = 0;
    };
    /// Two meters, their hub, and what the head-end knows of them: one cache line.
    struct alignas(64) Home {
        std::array<Meter, 2> meters;
        std::array<HeadEnd, 2> head_end;
        std::uint32_t forwarded = 0, bytes = 0;
    };
    Home& home(std::uint32_t meter) { return homes_[meter >> 1]; }

    fleet::Column<Home> homes_;
};

/// The fleet and any queue with `push(Event)`. `what` holds the kind above the latency so far in
/// microseconds.
template <typename Queue>
struct LeanHandler {
    enum Kind : std::uint32_t { kSend = 0, kHub = 1U << 30, kHeadEnd = 2U << 30, kLatency = kHub - 1 };
    LeanFleet& homes;
    Queue& queue;

    void prefetch(const fleet::Event& event) const { homes.prefetch(event.entity); }
    void operator()(const fleet::Event& event) {
        const std::uint32_t meter = event.entity, so_far = event.what & kLatency;
        if (event.what < kHub) {
            const std::uint32_t report = homes.send(meter), delay = to_hub_us(meter, report);
            queue.push({event.time_us + delay, meter, kHub | delay});
            queue.push({event.time_us + gap_us(meter, report), meter, kSend});
        } else if (event.what < kHeadEnd) {
            homes.reach_hub(meter);
            const std::uint32_t delay = to_head_end_us(meter, homes.last_report(meter));
            queue.push({event.time_us + delay, meter, kHeadEnd | (so_far + delay)});
        } else {
            homes.reach_head_end(meter, event.time_us, so_far);
        }
    }
};

/// As a fleet station's model. The events of one window never meet: two of a meter lie 5 ms apart, and those
/// of two meters only add to their hub.
class LeanModel final : public fleet::FleetModel {
  public:
    explicit LeanModel(std::uint32_t meters) : homes(meters), calendar_({meters, 0, kShortestDelayUs}) {
        for (std::uint32_t meter = 0; meter < meters; ++meter)
            calendar_.push({first_report_us(meter), meter, 0});
    }
    std::optional<Time> next() const override {
        const auto at = calendar_.next();
        if (!at) return std::nullopt;
        return Time{Duration{static_cast<std::int64_t>(*at)}};
    }
    void run_until(Time until, fleet::FleetStation&) override { run_until(until); }
    void receive(Parcel, Time, fleet::FleetStation&) override {}

    void run_until(Time until) {
        const auto until_us = static_cast<std::uint64_t>(until.time_since_epoch().count());
        homes.totals.events +=
            calendar_.run_until_in_any_order(until_us, LeanHandler<fleet::Calendar>{homes, calendar_});
    }

    LeanFleet homes;

  private:
    fleet::Calendar calendar_;
};

}  // namespace meterbed::bench
