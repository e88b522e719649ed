// Electricity meter: load switch, outage clock (SMETS 5).
#pragma once

#include "devices/device.h"
#include "devices/outage_clock.h"

namespace meterbed {

class Esme : public Device {
  public:
    Esme(DeviceIdentity identity, gbcs::SharedSecrets& secrets);

    void power(bool on, Context& context) override;
    std::optional<SupplyState> supply() const override { return supply_; }
    void apply(SupplyEvent event, Context& context) override;
    const OutageClock& outage_clock() const { return outage_; }

  private:
    void report(const Outage& outage, Context& context);

    SupplyState supply_ = SupplyState::Enabled;
    OutageClock outage_;
};

}  // namespace meterbed
