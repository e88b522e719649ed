// What hubs, the WAN and the DCC decide when the mains goes and comes back (sec_modifications: DP096). A
// bench of whole devices and a fleet in columns call these functions with the same values, so that they tell
// the same story to the microsecond.
//
// At equal times: first what the story does (cuts in the order of their numbers, homes ascending), then what
// the WAN tells the hubs, then the hubs' own timers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "devices/hub_supply.h"
#include "devices/outage_clock.h"
#include "pki/draws.h"
#include "sim/network/alert_storm.h"
#include "sim/network/outage_attempt.h"
#include "sim/network/radio.h"
#include "sim/streams.h"
#include "sim/supply/power_cut.h"

namespace meterbed {

/// Why no alert came of a loss, or of a message (records, `code`).
namespace reasons {
constexpr std::string_view power_back = "power back";           ///< before the hub was heard
constexpr std::string_view no_power = "hub without power";      ///< its store ended before it was heard
constexpr std::string_view radio = "radio";                     ///< nobody heard any of its attempts
constexpr std::string_view wan_outage = "WAN outage";           ///< of the whole region
constexpr std::string_view meter_off = "device without power";  ///< the meter lost supply while it started
constexpr std::string_view no_mpxn = "no MPxN";
constexpr std::string_view firmware_job = "firmware job";
constexpr std::string_view alert_storm = "alert storm";
}  // namespace reasons

/// From the hub to its cell: one microsecond to the WAN, and one in which the WAN puts what came at the same
/// moment in the order of the homes.
inline constexpr Duration kToCell{2};
/// From the cell's decision until the hub knows of it.
inline constexpr Duration kFromCell{1};

// Cuts
// -----------------------------------------------------------------------------------------------------

/// Cuts may overlap on a home: the first counts, and supply is back when the last has ended.
struct CutDepth {
    std::uint8_t hub = 0;    ///< cuts that keep the hub dark
    std::uint8_t meter = 0;  ///< those of them that keep the meter dark: not the firmware's
};
/// Whose supply changes now.
struct CutEffect {
    bool hub = false, meter = false;
};
/// SimulationError beyond 255 cuts at once.
CutEffect cut_begins(CutDepth& depth, CutCause cause);
CutEffect cut_ends(CutDepth& depth, CutCause cause);

// Draws
// ----------------------------------------------------------------------------------------------------

struct MessageDraw {
    double uniform = 0, normal = 0;
};

/// All random numbers of outages, by home and count. `loss` counts the mains losses of the hub, `attempt` its
/// reports of one loss, both from 1.
class OutageDraws {
  public:
    explicit OutageDraws(const Streams& streams);

    double report_delay(std::int32_t home, std::uint16_t loss) const;
    double sampling(std::int32_t home, std::uint16_t loss) const;
    double attach(std::int32_t home, std::uint16_t loss) const;  ///< standard normal
    MessageDraw outage_event(std::int32_t home, std::uint16_t loss, std::uint8_t attempt) const;
    /// Of the n-th ordinary message of this home over the WAN, in either direction, from 0.
    MessageDraw message(std::int32_t home, std::uint32_t n) const;

  private:
    Draws hub_, event_, wan_;
};

// The hub
// --------------------------------------------------------------------------------------------------

HubRules hub_rules(const Settings& settings);

/// When the hub reports the loss that it just had.
Time report_due(const HubSupply& hub, const HubRules& rules, const OutageDraws& draws, std::int32_t home);

/// What a hub does when a report of a loss is due: the first, or one after an attempt that nobody heard.
/// Neither: the matter is closed, its reason recorded before.
struct ReportDecision {
    bool send = false;             ///< attempt number `hub.reports`
    std::string_view reason = {};  ///< it gives up
};
ReportDecision report_now(HubSupply& hub, std::uint16_t loss, Time at, const HubRules& rules);

/// The WAN took the report of this loss.
inline void heard(HubSupply& hub, std::uint16_t loss) {
    if (hub.losses == loss) hub.told = true;
}

/// Mains is back. Whether the loss stays unreported because of it (reason `power_back`).
bool restore_mains(HubSupply& hub, Time at, const HubRules& rules, const OutageDraws& draws,
                   std::int32_t home);

/// When the hub passes on a message of a device that reaches it now: at once, or when it has started; to be
/// asked again then. Nothing when it has no power.
std::optional<Time> passes_on(const HubSupply& hub, Time at);

/// The codes of the meter at this site.
OutageCodes outage_codes(const Settings& settings, const Site& site);

// The WAN
// ----------------------------------------------------------------------------------------------------

/// What becomes of a message in its cell.
struct CellFate {
    Time turn;
    std::string_view lost = {};  ///< why it goes no further; empty when it does
    Time arrives;                ///< at the DCC, when not lost
};

/// Of an outage event that is served now. Heard unless lost; the hub knows so `kFromCell` later.
CellFate outage_event_fate(RadioCell& cell, const OutageAttempt& event, Time now, const Settings& settings,
                           const Site& site, const OutageDraws& draws, bool wan_down);
/// When a hub that was not heard looks again (`report_now`): an attempt interval after its turn; without a
/// turn when its store ends. `now` is when the event was served.
Time next_look(const OutageAttempt& event, const CellFate& fate, Time now, const HubRules& rules);

/// Of an alert of a device of a SMETS2 home that is served now; `n` counts the ordinary messages of this
/// home.
CellFate alert_fate(RadioCell& cell, std::int32_t home, std::uint32_t n, Time now, const Settings& settings,
                    const Site& site, const OutageDraws& draws, bool wan_down);

// The DCC
// ----------------------------------------------------------------------------------------------------

struct DccAlertRules {
    bool without_mpxn = false;  ///< a fault
    bool suppresses_during_firmware = false;
    AlertStormRules storm;
    bool ad1_excluded = false;            ///< storm protection never drops AD1 ...
    std::vector<std::uint16_t> excluded;  ///< ... nor these, ascending
};
DccAlertRules dcc_alert_rules(const Settings& settings);

// An alert takes its turn at the DCC when it arrives (`take_turn` with `dcc alert capacity`), the DCC decides
// at that turn, and the user has it `dcc processing` later.

/// Why no AD1 goes out; empty when it does. `job_until`: when the firmware job of this home ends, Time{} when
/// there is none. `count`: of AD1 for this hub.
std::string_view ad1_withheld(const DccAlertRules& rules, const Site& site, Time now, Time job_until,
                              AlertCount& count);
/// Likewise for an alert of a device; `count`: of this code of this device.
std::string_view alert_withheld(const DccAlertRules& rules, std::uint16_t code, Time now, AlertCount& count);

}  // namespace meterbed
