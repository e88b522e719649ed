// GBZ payloads of the GSME and GPF: components that wrap ZCL frames, and alerts (GBCS 18.1).
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "devices/gbcs/message.h"

namespace meterbed::gbcs::gbz {

struct Component {
    bool encrypted = false;                       ///< control bit 02: `payload` holds the ciphered block
    std::optional<std::uint32_t> from_date_time;  ///< control bit 10
    std::uint16_t cluster = 0;
    std::uint8_t additional_header_control = 0;  ///< encrypted components only
    std::uint8_t frame_counter = 0;              ///< encrypted components only
    std::uint8_t frame_control = 0;
    std::uint8_t sequence = 0;
    std::uint8_t command = 0;
    Bytes payload;  ///< ZCL payload (little endian fields)
    bool operator==(const Component&) const = default;
};

/// Profile 0109, count, components; the last one carries control bit 01.
struct Frame {
    std::vector<Component> components;
    bool operator==(const Frame&) const = default;
};

/// Profile 0109, component count 0 or 1, alert code, time (seconds since 2000-01-01), what follows.
struct Alert {
    std::uint8_t component_count = 0;
    std::uint16_t code = 0;
    std::uint32_t time = 0;
    Bytes body;
    bool operator==(const Alert&) const = default;
};

using Payload = std::variant<Frame, Alert>;

Parsed<Payload> parse(CraFlag cra, ByteView payload);
Bytes encode(const Payload& payload);

/// What an alert of a future dated command says of it (0x00CD): which command, and the component that was to
/// run.
struct ExecutedComponent {
    std::uint16_t message_code = 0;
    std::uint64_t originator_counter = 0;
    std::uint16_t cluster = 0;
    std::uint8_t frame_control = 0;
    std::uint8_t command = 0;
    bool operator==(const ExecutedComponent&) const = default;
};
std::optional<ExecutedComponent> executed_component(const Alert& alert);
Bytes alert_body(const ExecutedComponent& executed);
/// The octet-string that is the whole body of an alert: the hash of a firmware image (0x00CF).
std::optional<Bytes> octet_string_of(const Alert& alert);
Bytes octet_string_body(ByteView octets);

/// The component that the billing data alert carries as its body (0x008B, GCS53); nothing when the body is
/// none.
std::optional<Component> component_of(const Alert& alert);
/// The body of an alert that carries this component.
Bytes alert_body(const Component& component);

}  // namespace meterbed::gbcs::gbz
