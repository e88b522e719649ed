// CS06 and CS08: a firmware image that was received is activated, now or at a later time (GBCS 11).
#include <algorithm>

#include "devices/alerts.h"
#include "devices/device_log.h"
#include "devices/use_cases/execution.h"

namespace meterbed {
namespace {

constexpr gbcs::MessageCode kActivate{0x0012};
constexpr gbcs::ResponseCode kSuccess = 0, kNoImage = 1, kHashMismatch = 2;
/// ASSUMPTION: how often a device without reliable time looks whether it has one again.
constexpr Duration kTimeRetry = std::chrono::minutes{30};

gbcs::ActivateFirmwareOutcome activate(Device& device, const gbcs::ActivateFirmware& command,
                                       Context& context) {
    constexpr std::uint16_t kVersionChanged = 0x8F43;
    Firmware& firmware = device.firmware();
    const auto fault = device.credential_faults.find(kActivate);
    gbcs::ResponseCode code = kSuccess;
    if (fault != device.credential_faults.end())
        code = fault->second;
    else if (!firmware.image)
        code = kNoImage;
    else if (firmware.image->hash != command.image_hash)
        code = kHashMismatch;
    if (code == kSuccess) {
        firmware.running = firmware.image->version;
        firmware.image.reset();
        device.log(Log::event, kVersionChanged, context);
    }
    return {code, firmware.running};
}

void forget(Firmware& firmware, Context& context) {
    if (firmware.pending) context.cancel(firmware.pending->timer);
    firmware.pending.reset();
}

}  // namespace

Answer activate_firmware(Execution& it) {
    const auto payload =
        gbcs::parse_asn1(it.command.message.code(), gbcs::CraFlag::command, it.command.message.payload);
    const auto* command = payload ? std::get_if<gbcs::ActivateFirmware>(&*payload) : nullptr;
    if (!command) return {};
    Firmware& firmware = it.device.firmware();
    Answer answer;
    if (!command->execute_at) {
        const auto outcome = activate(it.device, *command, it.context);
        if (outcome.code != kSuccess) answer.failure = "not activated";
        answer.payload = gbcs::encode_asn1(gbcs::ActivateFirmwareResponse{outcome});
        return answer;
    }
    forget(firmware, it.context);
    if (*command->execute_at != kForever) {
        const std::uint64_t tag = ++it.device.pending_updates().last_tag;
        const Duration wait = std::max(Duration{0}, Duration{*command->execute_at - it.context.now()});
        firmware.pending =
            PendingActivation{tag, it.context.after(wait, tag), it.header().originator, *command};
    }
    answer.stored = true;
    answer.payload = gbcs::encode_asn1(gbcs::ActivateFirmwareResponse{});
    return answer;
}

bool on_firmware_timer(Device& device, std::uint64_t tag, Context& context) {
    constexpr gbcs::MessageCode kAlert{0x00CA};
    constexpr std::uint16_t kActioned = 0x8F66, kNotActioned = 0x8F67;
    if (!device.has_firmware_state() || !device.firmware().pending || device.firmware().pending->tag != tag)
        return false;
    if (device.time_status != TimeStatus::reliable) {
        device.firmware().pending->timer = context.after(kTimeRetry, tag);
        return true;
    }
    const PendingActivation due = *device.firmware().pending;
    device.firmware().pending.reset();
    const auto outcome = activate(device, due.command, context);
    AlertDraft alert;
    alert.code = kAlert;
    alert.alert_code = outcome.code == kSuccess ? kActioned : kNotActioned;
    alert.recipient = due.originator;
    alert.counter = device.next_counter();
    alert.payload = gbcs::encode_asn1(
        gbcs::ActivateFirmwareAlert{alert.alert_code, std::chrono::floor<std::chrono::seconds>(context.now()),
                                    due.command.originator_counter, outcome});
    device.send(alert, context);
    return true;
}

Answer read_firmware_version(Execution& it) {
    constexpr std::string_view kFailed = "read failure";
    const auto fault = it.device.credential_faults.find(it.command.message.code());
    Answer answer;
    const bool failed = fault != it.device.credential_faults.end();
    if (failed) answer.failure = kFailed;
    answer.payload = gbcs::encode_asn1(
        gbcs::FirmwareVersionReading{it.device.firmware().running, failed ? fault->second : kSuccess});
    return answer;
}

}  // namespace meterbed
