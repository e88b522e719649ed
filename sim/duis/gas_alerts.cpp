// Alert behaviour of the GSME: 6.22 (GCS20). One SetEventConfiguration for each configuration that is asked
// for, with the list of its events.
#include <array>
#include <iomanip>
#include <sstream>

#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;

/// Event Configuration, BITMAP8 (ZigBee Device Management): log action in the lowest three bits.
constexpr unsigned kGeneralEventLog = 0x03, kWan = 0x08, kHan = 0x10;
/// ASSUMPTION: Alarm is the audible one (bit 6), not the ZigBee alarm (bit 5).
constexpr unsigned kAlarm = 0x40;

/// Events of GasSupplierAlerts, in the schema's order.
constexpr std::uint16_t kAlerts[] = {
    0x810D, 0x810E, 0x8119, 0x8145, 0x8154, 0x8155, 0x8168, 0x8183, 0x8184, 0x81A1,
    0x81A4, 0x81A5, 0x81A6, 0x81A7, 0x81A8, 0x81A9, 0x81AA, 0x81AB, 0x81AC, 0x81AD,
    0x81AE, 0x81AF, 0x81B0, 0x81B1, 0x81B2, 0x81B3, 0x81B4, 0x81B5, 0x81B6, 0x81B9,
    0x81BA, 0x81BC, 0x81BD, 0x81BE, 0x81BF, 0x81C0, 0x81C2, 0x81C3, 0x81C4, 0x81C5,
};
/// Events of GasSupplierAlertEventSettings, in the schema's order.
constexpr std::uint16_t kEvents[] = {
    0x810D, 0x810E, 0x8119, 0x8145, 0x8154, 0x8155, 0x8161, 0x8162, 0x8168, 0x8183, 0x8184,
    0x81A0, 0x81A1, 0x81A4, 0x81A5, 0x81A6, 0x81A7, 0x81A8, 0x81A9, 0x81AA, 0x81AB, 0x81AC,
    0x81AD, 0x81AE, 0x81AF, 0x81B0, 0x81B1, 0x81B2, 0x81B3, 0x81B4, 0x81B5, 0x81B6, 0x81B9,
    0x81BA, 0x81BC, 0x81BD, 0x81BE, 0x81BF, 0x81C0, 0x81C2, 0x81C3, 0x81C4, 0x81C5, 0x81C6,
};

constexpr Word<bool> kSwitch[] = {{"Disable", false}, {"Enable", true}};

/// "x810D"
std::string element_of(std::uint16_t event) {
    std::ostringstream name;
    name << 'x' << std::uppercase << std::hex << std::setw(4) << std::setfill('0') << event;
    return name.str();
}

/// ASSUMPTION: the older form speaks of WAN alerts only; the event stays in the log either way.
std::uint8_t alert_configuration(const Reading& event) {
    return static_cast<std::uint8_t>(kGeneralEventLog | (event.one_of(kSwitch) ? kWan : 0));
}

std::uint8_t event_configuration(const Reading& event) {
    constexpr std::pair<std::string_view, unsigned> bits[] = {
        {"WANAlert", kWan}, {"HANAlert", kHan}, {"EventLog", kGeneralEventLog}, {"Alarm", kAlarm}};
    unsigned configuration = 0;
    for (const auto& [name, bit] : bits) {
        if (event.child(name).one_of(kSwitch)) configuration |= bit;
    }
    return static_cast<std::uint8_t>(configuration);
}

struct Group {
    std::uint8_t configuration = 0;
    std::vector<std::uint16_t> events;
};

void put(std::vector<Group>& groups, std::uint8_t configuration, std::uint16_t event) {
    for (Group& group : groups) {
        if (group.configuration == configuration) return group.events.push_back(event);
    }
    groups.push_back({configuration, {event}});
}

using Configuration = std::uint8_t (*)(const Reading& event);

Bytes set_event_configurations(const Reading& from, std::span<const std::uint16_t> known,
                               Configuration configuration, const Situation& situation) {
    std::vector<Group> groups;
    for (std::uint16_t code : known) {
        if (const auto event = from.optional(element_of(code))) put(groups, configuration(*event), code);
    }
    if (groups.empty()) return from.mistake("configures no event"), Bytes{};
    Components to;
    for (const Group& group : groups) {
        constexpr std::uint8_t apply_by_list = 0x00;
        Zcl payload = Zcl()
                          .u32(issuer_event_id(situation))
                          .u32(kNow)
                          .u8(group.configuration)
                          .u8(apply_by_list)
                          .u8(static_cast<std::int64_t>(group.events.size()));
        for (std::uint16_t event : group.events) payload.u16(event);
        to.publish(Cluster::device_management, 0x04, payload);
    }
    return to.octets();
}

constexpr std::string_view kAlertsName = "GasSupplierAlerts", kEventsName = "GasSupplierAlertEventSettings";

bool has_alerts(const Reading& body, const Situation&) { return body.has(kAlertsName); }
bool has_events(const Reading& body, const Situation&) { return body.has(kEventsName); }

Bytes set_alerts(const Reading& body, const Situation& situation) {
    return set_event_configurations(body.child(kAlertsName), kAlerts, alert_configuration, situation);
}
Bytes set_events(const Reading& body, const Situation& situation) {
    return set_event_configurations(body.child(kEventsName), kEvents, event_configuration, situation);
}

constexpr std::array kRows{
    Row{"6.22", "ConfigureAlertBehaviour", {gSME}, 0x00AD, set_alerts, has_alerts},
    Row{"6.22", "ConfigureAlertBehaviour", {gSME}, 0x00AD, set_events, has_events},
};

}  // namespace

std::span<const Row> gas_alert_rows() { return kRows; }

}  // namespace meterbed::duis
