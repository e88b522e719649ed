// Registration data as the DCC has them (SEC Section E): who is responsible for which premises. One of the
// three views of ownership; the others are the DCC's own record and the cells of the device.
#pragma once

#include <cstdint>

#include "sim/numbered.h"
#include "sim/services/catalogue.h"

namespace meterbed {

struct RegistrationRow {
    std::uint16_t supplier = 0;
    std::uint16_t network_operator = 0;
};

/// Rows by number of the home.
struct Registration {
    Numbered<RegistrationRow> rows;
};

/// Whether the user, in the roles it has, is responsible for devices of this home (SEC Appendix AB, RECALL).
bool responsible(const Registration& registration, std::int32_t home, std::uint16_t user,
                 gbcs::EnumSet<UserRole> roles);

}  // namespace meterbed
