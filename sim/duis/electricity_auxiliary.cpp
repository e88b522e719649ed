// Auxiliary loads and controllers, and the boost button: services 6.14.x, 7.5, 7.6, 7.8
// to 7.10, 7.12, 7.13, 7.16.
#include <algorithm>
#include <array>

#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

const Bytes kAuxiliaryScripts{0, 0, 10, 0, 103, 255};
constexpr dlms::Attribute kRunScript{9, {0, 0, 10, 0, 103, 255}, 1},
    kRunLimitScript{9, {0, 0, 10, 0, 107, 255}, 1};

constexpr dlms::Attribute object(std::uint8_t d, std::int64_t e) {
    return {1, {0, 0, 94, 44, d, static_cast<std::uint8_t>(e)}, 2};
}

/// Elements with an index 1..5, in the order of the index, each once.
std::vector<std::pair<std::int64_t, Reading>> by_index(const Reading& body, std::string_view name,
                                                       std::size_t least = 0) {
    std::vector<std::pair<std::int64_t, Reading>> all;
    for (const Reading& element : body.children(name, least, 5))
        all.emplace_back(element.attribute("index", 1, 5), element);
    std::ranges::stable_sort(all, {}, [](const auto& entry) { return entry.first; });
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].first == all[i - 1].first) all[i].second.mistake("repeats an index");
    return all;
}

// 6.14.1 descriptions, 6.14.2 and 6.14.3 calendars
// ------------------------------------------------------------------

Bytes set_descriptions(const Reading& body, const Situation& situation) {
    AccessList list;
    for (const auto& [index, element] : by_index(body, "ALCSHCALCSDescription", 1))
        list.set(object(0, 10 + index), visible(element.child("SwitchDescription").text(22)));
    return list.octets(situation);
}

/// An ALCS is inside the meter: eight zero octets; an HCALCS has its identifier.
void set_switch_types(const Reading& body, AccessList& list) {
    for (const auto& [index, element] : by_index(body, "SwitchTypeAndId")) {
        const auto outside = element.optional("HCALCS");
        if (!outside) element.child("ALCS");
        list.set(object(0, 20 + index), identifier(outside ? outside->eui() : Eui64{}));
    }
}

SpecialDays special_days(const Reading& parent, std::string_view name, std::string_view attribute) {
    SpecialDays days;
    for (const Reading& day : parent.children(name, 0, 20)) {
        const auto index = day.attribute(attribute, 1, 20);
        days.add(index, date_with_wildcards(day), index);
    }
    return days;
}

/// A line of either calendar; the script says which controller is to do what.
Value calendar_line(const Reading& line, std::int64_t index, std::int64_t script, std::string_view attribute,
                    std::string_view when, std::int64_t defined_days) {
    std::vector<std::int64_t> applying;
    for (const Reading& day : line.children("SpecialDaysApplicability", 0, 20))
        applying.push_back(day.attribute(attribute, 1, 20));
    const Reading dates = line.child(when);
    ScheduleEntry entry{index,
                        kAuxiliaryScripts,
                        script,
                        switch_time(dates.child("SwitchTime")),
                        weekdays_of(line),
                        special_days_of(applying, defined_days),
                        date_with_wildcards(dates.child("StartDate")),
                        date_with_wildcards(dates.child("EndDate"))};
    return entry.value();
}

void set_calendar(AccessList& list, const SpecialDays& days, std::vector<Value> lines, const Value& at) {
    list.set({11, {0, 1, 11, 0, 3, 255}, 2}, array(days.entries))
        .set({10, {0, 1, 12, 0, 2, 255}, 2}, array(std::move(lines)))
        .set({9000, {0, 0, 94, 44, 128, 26}, 6}, at)
        .set({9000, {0, 0, 94, 44, 128, 35}, 6}, at);
}

/// Number of the switch, then 1 to activate or 2 to deactivate it.
std::int64_t switch_script(const Reading& line) {
    const Reading action = line.child("ActivateDeactivateSwitch");
    const bool activates = action.optional("ActivateSwitch").has_value();
    if (!activates) action.child("DeactivateSwitch");
    return action.attribute("index", 1, 5) << 8 | (activates ? 1 : 2);
}

Bytes set_switch_calendar(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    AccessList list;
    set_switch_types(body, list);
    const SpecialDays days =
        special_days(body.child("ALCSHCALCSSpecialDays"), "ALCSHCALCSSpecialDay", "index");
    std::vector<Value> lines;
    for (const Reading& line : body.children("ALCSHCALCSConnectionSchedule", 1, 48))
        lines.push_back(calendar_line(line, static_cast<std::int64_t>(lines.size()) + 1, switch_script(line),
                                      "index", "ALCSScheduleDatesAndTime", days.count()));
    set_calendar(list, days, std::move(lines), at);
    return list.octets(situation);
}

/// 1 for output to a load or 2 for input from it, number of the controller, level in per cent.
std::int64_t level_script(const Reading& from) {
    const auto number = from.attribute("auxiliaryControllerN", 1, 5);
    const auto level = from.child("CommandedStateLevel").integer(0, 100);
    const std::int64_t direction = from.optional("InputFromControlledLoad") ? 2 : 1;
    return direction << 12 | number << 8 | level;
}

