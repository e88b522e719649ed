// Payment mode, credit and debt: the prepayment cluster (GCS02 to GCS06, GCS40).
#include "devices/gas/attribute_names.h"
#include "devices/gas/readings.h"
#include "devices/use_cases/gas/commands.h"
#include "devices/use_cases/top_up.h"

namespace meterbed::gas {
namespace {

using namespace prepayment;

void put(Act& it, const ZclAttribute& attribute, std::int64_t number) {
    it.device.attributes().set_number(attribute, number);
}
void add(Act& it, const ZclAttribute& attribute, std::int64_t number) {
    put(it, attribute, it.device.attributes().number(attribute) + number);
}

/// SMETS 4.6.5: the last five top-ups.
constexpr std::size_t kTopUps = 5;

/// Bit 1 of the payment control configuration.
constexpr std::uint16_t kPrepayment = 0x0002;

/// Credit that comes or goes moves the valve in prepayment mode (SMETS 4.6.2.2).
void follow_credit(Act& it) {
    const Attributes& held = it.device.attributes();
    if ((held.number(payment_control) & kPrepayment) == 0) return;
    const bool in_credit =
        held.number(credit_remaining) + held.number(emergency_credit_remaining) > held.number(cut_off_value);
    const bool closed = it.device.supply() == SupplyState::Disabled;
    if (in_credit && closed) it.device.apply(SupplyEvent::credit_restored, it.context);
}

}  // namespace

/// Command issue time, originating device.
std::uint8_t select_emergency_credit(Act& it) {
    Reader in(it.asked.payload);
    in.u32();
    in.u8();
    if (!in.finished()) return zcl::status::malformed;
    // Emergency credit is lent once, until it is paid back.
    if (it.device.gas().read().emergency_credit_active) return zcl::status::failure;
    it.data().emergency_credit_active = true;
    put(it, emergency_credit_remaining, it.device.attributes().number(emergency_credit_limit));
    follow_credit(it);
    return zcl::status::success;
}

/// GCS04, one of three debts: the amount type is twice the debt, odd when the amount is added.
std::uint8_t change_debt(Act& it) {
    constexpr std::uint8_t kAmountTypes = 6;
    Reader in(it.asked.payload);
    in.u32();     // issuer event
    in.string();  // label
    const std::int32_t amount = in.i32();
    const std::uint8_t method = in.u8(), amount_type = in.u8();
    in.u32();  // recovery start
    in.u16();  // collection time
    const std::uint8_t frequency = in.u8();
    const std::int32_t recovery = in.i32();
    const std::uint16_t percentage = in.u16();
    if (!in.finished()) return zcl::status::malformed;
    if (amount_type >= kAmountTypes) return zcl::status::invalid_field;
    const unsigned debt = amount_type / 2U + 1U;
    const std::int64_t before = amount_type % 2 == 0 ? 0 : it.device.attributes().number(debt_amount(debt));
    if (before + amount < 0) return zcl::status::invalid_field;
    put(it, debt_amount(debt), before + amount);
    put(it, debt_method(debt), method);
    put(it, debt_frequency(debt), frequency);
    put(it, debt_recovery_amount(debt), recovery);
    put(it, debt_percentage(debt), percentage);
    return zcl::status::success;
}

std::uint8_t set_up_emergency_credit(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(8);  // issuer event, start
    const std::uint32_t limit = in.u32(), threshold = in.u32();
    if (!in.finished()) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    put(it, emergency_credit_limit, limit);
    put(it, emergency_credit_threshold, threshold);
    return zcl::status::success;
}

/// GCS40a to d: prepayment balance by and to a value, credit mode balance to and by a value.
std::uint8_t adjust_credit(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(8);  // issuer event, start
    const std::uint8_t type = in.u8();
    const std::int32_t value = in.i32();
    if (!in.finished()) return zcl::status::malformed;
    switch (type) {
        case 0:
            add(it, credit_remaining, value);
            break;
        case 1:
            put(it, credit_remaining, value);
            break;
        case 2:
            put(it, metering::bill_to_date, value);
            break;
        case 3:
            add(it, metering::bill_to_date, value);
            break;
        default:
            return zcl::status::invalid_field;
    }
    follow_credit(it);
    return zcl::status::success;
}

std::uint8_t change_payment_mode(Act& it) {
    constexpr std::uint32_t kNoCutOff = 0xFFFFFFFF;
    Reader in(it.asked.payload);
    in.bytes(12);  // provider, issuer event, implementation time
    const std::uint16_t control = in.u16();
    const std::uint32_t cut_off = in.u32();
    if (!in.finished()) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    take_snapshots(it.device, snapshot_cause::change_of_mode, it.now());
    put(it, payment_control, control);
    if (cut_off != kNoCutOff) put(it, cut_off_value, static_cast<std::int32_t>(cut_off));
    return zcl::status::success;
}

void reply_payment_mode(const Act& it, Component& answer) {
    constexpr std::uint8_t kChangePaymentModeResponse = 0x02;
    const GasData& data = it.device.gas().read();
    const Attributes& held = it.device.attributes();
    answer.frame_control =
        zcl::frame::cluster_specific | zcl::frame::to_client | zcl::frame::no_default_response;
    answer.command = kChangePaymentModeResponse;
    Writer out;
    out.u8(data.friendly_credit).u32(data.friendly_credit_calendar);
    for (const ZclAttribute& attribute : {emergency_credit_limit, emergency_credit_threshold})
        out.u32(static_cast<std::uint64_t>(held.number(attribute)));
    answer.payload = out.take();
}

/// Originating device, then the code; the response tells value and balance, or that there is none (CS01b).
std::uint8_t top_up(Act& it) {
    constexpr std::size_t kCode = 2;
    auto done = it.execution ? consumer_top_up(*it.execution, it.asked.payload) : std::nullopt;
    if (!done) return zcl::status::malformed;
    it.memory.response = std::move(done->response);
    if (!done->accepted) return zcl::status::failure;
    const Bytes& payload = it.asked.payload;
    const auto credit = static_cast<std::int32_t>(Reader(ByteView(it.memory.response).subspan(1)).u32());
    it.data().top_ups.push_back({Bytes(payload.begin() + kCode, payload.end()), credit, it.now()});
    if (it.data().top_ups.size() > kTopUps) it.data().top_ups.erase(it.data().top_ups.begin());
    follow_credit(it);
    return zcl::status::success;
}

/// Accepted or not, there is one response; a command that can not be read, or a broken meter, gives invalid
/// numbers (RTDS, CS01b).
void reply_top_up(const Act& it, Component& answer) {
    constexpr std::uint8_t kConsumerTopUpResponse = 0x03, kRefused = 0x01;
    constexpr std::uint32_t kInvalid = 0xFFFFFFFF;
    answer.frame_control = zcl::frame::cluster_specific | zcl::frame::to_client;
    answer.command = kConsumerTopUpResponse;
    answer.payload = it.memory.response;
    if (!answer.payload.empty()) return;
    const std::uint8_t source = it.asked.payload.empty() ? std::uint8_t{0} : it.asked.payload[0];
    answer.payload = Writer().u8(kRefused).u32(kInvalid).u8(source).u32(kInvalid).take();
}

std::uint8_t set_low_credit_warning(Act& it) {
    Reader in(it.asked.payload);
    const std::uint32_t level = in.u32();
    if (!in.finished()) return zcl::status::malformed;
    if (it.takes_effect()) put(it, low_credit_warning, level);
    return zcl::status::success;
}

std::uint8_t set_maximum_credit(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(12);
    const std::uint32_t level = in.u32(), per_top_up = in.u32();
    if (!in.finished()) return zcl::status::malformed;
    if (!it.takes_effect()) return zcl::status::success;
    put(it, max_credit_limit, level);
    put(it, max_credit_per_top_up, per_top_up);
    return zcl::status::success;
}

std::uint8_t set_debt_cap(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(12);
    const std::int32_t cap = in.i32();
    if (!in.finished()) return zcl::status::malformed;
    if (it.takes_effect()) put(it, overall_debt_cap, cap);
    return zcl::status::success;
}

}  // namespace meterbed::gas
