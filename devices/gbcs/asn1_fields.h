// The members of the ASN.1 payloads in the order and with the names of GBCS 13, and the words for their
// numbers. Reading, writing, describing and the dictionaries of Python all go by these lists.
#pragma once

#include <span>
#include <string_view>
#include <tuple>

#include "devices/gbcs/asn1_payloads.h"
#include "devices/gbcs/cs02.h"

namespace meterbed::gbcs {

/// A number and its word.
struct NumberName {
    std::uint64_t number;
    std::string_view name;
};
using NumberNames = std::span<const NumberName>;
/// Empty when there is no word.
std::string_view name_of(NumberNames names, std::uint64_t number);

namespace names {
extern const NumberNames join_method, join_response, unjoin_response, firmware_response,
    join_details_response, read_response, transfer_response, activation_response, time_status, device_type,
    replacement_mode, specialist_usage, issue_response, update_certificate_response,
    provide_certificate_response;
}  // namespace names

template <typename Struct, typename Member>
struct Field {
    std::string_view name;
    Member Struct::*member;
    const NumberNames* names = nullptr;  ///< words for a number
};
template <typename Struct, typename Member>
Field(std::string_view, Member Struct::*) -> Field<Struct, Member>;
template <typename Struct, typename Member>
Field(std::string_view, Member Struct::*, const NumberNames*) -> Field<Struct, Member>;

// One list a type; found by the type of the pointer.
constexpr auto fields(const JoinDevice*) {
    return std::tuple{Field{"joinMethodAndRole", &JoinDevice::method_and_role, &names::join_method},
                      Field{"otherDeviceEntityIdentifier", &JoinDevice::other_device},
                      Field{"otherDeviceType", &JoinDevice::device_type, &names::device_type},
                      Field{"otherDeviceCertificate", &JoinDevice::certificate}};
}
constexpr auto fields(const JoinDeviceResponse*) {
    return std::tuple{Field{"joinResponseCode", &JoinDeviceResponse::code, &names::join_response}};
}
constexpr auto fields(const UnjoinDevice*) {
    return std::tuple{Field{"otherDeviceEntityIdentifier", &UnjoinDevice::other_device}};
}
constexpr auto fields(const UnjoinDeviceResponse*) {
    return std::tuple{Field{"unjoinResponseCode", &UnjoinDeviceResponse::code, &names::unjoin_response}};
}
constexpr auto fields(const ActivateFirmware*) {
    return std::tuple{Field{"manufacturerImageHash", &ActivateFirmware::image_hash},
                      Field{"originatorCounter", &ActivateFirmware::originator_counter},
                      Field{"executionDateTime", &ActivateFirmware::execute_at}};
}
constexpr auto fields(const ActivateFirmwareOutcome*) {
    return std::tuple{
        Field{"activateImageResponseCode", &ActivateFirmwareOutcome::code, &names::firmware_response},
        Field{"firmwareVersion", &ActivateFirmwareOutcome::version}};
}
constexpr auto fields(const ActivateFirmwareResponse*) {
    return std::tuple{Field{"executionOutcome", &ActivateFirmwareResponse::outcome}};
}
constexpr auto fields(const ActivateFirmwareAlert*) {
    return std::tuple{Field{"alertCode", &ActivateFirmwareAlert::alert_code},
                      Field{"executionDateTime", &ActivateFirmwareAlert::executed_at},
                      Field{"originatorCounter", &ActivateFirmwareAlert::originator_counter},
                      Field{"executionOutcome", &ActivateFirmwareAlert::outcome}};
}
constexpr auto fields(const NoParameters*) { return std::tuple{}; }
constexpr auto fields(const DeviceLogEntry*) {
    return std::tuple{Field{"entityIdentifier", &DeviceLogEntry::device},
                      Field{"deviceType", &DeviceLogEntry::device_type, &names::device_type}};
}
constexpr auto fields(const JoinDetails*) {
    return std::tuple{Field{"readLogResponseCode", &JoinDetails::code, &names::join_details_response},
                      Field{"deviceLogEntries", &JoinDetails::entries}};
}
constexpr auto fields(const FirmwareVersionReading*) {
    return std::tuple{Field{"firmwareVersion", &FirmwareVersionReading::version},
                      Field{"readResponseCode", &FirmwareVersionReading::code, &names::read_response}};
}
constexpr auto fields(const SetClock*) {
    return std::tuple{Field{"validityIntervalStart", &SetClock::earliest},
                      Field{"validityIntervalEnd", &SetClock::latest}};
}
constexpr auto fields(const SetClockResponse*) {
    return std::tuple{Field{"deviceTime", &SetClockResponse::device_time},
                      Field{"deviceTimeStatus", &SetClockResponse::status, &names::time_status}};
}
constexpr auto fields(const RestoreDeviceLog*) {
    return std::tuple{Field{"deviceLogEntries", &RestoreDeviceLog::entries}};
}
constexpr auto fields(const RestoreOutcome*) {
    return std::tuple{Field{"deviceLogEntry", &RestoreOutcome::entry},
                      Field{"joinResponseCode", &RestoreOutcome::code, &names::join_response}};
}
constexpr auto fields(const RestoreDeviceLogResponse*) {
    return std::tuple{Field{"restoreOutcomes", &RestoreDeviceLogResponse::outcomes}};
}
constexpr auto fields(const DeviceLogBackupAlert*) {
    return std::tuple{Field{"alertCode", &DeviceLogBackupAlert::alert_code},
                      Field{"backupDateTime", &DeviceLogBackupAlert::at},
                      Field{"deviceLogEntries", &DeviceLogBackupAlert::entries}};
}
constexpr auto fields(const FirmwareTransferAlert*) {
    return std::tuple{Field{"alertCode", &FirmwareTransferAlert::alert_code},
                      Field{"executionDateTime", &FirmwareTransferAlert::at},
                      Field{"entityIdentifier", &FirmwareTransferAlert::device},
                      Field{"firmwareVersion", &FirmwareTransferAlert::version},
                      Field{"transferResponseCode", &FirmwareTransferAlert::code, &names::transfer_response}};
}
constexpr auto fields(const FirmwareActivatedAlert*) {
    return std::tuple{
        Field{"alertCode", &FirmwareActivatedAlert::alert_code},
        Field{"executionDateTime", &FirmwareActivatedAlert::at},
        Field{"firmwareVersion", &FirmwareActivatedAlert::version},
        Field{"activateImageResponseCode", &FirmwareActivatedAlert::code, &names::activation_response}};
}

/// Calls `visit(field, member)` for each member of a value, in order.
template <typename Struct, typename Visit>
void for_each_field(Struct& value, Visit visit) {
    constexpr const std::remove_const_t<Struct>* type = nullptr;
    std::apply([&](const auto&... field) { (visit(field, value.*(field.member)), ...); }, fields(type));
}

}  // namespace meterbed::gbcs
