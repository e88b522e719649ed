#include "sim/prepayment/audit.h"

namespace meterbed {
namespace {

using prepayment::kParts;
using prepayment::Ledger;
using prepayment::parts;

constexpr std::int64_t kDay = 86'400, kWattSecondsAWattHour = 3'600, kWattHoursAKilowattHour = 1'000;
/// Parts that a watt second costs at 10^-5 GBP a kWh.
constexpr std::int64_t kWattSecondParts = kParts / (kWattHoursAKilowattHour * kWattSecondsAWattHour);

}  // namespace

Audit begin_audit(const Ledger& ledger) {
    return {owed(ledger), ledger.at, ledger.energy, ledger.below_wh, 0};
}

void paid(Audit& audit, std::uint16_t pounds) {
    audit.paid = static_cast<std::uint16_t>(audit.paid + pounds);
}

std::int64_t imbalance(const Audit& audit, const Ledger& ledger, const prepayment::Plan& plan) {
    const std::int64_t watt_seconds = (std::int64_t{ledger.energy} - audit.energy) * kWattSecondsAWattHour +
                                      ledger.below_wh - audit.below_wh;
    const std::int64_t midnights = ledger.at / kDay - audit.from / kDay;
    const std::int64_t used = watt_seconds * plan.tariff.prices[0] * kWattSecondParts;
    const std::int64_t standing = midnights * parts(plan.tariff.standing_charge);
    return owed(ledger) - (audit.owed + used + standing - parts(audit.paid * prepayment::kUnitsPerPound));
}

void begin_anew(Audit& audit, const Ledger& ledger, const prepayment::Plan& before) {
    const std::int64_t off = imbalance(audit, ledger, before);
    audit = begin_audit(ledger);
    audit.owed -= off;
}

}  // namespace meterbed
