#include "sim/network/wan.h"

#include <cmath>

#include "sim/network/dispatch.h"

namespace meterbed {

Wan::Wan(Region region, Network& network)
    : RecordingStation("WAN " + std::string(kRegionNames[static_cast<std::size_t>(region)]), network),
      region_(region) {}

void Wan::handle(Parcel parcel, Time now) {
    now_ = now;
    dispatch(*this, std::move(parcel));
}

Random& Wan::stream(std::int32_t home) {
    const auto at = streams_.find(home);
    if (at != streams_.end()) return at->second;
    return streams_.emplace(home, network_.streams.of("wan/" + std::to_string(home))).first->second;
}

Duration Wan::median(const Home& home) const {
    const Settings& settings = network_.settings;
    if (home.generation == Generation::SMETS1) return settings.wan_latency_smets1;
    switch (region_) {
        case Region::North:
            return settings.wan_latency_north;
        case Region::Central:
            return settings.wan_latency_central;
        case Region::South:
            return settings.wan_latency_south;
    }
    return settings.wan_latency_central;
}

std::optional<Duration> Wan::passage(std::int32_t home, std::string_view what, std::uint32_t request) {
    Random& random = stream(home);
    // Both draws are made whatever happens, so that variants stay in step.
    const bool lost = random.chance(network_.settings.wan_loss);
    const double factor = std::exp(network_.settings.wan_latency_sigma * random.normal());
    if (!lost && !down_) {
        const double median_us = static_cast<double>(median(network_.home(home)).count());
        return Duration{static_cast<std::int64_t>(median_us * factor)};
    }
    Record& row = record("message lost");
    row.home = home;
    row.request = request;
    row.detail = word(what);
    row.code = word(down_ ? "WAN outage" : "radio");
    return std::nullopt;
}

void Wan::on(Downlink part) {
    if (const auto latency = passage(part.home, "command", part.request)) {
        const StationId homes = network_.homes_of(part.home);
        post(homes, *latency, std::move(part));
    } else if (down_) {
        post(network_.dcc, Duration{1000}, NotDelivered{part.request});
    }
}

void Wan::on(Uplink part) {
    if (const auto latency = passage(part.home, "answer", 0)) post(network_.dcc, *latency, std::move(part));
}

void Wan::on(PowerOutageEvent part) {
    if (const auto latency = passage(part.home, "power outage event", 0)) post(network_.dcc, *latency, part);
}

void Wan::on(InstructionCarried part) {
    if (const auto latency = passage(part.home, "instruction", part.request)) {
        const StationId homes = network_.homes_of(part.home);
        post(homes, *latency, std::move(part));
    }
}

void Wan::on(InstructionAnswered part) {
    if (const auto latency = passage(part.home, "instruction answer", part.request)) {
        post(network_.s1sp, *latency, std::move(part));
    }
}

void Wan::on(OutageChange part) {
    down_ = part.begins;
    record(part.begins ? "outage begun" : "outage ended").detail = part.name;
}

}  // namespace meterbed
