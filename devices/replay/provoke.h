// Events that no recorded command explains: made to happen on the device, with what the recorded alert says
// of them. Private to devices/replay.
#pragma once

#include "devices/gbcs/gbz.h"
#include "devices/replay/bench.h"

namespace meterbed::replay {

struct Event {
    Bench& bench;
    const gbcs::Message& recorded;
    bool loaded = false;  ///< what the alert tells of the event came from the recorded one
};

/// By the payload of the recorded alert.
void provoke(Event& it);
void provoke_dlms(Event& it);
void provoke_gbz(Event& it);
void provoke_asn1(Event& it);
void provoke_gas(Event& it, const gbcs::gbz::Alert& alert);
/// What a device must hold before the command, for the alert to come as recorded.
void prepare_firmware(Bench& bench, const gbcs::Message& command, const gbcs::Message& recorded);
/// GCS62, CCS08, CS09; false for other alerts.
bool provoke_device_log(Event& it);

/// When the recorded alert says it was sent; nothing when it cannot be read.
std::optional<Time> time_of_alert(const gbcs::Message& recorded);

}  // namespace meterbed::replay
