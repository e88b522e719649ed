// Hubs of prepayment homes while the WAN does not reach them: what they hold, and what they report when it
// does.
#include "devices/alerts.h"
#include "sim/errors.h"
#include "sim/network/carriage.h"
#include "sim/network/homes.h"
#include "sim/prepayment/records.h"

namespace meterbed {
namespace {

/// Alerts whose payload is not of the family that tells its code (ASN.1).
constexpr std::uint16_t kAlertWithoutCode = 0x8FFF;

/// 0 for a response.
std::uint16_t alert_code_of(const Outgoing& message) {
    const auto* part = std::get_if<Uplink>(&message);
    if (part == nullptr) return 0;
    const auto read = gbcs::parse(part->message);
    if (!read) throw SimulationError("device " + part->device.text() + " sent an unreadable message");
    if (read->header.cra != gbcs::CraFlag::alert) return 0;
    return code_of_alert(*read).value_or(kAlertWithoutCode);
}

Eui64 sender_of(const Outgoing& message) {
    const auto* part = std::get_if<Uplink>(&message);
    return part != nullptr ? part->device : std::get<InstructionAnswered>(message).answer.meter;
}

}  // namespace

bool Homes::may_hold(std::int32_t home) {
    const PrepaidHome* const it = at(home).prepaid.get();
    return it != nullptr && meterbed::may_hold(network_.settings, it->cover);
}

void Homes::send_out(std::int32_t home, Outgoing message) {
    std::visit([&](auto& part) { post(network_.wan_of(home), kHubToWan, std::move(part)); }, message);
}

/// At the hub: to the WAN, or held until there is some.
void Homes::leave(std::int32_t home, Outgoing message) {
    if (!may_hold(home)) return send_out(home, std::move(message));
    PrepaidHome& it = *at(home).prepaid;
    if (wan_reaches(cover_draws_, it.cover, network_.settings, home, now_))
        return send_out(home, std::move(message));
    if (it.buffer.empty()) {
        const Time there_is_wan = cover_draws_.next_change(it.cover, network_.settings, home, now_);
        post(id_, there_is_wan - now_, Alarm{release_alarm, static_cast<std::uint64_t>(home), 0});
    }
    Held<Outgoing> report{now_, alert_code_of(message), std::move(message)};
    note_report(prepay::report_held, home, report);
    const auto dropped = hold(it.buffer, std::move(report), network_.settings.hub_buffer_alerts);
    if (dropped) note_report(prepay::report_dropped, home, *dropped);
}

void Homes::note_report(std::string_view what, std::int32_t home, const Held<Outgoing>& report) {
    Record& row = record(what);
    row.home = home;
    row.device = sender_of(report.message);
    row.code = word(report_name(report.code));
    row.value = std::chrono::duration<double>(now_ - report.since).count();
}

/// There may be WAN again, or power. A hub without power keeps what it holds (ASSUMPTION) and looks again
/// when it starts.
void Homes::look_for_release(std::int32_t home) {
    HomeEquipment& equipment = at(home);
    PrepaidHome& it = *equipment.prepaid;
    const auto works_from = passes_on(equipment.hub, now_);
    if (it.buffer.empty() || !works_from) return;
    const bool reached = wan_reaches(cover_draws_, it.cover, network_.settings, home, now_);
    const Time when = *works_from > now_ ? *works_from
                      : reached          ? now_
                                         : cover_draws_.next_change(it.cover, network_.settings, home, now_);
    if (when > now_) return post(id_, when - now_, Alarm{release_alarm, static_cast<std::uint64_t>(home), 0});
    for (Held<Outgoing>& report : release(it.buffer)) {
        note_report(prepay::report_late, home, report);
        send_out(home, std::move(report.message));
    }
}

}  // namespace meterbed
