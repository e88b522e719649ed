// What a home with a prepayment customer has besides its devices.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "devices/prepayment/plan.h"
#include "sim/network/parcels.h"
#include "sim/prepayment/audit.h"
#include "sim/prepayment/consumption.h"
#include "sim/prepayment/cover.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/hub_buffer.h"

namespace meterbed {

/// From a home to the DCC, or of a SMETS1 meter to the S1SP.
using Outgoing = std::variant<Uplink, InstructionAnswered>;

struct PrepaidHome {
    Customer customer;
    std::shared_ptr<const Consumption> consumption;
    WanCover cover;
    CreditFallback fallback;
    Audit audit;
    Time began{};
    prepayment::Plan charged;           ///< by which the meter charges since the audit began
    bool on_credit = false;             ///< the supplier has put the meter into credit mode
    HubBuffer<Outgoing> buffer{};       ///< while the WAN does not reach the hub
    std::vector<std::uint16_t> pounds;  ///< of each payment, the first one's at 0
    std::string code;                   ///< that the customer has in hand, of `waiting_for`
    Time planned = Time::max();         ///< of the customer's alarm ...
    std::uint64_t alarm = 0;            ///< ... and its number: older ones are overtaken
};

}  // namespace meterbed
