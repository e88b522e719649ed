// What became of every interruption: the four clocks of DP096, the alerts, and why one is missing. A fold
// over the records of a bench or of a fleet, and the source of all outage metrics and report sections.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/record.h"
#include "sim/supply/site.h"

namespace meterbed {

/// One row a hub and mains loss, by (lost_at, home). Times in microseconds since the epoch, 0 when it did not
/// happen.
struct Outages {
    std::vector<std::int32_t> home;
    std::vector<std::uint32_t> cut;   ///< number of the power cut
    std::vector<std::uint32_t> size;  ///< premises of that cut
    std::vector<std::uint8_t> cause;  ///< CutCause
    std::vector<std::uint32_t> feeder, cell;
    std::vector<std::uint8_t> region, gsp_group, technology;
    std::vector<std::int64_t> lost_at, restored_at;
    std::vector<std::int64_t> sent_at;      ///< first attempt of the hub to report it
    std::vector<std::int64_t> received_at;  ///< at the DSP
    std::vector<std::int64_t> informed_at;  ///< AD1 at the registered network operator
    std::vector<std::uint8_t> attempts;
    std::vector<std::int32_t> reason;        ///< why there is no AD1: index into `words`; 0 the empty word
    std::vector<std::uint16_t> restoration;  ///< code the meter sent on restoration, 0 none
    std::vector<std::int64_t> restoration_sent;      ///< by the meter
    std::vector<std::int64_t> restoration_informed;  ///< at whom the meter's certificate names
    std::vector<std::uint8_t> restoration_right;     ///< 1: that is the registered network operator
    std::vector<std::uint8_t> mpxn_known;
    std::vector<std::string> words;

    std::size_t size_rows() const { return home.size(); }
};

/// `sites` by number of the home.
Outages outages(const Records& records, std::span<const Site> sites);

}  // namespace meterbed
