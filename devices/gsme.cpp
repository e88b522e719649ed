#include "devices/gsme.h"

#include "devices/supply_change.h"

namespace meterbed {

Gsme::Gsme(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
    : Device(DeviceType::gSME, std::move(identity), secrets) {}

void Gsme::apply(SupplyEvent event, Context& context) { change_supply(*this, supply_, event, true, context); }

}  // namespace meterbed
