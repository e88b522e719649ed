// What every GBCS device is: an identity, keys, trust anchors, replay counters, and the rule how a command is
// verified.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "devices/activations.h"
#include "devices/attributes.h"
#include "devices/context.h"
#include "devices/device_log.h"
#include "devices/event_log.h"
#include "devices/gas/gas_data.h"
#include "devices/gbcs/protection.h"
#include "devices/gbcs/use_case.h"
#include "devices/objects.h"
#include "devices/pending_updates.h"
#include "devices/replay_counters.h"
#include "devices/supply_state.h"
#include "devices/top_up.h"
#include "pki/trust_anchors.h"
#include "pki/verdict.h"

namespace meterbed {

/// How far a device trusts its own clock (GBCS 9.1).
enum class TimeStatus : std::uint8_t { reliable = 0, invalid = 1, unreliable = 2 };

struct DeviceIdentity {
    Eui64 id;
    KeyPair signing;      ///< digital signature key pair
    PublicKey agreement;  ///< public half of the key agreement key pair
    std::optional<KeyPair>
        agreement_key;  ///< absent when only shared secrets are known (reference test data)
    CertificateRef signing_certificate;
    CertificateRef agreement_certificate;
};

/// Two key pairs from the stream and their device certificates from the authority.
class Authority;
DeviceIdentity provision(Eui64 id, Authority& authority, Random& random, Time from);

/// A key pair made by CS02c that waits for its certificate (CS02d).
struct PendingKey {
    KeyUsage usage;
    KeyPair key;
    PublicKey public_key = key.public_key();  ///< of another key where its private half is unknown (benches)
};

struct AlertDraft;
struct Verified;

class Device {
  public:
    /// `secrets` is shared by all devices of a world and outlives them.
    Device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets);
    virtual ~Device();
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// A whole message from the HAN. Verifies in the documented order (GBCS 6.2.4), executes, answers or
    /// drops.
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
    const ReplayCounters& replay_counters() const { return counters_; }
    TimeStatus time_status = TimeStatus::reliable;
    /// Faults of the device: these use cases of credentials answer this result.
    std::map<gbcs::MessageCode, std::uint64_t> credential_faults;
    /// Data for a party behind the ACB is encrypted under a counter of the device's own, which the response
    /// names; older devices take the transaction's (RTDS has both: GCS16b and GCS61).
    bool own_counter_for_unknown_parties = true;
    bool send_security_alerts = true;  ///< false: refused commands are only logged
    /// False: certificates that replace others are placed without regard to their dates.
    bool check_certificate_times = true;

    /// Nothing on devices without a switch or valve.
    virtual std::optional<SupplyState> supply() const { return std::nullopt; }
    /// Puts switch or valve, or what is known of it, into this state without any of the consequences.
    virtual void place(SupplyState) {}
    /// Acts on the switch or valve, if there is one.
    virtual void apply(SupplyEvent event, Context& context);

    /// Values that differ from those every device of the type shares.
    Objects& objects() { return objects_; }
    const Objects& objects() const { return objects_; }
    Attributes& attributes() { return attributes_; }
    const Attributes& attributes() const { return attributes_; }
    /// Logs, calendars and tables of a gas device.
    gas::OwnGasData& gas() { return gas_; }
    const gas::OwnGasData& gas() const { return gas_; }
    /// Made when first used, like the firmware's.
    JoinedDevices& joined() {
        if (!joined_) joined_ = std::make_unique<JoinedDevices>();
        return *joined_;
    }
    Firmware& firmware() {
        if (!firmware_) firmware_ = std::make_unique<Firmware>();
        return *firmware_;
    }
    bool has_firmware_state() const { return firmware_ != nullptr; }

    void log(Log which, std::uint16_t event, Context& context, Bytes detail = {});
    /// Entries of a log, oldest first.
    std::vector<LogEntry> log(Log which) const;
    void clear(Log which) { logs_.clear(which); }
    /// An entry of an earlier time.
    void put_log(Log which, LogEntry entry) { logs_.write(which, std::move(entry)); }

    /// Prepayment: UTRN counters, local entry and the rules for both.
    TopUps& top_ups() { return top_ups_; }
    const TopUps& top_ups() const { return top_ups_; }

    /// Future dated CS02b and CS02g commands.
    PendingUpdates& pending_updates() { return pending_; }
    /// Future dated DLMS attributes, and periods of auxiliary controllers.
    Activations& activations() { return activations_; }
    /// A number no timer of this device has had.
    std::uint64_t next_tag() { return ++pending_.last_tag; }
    std::unique_ptr<PendingKey>& pending_key() { return pending_key_; }
    void replace_signing(KeyPair key, CertificateRef certificate);
    void replace_agreement(KeyPair key, CertificateRef certificate);

    /// The secret shared with the holder of this key agreement certificate; null when it can not be computed.
    const SharedSecret* secret_with(const PublicKey& peer) const;

    /// The counter of the last message of its own; alerts take the next one.
    std::uint64_t own_counter() const { return own_counter_; }
    void set_own_counter(std::uint64_t counter) { own_counter_ = counter; }
    std::uint64_t next_counter() { return ++own_counter_; }
    /// Signs or MACs as the use case of the alert asks and hands it to the hub.
    void send(const AlertDraft& alert, Context& context);

  protected:
    DeviceType type_;
    DeviceIdentity identity_;
    TrustAnchors anchors_;
    ReplayCounters counters_;
    gbcs::SharedSecrets& secrets_;
    std::uint64_t own_counter_ = 0;  ///< originator counter of alerts

  private:
    void refuse(const Verified& command, Context& context);
    void execute(const Verified& command, Context& context);

    Objects objects_;
    Attributes attributes_;
    gas::OwnGasData gas_;
    std::unique_ptr<JoinedDevices> joined_;
    std::unique_ptr<Firmware> firmware_;
    EventLogs logs_;
    PendingUpdates pending_;
    Activations activations_;
    TopUps top_ups_;
    std::unique_ptr<PendingKey> pending_key_;
};

/// ESME, GSME, CHF, GPF or PPMID by type; one visible table in registry.cpp. Other types are plain devices
/// that verify commands and answer for their credentials.
std::unique_ptr<Device> make_device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets);

}  // namespace meterbed
