// Device Log, firmware and results of the ASN.1 responses that are not of CS02.
#include "devices/device_log.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {
namespace {

void inject(Loading& it, gbcs::ResponseCode code) {
    it.bench.device().credential_faults[it.command.code()] = code;
    it.fault = true;
}

/// Codes 1, 2, 3 and 11 follow from command and log; an entry of another type makes a join incompatible.
void load_join(Loading& it, const gbcs::JoinDeviceResponse& response) {
    if (response.code != 0) inject(it, response.code);
}

void load_unjoin(Loading& it, const gbcs::UnjoinDevice& command, const gbcs::UnjoinDeviceResponse& response) {
    constexpr gbcs::ResponseCode kSuccess = 0, kNotInLog = 1;
    if (response.code == kSuccess) {
        it.bench.device().joined().entries.push_back({command.other_device, 0});
        it.loaded = true;
    } else if (response.code != kNotInLog) {
        inject(it, response.code);
    }
}

void load_activation(Loading& it, const gbcs::ActivateFirmware& command,
                     const gbcs::ActivateFirmwareResponse& response) {
    constexpr gbcs::ResponseCode kSuccess = 0, kHashMismatch = 2, kFailure = 3;
    if (!response.outcome) return;
    Firmware& firmware = it.bench.device().firmware();
    it.loaded = true;
    if (response.outcome->code == kSuccess) {
        firmware.image = FirmwareImage{command.image_hash, response.outcome->version};
        return;
    }
    firmware.running = response.outcome->version;
    if (response.outcome->code == kHashMismatch) firmware.image = FirmwareImage{};
    if (response.outcome->code >= kFailure) inject(it, response.outcome->code);
}

}  // namespace

void load_joining(Loading& it) {
    if (!gbcs::is_asn1(it.response.code())) return;
    const auto asked = gbcs::parse_asn1(it.command.code(), gbcs::CraFlag::command, it.command.payload);
    const auto answered = gbcs::parse_asn1(it.response.code(), gbcs::CraFlag::response, it.response.payload);
    if (!asked || !answered) return;
    Device& device = it.bench.device();
    if (const auto* join = std::get_if<gbcs::JoinDeviceResponse>(&*answered)) load_join(it, *join);
    if (const auto* unjoin = std::get_if<gbcs::UnjoinDeviceResponse>(&*answered))
        if (const auto* command = std::get_if<gbcs::UnjoinDevice>(&*asked))
            load_unjoin(it, *command, *unjoin);
    if (const auto* activation = std::get_if<gbcs::ActivateFirmwareResponse>(&*answered))
        if (const auto* command = std::get_if<gbcs::ActivateFirmware>(&*asked))
            load_activation(it, *command, *activation);
    if (const auto* details = std::get_if<gbcs::JoinDetails>(&*answered)) {
        if (details->code != 0) inject(it, details->code);
        if (details->entries) device.joined().entries = *details->entries, it.loaded = true;
    }
    if (const auto* version = std::get_if<gbcs::FirmwareVersionReading>(&*answered)) {
        device.firmware().running = version->version;
        it.loaded = true;
        if (version->code != 0) inject(it, version->code);
    }
    if (const auto* clock = std::get_if<gbcs::SetClockResponse>(&*answered))
        it.bench.context().set(clock->device_time), it.loaded = true;
}

}  // namespace meterbed::replay
