// Join, unjoin, read and restore the Device Log: CS03, CS04, CS07, GCS59 (GBCS 13.7).
#include <algorithm>

#include "devices/alerts.h"
#include "devices/device_log.h"
#include "devices/use_cases/execution.h"

namespace meterbed {
namespace {

namespace join_codes {
constexpr gbcs::ResponseCode success = 0, wrong_message_code = 1, unknown_method = 2, incompatible = 3,
                             log_full = 4, certificate = 11;
}

constexpr std::uint64_t kMethodC = 3;
struct MethodRow {
    std::uint16_t message_code;
    std::uint64_t first, last;  ///< methods and roles: A initiator 0, A responder 1, B 2, C 3
};
constexpr MethodRow kMethods[] = {
    {0x000D, 0, 1},                // CS03A1
    {0x00AB, 0, 1},                // CS03A2
    {0x000E, 2, 2},                // CS03B
    {0x00AF, kMethodC, kMethodC},  // CS03C
};

Answer answer(gbcs::Asn1Payload payload, std::string_view failure = {}) {
    Answer out;
    out.payload = gbcs::encode_asn1(payload);
    out.failure = failure;
    return out;
}

template <typename T>
std::optional<T> content(const Execution& it) {
    auto payload =
        gbcs::parse_asn1(it.command.message.code(), gbcs::CraFlag::command, it.command.message.payload);
    T* read = payload ? std::get_if<T>(&*payload) : nullptr;
    return read ? std::optional(std::move(*read)) : std::nullopt;
}

/// A fault that was injected; nothing otherwise.
std::optional<std::uint64_t> fault(const Execution& it) {
    const auto found = it.device.credential_faults.find(it.command.message.code());
    return found != it.device.credential_faults.end() ? std::optional(found->second) : std::nullopt;
}

auto find_entry(std::vector<gbcs::DeviceLogEntry>& entries, Eui64 device) {
    return std::ranges::find(entries, device, &gbcs::DeviceLogEntry::device);
}

gbcs::ResponseCode add(JoinedDevices& log, const gbcs::DeviceLogEntry& entry) {
    const auto held = find_entry(log.entries, entry.device);
    if (held != log.entries.end())
        return held->device_type == entry.device_type ? join_codes::success : join_codes::incompatible;
    if (log.entries.size() >= log.capacity) return join_codes::log_full;
    log.entries.push_back(entry);
    return join_codes::success;
}

/// Method C is between GSME and PPMID, which need each other's certificate.
gbcs::ResponseCode check_method(const gbcs::JoinDevice& join, std::uint16_t code) {
    if (join.method_and_role > kMethodC) return join_codes::unknown_method;
    const auto row = std::ranges::find(kMethods, code, &MethodRow::message_code);
    if (row == std::end(kMethods) || join.method_and_role < row->first || join.method_and_role > row->last)
        return join_codes::wrong_message_code;
    if (join.method_and_role == kMethodC && !Certificate::parse(join.certificate))
        return join_codes::certificate;
    return join_codes::success;
}

}  // namespace

/// GCS62: the GPF tells the ACB its Device Log whenever it changes.
void back_up_device_log(Device& device, Context& context) {
    constexpr gbcs::MessageCode kBackup{0x00B2};
    constexpr std::uint16_t kChanged = 0x8071;
    constexpr Cell kAcb{RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement, CellUsage::management};
    const auto recipient = holder(device, kAcb);
    if (device.type() != DeviceType::GPF || !recipient) return;
    AlertDraft alert;
    alert.code = kBackup;
    alert.alert_code = kChanged;
    alert.recipient = *recipient;
    alert.counter = device.next_counter();
    alert.payload = gbcs::encode_asn1(gbcs::DeviceLogBackupAlert{
        kChanged, std::chrono::floor<std::chrono::seconds>(context.now()), device.joined().entries});
    device.send(alert, context);
}

Answer join_device(Execution& it) {
    const auto join = content<gbcs::JoinDevice>(it);
    if (!join) return {};
    gbcs::ResponseCode code = check_method(*join, static_cast<std::uint16_t>(it.command.message.code()));
    if (const auto injected = fault(it)) code = *injected;
    if (code == join_codes::success) code = add(it.device.joined(), {join->other_device, join->device_type});
    if (code == join_codes::success) back_up_device_log(it.device, it.context);
    return answer(gbcs::JoinDeviceResponse{code}, code == join_codes::success ? "" : "not joined");
}

Answer unjoin_device(Execution& it) {
    constexpr gbcs::ResponseCode kSuccess = 0, kNotInLog = 1;
    const auto unjoin = content<gbcs::UnjoinDevice>(it);
    if (!unjoin) return {};
    auto& entries = it.device.joined().entries;
    const auto held = find_entry(entries, unjoin->other_device);
    gbcs::ResponseCode code = held != entries.end() ? kSuccess : kNotInLog;
    if (const auto injected = fault(it)) code = *injected;
    if (code == kSuccess) {
        entries.erase(held);
        back_up_device_log(it.device, it.context);
    }
    return answer(gbcs::UnjoinDeviceResponse{code}, code == kSuccess ? "" : "not unjoined");
}

Answer read_join_details(Execution& it) {
    if (!content<gbcs::NoParameters>(it)) return {};
    if (const auto injected = fault(it)) return answer(gbcs::JoinDetails{*injected, {}}, "read failure");
    return answer(gbcs::JoinDetails{0, it.device.joined().entries});
}

/// GCS59: the log as the ACB kept it, in place of the one there is.
Answer restore_device_log(Execution& it) {
    const auto restore = content<gbcs::RestoreDeviceLog>(it);
    if (!restore) return {};
    JoinedDevices& log = it.device.joined();
    log.entries.clear();
    gbcs::RestoreDeviceLogResponse response;
    const auto injected = fault(it);
    bool all = true;
    for (const gbcs::DeviceLogEntry& entry : restore->entries) {
        const gbcs::ResponseCode code = injected ? *injected : add(log, entry);
        all = all && code == join_codes::success;
        response.outcomes.push_back({entry, code});
    }
    return answer(std::move(response), all ? "" : "not all joined");
}

}  // namespace meterbed
