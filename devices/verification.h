// Whether a device obeys a message: the steps of GBCS 6.2.4 and 6.3 in their order, each with a verdict of
// its own.
#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "devices/device.h"
#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"

namespace meterbed {

/// Codes of commands that are dropped without a response.
namespace command_codes {
constexpr std::string_view malformed = "malformed message";
constexpr std::string_view not_for_this_device = "not for this device";
constexpr std::string_view not_a_command = "not a command";
constexpr std::string_view unknown_code = "unknown message code";
constexpr std::string_view wrong_device_type = "not a use case of this device";
constexpr std::string_view unknown_originator = "unknown originator";
constexpr std::string_view contingency = "contingency key not held";
constexpr std::string_view supplementary_party = "supplementary party not from the ACB";
constexpr std::string_view role_not_permitted = "role may not use this";
constexpr std::string_view signature_missing = "signature missing";
constexpr std::string_view unexpected_signature = "unexpected signature";
constexpr std::string_view mac_missing = "MAC missing";
constexpr std::string_view unexpected_mac = "unexpected MAC";
constexpr std::string_view bad_signature = "bad signature";
constexpr std::string_view bad_mac = "bad MAC";
constexpr std::string_view replayed = "replayed counter";
constexpr std::string_view malformed_payload = "malformed payload";
constexpr std::string_view inconsistent_control = "control fields contradict the header";
constexpr std::string_view duplicate_target = "cell targeted twice";
}  // namespace command_codes

/// A payload read; nothing for the ASN.1 use cases that have no reader yet.
using Content = std::variant<std::monostate, gbcs::dlms::Payload, gbcs::gbz::Payload, gbcs::Cs02Payload>;

/// A command as far as it was understood. Unless the verdict is "accepted" only the message is sure, and that
/// only when it could be read.
struct Verified {
    Verdict verdict;
    gbcs::Message message;
    const gbcs::UseCase* use_case = nullptr;
    RemotePartyRole role{};    ///< in which the originator speaks
    bool own_counter = false;  ///< its counter is compared with those of this message code only (GBCS 9.2)
    Content content;
};

/// The names of the steps, in their order.
std::span<const std::string_view> verification_steps();

Verified verify(ByteView octets, const Device& device);

/// What a refusal leaves behind: an entry in the security log, and an alert where the device is so
/// configured.
struct RefusalConsequence {
    std::string_view verdict;
    std::uint16_t event;
    bool alert;
};
/// A row for every verdict; the last one stands for verdicts that are not listed.
const RefusalConsequence& consequence_of(std::string_view verdict);

}  // namespace meterbed