Bytes set_controller_calendar(const Reading& body, const Situation& situation) {
    const Value at = activation(execution_time(body));
    const SpecialDays days = special_days(body.child("AuxiliaryControllerSpecialDayDefinitions"),
                                          "AuxiliaryControllerSpecialDayDefinition", "identifier");
    std::vector<Value> lines;
    for (const Reading& line : body.children("AuxiliaryControllerSchedule", 0, 120))
        lines.push_back(calendar_line(line, static_cast<std::int64_t>(lines.size()) + 1,
                                      level_script(line.child("AuxiliaryControllerAction")), "identifier",
                                      "AuxiliaryControllerSchedulePeriodAndTime", days.count()));
    AccessList list;
    set_calendar(list, days, std::move(lines), at);
    return list.octets(situation);
}

// Ad hoc: 7.5 Activate, 7.6 Deactivate, 7.8 Reset; 7.13 and 7.16 for controllers
// ---------------------------------------

/// Second octet of the script. 0x11 is observed (RTDS 7.5); the others by its pattern (ASSUMPTION).
constexpr std::int64_t kActivate = 0x11, kDeactivate = 0x12, kReset = 0x13;

Bytes switch_for(const Reading& element, std::int64_t action, const Situation& situation) {
    const auto index = element.attribute("index", 1, 5);
    const auto duration = element.child("Duration").integer(0, UINT16_MAX);
    return AccessList()
        .set(object(static_cast<std::uint8_t>(116 + index), 1), u16(duration))
        .action(kRunScript, u16(index << 8 | action))
        .octets(situation);
}

Bytes activate(const Reading& body, const Situation& situation) {
    return switch_for(body.child("ActivateALCSHCALCS"), kActivate, situation);
}
Bytes deactivate(const Reading& body, const Situation& situation) {
    return switch_for(body.child("DeactivateALCSHCALCS"), kDeactivate, situation);
}
Bytes reset(const Reading& body, const Situation& situation) {
    const auto index = body.child("ResetALCSHCALCS").attribute("index", 1, 5);
    return AccessList().action(kRunScript, u16(index << 8 | kReset)).octets(situation);
}

/// Start and end of the period stand in objects `first` and `first` + 1 of the controller.
Bytes set_level(const Reading& body, const dlms::Attribute& script, std::int64_t first,
                const Situation& situation) {
    const auto place = static_cast<std::uint8_t>(116 + body.attribute("auxiliaryControllerN", 1, 5));
    return AccessList()
        .set(object(place, first), date_time_value(body.child("StartDateTime").date_time()))
        .set(object(place, first + 1), date_time_value(body.child("EndDateTime").date_time()))
        .action(script, u16(level_script(body)))
        .octets(situation);
}

Bytes set_state(const Reading& body, const Situation& situation) {
    return set_level(body, kRunScript, 1, situation);
}
Bytes limit_level(const Reading& body, const Situation& situation) {
    return set_level(body, kRunLimitScript, 3, situation);
}

// 7.9, 7.10 boost button, 7.12
// ------------------------------------------------------------------------------------------

Bytes set_boost(const Reading& body, std::string_view name, bool when_true, const Situation& situation) {
    AccessList list;
    for (const auto& [index, element] : by_index(body, name, 5))
        list.set(object(6, index), boolean(element.boolean() == when_true));
    return list.octets(situation);
}
Bytes add_to_boost(const Reading& body, const Situation& situation) {
    return set_boost(body, "AddToBoostButton", true, situation);
}
Bytes remove_from_boost(const Reading& body, const Situation& situation) {
    return set_boost(body, "RemoveFromBoostButton", false, situation);
}

Bytes set_randomised_offset(const Reading& body, const Situation& situation) {
    return AccessList()
        .set(object(0, 1), u16(body.child("RandomisedOffsetLimit").integer(0, 1799)))
        .octets(situation);
}

constexpr std::array kRows{
    Row{"6.14.1", "UpdateDeviceConfigurationALCDescriptions", {eSME}, 0x0053, set_descriptions},
    Row{"6.14.2", "UpdateDeviceConfigurationALCScheduler", {eSME}, 0x0054, set_switch_calendar},
    Row{"6.14.3",
        "UpdateDeviceConfigurationAuxiliaryControllerScheduler",
        {eSME},
        0x011A,
        set_controller_calendar},
    Row{"7.5", "ActivateAuxiliaryLoad", {eSME}, 0x0055, activate},
    Row{"7.6", "DeactivateAuxiliaryLoad", {eSME}, 0x0055, deactivate},
    Row{"7.8", "ResetAuxiliaryLoad", {eSME}, 0x0055, reset},
    Row{"7.9", "AddAuxiliaryLoadToBoostButton", {eSME}, 0x005F, add_to_boost},
    Row{"7.10", "RemoveAuxiliaryLoadFromBoostButton", {eSME}, 0x005F, remove_from_boost},
    Row{"7.12", "SetRandomisedOffsetLimit", {eSME}, 0x004B, set_randomised_offset},
    Row{"7.13", "SetAuxiliaryControllerState", {eSME}, 0x011E, set_state},
    Row{"7.16", "LimitAPCLevel", {eSME}, 0x011F, limit_level},
};

}  // namespace

std::span<const Row> electricity_auxiliary_rows() { return kRows; }

}  // namespace meterbed::duis
