// What became of every interruption: the four clocks of DP096, the alerts, and why one is missing. A fold
// over the records of a bench or of a fleet, and the source of all outage metrics and report sections.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "pki/time.h"
#include "sim/network/outage_rules.h"
#include "sim/record.h"
#include "sim/supply/site.h"

namespace meterbed {

/// Why a loss came to no AD1. Position 0: it did, or was too short, or is still under way.
inline constexpr std::array<std::string_view, 7> kOutageReasons{
    "",
    reasons::power_back,
    reasons::no_power,
    reasons::radio,
    reasons::no_mpxn,
    reasons::firmware_job,
    reasons::alert_storm,
};

/// One mains loss of one hub. Times in microseconds since the epoch, 0 when it did not happen. Plain data, so
/// that it crosses to Python and between processes as it lies.
struct OutageRow {
    std::int64_t lost_at = 0, restored_at = 0;
    std::int64_t sent_at = 0;               ///< first attempt of the hub to report it
    std::int64_t received_at = 0;           ///< at the DSP
    std::int64_t informed_at = 0;           ///< AD1 at the users
    std::int64_t restoration_sent = 0;      ///< by the meter
    std::int64_t restoration_informed = 0;  ///< at whom the meter's certificate names
    std::int32_t home = 0;
    std::uint32_t cut = 0;   ///< number of the power cut
    std::uint32_t size = 0;  ///< premises of that cut
    std::uint32_t feeder = 0, cell = 0;
    std::uint16_t loss = 0;         ///< number of the loss of this hub, from 1
    std::uint16_t restoration = 0;  ///< code the meter sent on restoration, 0 none
    std::uint8_t cause = 0;         ///< CutCause
    std::uint8_t region = 0, gsp_group = 0, technology = 0;
    std::uint8_t attempts = 0;
    std::uint8_t reason = 0;             ///< position in `kOutageReasons`
    std::uint8_t informed_right = 0;     ///< 1: AD1 went to the registered network operator
    std::uint8_t restoration_right = 0;  ///< 1: the restoration alert did
    std::uint8_t mpxn_known = 0, polyphase = 0;
};

struct Outages {
    std::vector<OutageRow> rows;  ///< of one part by (lost_at, home)
    std::int64_t end = 0;         ///< of the run
    /// From when on the DCC worked; the end while it does not.
    std::int64_t dcc_works_from = 0;
};

/// What the fold must know of the homes in the records.
struct OutageHomes {
    std::int32_t first = 0;       ///< number of the first
    std::span<const Site> sites;  ///< from it on
    /// User registered as network operator of a home at the start. Asked once a loss.
    std::function<std::uint16_t(std::int32_t home)> network_operator;
};

Outages outages(const Records& records, const OutageHomes& homes, Time end);
/// The parts of one world together.
void append(Outages& all, const Outages& part);

}  // namespace meterbed
