#include "devices/gas/alerts.h"

#include <algorithm>

#include "devices/gbz_time.h"
#include "devices/raise.h"

namespace meterbed::gas {
namespace {

using gbcs::MessageCode;

constexpr MessageCode kFutureDated{0x00CD}, kBillingData{0x008B};
constexpr std::uint16_t kActioned = 0x8F66, kNotActioned = 0x8F67, kBillingDataUpdated = 0x8F0A;
constexpr std::uint8_t kOctetString = 0x09;

constexpr std::uint16_t kCriticalFamily = 0x8F00;

/// Bit 10 of the event configuration: the event is reported over the WAN (ZigBee Smart Energy D.11). Critical
/// alerts can not be switched off.
bool is_reported(const Device& device, std::uint16_t event) {
    constexpr std::uint8_t kToWan = 0x10;
    if (event >= kCriticalFamily) return true;
    const auto& settings = device.gas().read().event_settings;
    const auto setting = std::ranges::find(settings, event, &EventSetting::event);
    return setting != settings.end() && (setting->configuration & kToWan) != 0;
}

void send(Device& device, MessageCode code, Eui64 recipient, gbcs::gbz::Alert content, Context& context) {
    AlertDraft alert;
    alert.code = code;
    alert.alert_code = content.code;
    alert.recipient = recipient;
    alert.counter = device.next_counter();
    alert.payload = gbcs::gbz::encode(content);
    device.send(alert, context);
}

}  // namespace

/// What follows code and time: an octet-string, as RTDS shows it for 0x00CF; for 0x00F2 by analogy.
void raise(Device& device, std::uint16_t event, Context& context, ByteView detail) {
    if (!is_reported(device, event)) return device.log(Log::event, event, context);
    AlertDetails details;
    if (!detail.empty()) {
        Bytes body{kOctetString, static_cast<std::uint8_t>(detail.size())};
        body.insert(body.end(), detail.begin(), detail.end());
        details.payload =
            gbcs::gbz::encode(gbcs::gbz::Alert{1, event, gbz_time(context.now()), std::move(body)});
    }
    meterbed::raise(device, event, context, details);
}

/// Length, message code, originator counter, then cluster, frame control and command of the component.
void report_future_dated(Device& device, const PendingCommand& command, const gbcs::gbz::Component& component,
                         bool success, Context& context) {
    constexpr std::uint8_t kLength = 0x0E;
    const auto code = static_cast<std::uint16_t>(command.code);
    Bytes body{kLength, static_cast<std::uint8_t>(code >> 8U), static_cast<std::uint8_t>(code)};
    const auto counter = Eui64{command.counter}.octets();
    body.insert(body.end(), counter.begin(), counter.end());
    body.push_back(static_cast<std::uint8_t>(component.cluster >> 8U));
    body.push_back(static_cast<std::uint8_t>(component.cluster));
    // GCS05 names its calendars as if they were asked for, GCS01a as they are (RTDS).
    constexpr std::uint16_t kGcs05 = 0x006F;
    body.push_back(code == kGcs05 ? std::uint8_t{0x01} : component.frame_control);
    body.push_back(component.command);
    send(device, kFutureDated, command.originator,
         {1, success ? kActioned : kNotActioned, gbz_time(context.now()), std::move(body)}, context);
}

void push_billing_data(Device& device, const ConsumptionSnapshot& snapshot, Context& context) {
    constexpr std::uint8_t kEncryptionFlag = 0x04, kPublishSnapshot = 0x06, kPublish = 0x19, kTotal = 1;
    constexpr Cell kSupplier{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::management};
    const TrustAnchors& anchors = device.trust_anchors();
    if (!anchors.has(kSupplier) || !anchors.at(kSupplier)) return;
    const Certificate& supplier = *anchors.at(kSupplier);
    const SharedSecret* secret = device.secret_with(supplier.public_key);
    if (!secret) return;
    // The key takes the counter the alert is about to take.
    const auto key =
        gbcs::derive_key(*secret, device.id(), kEncryptionFlag, device.own_counter() + 1, supplier.subject);
    gbcs::gbz::Component component;
    component.cluster = 0x0702;
    component.encrypted = true;
    component.frame_control = kPublish;
    component.command = kPublishSnapshot;
    component.payload = gbcs::encrypt(encode(snapshot, kTotal), key, device.id());
    send(device, kBillingData, supplier.subject,
         {1, kBillingDataUpdated, gbz_time(context.now()), gbcs::gbz::alert_body(component)}, context);
}

}  // namespace meterbed::gas
