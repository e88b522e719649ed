// Alerts on their way through the DCC: of devices, to whom their certificates name; and AD1, which the DCC
// makes of a power outage event, to whom registration data name.
#include "devices/alerts.h"
#include "devices/raise.h"
#include "sim/network/dcc.h"

namespace meterbed {

void Dcc::line_up(WaitingAlert alert) {
    const Time turn = meterbed::take_turn(turns_, now_, network_.settings.dcc_alert_capacity, Time::max());
    if (turn <= now_) return pass_on(std::move(alert));
    waiting_.push_back(std::move(alert));
    post(id_, turn - now_, Alarm{alert_due, 0, 0});
}

void Dcc::pass_on(WaitingAlert alert) {
    if (alert.outage) return report_outage(*alert.outage);
    const auto message = gbcs::parse(alert.octets);
    route_alert(*message, std::move(alert.octets), alert.home);
}

void Dcc::withhold(std::int32_t home, Eui64 device, std::string_view alert, std::string_view why,
                   std::uint64_t loss) {
    Record& row = record("alert withheld");
    row.home = home;
    row.device = device;
    row.detail = word(alert);
    row.code = word(why);
    row.counter = loss;
}

void Dcc::route_alert(const gbcs::Message& message, Bytes octets, std::int32_t home) {
    const Eui64 device = message.header.originator;
    const auto recipient = network_.directory.user_index.find(message.header.recipient);
    if (recipient == network_.directory.user_index.end()) {
        Record& row = record("alert undeliverable");
        row.home = home;
        row.device = device;
        row.party = message.header.recipient;
        row.message = static_cast<std::uint16_t>(message.code());
        return;
    }
    // Alerts without a code of their own count by their use case.
    const std::uint16_t code = code_of_alert(message).value_or(static_cast<std::uint16_t>(message.code()));
    const std::string_view why = alert_withheld(alert_rules_, code, now_, device_alerts_[{device, code}]);
    if (!why.empty()) return withhold(home, device, alert_code_text(code), why, 0);
    post(network_.users, network_.settings.dcc_processing,
         AlertReturned{recipient->second, home, std::move(octets)});
}

void Dcc::on(PowerOutageEvent part) {
    const OutageAttempt& outage = part.attempt;
    Record& row = record("power outage received");
    row.home = outage.home;
    row.device = network_.home(outage.home).chf;
    row.counter = outage.loss;
    line_up({outage.home, {}, outage});
}

/// To the Supplier and the Network Operator of the premises (DUIS 3.9, AD1).
void Dcc::report_outage(const OutageAttempt& outage) {
    const Home& home = network_.home(outage.home);
    const auto job = firmware_until_.find(home.number);
    const Time job_until = job == firmware_until_.end() ? Time{} : job->second;
    const std::string_view why =
        ad1_withheld(alert_rules_, home.site, now_, job_until, outage_alerts_[home.number]);
    if (!why.empty()) return withhold(home.number, home.chf, "AD1", why, outage.loss);
    const RegistrationRow& row = registration.rows.at(static_cast<std::size_t>(home.number));
    for (const std::uint16_t user : {row.supplier, row.network_operator}) {
        post(network_.users, network_.settings.dcc_processing,
             DccAlertReturned{user, home.number, "AD1", 0, outage.loss, outage.started});
    }
}

void Dcc::on(FirmwareJob part) { firmware_until_[part.home] = part.start + network_.settings.firmware_job; }

}  // namespace meterbed
