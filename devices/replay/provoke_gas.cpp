// Events of gas devices, with what follows code and time in the recorded alert.
#include "devices/gas/alerts.h"
#include "devices/gas/loading.h"
#include "devices/gbcs/asn1_payloads.h"
#include "devices/raise.h"
#include "devices/replay/provoke.h"
#include "devices/use_cases/execution.h"

namespace meterbed::replay {
namespace {

/// The reading at the end of a billing period, opened with the Supplier's key.
void push_reading(Event& it, const gbcs::gbz::Alert& alert) {
    const auto component = gbcs::gbz::component_of(alert);
    const auto key = gbcs::encryption_key(it.recorded.header, it.bench.keys());
    if (!component || !key) return;
    const auto plain = gbcs::decrypt(component->payload, *key, it.recorded.header.originator);
    const auto read = plain ? gas::read_consumption_snapshot(*plain) : std::nullopt;
    if (!read) return;
    it.loaded = true;
    gas::push_billing_data(it.bench.device(), read->record, it.bench.context());
}

/// The configuration under which a meter sends the alert.
void report(Event& it, std::uint16_t code) {
    constexpr std::uint8_t kToWan = 0x10;
    auto& settings = it.bench.device().gas().write().event_settings;
    std::erase_if(settings, [code](const gas::EventSetting& each) { return each.event == code; });
    settings.push_back({code, kToWan});
}

}  // namespace

void provoke_gas(Event& it, const gbcs::gbz::Alert& alert) {
    constexpr std::uint16_t kBillingDataUpdated = 0x8F0A;
    constexpr std::size_t kOctetStringHead = 2;
    if (alert.code == kBillingDataUpdated) return push_reading(it, alert);
    report(it, alert.code);
    const ByteView body(alert.body);
    const ByteView detail = body.size() > kOctetStringHead ? body.subspan(kOctetStringHead) : ByteView{};
    gas::raise(it.bench.device(), alert.code, it.bench.context(), detail);
}

bool provoke_device_log(Event& it) {
    const auto read = gbcs::parse_asn1(it.recorded.code(), gbcs::CraFlag::alert, it.recorded.payload);
    const auto* transfer = read ? std::get_if<gbcs::FirmwareTransferAlert>(&*read) : nullptr;
    const auto* activated = read ? std::get_if<gbcs::FirmwareActivatedAlert>(&*read) : nullptr;
    if (transfer || activated) {
        // The transfer is the network's, the activation the PPMID's own: the event with what it tells.
        AlertDetails details;
        details.payload = gbcs::encode_asn1(*read);
        return raise(it.bench.device(), transfer ? transfer->alert_code : activated->alert_code,
                     it.bench.context(), details);
    }
    const auto* backup = read ? std::get_if<gbcs::DeviceLogBackupAlert>(&*read) : nullptr;
    if (!backup) return false;
    it.bench.device().joined().entries = backup->entries;
    it.loaded = true;
    back_up_device_log(it.bench.device(), it.bench.context());
    return true;
}

/// CS06: the image a device must hold for its activation to end as the alert says.
void prepare_firmware(Bench& bench, const gbcs::Message& command, const gbcs::Message& recorded) {
    constexpr gbcs::ResponseCode kSuccess = 0, kHashMismatch = 2;
    constexpr gbcs::MessageCode kActivate{0x0012};
    if (command.code() != kActivate || !gbcs::is_asn1(recorded.code())) return;
    const auto asked = gbcs::parse_asn1(command.code(), gbcs::CraFlag::command, command.payload);
    const auto told = gbcs::parse_asn1(recorded.code(), gbcs::CraFlag::alert, recorded.payload);
    const auto* order = asked ? std::get_if<gbcs::ActivateFirmware>(&*asked) : nullptr;
    const auto* alert = told ? std::get_if<gbcs::ActivateFirmwareAlert>(&*told) : nullptr;
    if (!order || !alert) return;
    Firmware& firmware = bench.device().firmware();
    if (alert->outcome.code == kSuccess)
        firmware.image = FirmwareImage{order->image_hash, alert->outcome.version};
    else
        firmware.running = alert->outcome.version;
    if (alert->outcome.code == kHashMismatch) firmware.image = FirmwareImage{};
    if (alert->outcome.code > kHashMismatch)
        bench.device().credential_faults[kActivate] = alert->outcome.code;
}

}  // namespace meterbed::replay
