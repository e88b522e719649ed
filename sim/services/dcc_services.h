// Service Requests that the DCC answers alone (command variant 8): nothing goes to a device, the answer is
// synchronous. One row a service: how its body reads, and what it does to the inventory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/directory.h"
#include "sim/services/inventory.h"
#include "sim/services/service_request.h"

namespace meterbed {

/// What the DCC answers with.
struct DccAnswer {
    std::string_view code;                        ///< I0 with data, I99 without (response_codes.csv)
    std::shared_ptr<const duis::Element> data{};  ///< DSPInventory, DSPWANMatrix
    std::string_view change{};  ///< what the inventory learned of the device; empty: nothing
};

/// What the DCC looks at, and may change, when it answers.
struct DccDesk {
    Inventory& inventory;
    const Directory& directory;
    Duration coverage_repair{};  ///< promised from the installation without WAN on
    Time now;
};

/// Whether this service is simulated; for the catalogue and for messages.
bool is_answered_by_dcc(std::string_view srv);
/// "8.2, 8.3, ...".
std::string services_answered_by_dcc();
/// Whether such a service only asks, of whatever is installed there: neither status nor registration matters.
bool only_asks(std::string_view srv);

/// The body of a sender that leaves it to us. ASSUMPTION: a terraced house, hub indoors on an external wall,
/// no aerial, nothing in the way; the number of the home stands for MPxN and UPRN.
duis::Element plain_dcc_body(const ServiceRequest& request);
/// What is wrong with the request's body, one mistake a line; empty when nothing is.
std::string mistakes_of_dcc_request(const ServiceRequest& request);

/// After all gates.
DccAnswer answer_alone(const ServiceRequest& request, const DccDesk& desk);
/// The hub of this home was heard over the WAN: whether that is news, which commissions it (RECALL: once the
/// DCC has set its time and device log).
bool hub_is_heard(Inventory& inventory, Eui64 hub);

namespace inventory_changes {
constexpr std::string_view installed = "installed", installed_without_wan = "installed without WAN",
                           decommissioned = "decommissioned", heard = "heard over the WAN";
}

}  // namespace meterbed
