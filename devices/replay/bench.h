// A bench: one simulated device that stands in for a device of which only certificates and, through the other
// party's private key, shared secrets are known. It executes commands through `Device::receive`.
#pragma once

#include "devices/gbcs/key_ring.h"
#include "devices/replay/recording_context.h"

namespace meterbed::replay {

struct Subject {
    Eui64 id;
    DeviceType type{};
};

/// ESME, GSME, CHF, GPF, PPMID, HCALCS and SAPC of the Reference Test Data Set, by its README; nothing for
/// others.
std::optional<DeviceType> reference_device(Eui64 id);

/// What the clock of a bench shows until something else is known: the date of the reference devices.
Time reference_time();

struct Setting {
    const gbcs::KeyRing& keys;
    CertificateRef root;  ///< what the root cells hold; may be null
};

class Bench {
  public:
    /// The cells hold whoever speaks for their role; where `message` names the other party, that one.
    Bench(const Subject& subject, const Setting& setting, const gbcs::Message& message);

    /// The messages sent since, decoded.
    std::vector<gbcs::Message> receive(ByteView command);
    std::vector<gbcs::Message> run_until(Time time);
    std::vector<gbcs::Message> sent() const;

    Device& device() { return *device_; }
    const Device& device() const { return *device_; }
    RecordingContext& context() { return context_; }
    const gbcs::KeyRing& keys() const { return setting_.keys; }
    /// Why the last command was dropped; empty when it was not.
    std::string_view dropped_as() const;

  private:
    void fill_cells(const gbcs::Message& message);
    void learn_secrets();

    const Setting& setting_;
    gbcs::SharedSecrets secrets_;
    RecordingContext context_;
    std::unique_ptr<Device> device_;
};

}  // namespace meterbed::replay
