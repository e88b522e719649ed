// Values of read-attribute responses become attributes, records become logs and tables, failures faults.
#include "devices/gas/loading.h"
#include "devices/gbcs/gbz.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {
namespace {

using gbcs::gbz::Component;
using gbcs::gbz::Frame;

std::optional<Frame> frame_of(gbcs::CraFlag cra, const gbcs::Message& message) {
    auto payload = gbcs::gbz::parse(cra, message.payload);
    Frame* frame = payload ? std::get_if<Frame>(&*payload) : nullptr;
    return frame ? std::optional(std::move(*frame)) : std::nullopt;
}

/// False when a component can not be opened.
bool open(const Loading& it, Frame& frame) {
    for (Component& component : frame.components) {
        if (!component.encrypted) continue;
        auto plain = opened(it, component.payload);
        if (!plain) return false;
        component.payload = *std::move(plain);
        component.encrypted = false;
    }
    return true;
}

/// Octet 12 of the date-time: 04 where the times are those of the meter's clock (RTDS, GCS13a).
void load_clock_status(Loading& it) {
    constexpr std::uint8_t kOtherClock = 0x04;
    const auto& shown = it.response.header.date_time;
    if (shown && shown->back() == kOtherClock) it.bench.device().gas().write().time_of_meter = true;
}

/// Certificates came with the command, but the response names no counter of the device's own: an older
/// device.
void load_version(Loading& it) {
    const gbcs::OtherInformation& asked = it.command.header.other;
    if (asked.supplementary_certificate.empty()) return;
    it.bench.device().own_counter_for_unknown_parties =
        it.response.header.other.supplementary_originator_counter.has_value();
}

}  // namespace

void load_gbz(Loading& it) {
    load_clock_status(it);
    load_version(it);
    const auto asked = frame_of(gbcs::CraFlag::command, it.command);
    auto answered = frame_of(gbcs::CraFlag::response, it.response);
    if (!asked || !answered || !open(it, *answered)) return;
    const gas::Loaded loaded = gas::load_answers(it.bench.device(), *asked, *answered);
    it.loaded = it.loaded || loaded.data;
    it.fault = it.fault || loaded.fault;
    if (loaded.now) it.bench.context().set(*loaded.now);
}

}  // namespace meterbed::replay
