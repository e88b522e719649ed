// Which Service Request becomes which GBCS command: one visible row per service, kind of device and message
// code.
#pragma once

#include <span>

#include "devices/gbcs/asn1_payloads.h"
#include "devices/gbcs/use_case.h"
#include "sim/duis/request.h"

namespace meterbed::duis {

/// What the DCC's inventory knows of a device and DUIS does not say.
struct DeviceProfile {
    DeviceType type = DeviceType::eSME;
    bool polyphase = false;   ///< an ESME of variant C
    bool superseded = false;  ///< its GBCS version knows the older of two use cases only (ECS26d, not ECS26l)
};

/// Under which identity and counter the DCC sends what a user may not send itself.
struct Sender {
    Eui64 id;
    std::uint64_t counter = 0;
};

/// Another device that a request names (joins), as the DCC's inventory and the SMKI know it.
struct OtherDevice {
    std::optional<DeviceType> type;
    Bytes certificate;  ///< for key agreement, DER; empty when not at hand
};

/// A device in the DCC's backup of a hub's log.
struct HubLogEntry {
    Eui64 device;
    Bytes hashed_link_key;  ///< 16 octets
};

/// What the DCC itself puts into commands.
struct Knowledge {
    /// When it makes the command: gas commands carry it as Issuer Event ID. Fixed unless told, as there is no
    /// clock.
    Time issued_at = std::chrono::sys_days{std::chrono::year{2015} / 1 / 1};
    OtherDevice other_device;
    std::vector<gbcs::DeviceLogEntry> device_log;  ///< the backup that a new hub or Gas Proxy Function gets
    Eui64 han;                                     ///< of the hub that was replaced
    std::vector<HubLogEntry> hub_log;              ///< its backup
    std::string cin = "1234";                      ///< customer identification number, four digits
};

/// All a payload depends on besides the body.
struct Situation {
    const Request& request;
    DeviceProfile device;
    std::optional<RemotePartyRole>
        role;       ///< the user's, from its certificate; nothing when that is not at hand
    Sender sender;  ///< who the command comes from
    const gbcs::UseCase* use_case = nullptr;  ///< the row's, once one is chosen
    Knowledge dcc;

    Eui64 recipient() const { return request.target; }
    gbcs::MessageCode code() const { return use_case->code; }
};

/// Who sends (gbcs.md 1.5).
enum class Origin : std::uint8_t {
    user,          ///< the user when the device obeys its role in this use case; else the ACB on its behalf
    acb_for_user,  ///< the ACB, naming the user in the supplementary fields
    acb,           ///< the ACB in its own name
    cos_party,     ///< the CoS Party in its own name
};

/// Where two use cases answer the same request, the device's kind decides.
enum class Fits : std::uint8_t { any, single_phase, polyphase, current, superseded };

using Payload = Bytes (*)(const Reading& body, const Situation& situation);
/// Only asks (`Reading::has`, `peek`): whether this row is meant by the body's form or the user's role.
using Applies = bool (*)(const Reading& body, const Situation& situation);

struct Row {
    std::string_view srv;
    std::string_view body;  ///< name of the element inside Body
    gbcs::EnumSet<DeviceType> devices;
    std::uint16_t code;
    Payload payload;
    Applies applies = nullptr;  ///< always
    Fits fits = Fits::any;
    Origin origin = Origin::user;
};

/// The families, each in files of its own.
std::span<const Row> credentials_device_rows();
std::span<const Row> credentials_update_rows();
std::span<const Row> electricity_read_rows();
std::span<const Row> firmware_and_clock_rows();
std::span<const Row> gas_alert_rows();
std::span<const Row> gas_log_rows();
std::span<const Row> gas_prepayment_rows();
std::span<const Row> gas_read_rows();
std::span<const Row> gas_setting_rows();
std::span<const Row> gas_tariff_rows();
std::span<const Row> hub_rows();
std::span<const Row> join_rows();
std::span<const Row> top_up_rows();
std::span<const Row> electricity_setting_rows();
std::span<const Row> electricity_auxiliary_rows();
std::span<const Row> electricity_alert_rows();
std::span<const Row> electricity_voltage_rows();
std::span<const Row> electricity_tariff_rows();
std::span<const Row> electricity_prepayment_rows();
std::span<const Row> electricity_supply_rows();

/// All rows, family by family; where several fit, the first is meant.
const std::vector<const Row*>& rows_of(std::string_view srv);
/// Every row.
const std::vector<const Row*>& all_rows();

}  // namespace meterbed::duis
