// What the ESME sends, shows and logs: service 6.22 (GBCS use cases ECS25a to ECS25b3).
#include <array>

#include "sim/duis/dlms_values.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

/// Two strings of 256 bits, mask then action; bit n, from the right, stands for code 0x81nn (Supplier) or
/// 0x80nn (Network Operator).
class Behaviour {
  public:
    void configure(std::size_t code, bool enabled) {
        set(0, code);
        if (enabled) set(32, code);
    }
    Value value() const { return bits(512, Bytes(octets_.begin(), octets_.end())); }

  private:
    void set(std::size_t first, std::size_t code) {
        std::uint8_t& octet = octets_[first + 31 - code / 8];
        octet = static_cast<std::uint8_t>(octet | (1U << (code % 8)));
    }
    std::array<std::uint8_t, 64> octets_{};
};

constexpr Word<bool> kSettings[] = {{"Enable", true}, {"Disable", false}};

/// Elements x8100 to x81FF, or x8000 to x80FF.
void read_codes(const Reading& group, std::string_view family, Behaviour* behaviour) {
    for (std::size_t code = 0; code < 256; ++code) {
        const auto octet = static_cast<std::uint8_t>(code);
        const auto setting = group.optional(std::string(family) + to_hex(ByteView(&octet, 1)));
        if (!setting) continue;
        const bool enabled = setting->one_of(kSettings);
        if (behaviour) behaviour->configure(code, enabled);
    }
}

struct Group {
    std::string_view name;
    bool polyphase, single_phase;  ///< on which meters it has a meaning
};
constexpr Group kSupplierGroups[] = {{"SupplierESMECommon", true, true},
                                     {"SupplierESMEPolyPhase", true, false}};
constexpr Group kNetworkGroups[] = {{"NetworkOperatorESMECommon", true, true},
                                    {"NetworkOperatorESMESinglePhase", false, true},
                                    {"NetworkOperatorESMEPolyPhase", true, false}};

/// Settings for phases that this meter has not are left out (RTDS ECS25b).
Value behaviour_of(const Reading& settings, std::span<const Group> groups, std::string_view family,
                   bool polyphase) {
    Behaviour behaviour;
    for (const Group& group : groups) {
        const auto reading = settings.optional(group.name);
        if (!reading) continue;
        const bool applies = polyphase ? group.polyphase : group.single_phase;
        read_codes(*reading, family, applies ? &behaviour : nullptr);
    }
    return behaviour.value();
}

struct Form {
    std::string_view element;
    std::uint8_t channel, object;  ///< 0-channel:97.98.object.255
};
constexpr Form kForms[] = {
    {"ElectricitySupplierAlerts", 30, 11},        {"ElectricitySupplierHANAlertSettings", 30, 12},
    {"ElectricitySupplierAlarmSettings", 30, 13}, {"ElectricitySupplierLoggingSettings", 30, 14},
    {"ElectricityNetworkOperatorAlerts", 33, 11}, {"ElectricityNetworkOperatorLoggingSettings", 33, 14},
};

template <std::size_t form>
bool is_form(const Reading& body, const Situation&) {
    return body.has(kForms[form].element);
}

template <std::size_t form>
Bytes configure(const Reading& body, const Situation& situation) {
    constexpr Form chosen = kForms[form];
    const bool supplier = chosen.channel == 30;
    const std::span<const Group> groups =
        supplier ? std::span<const Group>(kSupplierGroups) : std::span<const Group>(kNetworkGroups);
    const Value value = behaviour_of(body.child(chosen.element), groups, supplier ? "x81" : "x80",
                                     situation.device.polyphase);
    return AccessList().set({1, {0, chosen.channel, 97, 98, chosen.object, 255}, 2}, value).octets(situation);
}

constexpr std::array kRows{
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00AC, configure<0>, is_form<0>},
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00EA, configure<1>, is_form<1>},
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00EB, configure<2>, is_form<2>},
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00EC, configure<3>, is_form<3>},
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00B0, configure<4>, is_form<4>},
    Row{"6.22", "ConfigureAlertBehaviour", {eSME}, 0x00ED, configure<5>, is_form<5>},
};

}  // namespace

std::span<const Row> electricity_alert_rows() { return kRows; }

}  // namespace meterbed::duis
