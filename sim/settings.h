// What a variant of a scenario may change. Every default is a figure of scenarios/figures.csv or an
// assumption.
#pragma once

#include <string>
#include <vector>

#include "pki/time.h"
#include "sim/prepayment/settings.h"

namespace meterbed {

struct Settings : PrepaymentSettings {
    /// Admission rules that are switched on beside those that always apply (names: `meterbed list gates`).
    std::vector<std::string> gates{"caller is registered", "caller holds cell"};

    double wan_loss = 0.005;                                       ///< share of messages lost, each way
    Duration wan_latency_north = std::chrono::milliseconds{2500};  ///< median, one way
    Duration wan_latency_central = std::chrono::milliseconds{1500};
    Duration wan_latency_south = std::chrono::milliseconds{1500};
    Duration wan_latency_smets1 = std::chrono::seconds{20};  ///< wake-up included
    double wan_latency_sigma = 0.3;                          ///< of the lognormal, ln units
    Duration han_latency = std::chrono::milliseconds{200};   ///< hub to mains-powered device
    Duration gsme_wake_interval = std::chrono::minutes{30};
    Duration dcc_processing = std::chrono::milliseconds{400};  ///< at each passage through the DCC
    Duration s1sp_processing = std::chrono::milliseconds{2000};
    Duration user_processing = std::chrono::milliseconds{500};  ///< check and sign a Pre-Command
    bool user_correlates = true;  ///< the user compares the Pre-Command with its request
    Duration retry_interval = std::chrono::minutes{5};
    int retries = 2;                                         ///< further attempts after the first
    Duration registration_lag_min = std::chrono::hours{24};  ///< registration data reach the DCC this late
    Duration registration_lag_max = std::chrono::hours{72};
    Duration recovery_decision = std::chrono::hours{24 * 5};  ///< SMKI PMA decision before DCC recovery acts
    Duration meter_exchange = std::chrono::hours{24 * 20};    ///< appointment until a meter is exchanged
    Duration hub_hold_up = std::chrono::seconds{420};         ///< how long a hub works after losing power
    Duration outage_hold = std::chrono::seconds{180};         ///< dark this long before a hub reports (AD1)
    Duration hub_alert_delay = std::chrono::seconds{30};      ///< random spread of AD1
    Duration hub_recharge = std::chrono::minutes{10};  ///< an empty store is full again after this long
    Duration hub_boot = std::chrono::seconds{20};      ///< until a hub that was dark works again
    Duration wan_attach = std::chrono::seconds{30};    ///< median until it is attached to the WAN again
    double wan_attach_sigma = 0.5;                     ///< of the lognormal, ln units
    Duration meter_boot = std::chrono::seconds{5};     ///< from restoration to the meter's alert
    int outage_alert_attempts = 3;                     ///< of a hub for one outage
    Duration outage_alert_interval = std::chrono::seconds{60};  ///< from an attempt nobody heard to the next
    int outage_alert_sampling = 1;                              ///< one hub of so many reports first
    Duration outage_confirm_delay = std::chrono::seconds{60};   ///< the others so much later
    double outage_alert_delivery_north = 0.9;                   ///< all attempts together, cell not busy
    double outage_alert_delivery_central = 0.75;
    double outage_alert_delivery_south = 0.75;
    Duration outage_alert_latency_north = std::chrono::seconds{25};  ///< median from the cell to the DSP
    Duration outage_alert_latency_central = std::chrono::seconds{35};
    Duration outage_alert_latency_south = std::chrono::seconds{35};
    double outage_alert_latency_sigma = 0.8;                       ///< of the lognormal, ln units
    Duration outage_alert_target = std::chrono::seconds{60};       ///< clock D, after the hold
    Duration restoration_alert_target = std::chrono::seconds{60};  ///< from the return of the mains
    double cell_capacity_long_range = 20;  ///< alerts a second and cell; 0: any number
    double cell_capacity_cellular = 20;
    double cell_capacity_mesh = 20;
    double cell_capacity_4g = 20;
    Duration wan_latency_4g = std::chrono::milliseconds{300};  ///< median, one way
    double dcc_alert_capacity = 0;   ///< alerts a second through the DSP; 0: any number
    int alert_storm_threshold = 10;  ///< same alert of a device within the window
    Duration alert_storm_window = std::chrono::hours{1};
    int alert_storm_forwarded = 1;  ///< copies a window that are passed on while a storm lasts
    std::vector<std::string> alert_storm_exclusions{"AD1",  "8F35", "8F36", "8F37", "8F38",
                                                    "8F39", "8F3A", "8F3B", "8F3C"};
    Duration firmware_power_gap = std::chrono::seconds{200};  ///< a faulty meter's hub is dark for this long
    bool firmware_suppresses_alerts = false;                  ///< DCC withholds AD1 while a firmware job runs
    Duration firmware_job = std::chrono::hours{1};            ///< how long a job counts as running
    /// Rules broken on purpose, to see that an expectation can fail (names: `meterbed list faults`).
    std::vector<std::string> faults;
    bool holder_exception = false;  ///< DCC lets the holder of a cell repair it although not registered
    bool s1sp_checks_all_requests = false;  ///< S1SP asks for the holder on non-critical requests too
    bool meter_alerts_refusals = true;      ///< security alerts of refused commands are sent, not only logged
};

}  // namespace meterbed
