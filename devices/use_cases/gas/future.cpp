// Future dated gas commands: kept until their time, cancelled, replaced, reported component by component.
#include <algorithm>

#include "devices/gas/alerts.h"
#include "devices/gas/billing.h"
#include "devices/gbz_time.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

/// ASSUMPTION: how often a device without reliable time looks whether it has one again.
constexpr Duration kTimeRetry = std::chrono::minutes{30};

/// "A stored future command can be replaced by one with a higher counter": one a role and message code.
void forget(GasData& data, RemotePartyRole role, gbcs::MessageCode code, Context& context) {
    std::erase_if(data.pending, [&](const PendingCommand& pending) {
        if (pending.role != role || pending.code != code) return false;
        context.cancel(pending.timer);
        return true;
    });
}

/// "All future times in one command are equal"; where they are not, each time has its own timer.
PendingCommand& pending_at(Execution& it, GasData& data, Seconds time) {
    const auto same = [&](const PendingCommand& each) {
        return each.time == time && each.role == it.command.role && each.code == it.command.message.code();
    };
    const auto found = std::ranges::find_if(data.pending, same);
    if (found != data.pending.end()) return *found;
    PendingCommand pending;
    pending.tag = ++it.device.pending_updates().last_tag;
    pending.time = time;
    pending.originator = it.header().originator;
    pending.role = it.command.role;
    pending.code = it.command.message.code();
    pending.counter = it.header().counter;
    const Duration wait = std::max(Duration{0}, Duration{time_of_gbz(time) - it.context.now()});
    pending.timer = it.context.after(wait, pending.tag);
    data.pending.push_back(std::move(pending));
    return data.pending.back();
}

bool activate(Device& device, const Component& component, CommandMemory& memory, Context& context) {
    const ChangeRow* row = find_change(component);
    if (!row) return false;
    const std::uint8_t fault = device.attributes().command_fault({component.cluster, component.command}, 0);
    Act act{device, context, component, Phase::activate, memory, nullptr};
    return (fault != zcl::status::success ? fault : row->act(act)) == zcl::status::success;
}

void execute(Device& device, const PendingCommand& pending, Context& context) {
    CommandMemory memory;
    bool all = true;
    for (const Component& component : pending.components) {
        const bool success = activate(device, component, memory, context);
        all = all && success;
        report_future_dated(device, pending, component, success, context);
    }
    context.note({.what = all ? notes::command_executed : notes::command_failed,
                  .device = device.id(),
                  .party = pending.originator,
                  .code = pending.code,
                  .counter = pending.counter,
                  .verdict = all ? std::string_view{} : "ZCL failure"});
}

}  // namespace

void store(Execution& execution, const std::vector<Component>& timed) {
    GasData& data = execution.device.gas().write();
    forget(data, execution.command.role, execution.command.message.code(), execution.context);
    for (const Component& component : timed) {
        const Seconds time = implementation_time(*find_change(component), component);
        if (phase_of(time) == Phase::store) pending_at(execution, data, time).components.push_back(component);
    }
}

bool on_timer(Device& device, std::uint64_t tag, Context& context) {
    const GasData& held = device.gas().read();
    if (tag != 0 && tag == held.billing_tag) return end_billing_period(device, context), true;
    const auto found = std::ranges::find(held.pending, tag, &PendingCommand::tag);
    if (found == held.pending.end()) return false;
    auto& pending = device.gas().write().pending;
    const auto at = std::ranges::find(pending, tag, &PendingCommand::tag);
    if (device.time_status != TimeStatus::reliable) {
        // "If the device's time is not reliable, pending commands wait" (K).
        at->timer = context.after(kTimeRetry, tag);
        return true;
    }
    const PendingCommand due = std::move(*at);
    pending.erase(at);
    execute(device, due, context);
    return true;
}

}  // namespace meterbed::gas
