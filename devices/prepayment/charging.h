// The inner rules of a ledger: one second, and how many seconds are alike. For the sources in this folder.
#pragma once

#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

void review(Ledger& ledger, const Plan& plan, bool is_protected, Happenings& happened);

/// What a second costs as long as nothing changes; parts, and watt seconds.
struct Flow {
    std::int64_t due = 0;                     ///< from balance or emergency credit
    std::int64_t set_aside = 0;               ///< suspended: to the accumulated debt
    std::array<std::int64_t, 2> time_debt{};  ///< off the registers, part of one of the two above
    std::int64_t energy = 0;                  ///< watt seconds
    int block_set = -1;                       ///< whose counter runs; -1 none
};
Flow flow_of(const Ledger& ledger, const Plan& plan, const Stretch& stretch, std::uint32_t load);

/// This many seconds from now nothing is told and no other rule begins, whatever the stretch allows.
std::int64_t quiet_seconds(const Ledger& ledger, const Plan& plan, const Flow& flow);

/// That many seconds at once; exact as long as they are quiet.
void leap(Ledger& ledger, const Plan& plan, const Flow& flow, std::int64_t seconds);
/// Any one second, and what follows from it.
void one_second(Ledger& ledger, const Plan& plan, const Stretch& stretch, const Flow& flow,
                Happenings& happened);

/// Takes a charge by the order of credits; parts.
void take(Ledger& ledger, const Plan& plan, std::int64_t due);
/// Standing charge and time debts are not taken now.
bool is_suspended(const Ledger& ledger, const Plan& plan);
/// What is suspended is owed later; else a standing charge is let off, and a debt stays where it is.
bool accumulates(const Ledger& ledger, const Plan& plan);

}  // namespace meterbed::prepayment
