// Which class stands behind which type of device.
#include "devices/esme.h"
#include "devices/gas_proxy.h"
#include "devices/gsme.h"
#include "devices/hub_function.h"
#include "devices/ppmid.h"

namespace meterbed {
namespace {

template <typename T>
std::unique_ptr<Device> make(DeviceIdentity identity, gbcs::SharedSecrets& secrets) {
    return std::make_unique<T>(std::move(identity), secrets);
}

struct Maker {
    DeviceType type;
    std::unique_ptr<Device> (*make)(DeviceIdentity, gbcs::SharedSecrets&);
};
constexpr Maker kMakers[] = {
    {DeviceType::eSME, make<Esme>},    {DeviceType::gSME, make<Gsme>},   {DeviceType::CHF, make<HubFunction>},
    {DeviceType::GPF, make<GasProxy>}, {DeviceType::PPMID, make<Ppmid>},
};

}  // namespace

std::unique_ptr<Device> make_device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets) {
    for (const Maker& row : kMakers)
        if (row.type == type) return row.make(std::move(identity), secrets);
    return std::make_unique<Device>(type, std::move(identity), secrets);
}

}  // namespace meterbed
