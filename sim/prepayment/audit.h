// Money is conserved at every meter, to the last part: what is owed at the end is what was owed at the start,
// and energy, and standing charges, less payments.
#pragma once

#include <cstdint>

#include "devices/prepayment/ledger.h"

namespace meterbed {

/// What one meter began with, and what was paid into it since.
struct Audit {
    std::int64_t owed = 0;       ///< parts, at the start
    std::uint32_t from = 0;      ///< seconds since 1970
    std::uint32_t energy = 0;    ///< Wh registered by then ...
    std::uint16_t below_wh = 0;  ///< ... and watt seconds
    std::uint16_t paid = 0;      ///< GBP that the meter has told to have added since
};

Audit begin_audit(const prepayment::Ledger& ledger);
void paid(Audit& audit, std::uint16_t pounds);

/// Parts by which more is owed than should be; 0 when money is conserved. For one plan of one price without
/// blocks since the start of the audit, whose standing charge is owed whether debt recovery is suspended or
/// not.
std::int64_t imbalance(const Audit& audit, const prepayment::Ledger& ledger, const prepayment::Plan& plan);
/// Before the meter, settled to now, goes on with another plan: what was out of balance stays so.
void begin_anew(Audit& audit, const prepayment::Ledger& ledger, const prepayment::Plan& before);

}  // namespace meterbed
