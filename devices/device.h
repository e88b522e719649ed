// What every GBCS device is: an identity, keys, trust anchors, replay counters, and the rule how a command is verified.
#pragma once

#include <memory>
#include <optional>

#include "devices/context.h"
#include "devices/gbcs/protection.h"
#include "devices/gbcs/use_case.h"
#include "devices/replay_counters.h"
#include "pki/trust_anchors.h"
#include "pki/verdict.h"

namespace meterbed {

/// How far a device trusts its own clock (GBCS 9.1).
enum class TimeStatus : std::uint8_t { reliable = 0, invalid = 1, unreliable = 2 };

struct DeviceIdentity {
    Eui64 id;
    KeyPair signing;                        ///< digital signature key pair
    PublicKey agreement;                    ///< public half of the key agreement key pair
    std::optional<KeyPair> agreement_key;   ///< absent when only shared secrets are known (reference test data)
    CertificateRef signing_certificate;
    CertificateRef agreement_certificate;
};

/// Two key pairs from the stream and their device certificates from the authority.
class Authority;
DeviceIdentity provision(Eui64 id, Authority& authority, Random& random, Time from);

class Device {
  public:
    /// `secrets` is shared by all devices of a world and outlives them.
    Device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets);
    virtual ~Device();

    /// A whole message from the HAN. Verifies in the documented order (GBCS 6.2.4), executes, answers or drops.
    void receive(ByteView message, Context& context);
    virtual void on_timer(std::uint64_t tag, Context& context);
    /// Mains power lost or restored.
    virtual void power(bool on, Context& context);

    DeviceType type() const { return type_; }
    const DeviceIdentity& identity() const { return identity_; }
    Eui64 id() const { return identity_.id; }
    TrustAnchors& trust_anchors() { return anchors_; }
    const TrustAnchors& trust_anchors() const { return anchors_; }
    ReplayCounters& replay_counters() { return counters_; }
    TimeStatus time_status = TimeStatus::reliable;
    bool send_security_alerts = true;   ///< false: refused commands are only logged

  protected:
    DeviceType type_;
    DeviceIdentity identity_;
    TrustAnchors anchors_;
    ReplayCounters counters_;
    gbcs::SharedSecrets& secrets_;
    std::uint64_t own_counter_ = 0;     ///< originator counter of alerts
};

/// ESME, GSME, CHF, GPF or PPMID by type; one visible table in registry.cpp.
std::unique_ptr<Device> make_device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets);

}  // namespace meterbed
