// The state of the homes that a story touches, and what is on its way between them and the users.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/hub_supply.h"
#include "devices/outage_clock.h"
#include "pki/eui64.h"
#include "sim/fleet/event.h"
#include "sim/network/outage_rules.h"

namespace meterbed::fleet {

/// Hub and meter of one home.
struct HomeRow {
    HubSupply hub;
    OutageClock clock;
    Time restored_from;  ///< the loss of supply whose restoration the meter tells next
    Eui64 holder;        ///< of the meter's network operator cell
    Site site;
    std::int32_t home = 0;
    std::uint32_t loss = 0;          ///< row of the present or last loss
    std::uint32_t cut = 0;           ///< position of the cut that keeps or kept the hub dark
    std::uint32_t passages = 0;      ///< ordinary messages over the WAN so far
    std::uint16_t alerts = 0;        ///< counter of the meter
    std::uint16_t restorations = 0;  ///< of the meter's supply so far
    std::uint16_t supplier = 0, network_operator = 0;
    CutDepth depth;
    bool starting = false;  ///< the meter: it sends its alert when it is ready
};

/// One mains loss of one hub: what its reports carry.
struct LossRow {
    Time started;
    Time store_ends;
    std::uint32_t rank = 0;  ///< of the home
    std::uint16_t number = 0;
    std::uint8_t attempt = 0;
};

/// In the order in which the events of one home at one microsecond are handled.
enum class Kind : std::uint8_t {
    heard,         ///< the WAN tells the hub that it has its report
    report,        ///< the hub is to report a loss, or looks again
    meter_ready,   ///< the meter sends the alert of its restoration
    alert_at_hub,  ///< and the hub passes it on
    report_at_cell,
    alert_at_cell,
    report_at_dcc,
    alert_at_dcc,
    report_admitted,  ///< by a DCC of finite capacity
    alert_admitted,
    report_at_users,
    alert_at_users,
};

/// What an event tells beside time and home: its kind and a row or number.
constexpr std::uint32_t kKindShift = 28;
constexpr std::uint32_t kNumberMask = (1U << kKindShift) - 1;
constexpr Kind kind_of(const Event& event) { return static_cast<Kind>(event.what >> kKindShift); }
constexpr std::uint32_t number_of(const Event& event) { return event.what & kNumberMask; }

/// An alert of a meter in the number of an event.
struct MeterAlert {
    std::uint16_t code = 0;
    std::uint16_t counter = 0;

    static constexpr std::uint16_t kFirstCode = 0x8F35;
    constexpr std::uint32_t number() const {
        return static_cast<std::uint32_t>(code - kFirstCode) << 16 | counter;
    }
    static constexpr MeterAlert of(std::uint32_t number) {
        return {static_cast<std::uint16_t>(kFirstCode + (number >> 16)),
                static_cast<std::uint16_t>(number & 0xFFFF)};
    }
};

}  // namespace meterbed::fleet
