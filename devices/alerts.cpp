#include "devices/alerts.h"

#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbz_time.h"

namespace meterbed {

using gbcs::dlms::Type;
using gbcs::dlms::Value;

Bytes alert_payload(const Device& device, std::uint64_t counter, std::uint16_t alert_code, Time now,
                    std::vector<Value> more) {
    const bool gas = device.type() == DeviceType::gSME || device.type() == DeviceType::GPF;
    if (gas) return gbcs::gbz::encode(gbcs::gbz::Alert{0, alert_code, gbz_time(now), {}});
    const auto at = gbcs::dlms::date_time(now);
    std::vector<Value> body{Value::integer(Type::uint16, alert_code),
                            Value::octet_string({at.begin(), at.end()})};
    for (Value& value : more) body.push_back(std::move(value));
    return gbcs::dlms::encode(
        gbcs::dlms::DataNotification{gbcs::dlms::invoke_id(counter), Value::structure(std::move(body))});
}

std::optional<std::uint16_t> code_of_alert(const gbcs::Message& alert) {
    const auto body = gbcs::dlms::parse(alert.payload);
    const auto* notification = body ? std::get_if<gbcs::dlms::DataNotification>(&*body) : nullptr;
    if (notification != nullptr && !notification->body.elements.empty()) {
        return static_cast<std::uint16_t>(notification->body.elements.front().number);
    }
    const auto gas = gbcs::gbz::parse(gbcs::CraFlag::alert, alert.payload);
    const auto* event = gas ? std::get_if<gbcs::gbz::Alert>(&*gas) : nullptr;
    if (event != nullptr) return event->code;
    return std::nullopt;
}

std::optional<Eui64> holder(const Device& device, const Cell& cell) {
    const TrustAnchors& anchors = device.trust_anchors();
    if (!anchors.has(cell) || !anchors.at(cell)) return std::nullopt;
    return anchors.at(cell)->subject;
}

std::optional<Eui64> security_alert_recipient(const Device& device) {
    constexpr Cell kCells[] = {
        {RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management},
        {RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement, CellUsage::management}};
    for (const Cell& cell : kCells)
        if (const auto party = holder(device, cell)) return party;
    return std::nullopt;
}

void send_generic_alert(Device& device, bool critical, std::uint16_t alert_code, Context& context) {
    const auto recipient = security_alert_recipient(device);
    if (!recipient) return;
    AlertDraft alert;
    alert.code = critical ? alert_messages::critical : alert_messages::non_critical;
    alert.alert_code = alert_code;
    alert.recipient = *recipient;
    alert.counter = device.next_counter();
    alert.payload = alert_payload(device, alert.counter, alert_code, context.now());
    device.send(alert, context);
}

}  // namespace meterbed
