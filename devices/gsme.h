// Gas meter: battery powered, with a valve; the mains do not concern it (SMETS 4).
#pragma once

#include "devices/prepayment/metering.h"

namespace meterbed {

class Gsme : public Device, public prepayment::Metered {
  public:
    Gsme(DeviceIdentity identity, gbcs::SharedSecrets& secrets);

    std::optional<SupplyState> supply() const override { return supply_; }
    void place(SupplyState state) override { supply_ = state; }
    void apply(SupplyEvent event, Context& context) override;

  private:
    SupplyState supply_ = SupplyState::Enabled;
};

}  // namespace meterbed
