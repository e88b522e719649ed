#include "devices/gas/gas_data.h"

#include <algorithm>

namespace meterbed::gas {
namespace {

// Bits of the event configuration (ZigBee Smart Energy D.11): low three the log, then HAN and WAN reports.
constexpr std::uint8_t kEventLog = 0x03, kToHan = 0x08, kToWan = 0x10;

/// Configurable events 0x81nn of a gas meter (GBCS 16 with devices of type GSME). The configuration they
/// start with is ASSUMPTION: all are logged, alerts to the WAN where `alert_codes.csv` has the event as an
/// alert.
constexpr EventSetting kEvents[] = {
    {0x810D, kToHan | kToWan},              // low credit
    {0x810E, kToHan},                       // credit added locally
    {0x8119, kToHan | kToWan},              // emergency credit available
    {0x8145, kEventLog},                    // clock adjusted
    {0x8154, kEventLog},                    // immediate command actioned
    {0x8155, kEventLog},                    // immediate command not actioned
    {0x8161, kEventLog},                    // user interface command actioned
    {0x8162, kEventLog},                    // user interface command not actioned
    {0x8168, kEventLog},                    // supply interrupted by credit
    {0x8183, kEventLog},                    // reset
    {0x8184, kEventLog | kToHan},           // valve tested
    {0x819D, kEventLog | kToHan},           // command not retrieved
    {0x81A0, kEventLog | kToHan | kToWan},  // integrity issue
    {0x81A1, kEventLog | kToHan},           // battery cover closed
    {0x81AA, kEventLog | kToHan | kToWan},  // credit exhausted
    {0x81AB, kEventLog | kToHan | kToWan},  // emergency credit activated
    {0x81AF, kEventLog | kToHan},           // error program execution
    {0x81B0, kEventLog | kToHan},           // error program storage
    {0x81B1, kEventLog | kToHan},           // error RAM
    {0x81B4, kEventLog | kToHan},           // flow beyond capacity
    {0x81B5, kEventLog | kToHan},           // air in gas flow
    {0x81B6, kEventLog | kToHan},           // reverse flow
    {0x81BD, kEventLog | kToHan},           // supply connect failure
    {0x81BF, kEventLog | kToHan},           // uncontrolled flow
    {0x81C0, kEventLog | kToHan},           // supply disconnect failure
    {0x81C2, kEventLog | kToHan},           // tilt tamper ended
    {0x81C3, kEventLog | kToHan},           // tilt tamper
    {0x81C4, kEventLog | kToHan | kToWan},  // UTRN entry suspended
    {0x81C5, kEventLog | kToHan},           // UTRN entry locked out
    {0x81C6, kEventLog},                    // clock not adjusted
};

template <typename Items, typename Key, typename Member>
auto* found(Items& items, Key key, Member member) {
    const auto at = std::ranges::find(items, key, member);
    return at != items.end() ? &*at : nullptr;
}

}  // namespace

SampledLog* GasData::sampled_log(std::uint16_t id) { return found(sampled_logs, id, &SampledLog::id); }
const SampledLog* GasData::sampled_log(std::uint16_t id) const {
    return found(sampled_logs, id, &SampledLog::id);
}
Calendar* GasData::calendar_of(std::uint8_t type) { return found(calendars, type, &Calendar::type); }
const Calendar* GasData::calendar_of(std::uint8_t type) const {
    return found(calendars, type, &Calendar::type);
}

const GasData& default_gas_data() {
    static const GasData kDefault = [] {
        GasData data;
        data.event_settings.assign(std::begin(kEvents), std::end(kEvents));
        return data;
    }();
    return kDefault;
}

}  // namespace meterbed::gas
