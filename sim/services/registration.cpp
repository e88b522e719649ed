#include "sim/services/registration.h"

namespace meterbed {

bool responsible(const Registration& registration, std::int32_t home, std::uint16_t user,
                 gbcs::EnumSet<UserRole> roles) {
    const RegistrationRow& row = registration.rows.at(static_cast<std::size_t>(home));
    if ((roles.has(UserRole::IS) || roles.has(UserRole::GS)) && row.supplier == user) return true;
    return (roles.has(UserRole::ED) || roles.has(UserRole::GT)) && row.network_operator == user;
}

}  // namespace meterbed
