// Every GBZ use case is a list of ZCL frames: reads answer from the attributes, cluster commands from a
// table, all others with a default response (GBCS 18.1, 19).
#include <algorithm>

#include "devices/use_cases/encryption.h"
#include "devices/use_cases/top_up.h"

namespace meterbed {

using gbcs::gbz::Component;
using gbcs::gbz::Frame;

namespace {

namespace zcl {
constexpr std::uint8_t read_attributes = 0x00, read_response = 0x01, default_response = 0x0B;
constexpr std::uint8_t success = 0x00, failure = 0x01, unsupported_command = 0x81, malformed = 0x80,
                       not_found = 0x8B;
constexpr std::uint8_t cluster_specific = 0x01, to_client = 0x08;
/// Names no command: what a frame after a failed one is answered for (RTDS, GCS60).
constexpr std::uint8_t no_command = 0xFF;
}  // namespace zcl

constexpr std::uint16_t kMetering = 0x0702, kSupplyStatus = 0x0014;
constexpr std::uint16_t kPrepayment = 0x0705;
constexpr std::uint8_t kTopUp = 0x04, kTopUpResponse = 0x03;
constexpr std::uint8_t kChangeSupply = 0x0B, kSupplyStatusResponse = 0x0C;

/// One frame of a command and its answer.
struct Exchange {
    Execution& execution;
    const Component& asked;
    Component answer;
    bool failed = false;
};

std::uint8_t octet(std::uint64_t value) { return static_cast<std::uint8_t>(value & 0xFF); }

void answer_default(Exchange& it, std::uint8_t command, std::uint8_t status) {
    it.answer.frame_control = zcl::to_client;
    it.answer.command = zcl::default_response;
    it.answer.payload = {command, status};
    it.failed = status != zcl::success;
}

/// Metering supply status: 0 off, 1 off and armed, 2 on (ZigBee Smart Energy D.3.2.2.1.20).
std::uint8_t supply_status(SupplyState state) {
    constexpr std::uint8_t kStatus[] = {0, 2, 1};
    return kStatus[static_cast<std::size_t>(state)];
}

std::optional<ZclValue> value_of(const Device& device, const ZclAttribute& attribute) {
    if (attribute == ZclAttribute{kMetering, kSupplyStatus} && device.supply())
        return ZclValue{ZclType::enum8, supply_status(*device.supply())};
    const ZclValue* held = device.attributes().find(attribute);
    return held ? std::optional(*held) : std::nullopt;
}

void append_attribute(Exchange& it, const ZclAttribute& attribute) {
    Bytes& out = it.answer.payload;
    out.push_back(octet(attribute.id));
    out.push_back(octet(attribute.id >> 8U));
    const auto value = value_of(it.execution.device, attribute);
    std::uint8_t status = it.execution.device.attributes().fault(attribute);
    if (status == zcl::success && !value) status = zcl::not_found;
    out.push_back(status);
    if (status != zcl::success) {
        it.failed = true;
        return;
    }
    const Bytes encoded = value->encoded();
    out.insert(out.end(), encoded.begin(), encoded.end());
}

void read_attributes(Exchange& it) {
    const Bytes& asked = it.asked.payload;
    if (asked.size() % 2 != 0) return answer_default(it, it.asked.command, zcl::malformed);
    it.answer.frame_control = zcl::to_client;
    it.answer.command = zcl::read_response;
    for (std::size_t i = 0; i + 1 < asked.size(); i += 2)
        append_attribute(it, {it.asked.cluster, static_cast<std::uint16_t>(asked[i] | asked[i + 1] << 8)});
}

/// provider, issuer event, request time, implementation time, proposed status, control bits.
void change_supply(Exchange& it) {
    constexpr std::size_t kSize = 18, kImplementation = 12, kProposed = 16;
    const Bytes& asked = it.asked.payload;
    if (asked.size() != kSize || !it.execution.device.supply())
        return answer_default(it, it.asked.command,
                              asked.size() != kSize ? zcl::malformed : zcl::unsupported_command);
    // A valve is closed or armed from afar, never opened (GCS32, GCS39).
    constexpr std::uint8_t kOff = 0, kArmed = 1;
    const std::uint8_t proposed = asked[kProposed];
    if (proposed != kOff && proposed != kArmed) return answer_default(it, it.asked.command, zcl::failure);
    it.execution.device.apply(proposed == kOff ? SupplyEvent::disable : SupplyEvent::arm,
                              it.execution.context);
    it.answer.frame_control = zcl::cluster_specific | zcl::to_client;
    it.answer.command = kSupplyStatusResponse;
    const auto at = [&asked](std::size_t offset) {
        return asked.begin() + static_cast<std::ptrdiff_t>(offset);
    };
    it.answer.payload.assign(at(0), at(8));
    it.answer.payload.insert(it.answer.payload.end(), at(kImplementation), at(kProposed));
    it.answer.payload.push_back(supply_status(*it.execution.device.supply()));
}

/// Consumer Top Up (CS01b).
void top_up(Exchange& it) {
    auto done = consumer_top_up(it.execution, it.asked.payload);
    if (!done) return answer_default(it, it.asked.command, zcl::malformed);
    it.answer.frame_control = zcl::cluster_specific | zcl::to_client;
    it.answer.command = kTopUpResponse;
    it.answer.payload = std::move(done->response);
    it.failed = !done->accepted;
}

struct CommandRow {
    std::uint16_t cluster;
    std::uint8_t command;
    void (*handler)(Exchange&);
};
constexpr CommandRow kCommands[] = {
    {kMetering, kChangeSupply, change_supply},
    {kPrepayment, kTopUp, top_up},
};

void carry_out(Exchange& it) {
    const bool specific = (it.asked.frame_control & zcl::cluster_specific) != 0;
    if (!specific && it.asked.command == zcl::read_attributes) return read_attributes(it);
    const std::uint8_t fault = it.execution.device.attributes().fault({it.asked.cluster, it.asked.command});
    if (fault != zcl::success) return answer_default(it, it.asked.command, fault);
    const auto row = std::ranges::find_if(kCommands, [&](const CommandRow& each) {
        return specific && each.cluster == it.asked.cluster && each.command == it.asked.command;
    });
    if (row != std::end(kCommands)) return row->handler(it);
    answer_default(it, it.asked.command, zcl::unsupported_command);
}

/// Use cases whose read responses are encrypted (GBCS 19); the other encrypted gas logs have no model yet.
constexpr gbcs::MessageCode kEncrypted[] = {
    gbcs::MessageCode{0x0074},  // GCS13a
    gbcs::MessageCode{0x00B8},  // GCS13b
    gbcs::MessageCode{0x00B6},  // GCS13c
};

/// The ZCL payload becomes a ciphered block; all components of a message use one key (RTDS).
bool encrypt_reads(Execution& execution, Answer& answer, Frame& response) {
    constexpr std::uint8_t kEncryptedRead = zcl::to_client | 0x10;
    if (std::ranges::find(kEncrypted, execution.command.message.code()) == std::end(kEncrypted)) return true;
    const auto key = encryption_key(execution, answer);
    if (!key) return false;
    std::uint8_t count = 0;
    for (Component& component : response.components) {
        if (component.command != zcl::read_response) continue;
        component.encrypted = true;
        component.frame_counter = count++;
        component.frame_control = kEncryptedRead;
        component.payload = gbcs::encrypt(component.payload, *key, execution.device.id());
    }
    return true;
}

}  // namespace

Answer access_attributes(Execution& execution) {
    const auto& request = std::get<Frame>(std::get<gbcs::gbz::Payload>(execution.command.content));
    Answer answer;
    Frame response;
    for (const Component& asked : request.components) {
        Exchange exchange{execution, asked, {}};
        exchange.answer.cluster = asked.cluster;
        exchange.answer.sequence = static_cast<std::uint8_t>(response.components.size());
        if (answer.failure.empty())
            carry_out(exchange);
        else
            answer_default(exchange, zcl::no_command, zcl::failure);
        if (exchange.failed && answer.failure.empty()) answer.failure = "ZCL failure";
        response.components.push_back(std::move(exchange.answer));
    }
    if (encrypt_reads(execution, answer, response)) answer.payload = gbcs::gbz::encode(response);
    return answer;
}

}  // namespace meterbed
