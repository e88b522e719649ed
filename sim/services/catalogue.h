// The Service Request table: scenarios/service_requests.csv, built in (DUIS 5.4; roles from the public
// matrix).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "devices/gbcs/use_case.h"
#include "pki/roles.h"
#include "pki/time.h"

namespace meterbed {

/// Roles in which a user sends requests.
enum class UserRole : std::uint8_t { IS, ES, GS, ED, GT, RSA, OU };
std::string_view name(UserRole role);
std::optional<UserRole> user_role(std::string_view name);

struct Service {
    std::string srv;  ///< "6.15.1"
    std::string name;
    bool critical = false;  ///< the user signs the GBCS command
    gbcs::EnumSet<UserRole> roles;
    gbcs::EnumSet<DeviceType> devices;
    std::vector<std::string> use_cases;  ///< "ECS23", "ECS23b", "GCS18"
    Duration target_response{};          ///< on demand
    bool dcc_only = false;               ///< the DCC answers it alone (command variant 8)
    bool simulated = false;              ///< a transform or an answer exists: it can be requested
};

/// All rows, in the order of the table.
std::span<const Service> services();
/// Null when there is no such SRV.
const Service* find_service(std::string_view srv);

}  // namespace meterbed
