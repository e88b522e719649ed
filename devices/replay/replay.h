// Recorded exchanges against simulated devices: is the answer, or the alert, the recorded one, octet for
// octet?
#pragma once

#include <span>
#include <string>

#include "devices/replay/bench.h"

namespace meterbed::replay {

/// `equal` but for the signature: a device's private key is not published. Ours must verify under our
/// device's key.
enum class Likeness : std::uint8_t { different, equal_to_signature, equal };

struct Outcome {
    Likeness likeness = Likeness::different;
    bool loaded = false;   ///< data of the device was taken from the recorded message
    bool fault = false;    ///< a fault was injected where the recorded response shows one
    std::string reason{};  ///< why it is different
};

/// `type` is that of the device which the command addresses.
Outcome replay_pair(ByteView command, ByteView response, DeviceType type, const Setting& setting);

/// An alert, provoked on a device: by one of the commands recorded beside it, or as an event of its own.
Outcome replay_alert(ByteView alert, std::span<const Bytes> commands, DeviceType type,
                     const Setting& setting);

/// What a root cell may hold where the root itself is not published: the issuing certificate that a
/// credential command brings. An anchor is a name and a key, and a path from a certificate to it needs
/// nothing else (RFC 5280 6.1.1). Null when the message brings none.
CertificateRef anchor_in(ByteView message);

/// Compares a message of ours with the recorded one.
Outcome compare(const gbcs::Message& ours, ByteView recorded, const PublicKey& signer);

}  // namespace meterbed::replay
