// CS02b and CS02g, now or at a later time (GBCS 13.3).
#include <algorithm>

#include "devices/alerts.h"
#include "devices/use_cases/execution.h"
#include "devices/use_cases/replace_cells.h"
#include "devices/use_cases/update_checks.h"

namespace meterbed {
namespace {

using gbcs::UpdateSecurityCredentials;
using gbcs::UpdateSecurityCredentialsResponse;

constexpr std::uint16_t kActioned = 0x8F66, kNotActioned = 0x8F67;
/// ASSUMPTION: how often a device without reliable time looks whether it has one again.
constexpr Duration kTimeRetry = std::chrono::minutes{30};

/// "A stored command is replaced by one with a higher counter": one a role and message code.
void forget(PendingUpdates& pending, RemotePartyRole role, gbcs::MessageCode code, Context& context) {
    std::erase_if(pending.commands, [&](const PendingUpdate& command) {
        if (command.role != role || command.code != code) return false;
        context.cancel(command.timer);
        return true;
    });
}

void store(Execution& it, const UpdateSecurityCredentials& update) {
    PendingUpdates& pending = it.device.pending_updates();
    const std::uint64_t tag = ++pending.last_tag;
    const Duration wait = std::max(Duration{0}, *update.execute_at - it.context.now());
    const TimerId timer = it.context.after(wait, tag);
    pending.commands.push_back(
        {tag, timer, it.header().originator, it.command.role, it.command.message.code(), update});
}

Answer answer_with(UpdateSecurityCredentialsResponse response) {
    Answer answer;
    if (response.outcome && worst(*response.outcome) != gbcs::StatusCode::success)
        answer.failure = name(worst(*response.outcome));
    answer.stored = !response.outcome;
    answer.payload = gbcs::encode_cs02(std::move(response));
    return answer;
}

void report(Device& device, const PendingUpdate& done, const gbcs::ExecutionOutcome& outcome,
            Context& context) {
    const bool success = worst(outcome) == gbcs::StatusCode::success;
    const bool load_controller = static_cast<std::uint16_t>(done.code) > 0x0109;
    AlertDraft alert;
    alert.code =
        load_controller ? alert_messages::updated_load_controller : alert_messages::updated_credentials;
    alert.alert_code = success ? kActioned : kNotActioned;
    alert.recipient = done.originator;
    alert.counter = device.next_counter();
    const Time at = std::chrono::floor<std::chrono::seconds>(context.now());
    alert.payload = gbcs::encode_cs02(gbcs::UpdateSecurityCredentialsAlert{alert.alert_code, at, outcome});
    device.send(alert, context);
}

}  // namespace

Answer update_security_credentials(Execution& it) {
    const auto& update = it.content<UpdateSecurityCredentials>();
    if (update.execute_at) {
        forget(it.device.pending_updates(), it.command.role, it.command.message.code(), it.context);
        if (*update.execute_at != kForever) store(it, update);
        return answer_with({});
    }
    const UpdateOrder order{update, it.command.message.code(), it.header().originator};
    return answer_with({replace_cells(it.device, order, it.context)});
}

void execute_pending_update(Device& device, std::uint64_t tag, Context& context) {
    auto& commands = device.pending_updates().commands;
    const auto found = std::ranges::find(commands, tag, &PendingUpdate::tag);
    if (found == commands.end()) return;
    if (device.time_status != TimeStatus::reliable) {
        // "If the device's time is not reliable, pending commands wait" (K).
        found->timer = context.after(kTimeRetry, tag);
        return;
    }
    const PendingUpdate due = std::move(*found);
    commands.erase(found);
    const UpdateOrder order{due.update, due.code, due.originator};
    const gbcs::ExecutionOutcome outcome = replace_cells(device, order, context);
    const gbcs::StatusCode status = worst(outcome);
    const bool success = status == gbcs::StatusCode::success;
    context.note({.what = success ? notes::command_executed : notes::command_failed,
                  .device = device.id(),
                  .party = due.originator,
                  .code = due.code,
                  .counter = due.update.authorising_counter,
                  .verdict = success ? std::string_view{} : name(status)});
    report(device, due, outcome, context);
}

}  // namespace meterbed
