#include "devices/gsme.h"

#include "devices/supply_change.h"

namespace meterbed {

Gsme::Gsme(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
    : Device(DeviceType::gSME, std::move(identity), secrets) {}

void Gsme::apply(SupplyEvent event, Context& context) {
    prepayment::settle(*this, context);
    change_supply(*this, supply_, event, true, context);
    prepayment::settle(*this, context);
}

}  // namespace meterbed
