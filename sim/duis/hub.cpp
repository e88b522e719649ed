// The hub's device log and its sub-GHz radio: services 6.28, 6.29, 8.11, 8.12.1 (GBCS use cases CCS01 to
// CCS03, DBCH04, DBCH05).
#include <array>

#include "sim/duis/dlms_values.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

constexpr dlms::Obis kDeviceLog{0, 0, 30, 3, 0, 255};

// 8.11, 8.12.1
// ---------------------------------------------------------------------------------------------------------

bool adds(const Reading& body, const Situation&) { return body.peek("RequestType") == "Add"; }
bool removes(const Reading& body, const Situation&) { return body.peek("RequestType") == "Remove"; }

/// MPxNs are for the DCC's inventory; the hub does not learn them.
void read_mpxns(const Reading& entry) {
    for (const char* name : {"ImportMPxN", "SecondaryImportMPAN", "ExportMPAN"})
        if (const auto mpxn = entry.optional(name)) mpxn->text(13);
}

Bytes add_device(const Reading& body, const Situation& situation) {
    body.child("RequestType").text(6);
    const Reading entry = body.child("AddDeviceToCHFWhitelist");
    read_mpxns(entry);
    constexpr std::int64_t preconfigured_key = 1;
    // ASSUMPTION: 0 is the one type seen on the wire (RTDS, for an ESME).
    constexpr std::int64_t device_type = 0;
    const auto join_time = entry.child("JoinTimePeriod").integer(1, 3600);
    const Value device =
        structure({identifier(body.child("DeviceID").eui()), enumerated(preconfigured_key),
                   octets(entry.child("InstallCode").hex_binary(16)), enumerated(device_type)});
    return AccessList()
        .action({104, kDeviceLog, 1}, device)
        .set({104, kDeviceLog, 3}, u16(join_time))
        .set({104, kDeviceLog, 2}, boolean(true))
        .octets(situation);
}

Bytes remove_device(const Reading& body, const Situation& situation) {
    body.child("RequestType").text(6);
    return AccessList()
        .action({104, kDeviceLog, 2}, identifier(body.child("DeviceID").eui()))
        .octets(situation);
}

/// The backup is the DCC's own record of the hub that was replaced.
Bytes restore_log(const Reading& body, const Situation& situation) {
    body.child("OldCHFID").eui();
    std::vector<Value> entries;
    for (const HubLogEntry& entry : situation.dcc.hub_log)
        entries.push_back(structure({identifier(entry.device), octets(entry.hashed_link_key)}));
    return AccessList()
        .action({104, kDeviceLog, 5}, structure({identifier(situation.dcc.han), array(std::move(entries))}))
        .octets(situation);
}

// 6.28, 6.29
// -----------------------------------------------------------------------------------------------------------

/// A page's number in the top five bits, then a bit per channel from the right; channels are numbered on over
/// the pages.
Value channel_page(const Reading& body, std::string_view name, std::uint32_t page, int first, int last) {
    const Reading channels = body.child(name);
    std::uint32_t mask = page << 27;
    for (int channel = first; channel <= last; ++channel)
        if (channels.optional("Channel" + std::to_string(channel))) mask |= 1U << (channel - first);
    Bytes four;
    for (int shift = 24; shift >= 0; shift -= 8) four.push_back(static_cast<std::uint8_t>(mask >> shift));
    return bits(32, std::move(four));
}

Bytes configure_sub_ghz(const Reading& body, const Situation& situation) {
    const auto hundredths = [&](const char* name) { return u16(body.child(name).decimal(2, 0, UINT16_MAX)); };
    const auto small = [&](const char* name) { return u8(body.child(name).integer(0, UINT8_MAX)); };
    const auto large = [&](const char* name) { return u16(body.child(name).integer(0, UINT16_MAX)); };
    const Value settings = structure(
        {channel_page(body, "LowerBandSubGHzChannels0To26", 28, 0, 26),
         channel_page(body, "LowerBandSubGHzChannels27To34", 29, 27, 34),
         channel_page(body, "LowerBandSubGHzChannels35To61", 30, 35, 61),
         channel_page(body, "UpperBandSubGHzChannels0To26", 31, 0, 26),
         hundredths("NormalLimitedDutyCycleThreshold"), hundredths("LimitedCriticalDutyCycleThreshold"),
         small("MaximumSubGHzChannelChangesPerWeek"), large("GSMECurfew"), small("ChannelQuieterThreshold"),
         small("ChannelNoisierThreshold"), hundredths("NonGSMEPoorCommsPercentageThreshold"),
         small("NonGSMEPoorCommsMeasurementPeriods"), large("LocalCHNoiseMeasurementPeriod"),
         hundredths("LocalCHFailurePercentage"), hundredths("LocalCHRetryPercentage")});
    return AccessList().set({1, {0, 0, 94, 44, 10, 0}, 2}, settings).octets(situation);
}

Bytes scan_channels(const Reading&, const Situation& situation) {
    return AccessList().set({1, {0, 0, 94, 44, 10, 1}, 2}, u8(0)).octets(situation);
}

constexpr std::array kRows{
    Row{"6.28", "SetCHFSubGHzConfiguration", {CHF}, 0x010D, configure_sub_ghz},
    Row{"6.29", "RequestCHFSubGHzChannelScan", {CHF}, 0x010E, scan_channels},
    Row{"8.11", "UpdateHANDeviceLog", {CHF}, 0x0001, add_device, adds},
    Row{"8.11", "UpdateHANDeviceLog", {CHF}, 0x0002, remove_device, removes},
    Row{"8.12.1", "RestoreHANDeviceLog", {CHF}, 0x0003, restore_log},
};

}  // namespace

std::span<const Row> hub_rows() { return kRows; }

}  // namespace meterbed::duis
