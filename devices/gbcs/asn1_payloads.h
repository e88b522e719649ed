// The ASN.1 payloads other than those of CS02: joining, firmware, device logs, the gas clock (GBCS 13, 11,
// 15), as values.
#pragma once

#include <array>
#include <optional>
#include <variant>
#include <vector>

#include "devices/gbcs/message.h"
#include "pki/time.h"

namespace meterbed::gbcs {

/// Response codes stand as received, so that one nobody knows is still read; `asn1_fields.h` has their names.
using ResponseCode = std::uint64_t;
/// As certified products lists print it: 4 octets.
using FirmwareVersion = std::array<std::uint8_t, 4>;
/// SHA-256 of a firmware image as its manufacturer made it.
using ImageHash = std::array<std::uint8_t, 32>;

/// CS03A1, CS03A2, CS03B, CS03C command.
struct JoinDevice {
    std::uint64_t method_and_role = 0;  ///< A initiator 0, A responder 1, B 2, C 3
    Eui64 other_device;
    std::uint64_t device_type = 0;  ///< of the other device, numbered as DeviceType
    Bytes certificate;              ///< DER, method C between GSME and PPMID only; empty when absent
    bool operator==(const JoinDevice&) const = default;
};
/// CS03 response.
struct JoinDeviceResponse {
    ResponseCode code = 0;
    bool operator==(const JoinDeviceResponse&) const = default;
};

/// CS04AC, CS04B command.
struct UnjoinDevice {
    Eui64 other_device;
    bool operator==(const UnjoinDevice&) const = default;
};
/// CS04 response.
struct UnjoinDeviceResponse {
    ResponseCode code = 0;
    bool operator==(const UnjoinDeviceResponse&) const = default;
};

/// CS06 command.
struct ActivateFirmware {
    ImageHash image_hash{};
    std::uint64_t originator_counter = 0;
    std::optional<Time> execute_at;  ///< absent: now; kForever: cancel
    bool operator==(const ActivateFirmware&) const = default;
};
struct ActivateFirmwareOutcome {
    ResponseCode code = 0;
    FirmwareVersion version{};  ///< now running
    bool operator==(const ActivateFirmwareOutcome&) const = default;
};
/// CS06 response: NULL when the command was stored or cancelled.
struct ActivateFirmwareResponse {
    std::optional<ActivateFirmwareOutcome> outcome;
    bool operator==(const ActivateFirmwareResponse&) const = default;
};
/// 0x00CA: how a future dated activation went.
struct ActivateFirmwareAlert {
    std::uint16_t alert_code = 0;
    Time executed_at;
    std::uint64_t originator_counter = 0;  ///< of the command
    ActivateFirmwareOutcome outcome;
    bool operator==(const ActivateFirmwareAlert&) const = default;
};

/// The command of CS07 and CS08: NULL.
struct NoParameters {
    bool operator==(const NoParameters&) const = default;
};

struct DeviceLogEntry {
    Eui64 device;
    std::uint64_t device_type = 0;
    bool operator==(const DeviceLogEntry&) const = default;
};
/// CS07 response.
struct JoinDetails {
    ResponseCode code = 0;
    std::optional<std::vector<DeviceLogEntry>> entries;
    bool operator==(const JoinDetails&) const = default;
};

/// CS08 response.
struct FirmwareVersionReading {
    FirmwareVersion version{};
    ResponseCode code = 0;
    bool operator==(const FirmwareVersionReading&) const = default;
};

/// GCS28 command: the device takes the hub's time when it lies inside.
struct SetClock {
    Time earliest, latest;
    bool operator==(const SetClock&) const = default;
};
/// GCS28 response.
struct SetClockResponse {
    Time device_time;
    std::uint64_t status = 0;  ///< reliable 0, invalid 1, unreliable 2
    bool operator==(const SetClockResponse&) const = default;
};

/// GCS59 command.
struct RestoreDeviceLog {
    std::vector<DeviceLogEntry> entries;
    bool operator==(const RestoreDeviceLog&) const = default;
};
struct RestoreOutcome {
    DeviceLogEntry entry;
    ResponseCode code = 0;  ///< as of a join
    bool operator==(const RestoreOutcome&) const = default;
};
/// GCS59 response.
struct RestoreDeviceLogResponse {
    std::vector<RestoreOutcome> outcomes;
    bool operator==(const RestoreDeviceLogResponse&) const = default;
};

/// GCS62, 0x00B2: the GPF's device log after a change.
struct DeviceLogBackupAlert {
    std::uint16_t alert_code = 0;
    Time at;
    std::vector<DeviceLogEntry> entries;
    bool operator==(const DeviceLogBackupAlert&) const = default;
};

/// CCS08, 0x0128: how the hub's transfer of an image to a device went.
struct FirmwareTransferAlert {
    std::uint16_t alert_code = 0;
    Time at;
    Eui64 device;
    FirmwareVersion version{};
    ResponseCode code = 0;
    bool operator==(const FirmwareTransferAlert&) const = default;
};

/// CS09, 0x012B: a PPMID tells which firmware it now runs. Public parsers have this layout; RTDS shows it not
/// here.
struct FirmwareActivatedAlert {
    std::uint16_t alert_code = 0;
    Time at;
    FirmwareVersion version{};
    ResponseCode code = 0;
    bool operator==(const FirmwareActivatedAlert&) const = default;
};

using Asn1Payload = std::variant<JoinDevice, JoinDeviceResponse, UnjoinDevice, UnjoinDeviceResponse,
                                 ActivateFirmware, ActivateFirmwareResponse, ActivateFirmwareAlert,
                                 NoParameters, JoinDetails, FirmwareVersionReading, SetClock,
                                 SetClockResponse, RestoreDeviceLog, RestoreDeviceLogResponse,
                                 DeviceLogBackupAlert, FirmwareTransferAlert, FirmwareActivatedAlert>;

/// Whether the code has one of these payloads.
bool is_asn1(MessageCode code);
/// Byte for byte reversible by `encode_asn1`. What a device makes has its form of lengths (device_lengths.h).
Parsed<Asn1Payload> parse_asn1(MessageCode code, CraFlag cra, ByteView payload);
Bytes encode_asn1(const Asn1Payload& payload);

}  // namespace meterbed::gbcs
