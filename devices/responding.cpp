#include "devices/responding.h"

namespace meterbed {
namespace {

using gbcs::Protection;

constexpr std::size_t kClockStatus = 11;

/// Octet 12 of the date-time: gas devices tell whether the time can be trusted (02 when not), and a GPF
/// whether it is that of another clock, the meter's (04, as in DLMS; RTDS, GCS13a); others write FF.
std::uint8_t clock_status(const Device& device) {
    const bool gas = device.type() == DeviceType::gSME || device.type() == DeviceType::GPF;
    if (!gas) return 0xFF;
    if (device.time_status != TimeStatus::reliable) return 0x02;
    return device.gas().read().time_of_meter ? 0x04 : 0x00;
}

gbcs::DateTime date_time(const Device& device, const gbcs::UseCase& use_case, Time now) {
    gbcs::DateTime at = gbcs::dlms::date_time(now);
    // "Clock-status for gas reads" (RTDS): reads are what has no replay check.
    if (use_case.payload == gbcs::PayloadFamily::gbz && !use_case.replay_checked)
        at[kClockStatus] = clock_status(device);
    return at;
}

Protection response_protection(const Verified& command) {
    const Protection wanted = command.use_case->response_protection;
    if (wanted != Protection::either) return wanted;
    return command.message.mac ? Protection::mac : Protection::signature;
}

/// The response carries what the command said about the party behind the ACB, but not its certificate.
gbcs::OtherInformation echo(const gbcs::OtherInformation& command,
                            std::optional<std::uint64_t> supplementary_counter) {
    gbcs::OtherInformation other = command;
    other.supplementary_certificate.clear();
    other.supplementary_originator_counter = supplementary_counter;
    return other;
}

}  // namespace

std::optional<gbcs::Message> compose_response(const Device& device, const Verified& command, Bytes payload,
                                              std::optional<std::uint64_t> supplementary_counter,
                                              const KeyPair& signing, Time now) {
    const gbcs::GroupingHeader& asked = command.message.header;
    gbcs::Message response;
    response.header = {gbcs::CraFlag::response,
                       asked.counter,
                       device.id(),
                       asked.originator,
                       {},
                       echo(asked.other, supplementary_counter)};
    if (command.use_case->response_has_date_time)
        response.header.date_time = date_time(device, *command.use_case, now);
    response.payload = std::move(payload);
    if (response_protection(command) == Protection::signature) {
        response.signature = gbcs::make_signature(response, signing);
        return response;
    }
    const Cell peer{command.role, KeyUsage::keyAgreement};
    const TrustAnchors& anchors = device.trust_anchors();
    if (!anchors.has(peer) || !anchors.at(peer)) return std::nullopt;
    const SharedSecret* secret = device.secret_with(anchors.at(peer)->public_key);
    if (!secret) return std::nullopt;
    response.mac = gbcs::make_mac(response, *secret);
    return response;
}

}  // namespace meterbed
