// What a variant of a scenario may change. Every default is a figure of scenarios/figures.csv or an
// assumption.
#pragma once

#include <string>
#include <vector>

#include "pki/time.h"

namespace meterbed {

struct Settings {
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
    bool holder_exception = false;  ///< DCC lets the holder of a cell repair it although not registered
    bool s1sp_checks_all_requests = false;  ///< S1SP asks for the holder on non-critical requests too
    bool meter_alerts_refusals = true;      ///< security alerts of refused commands are sent, not only logged
};

}  // namespace meterbed
