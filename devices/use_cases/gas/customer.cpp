// What concerns customer, supplier and site: messaging, device management and event clusters (GCS07, GCS09,
// GCS11, GCS20, GCS36, GCS41, GCS44, CS11).
#include <algorithm>

#include "devices/gas/attribute_names.h"
#include "devices/gas/readings.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

/// SMETS 4.6.3: how many messages a meter keeps is ASSUMPTION.
constexpr std::size_t kMessages = 5;
/// MPRN and CIN are short; what is longer is refused.
constexpr std::size_t kLongestIdentifier = 24;

constexpr std::uint16_t kEventLogCleared = 0x8F52;

}  // namespace

std::uint8_t display_message(Act& it) {
    DisplayMessage message;
    Reader in(it.asked.payload);
    message.id = in.u32();
    in.u8();  // control
    message.start = in.u32();
    message.minutes = in.u16();
    message.text = in.string();
    if (!in.finished()) return zcl::status::malformed;
    std::vector<DisplayMessage>& kept = it.data().messages;
    std::erase_if(kept, [&](const DisplayMessage& other) { return other.id == message.id; });
    if (kept.size() == kMessages) kept.erase(kept.begin());
    kept.push_back(std::move(message));
    return zcl::status::success;
}

std::uint8_t change_tenancy(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(9);  // provider, issuer event, tariff type
    const Seconds at = in.u32();
    in.u32();  // what is to be hidden
    if (!in.finished()) return zcl::status::malformed;
    it.data().change_of_tenancy = at;
    return zcl::status::success;
}

std::uint8_t change_supplier(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(21);  // provider, issuer event, tariff type, proposed provider, time, control
    SupplierContact contact{in.string(), in.string()};
    if (!in.finished()) return zcl::status::malformed;
    it.data().contact = std::move(contact);
    return zcl::status::success;
}

/// GCS11: a password of no length and duration 0 ends the protection by a privacy PIN.
std::uint8_t reset_password(Act& it) {
    constexpr std::uint8_t kPrivacyPin = 0x02;
    Reader in(it.asked.payload);
    in.bytes(10);  // issuer event, time, duration
    const std::uint8_t type = in.u8();
    const Bytes password = in.string();
    if (!in.finished()) return zcl::status::malformed;
    if (type != kPrivacyPin) return zcl::status::invalid_field;
    it.data().privacy_pin = !password.empty();
    return zcl::status::success;
}

std::uint8_t update_site(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(12);  // issuer event, time, provider
    Bytes site = in.string();
    if (!in.finished()) return zcl::status::malformed;
    if (site.size() > kLongestIdentifier) return zcl::status::invalid_field;
    it.device.attributes().put(metering::site_id, {ZclType::octet_string, 0, std::move(site)});
    return zcl::status::success;
}

std::uint8_t update_customer(Act& it) {
    Reader in(it.asked.payload);
    in.bytes(12);
    Bytes customer = in.string();
    if (!in.finished()) return zcl::status::malformed;
    if (customer.size() > kLongestIdentifier) return zcl::status::invalid_field;
    it.data().customer_identification = std::move(customer);
    return zcl::status::success;
}

/// A configuration for a list of events (configuration control 0), all of the configurable family 0x81nn.
std::uint8_t configure_events(Act& it) {
    constexpr unsigned kConfigurable = 0x81;
    Reader in(it.asked.payload);
    in.bytes(8);  // issuer event, start
    const std::uint8_t configuration = in.u8(), control = in.u8();
    std::vector<std::uint16_t> events;
    for (std::size_t count = in.u8(); in.ok() && count > 0; --count) events.push_back(in.u16());
    if (!in.finished()) return zcl::status::malformed;
    const auto configurable = [](std::uint16_t event) { return event >> 8U == kConfigurable; };
    if (control != 0 || !std::ranges::all_of(events, configurable)) return zcl::status::invalid_field;
    std::vector<EventSetting>& settings = it.data().event_settings;
    for (const std::uint16_t event : events) {
        const auto held = std::ranges::find(settings, event, &EventSetting::event);
        if (held != settings.end())
            held->configuration = configuration;
        else
            settings.push_back({event, configuration});
    }
    return zcl::status::success;
}

std::uint8_t clear_log(Act& it) {
    constexpr std::uint8_t kEventLog = 0x03;
    Reader in(it.asked.payload);
    const std::uint8_t log = in.u8();
    if (!in.finished()) return zcl::status::malformed;
    if (log != kEventLog) return zcl::status::invalid_field;
    it.device.clear(Log::event);
    it.device.log(Log::security, kEventLogCleared, it.context);
    return zcl::status::success;
}

namespace {
void answer_cleared(Component& answer, std::uint8_t cleared) {
    constexpr std::uint8_t kClearEventLogResponse = 0x02;
    answer.frame_control = zcl::frame::cluster_specific | zcl::frame::to_client;
    answer.command = kClearEventLogResponse;
    answer.payload = {cleared};
}
}  // namespace

void reply_cleared(const Act& it, Component& answer) {
    answer_cleared(answer, static_cast<std::uint8_t>(1U << it.asked.payload.at(0)));
}
/// "0x00 or 0x08": a log that could not be cleared is not named, there is no default response (GBCS 19,
/// CS11).
void refuse_cleared(const Act&, Component& answer) { answer_cleared(answer, 0); }

}  // namespace meterbed::gas
