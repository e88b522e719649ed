#include "devices/esme.h"

#include "devices/alerts.h"
#include "devices/gbcs/dlms.h"
#include "devices/supply_change.h"

namespace meterbed {
namespace {

constexpr std::uint16_t kSupplyInterrupted = 0x8F57;
constexpr std::uint16_t kPhasesInterrupted[] = {0x8F58, 0x8F59, 0x8F5A};
constexpr std::string_view kMessageLost = "message lost";  ///< as the network notes it

gbcs::dlms::Value time_value(Time time) {
    const auto at = gbcs::dlms::date_time(time);
    return gbcs::dlms::Value::octet_string({at.begin(), at.end()});
}

}  // namespace

Esme::Esme(DeviceIdentity identity, gbcs::SharedSecrets& secrets)
    : Device(DeviceType::eSME, std::move(identity), secrets) {}

void Esme::apply(SupplyEvent event, Context& context) {
    prepayment::settle(*this, context);
    change_supply(*this, supply_, event, false, context);
    prepayment::settle(*this, context);
}

/// The loss is only logged: without power nothing can be sent. The alert comes with the restoration
/// (SMETS 5.5.12.6).
void Esme::power(bool on, Context& context) {
    prepayment::power(*this, on, context);
    if (!on) {
        if (outage_.lost_at) return;
        lose_report(context);
        supply_lost(outage_, context.now());
        context.note({.what = notes::supply_lost, .device = id()});
        if (!outage_codes.polyphase) return log(Log::power, kSupplyInterrupted, context);
        for (const std::uint16_t phase : kPhasesInterrupted) log(Log::power, phase, context);
        return;
    }
    const auto outage = supply_restored(outage_, context.now(), outage_codes);
    if (!outage) return;
    context.note({.what = notes::supply_restored, .device = id()});
    log(Log::power, outage->alert_code, context);
    if (report_delay <= Duration{0}) return report(*outage, context);
    resume(*outage, report_delay, context);
}

void Esme::resume(const Outage& unreported, Duration due, Context& context) {
    unreported_ = unreported;
    report_tag_ = next_tag();
    report_timer_ = context.after(due, report_tag_);
}

/// The meter went dark while it started: its alert was never sent.
void Esme::lose_report(Context& context) {
    if (!unreported_) return;
    unreported_.reset();
    context.cancel(report_timer_);
    context.note(
        {.what = kMessageLost, .device = id(), .verdict = "device without power", .detail = "alert"});
}

void Esme::on_timer(std::uint64_t tag, Context& context) {
    if (!unreported_ || tag != report_tag_) return Device::on_timer(tag, context);
    report(*unreported_, context);
    unreported_.reset();
}

/// ECS80: to the Network Operator, whoever the device's cell names.
void Esme::report(const Outage& outage, Context& context) {
    const auto recipient = holder(*this, {RemotePartyRole::networkOperator, KeyUsage::digitalSignature});
    if (!recipient) return;
    AlertDraft alert;
    alert.code = alert_messages::outage_restored;
    alert.alert_code = outage.alert_code;
    alert.recipient = *recipient;
    alert.counter = next_counter();
    alert.payload = alert_payload(*this, alert.counter, outage.alert_code, context.now(),
                                  {time_value(outage.lost_at), time_value(outage.restored_at)});
    send(alert, context);
}

}  // namespace meterbed
