// Communications Hub Function: as a GBCS device. Carrying messages between WAN and HAN is the network's
// business.
#pragma once

#include "devices/device.h"

namespace meterbed {

class HubFunction : public Device {
  public:
    HubFunction(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
        : Device(DeviceType::CHF, std::move(identity), secrets) {}
};

}  // namespace meterbed
