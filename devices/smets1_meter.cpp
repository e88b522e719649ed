#include "devices/smets1_meter.h"

#include <optional>

namespace meterbed {
namespace {

/// What a Service Request means to the meter; services not listed do nothing and succeed.
struct Service {
    std::string_view reference;
    std::optional<SupplyEvent> event;
    std::uint8_t octets_read = 0;
};

/// ASSUMPTION: no maker's protocol is public. Reads answer a few octets; loads of data are not modelled.
constexpr Service kServices[] = {
    {"4.1.1", {}, 4},
    {"4.2", {}, 4},
    {"4.3", {}, 12},
    {"4.10", {}, 16},
    {"4.18", {}, 4},
    {"7.1", SupplyEvent::enable},
    {"7.2", SupplyEvent::disable},
    {"7.3", SupplyEvent::arm},
    {"7.4", {}, 1},
    {"11.2", {}, 4},
};

const Service* find_service(std::string_view reference) {
    for (const Service& row : kServices)
        if (row.reference == reference) return &row;
    return nullptr;
}

void append_u64(Bytes& out, std::uint64_t value) {
    const auto octets = Eui64{value}.octets();
    out.insert(out.end(), octets.begin(), octets.end());
}

constexpr std::uint8_t kFromS1sp = 1, kFromMeter = 2;
constexpr std::string_view kTopUpService = "2.2", kPriceService = "1.2.1", kModeService = "1.6";

}  // namespace

gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerInstruction& instruction) {
    Bytes covered{kFromS1sp};
    append_u64(covered, instruction.sequence);
    covered.insert(covered.end(), instruction.service.begin(), instruction.service.end());
    covered.insert(covered.end(), instruction.code.begin(), instruction.code.end());
    for (const std::int64_t value : instruction.values)
        append_u64(covered, static_cast<std::uint64_t>(value));
    return gbcs::gmac(key, instruction.meter, covered);
}

gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerAnswer& answer) {
    Bytes covered{kFromMeter, static_cast<std::uint8_t>(answer.success)};
    append_u64(covered, answer.sequence);
    covered.insert(covered.end(), answer.data.begin(), answer.data.end());
    return gbcs::gmac(key, answer.meter, covered);
}

Smets1Meter::Smets1Meter(Eui64 id, gbcs::SymmetricKey key) : id_(id), key_(key) {}

std::optional<MakerAnswer> Smets1Meter::execute(const MakerInstruction& instruction, Context& context) {
    Note note{.what = notes::command_dropped, .device = id_, .counter = instruction.sequence};
    const bool authentic = instruction.meter == id_ && instruction.tag == maker_tag(key_, instruction);
    if (!authentic || instruction.sequence <= sequence_) {
        note.verdict = authentic ? "replayed counter" : "bad MAC";
        context.note(note);
        return std::nullopt;
    }
    sequence_ = instruction.sequence;
    const Service* service = find_service(instruction.service);
    const bool is_read = instruction.service.starts_with("4.");
    MakerAnswer answer{id_, instruction.sequence, true, {}, {}};
    if (service && service->event) act(*service->event, context);
    if (instruction.service == kTopUpService)
        answer.success = enter_code(instruction.code, UtrnOrigin::remote, context).accepted();
    if (!instruction.values.empty()) answer.success = configure(instruction, context);
    answer.data.assign(service ? service->octets_read : is_read ? 4U : 0U, 0);
    if (instruction.service == "7.4") answer.data[0] = static_cast<std::uint8_t>(supply_);
    answer.tag = maker_tag(key_, answer);
    note.what = notes::command_executed;
    context.note(note);
    return answer;
}

/// An instruction without values, of a request whose body nobody reads here, changes nothing and succeeds.
bool Smets1Meter::configure(const MakerInstruction& instruction, Context& context) {
    const std::vector<std::int64_t>& values = instruction.values;
    if (instruction.service == kPriceService && values.size() == 2)
        return set_prices(static_cast<std::int32_t>(values[0]), values[1], context);
    if (instruction.service != kModeService || values.size() != 1) return false;
    set_mode(static_cast<prepayment::Mode>(values[0]), context);
    return true;
}

void Smets1Meter::power(bool on, Context& context) {
    if (account_ && account_->has_power != on) {
        account_->has_power = on;
        charge(on ? 0 : account_->load, context);
    }
    if (!on) {
        if (outage_.lost_at) return;
        supply_lost(outage_, context.now());
        context.note({.what = notes::supply_lost, .device = id_});
    } else if (supply_restored(outage_, context.now())) {
        // No alert of the meter: the S1SP reports outages it is told of.
        context.note({.what = notes::supply_restored, .device = id_});
    }
}

}  // namespace meterbed
