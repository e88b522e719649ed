// Device data that a recorded response shows and its command does not carry is put into the simulated device
// first, through the same objects and attributes that scenarios use; the answer must then come out of
// executing the command. A recorded failure becomes a fault of the object concerned. Private to
// devices/replay.
#pragma once

#include "devices/gbcs/use_case.h"
#include "devices/replay/bench.h"

namespace meterbed::replay {

struct Loading {
    Bench& bench;
    const gbcs::Message& command;
    const gbcs::Message& response;
    bool loaded = false;  ///< some of the device's data came from the response
    bool fault = false;   ///< a failure in the response became a fault of an object
};

/// Clock, counters, and what the payload family says.
void load(Loading& it);

void load_dlms(Loading& it);
void load_gbz(Loading& it);
void load_asn1(Loading& it);
/// Of `load_asn1`: payloads that are not of CS02.
void load_joining(Loading& it);

/// The plaintext of a block encrypted for the party the response names; nothing where its private key is not
/// known.
std::optional<Bytes> opened(const Loading& it, ByteView block);

}  // namespace meterbed::replay
