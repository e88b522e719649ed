#include "sim/duis/gbz_writer.h"

#include "sim/duis/execution_time.h"

namespace meterbed::duis {
namespace {

constexpr Time kZigBeeEpoch = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

// Frame control of a ZCL header: bit 0 cluster specific, bit 3 from server to client.
constexpr std::uint8_t kGeneral = 0x00, kToServer = 0x01, kToClient = 0x09;
constexpr std::uint8_t kReadAttributes = 0x00;

}  // namespace

std::uint32_t utc_time(Time time, const Reading& from) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time - kZigBeeEpoch).count();
    // FFFFFFFE and FFFFFFFF have meanings of their own.
    if (seconds > 0 && seconds < 0xFFFFFFFE) return static_cast<std::uint32_t>(seconds);
    from.mistake("lies outside the times that a gas device knows, 2000 to 2136");
    return 0;
}

std::uint32_t utc_execution_time(const Reading& body) {
    const ExecutionTime at = execution_time(body);
    if (at.kind == ExecutionTime::Kind::now) return kNow;
    return at.kind == ExecutionTime::Kind::cancel ? kCancel : utc_time(at.time, body);
}

std::uint32_t issuer_event_id(const Situation& situation) {
    return static_cast<std::uint32_t>(
        std::chrono::floor<std::chrono::seconds>(situation.dcc.issued_at - kZigBeeEpoch).count());
}

Zcl& Zcl::number(std::int64_t value, unsigned octets) {
    for (unsigned i = 0; i < octets; ++i)
        octets_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return *this;
}

Zcl& Zcl::text(std::string_view value) {
    octets_.push_back(static_cast<std::uint8_t>(value.size()));
    octets_.insert(octets_.end(), value.begin(), value.end());
    return *this;
}

Zcl& Zcl::append(const Zcl& fields) {
    octets_.insert(octets_.end(), fields.octets_.begin(), fields.octets_.end());
    return *this;
}

Components& Components::add(std::uint8_t frame_control, Cluster cluster, std::uint8_t id,
                            const Zcl& payload) {
    gbcs::gbz::Component component;
    component.cluster = static_cast<std::uint16_t>(cluster);
    component.frame_control = frame_control;
    component.sequence = static_cast<std::uint8_t>(frame_.components.size());
    component.command = id;
    component.payload = payload.octets();
    frame_.components.push_back(std::move(component));
    return *this;
}

Components& Components::read(Cluster cluster, std::initializer_list<std::uint16_t> attributes) {
    Zcl payload;
    for (std::uint16_t attribute : attributes) payload.u16(attribute);
    return add(kGeneral, cluster, kReadAttributes, payload);
}

Components& Components::command(Cluster cluster, std::uint8_t id, const Zcl& payload) {
    return add(kToServer, cluster, id, payload);
}

Components& Components::command_from(Cluster cluster, std::uint8_t id, std::uint32_t from,
                                     const Zcl& payload) {
    add(kToServer, cluster, id, payload);
    frame_.components.back().from_date_time = from;
    return *this;
}

Components& Components::publish(Cluster cluster, std::uint8_t id, const Zcl& payload) {
    return add(kToClient, cluster, id, payload);
}

Bytes one_command(Cluster cluster, std::uint8_t id, const Zcl& payload) {
    return Components().command(cluster, id, payload).octets();
}

Bytes one_publish(Cluster cluster, std::uint8_t id, const Zcl& payload) {
    return Components().publish(cluster, id, payload).octets();
}

}  // namespace meterbed::duis
