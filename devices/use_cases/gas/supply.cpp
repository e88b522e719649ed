// Valve, flow threshold and samples: the metering cluster (GCS24, GCS31, GCS32, GCS39).
#include "devices/gas/attribute_names.h"
#include "devices/gas/readings.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

constexpr std::uint8_t kReply = zcl::frame::cluster_specific | zcl::frame::to_client;

void put(Act& it, const ZclAttribute& attribute, std::int64_t number) {
    it.device.attributes().set_number(attribute, number);
}

}  // namespace

/// Provider, issuer event, request time, implementation time, proposed status, control bits. A valve is
/// closed or armed from afar, never opened (GCS32, GCS39).
std::uint8_t change_supply(Act& it) {
    constexpr std::uint8_t kOff = 0, kArmed = 1;
    Reader in(it.asked.payload);
    in.bytes(16);
    const std::uint8_t proposed = in.u8();
    in.u8();
    if (!in.finished()) return zcl::status::malformed;
    if (it.device.type() != DeviceType::gSME) return zcl::status::unsupported_command;
    if (proposed != kOff && proposed != kArmed) return zcl::status::failure;
    it.device.apply(proposed == kOff ? SupplyEvent::disable : SupplyEvent::arm, it.context);
    return zcl::status::success;
}

void reply_supply_status(const Act& it, Component& answer) {
    constexpr std::uint8_t kSupplyStatusResponse = 0x0C;
    Reader in(it.asked.payload);
    Writer out;
    out.bytes(in.bytes(8));
    in.u32();
    out.u32(in.u32()).u8(supply_status(*it.device.supply()));
    answer.frame_control = kReply;
    answer.command = kSupplyStatusResponse;
    answer.payload = out.take();
}

std::uint8_t set_supply_status(Act& it) {
    Reader in(it.asked.payload);
    in.u32();
    const std::uint8_t tamper = in.u8(), depletion = in.u8(), flow = in.u8(), limit = in.u8();
    if (!in.finished()) return zcl::status::malformed;
    put(it, metering::tamper_state, tamper);
    put(it, metering::depletion_state, depletion);
    put(it, metering::uncontrolled_flow_state, flow);
    put(it, metering::load_limit_state, limit);
    return zcl::status::success;
}

std::uint8_t set_flow_threshold(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(8);
    const std::uint16_t threshold = in.u16();
    const std::uint8_t unit = in.u8();
    const std::uint16_t multiplier = in.u16(), divisor = in.u16();
    const std::uint8_t stabilisation = in.u8();
    const std::uint16_t measurement = in.u16();
    if (!in.finished()) return zcl::status::malformed;
    if (divisor == 0) return zcl::status::invalid_field;
    put(it, metering::flow_threshold, threshold);
    put(it, metering::flow_unit, unit);
    put(it, metering::flow_multiplier, multiplier);
    put(it, metering::flow_divisor, divisor);
    put(it, metering::flow_stabilisation, stabilisation);
    put(it, metering::flow_measurement, measurement);
    return zcl::status::success;
}

/// GCS31: the network data log starts anew.
std::uint8_t start_sampling(Act& it) {
    Reader in(it.asked.payload);
    in.u32();  // issuer event
    const Seconds start = in.u32();
    in.u8();  // sample type
    const std::uint16_t interval = in.u16(), count = in.u16();
    if (!in.finished()) return zcl::status::malformed;
    if (interval == 0 || count == 0) return zcl::status::invalid_field;
    GasData& data = it.data();
    const std::uint16_t id = data.network_sample_id;
    std::erase_if(data.sampled_logs, [id](const SampledLog& log) { return log.id == id; });
    data.sampled_logs.push_back({id, start == 0 ? it.now() : start, interval, interval, {}, count});
    return zcl::status::success;
}

void reply_sampling(const Act& it, Component& answer) {
    constexpr std::uint8_t kStartSamplingResponse = 0x0D;
    answer.frame_control = kReply;
    answer.command = kStartSamplingResponse;
    answer.payload = Writer().u16(it.device.gas().read().network_sample_id).take();
}

}  // namespace meterbed::gas
