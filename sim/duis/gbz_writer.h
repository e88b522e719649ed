// Writing GBZ commands from request bodies (gbcs.md 10): ZCL payloads in little endian, components in order.
#pragma once

#include <initializer_list>
#include <string_view>

#include "devices/gbcs/gbz.h"
#include "sim/duis/table.h"

namespace meterbed::duis {

/// ZigBee clusters of the GSME and GPF.
enum class Cluster : std::uint16_t {
    basic = 0x0000,
    price = 0x0700,
    metering = 0x0702,
    messaging = 0x0703,
    prepayment = 0x0705,
    calendar = 0x0707,
    device_management = 0x0708,
    events = 0x0709,
};

/// When a component takes effect: UTCTime (seconds since 2000-01-01), or one of these.
constexpr std::uint32_t kNow = 0, kCancel = 0xFFFFFFFF;
/// Seconds since 2000-01-01; times outside what 32 bits hold are noted as a mistake of `from`.
std::uint32_t utc_time(Time time, const Reading& from);
/// ExecutionDateTime of a command that the device itself future dates: now, a time, or cancel.
std::uint32_t utc_execution_time(const Reading& body);
/// Issuer Event ID and the identifiers like it: when the DCC makes the command [R].
std::uint32_t issuer_event_id(const Situation& situation);

/// A ZCL payload, field by field.
class Zcl {
  public:
    Zcl& u8(std::int64_t value) { return number(value, 1); }
    Zcl& u16(std::int64_t value) { return number(value, 2); }
    Zcl& u24(std::int64_t value) { return number(value, 3); }
    Zcl& u32(std::int64_t value) { return number(value, 4); }
    Zcl& u48(std::int64_t value) { return number(value, 6); }
    /// OCTETSTRING and CHARSTRING: one length octet, then the text.
    Zcl& text(std::string_view value);
    Zcl& append(const Zcl& fields);
    const Bytes& octets() const { return octets_; }

  private:
    Zcl& number(std::int64_t value, unsigned octets);
    Bytes octets_;
};

/// Components of one command in order; sequence numbers count from 0.
class Components {
  public:
    Components& read(Cluster cluster, std::initializer_list<std::uint16_t> attributes);
    /// To a cluster's server, as a client would ask.
    Components& command(Cluster cluster, std::uint8_t id, const Zcl& payload);
    /// The same with "from date time" in the component's header.
    Components& command_from(Cluster cluster, std::uint8_t id, std::uint32_t from, const Zcl& payload);
    /// To a cluster's client, as a server would publish.
    Components& publish(Cluster cluster, std::uint8_t id, const Zcl& payload);
    Bytes octets() const { return gbcs::gbz::encode(frame_); }

  private:
    Components& add(std::uint8_t frame_control, Cluster cluster, std::uint8_t id, const Zcl& payload);
    gbcs::gbz::Frame frame_;
};

/// A command of one component.
Bytes one_command(Cluster cluster, std::uint8_t id, const Zcl& payload);
Bytes one_publish(Cluster cluster, std::uint8_t id, const Zcl& payload);

}  // namespace meterbed::duis
