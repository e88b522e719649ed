// Electricity meter: load switch, outage clock (SMETS 5).
#pragma once

#include "devices/device.h"
#include "devices/outage_clock.h"
#include "devices/prepayment/metering.h"

namespace meterbed {

class Esme : public Device, public prepayment::Metered {
  public:
    Esme(DeviceIdentity identity, gbcs::SharedSecrets& secrets);

    void power(bool on, Context& context) override;
    void on_timer(std::uint64_t tag, Context& context) override;
    std::optional<SupplyState> supply() const override { return supply_; }
    void place(SupplyState state) override { supply_ = state; }
    void apply(SupplyEvent event, Context& context) override;
    /// How long after the restoration its alert is sent.
    Duration report_delay{};
    OutageCodes outage_codes;
    /// Carries on from a state of another moment: its clock; and an alert of a restoration to come.
    void resume(const OutageClock& clock) { outage_ = clock; }
    void resume(const Outage& unreported, Duration due, Context& context);
    const OutageClock& outage_clock() const { return outage_; }

  private:
    void report(const Outage& outage, Context& context);
    void lose_report(Context& context);

    SupplyState supply_ = SupplyState::Enabled;
    OutageClock outage_;
    std::optional<Outage> unreported_;
    std::uint64_t report_tag_ = 0;
    TimerId report_timer_ = 0;
};

}  // namespace meterbed
