// Firmware activation (11.3, CS06) and the gas clock (6.11 and 8.1.1, GCS28).
#include <algorithm>
#include <array>

#include "devices/gbcs/asn1_payloads.h"
#include "sim/duis/execution_time.h"
#include "sim/duis/table.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;

Bytes activate_firmware(const Reading& body, const Situation& situation) {
    gbcs::ActivateFirmware command;
    std::ranges::copy(body.child("FirmwareHash").hex_binary(command.image_hash.size()),
                      command.image_hash.begin());
    command.originator_counter = situation.sender.counter;
    const ExecutionTime at = execution_time(body);
    if (at.kind == ExecutionTime::Kind::cancel) command.execute_at = kForever;
    if (at.kind == ExecutionTime::Kind::at) command.execute_at = at.time;
    return gbcs::encode_asn1(command);
}

/// The device takes the hub's time when it lies between these.
Bytes set_gas_clock(const Reading& body, const Situation&) {
    const Time now = body.child("CurrentDateTime").date_time();
    const auto tolerance = std::chrono::seconds(body.child("TolerancePeriod").integer(0, 86400));
    return gbcs::encode_asn1(gbcs::SetClock{now, now + tolerance});
}

constexpr std::array kRows{
    Row{"6.11", "SynchroniseClock", {gSME}, 0x007F, set_gas_clock},
    Row{"8.1.1", "CommissionDeviceSynchroniseClock", {gSME}, 0x007F, set_gas_clock},
    Row{"11.3", "ActivateFirmware", {eSME, gSME, CHF, HCALCS, SAPC}, 0x0012, activate_firmware},
};

}  // namespace

std::span<const Row> firmware_and_clock_rows() { return kRows; }

}  // namespace meterbed::duis
