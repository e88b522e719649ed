// Hubs that the WAN may not reach: alerts and answers of their meters, held and released
// (sim/prepayment/hub_buffer.h). Of all other hubs nothing is kept: what a meter tells leaves them at once.
#include "devices/raise.h"
#include "sim/fleet/prepayment_state.h"
#include "sim/prepayment/records.h"

namespace meterbed::fleet {

/// SMETS1 meters send no alerts (devices/smets1_prepayment.cpp).
void PrepaymentModel::State::send_alert(PrepaymentRow& row, std::uint16_t code, Time now) {
    if (row.generation == Generation::SMETS1 || !may_hold(settings, row.cover)) return;
    if (!find_alert(code)->sent) return;  // only logged
    Message alert;
    alert.number = code;
    send(row, now + to_hub(settings, row.generation), Stage::alert_at_hub, alert);
}

void PrepaymentModel::State::message_at_hub(PrepaymentRow& row, const Message& message) {
    const bool alert = message.stage == Stage::alert_at_hub;
    if (wan_reaches(covers, row.cover, settings, row.home, message.at)) {
        if (!alert) send(row, message.at + kHubToWan, Stage::answer_at_wan, message);
        return;
    }
    if (open_of(row).hub.empty())
        send(row, covers.next_change(row.cover, settings, row.home, message.at), Stage::hub_releases, {});
    const Held<Message> report{message.at, alert ? message.number : std::uint16_t{0}, message};
    note_report(row, held, report, message.at);
    const auto gave_way = hold(open_of(row).hub, report, settings.hub_buffer_alerts);
    if (gave_way) note_report(row, dropped, *gave_way, message.at);
}

void PrepaymentModel::State::hub_releases(PrepaymentRow& row, Time now) {
    for (const Held<Message>& report : release(open_of(row).hub)) {
        note_report(row, late, report, now);
        if (report.code == 0) send(row, now + kHubToWan, Stage::answer_at_wan, report.message);
    }
}

void PrepaymentModel::State::note_report(const PrepaymentRow& row, Word what, const Held<Message>& report,
                                         Time now) {
    Record out = record(row, what, now);
    out.code = writer.word(report_name(report.code));
    out.value = std::chrono::duration<double>(now - report.since).count();
    note(out);
}

}  // namespace meterbed::fleet
