#include "devices/use_cases/future_dating.h"

#include <algorithm>

#include "devices/alerts.h"
#include "devices/object_model.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

/// 0000000000000000008000FF: activate now. FFFFFFFFFFFFFFFFFF8000FF: never, and forget what waits.
constexpr gbcs::DateTime kNow{0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x00, 0xFF};

constexpr std::uint16_t kActioned = 0x8F66, kNotActioned = 0x8F67;
/// ASSUMPTION: how often a device without reliable time looks whether it has one again.
constexpr Duration kTimeRetry = std::chrono::minutes{30};

constexpr std::uint16_t kExtendedData = 9000;
constexpr std::uint8_t kActive = 2, kPassive = 4, kActivationTime = 6;

struct Step {
    Attribute trigger, from, to;
};
constexpr Attribute extended(std::uint8_t d, std::uint8_t e, std::uint8_t index) {
    return {kExtendedData, {0, 0, 94, 44, d, e}, index};
}
constexpr Step next_to_current(std::uint8_t e, const Attribute& to) {
    return {extended(128, e, kActivationTime), extended(128, e, kPassive), to};
}
/// Tables kept twice: OBIS 0-1 is the next one, 0-0 the current.
constexpr Step table(std::uint8_t e, std::uint16_t class_id, std::uint8_t c, std::uint8_t number) {
    return {extended(128, e, kActivationTime),
            {class_id, {0, 1, c, 0, number, 255}, 2},
            {class_id, {0, 0, c, 0, number, 255}, 2}};
}
constexpr Step calendar(std::uint8_t number, std::uint8_t from, std::uint8_t to) {
    const Obis obis{0, 0, 13, 0, number, 255};
    return {{20, obis, 10}, {20, obis, from}, {20, obis, to}};
}
constexpr Step charge(std::uint8_t number) {
    const Obis obis{0, 0, 19, 20, number, 255};
    return {{113, obis, 7}, {113, obis, 6}, {113, obis, 5}};
}
constexpr Step thresholds(std::uint8_t number) {
    return {{kExtendedData, {0, 0, 63, 1, 1, 255}, kActivationTime},
            {21, {0, 0, 16, 1, number, 255}, 2},
            {21, {0, 0, 16, 0, number, 255}, 2}};
}
constexpr Obis kNextAccount{0, 1, 19, 0, 0, 255}, kAccount{0, 0, 19, 0, 0, 255};
constexpr Obis kEmergency{0, 0, 19, 10, 1, 255}, kLoadLimit{0, 0, 17, 0, 0, 255};

/// What becomes of what when an activation time comes (names in object_rows.cpp). Extended Data that keeps
/// both values itself needs no row.
constexpr Step kSteps[] = {
    next_to_current(2, {112, kEmergency, 9}),
    next_to_current(3, {112, kEmergency, 10}),
    next_to_current(6, {71, kLoadLimit, 6}),
    next_to_current(7, {71, kLoadLimit, 4}),
    next_to_current(8, {71, kLoadLimit, 7}),
    next_to_current(9, {111, kAccount, 16}),
    next_to_current(12, {111, kAccount, 18}),
    next_to_current(13, {111, kAccount, 19}),
    next_to_current(22, {21, {0, 0, 16, 0, 1, 255}, 2}),
    table(26, 10, 12, 2),
    table(28, 10, 12, 1),
    table(29, 11, 11, 0),
    table(30, 11, 11, 1),
    table(31, 11, 11, 2),
    table(35, 11, 11, 3),
    calendar(0, 7, 3),
    calendar(0, 8, 4),
    calendar(0, 9, 5),
    calendar(1, 7, 3),
    calendar(1, 8, 4),
    calendar(1, 9, 5),
    charge(0),
    charge(4),
    charge(5),
    thresholds(11),
    thresholds(12),
    thresholds(13),
    thresholds(14),
    thresholds(15),
    thresholds(16),
    thresholds(17),
    thresholds(18),
    {{111, kNextAccount, 13}, {111, kNextAccount, 2}, {111, kAccount, 2}},
    {{111, kNextAccount, 13}, {111, kNextAccount, 11}, {111, kAccount, 11}},
};

/// Both numbers of the payment mode: the mode, and that the account is active (2) rather than to become so
/// (1).
Value as_active(const Attribute& to, Value value) {
    constexpr std::int64_t kAccountActive = 2;
    if (to == Attribute{111, kAccount, 2} && value.elements.size() == 2)
        value.elements[1].number = kAccountActive;
    return value;
}

