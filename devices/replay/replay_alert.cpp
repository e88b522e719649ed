#include <algorithm>

#include "devices/replay/loading.h"
#include "devices/replay/provoke.h"
#include "devices/replay/replay.h"

namespace meterbed::replay {
namespace {

std::vector<gbcs::Message> alerts_of(std::vector<gbcs::Message> sent) {
    std::erase_if(sent,
                  [](const gbcs::Message& message) { return message.header.cra != gbcs::CraFlag::alert; });
    return sent;
}

/// The alerts a device sends when it executes this command and lives until the recorded one was sent. Its own
/// counter is taken as `counter` before.
std::vector<gbcs::Message> after_command(Bench& bench, ByteView command, const gbcs::Message& recorded,
                                         std::uint64_t counter) {
    bench.device().set_own_counter(counter);
    if (const auto asked = gbcs::parse(command)) prepare_firmware(bench, *asked, recorded);
    std::vector<gbcs::Message> sent = alerts_of(bench.receive(command));
    if (const auto until = time_of_alert(recorded); until && *until > bench.context().now())
        std::ranges::move(alerts_of(bench.run_until(*until)), std::back_inserter(sent));
    return sent;
}

struct Case {
    ByteView octets;
    const gbcs::Message& recorded;
    DeviceType type;
    const Setting& setting;

    Outcome compared(const Bench& bench, const gbcs::Message& ours) const {
        Outcome out = compare(ours, octets, bench.device().identity().signing.public_key());
        out.loaded = true;  // where the device's own counter stood
        return out;
    }
};

/// The command is executed twice: to learn which of the alerts it causes is the recorded one, then with the
/// counter that makes it so.
std::optional<Outcome> caused_by(const Case& it, ByteView octets) {
    const auto command = gbcs::parse(octets);
    if (!command || command->header.recipient != it.recorded.header.originator) return std::nullopt;
    Bench first({command->header.recipient, it.type}, it.setting, *command);
    const std::size_t count = after_command(first, octets, it.recorded, 0).size();
    for (std::size_t i = 0; i < count && i < it.recorded.header.counter; ++i) {
        Bench bench({command->header.recipient, it.type}, it.setting, *command);
        const auto sent = after_command(bench, octets, it.recorded, it.recorded.header.counter - 1 - i);
        if (i >= sent.size() || sent[i].code() != it.recorded.code()) continue;
        Outcome outcome = it.compared(bench, sent[i]);
        if (outcome.likeness != Likeness::different) return outcome;
    }
    return std::nullopt;
}

Outcome provoked(const Case& it) {
    Bench bench({it.recorded.header.originator, it.type}, it.setting, it.recorded);
    bench.device().set_own_counter(it.recorded.header.counter - 1);
    Event event{bench, it.recorded};
    provoke(event);
    const auto sent = alerts_of(bench.sent());
    const auto same = std::ranges::find_if(
        sent, [&it](const gbcs::Message& message) { return message.code() == it.recorded.code(); });
    if (same == sent.end()) return {.reason = "the device did not send this alert"};
    return it.compared(bench, *same);
}

}  // namespace

Outcome replay_alert(ByteView alert, std::span<const Bytes> commands, DeviceType type,
                     const Setting& setting) {
    const auto recorded = gbcs::parse(alert);
    if (!recorded) return {.reason = "alert: " + recorded.error().text()};
    const Case it{alert, *recorded, type, setting};
    for (const Bytes& command : commands)
        if (const auto outcome = caused_by(it, command)) return *outcome;
    return provoked(it);
}

}  // namespace meterbed::replay
