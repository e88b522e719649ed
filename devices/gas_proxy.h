// Gas Proxy Function: the copy of the gas meter's data in the hub, for everybody but the Supplier
// (GBCS 10.4).
#pragma once

#include "devices/device.h"

namespace meterbed {

class GasProxy : public Device {
  public:
    GasProxy(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
        : Device(DeviceType::GPF, std::move(identity), secrets) {}

    /// What the gas meter last told of its valve; nothing before it did.
    std::optional<SupplyState> supply() const override { return mirrored_; }
    /// The proxy has no valve: commands do not reach it.
    void place(SupplyState state) override { mirrored_ = state; }
    void mirror(SupplyState state) { mirrored_ = state; }

  private:
    std::optional<SupplyState> mirrored_;
};

}  // namespace meterbed
