// What every station of a world can reach, and the common part of stations: records and posting.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "devices/gbcs/protection.h"
#include "sim/kernel.h"
#include "sim/network/directory.h"
#include "sim/record.h"
#include "sim/settings.h"
#include "sim/streams.h"

namespace meterbed {

struct Network {
    Kernel& kernel;
    Words& words;
    Directory& directory;
    const Settings& settings;
    gbcs::SharedSecrets& secrets;
    Streams streams;
    StationId users = 0, dcc = 0, s1sp = 0;
    std::array<StationId, 3> wan{}, homes{};

    const Home& home(std::int32_t number) const {
        return directory.homes.at(static_cast<std::size_t>(number));
    }
    StationId wan_of(std::int32_t home_number) const {
        return wan[static_cast<std::size_t>(home(home_number).site.region)];
    }
    StationId homes_of(std::int32_t home_number) const {
        return homes[static_cast<std::size_t>(home(home_number).site.region)];
    }
};

/// A station that keeps records. Derived classes handle parcels by overloads of `on`.
class RecordingStation : public Station {
  public:
    RecordingStation(std::string name, Network& network)
        : name_(std::move(name)), word_(network.words.of(name_)), network_(network) {}

    std::string_view name() const override { return name_; }
    void joined(StationId id) { id_ = id; }
    const std::vector<Record>& records() const { return records_; }

  protected:
    Time now() const { return now_; }
    Word word(std::string_view text) { return network_.words.of(text); }

    Record& record(std::string_view what) {
        Record& row = records_.emplace_back();
        row.time = now_;
        row.sequence = next_++;
        row.station = word_;
        row.what = word(what);
        return row;
    }

    Record& record(std::string_view what, const ServiceRequest& request) {
        Record& row = record(what);
        row.request = request.number;
        row.home = request.home;
        row.device = request.target;
        row.party = request.originator;
        row.counter = request.counter;
        row.step = request.step;
        row.service = word(request.service->srv);
        return row;
    }

    void post(StationId to, Duration delay, Parcel parcel) {
        network_.kernel.post(id_, to, now_ + delay, std::move(parcel));
    }

    std::string name_;
    Word word_;
    Network& network_;
    StationId id_ = 0;
    Time now_{};

  private:
    std::vector<Record> records_;
    std::uint32_t next_ = 0;
};

}  // namespace meterbed