void copy(Device& device, const Attribute& from, const Attribute& to) {
    const Value* next = device.objects().find(from);
    const Value* current = device.objects().find(to);
    if (!next || !current) return;
    // The disablement threshold is one number as Extended Data and an array of one as a register monitor.
    const bool wrap = current->type == Type::array && next->type != Type::array;
    put_value(device, to, wrap ? Value{Type::array, 0, {}, {*next}} : as_active(to, *next));
}

void forget(Device& device, const Attribute& trigger, Context& context) {
    std::erase_if(device.activations().attributes, [&](const Activation& each) {
        if (each.trigger != trigger) return false;
        context.cancel(each.timer);
        return true;
    });
}

Bytes octets_of(const Activation& done) {
    const auto append = [](Bytes& out, std::uint64_t number, int octets) {
        for (int i = octets; i-- > 0;) out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    };
    Bytes out;
    append(out, static_cast<std::uint16_t>(done.code), 2);
    append(out, done.counter, 8);
    append(out, done.trigger.class_id, 2);
    out.insert(out.end(), done.trigger.obis.begin(), done.trigger.obis.end());
    out.push_back(done.trigger.index);
    return out;
}

/// 0x00CC: one alert an attribute (RTDS).
void report(Device& device, const Activation& done, Result result, Context& context) {
    AlertDraft alert;
    alert.code = alert_messages::activated_attribute;
    alert.alert_code = result == Result::success ? kActioned : kNotActioned;
    alert.recipient = done.originator;
    alert.counter = device.next_counter();
    alert.payload = alert_payload(device, alert.counter, alert.alert_code, context.now(),
                                  {Value::octet_string(octets_of(done))});
    device.send(alert, context);
}

}  // namespace

std::optional<Time> time_in(const Value& value) {
    gbcs::DateTime octets{};
    if (value.type != Type::octet_string || value.octets.size() != octets.size()) return std::nullopt;
    std::ranges::copy(value.octets, octets.begin());
    return time_of(octets);
}

Value time_value(Time time) {
    const auto at = date_time(time);
    return Value::octet_string({at.begin(), at.end()});
}

bool is_activation_time(const Attribute& attribute) {
    if (attribute.class_id == kExtendedData) return attribute.index == kActivationTime;
    return std::ranges::any_of(kSteps, [&](const Step& step) { return step.trigger == attribute; });
}

bool is_future_dated(const AccessRequest& request) {
    for (std::size_t i = 0; i < request.specifications.size() && i < request.data.size(); ++i)
        if (request.specifications[i].access == Access::set &&
            is_activation_time(request.specifications[i].attribute) &&
            !std::ranges::equal(request.data[i].octets, kNow))
            return true;
    return false;
}

Result activate(Device& device, const Attribute& trigger) {
    if (const Result fault = device.objects().fault(trigger); fault != Result::success) return fault;
    if (trigger.class_id == kExtendedData)
        copy(device, {kExtendedData, trigger.obis, kPassive}, {kExtendedData, trigger.obis, kActive});
    for (const Step& step : kSteps)
        if (step.trigger == trigger) copy(device, step.from, step.to);
    return Result::success;
}

Result schedule_activation(Execution& it, const Attribute& trigger, const Value& when) {
    forget(it.device, trigger, it.context);
    if (std::ranges::equal(when.octets, kNow)) return activate(it.device, trigger);
    const auto time = time_in(when);
    if (!time) return Result::success;  // never
    Activation waiting{it.device.next_tag(), 0, trigger, it.header().originator, it.command.message.code(),
                       it.header().counter};
    waiting.timer = it.context.after(std::max(Duration{0}, *time - it.context.now()), waiting.tag);
    it.device.activations().attributes.push_back(waiting);
    return Result::success;
}

bool on_activation_timer(Device& device, std::uint64_t tag, Context& context) {
    auto& waiting = device.activations().attributes;
    const auto found = std::ranges::find(waiting, tag, &Activation::tag);
    if (found == waiting.end()) return false;
    if (device.time_status != TimeStatus::reliable) {
        // "If the device's time is not reliable, pending commands wait" (K).
        found->timer = context.after(kTimeRetry, tag);
        return true;
    }
    const Activation due = *found;
    waiting.erase(found);
    const Result result = activate(device, due.trigger);
    context.note({.what = result == Result::success ? notes::command_executed : notes::command_failed,
                  .device = device.id(),
                  .party = due.originator,
                  .code = due.code,
                  .counter = due.counter});
    report(device, due, result, context);
    return true;
}

}  // namespace meterbed
