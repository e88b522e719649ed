// Auxiliary controllers: HCALCS, ALCS and APC, switched and limited for a period (SMETS 5.29, 9.5.2; ECS47,
// ECS47a, ECS47e).
#include <algorithm>

#include "devices/gbz_time.h"
#include "devices/object_model.h"
#include "devices/raise.h"
#include "devices/use_cases/dlms_methods.h"
#include "devices/use_cases/future_dating.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr std::uint8_t kControllers = 5;
constexpr std::uint16_t kLimitProcessed = 0x8F86, kLimitEnded = 0x8F87;
constexpr Attribute kControllerLog{7, {0, 17, 99, 98, 2, 255}, 2};

std::uint8_t number_of(std::uint8_t controller) { return controller & 0x0F; }

Attribute output_state(std::uint8_t number) { return {70, {0, number, 96, 3, 10, 255}, 2}; }
/// Of our own: percent of an APC.
Attribute level_of(std::uint8_t number) { return {70, {0, number, 96, 3, 10, 255}, 129}; }

/// Settings use .1 and .2 of 94.44.117 and following, limits .3 and .4.
Attribute period_attribute(std::uint8_t number, std::uint8_t which) {
    return {1, {0, 0, 94, 44, static_cast<std::uint8_t>(116 + number), which}, 2};
}

/// { time, controller and commanded state, outcome: success, HAN command: none }
void log_entry(Device& device, const ControllerPeriod& period, std::uint8_t level, Time now) {
    constexpr std::size_t kCapacity = 100;
    Value log = value_of(device, kControllerLog).value_or(Value{Type::array, 0, {}, {}});
    log.elements.push_back(
        Value::structure({Value::integer(Type::uint32, gbz_time(now)),
                          Value::integer(Type::uint16, period.controller << 8 | level),
                          Value::integer(Type::enumerated, 0), Value::integer(Type::uint32, 0)}));
    if (log.elements.size() > kCapacity) log.elements.erase(log.elements.begin());
    put_value(device, kControllerLog, std::move(log));
}

void apply(Device& device, const ControllerPeriod& period, std::uint8_t level, Context& context) {
    const std::uint8_t number = number_of(period.controller);
    put_value(device, output_state(number), Value::integer(Type::boolean, level > 0 ? 0xFF : 0));
    put_value(device, level_of(number), Value::integer(Type::uint8, level));
    log_entry(device, period, level, context.now());
}

Value u8(std::uint8_t number) { return Value::integer(Type::uint8, number); }

void begin(Device& device, ControllerPeriod& period, Context& context) {
    period.started = true;
    apply(device, period, period.level, context);
    if (period.limit)
        raise(device, kLimitProcessed, context,
              {.more = {u8(period.controller), time_value(period.start), time_value(period.end),
                        u8(period.level)}});
}

/// ASSUMPTION: afterwards a limited APC is free again (100), a switch off.
void finish(Device& device, const ControllerPeriod& period, Context& context) {
    const std::uint8_t level = period.limit ? 100 : 0;
    apply(device, period, level, context);
    if (period.limit) raise(device, kLimitEnded, context, {.more = {u8(period.controller), u8(level)}});
}

/// A start that is not given is now; an end that is not given never comes.
ControllerPeriod period_of(const AccessItem& item, bool limit) {
    const auto data = static_cast<std::uint16_t>(item.data.number);
    ControllerPeriod out;
    out.controller = static_cast<std::uint8_t>(data >> 8);
    out.level = static_cast<std::uint8_t>(data & 0xFF);
    out.limit = limit;
    const Device& device = item.execution.device;
    const std::uint8_t number = number_of(out.controller), first = limit ? 3 : 1;
    const Time now = item.execution.context.now();
    const auto start = value_of(device, period_attribute(number, first));
    const auto end = value_of(device, period_attribute(number, static_cast<std::uint8_t>(first + 1)));
    out.start = (start ? time_in(*start) : std::nullopt).value_or(now);
    out.end = (end ? time_in(*end) : std::nullopt).value_or(Time::max());
    // The older ECS47 gives minutes.
    if (start && start->type == Type::uint16) out.end = now + std::chrono::minutes{start->number};
    return out;
}

void forget(Device& device, const ControllerPeriod& like, Context& context) {
    std::erase_if(device.activations().periods, [&](const ControllerPeriod& each) {
        if (each.controller != like.controller || each.limit != like.limit) return false;
        context.cancel(each.timer);
        return true;
    });
}

void wait(ControllerPeriod& period, Context& context) {
    const Time next = period.started ? period.end : period.start;
    if (next == Time::max()) return;
    period.timer = context.after(std::max(Duration{0}, next - context.now()), period.tag);
}

Accessed control(AccessItem& item, bool limit) {
    if (item.data.type != Type::uint16) return {{}, Result::type_unmatched};
    ControllerPeriod period = period_of(item, limit);
    const std::uint8_t number = number_of(period.controller);
    if (number == 0 || number > kControllers) return {{}, Result::scope_violated};
    if (!value_of(item.execution.device, output_state(number))) return {{}, Result::object_undefined};
    Device& device = item.execution.device;
    Context& context = item.execution.context;
    forget(device, period, context);
    period.tag = device.next_tag();
    if (period.start <= context.now()) begin(device, period, context);
    wait(period, context);
    device.activations().periods.push_back(period);
    return {};
}

}  // namespace

Accessed set_controller_state(AccessItem& item) { return control(item, false); }
Accessed limit_controller(AccessItem& item) { return control(item, true); }

bool on_controller_timer(Device& device, std::uint64_t tag, Context& context) {
    auto& periods = device.activations().periods;
    const auto found = std::ranges::find(periods, tag, &ControllerPeriod::tag);
    if (found == periods.end()) return false;
    if (!found->started) {
        begin(device, *found, context);
        wait(*found, context);
        return true;
    }
    const ControllerPeriod done = *found;
    periods.erase(found);
    finish(device, done, context);
    return true;
}

}  // namespace meterbed
