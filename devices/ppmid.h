// Prepayment interface device: type 1, a display that can act. Only its credentials are modelled.
#pragma once

#include "devices/device.h"

namespace meterbed {

class Ppmid : public Device {
  public:
    Ppmid(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
        : Device(DeviceType::PPMID, std::move(identity), secrets) {}
};

}  // namespace meterbed
