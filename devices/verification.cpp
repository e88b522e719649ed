#include "devices/verification.h"

#include <algorithm>
#include <array>

#include "devices/use_cases/future_dating.h"
#include "devices/use_cases/gas/commands.h"
#include "devices/use_cases/update_checks.h"

namespace meterbed {
namespace {

using gbcs::CraFlag;
using gbcs::MessageCode;
using gbcs::Protection;

const Verdict kAccepted{};

/// What the steps work on.
struct Examination {
    ByteView octets;
    const Device& device;
    Verified found;
    std::vector<RemotePartyRole> roles;  ///< in whose cells the originator stands

    const gbcs::Message& message() const { return found.message; }
    bool has(RemotePartyRole role) const { return std::ranges::find(roles, role) != roles.end(); }
};

Verdict read_message(Examination& it) {
    auto message = gbcs::parse(it.octets);
    if (!message) return Verdict::refused(command_codes::malformed, message.error().text());
    it.found.message = *std::move(message);
    if (it.message().pre_command) return Verdict::refused(command_codes::malformed, "a Pre-Command");
    return kAccepted;
}

Verdict check_recipient(Examination& it) {
    const auto& header = it.message().header;
    if (header.recipient != it.device.id()) return Verdict::refused(command_codes::not_for_this_device);
    if (header.cra != CraFlag::command) return Verdict::refused(command_codes::not_a_command);
    return kAccepted;
}

Verdict find_use_case(Examination& it) {
    it.found.use_case = gbcs::find_use_case(it.message().code());
    const gbcs::UseCase* row = it.found.use_case;
    if (!row || row->kind != gbcs::UseCaseKind::command_response)
        return Verdict::refused(command_codes::unknown_code);
    if (!row->devices.has(it.device.type())) return Verdict::refused(command_codes::wrong_device_type);
    return kAccepted;
}

/// Supplementary fields name the party the ACB speaks for (GBCS 7.2.7, 9.2): nobody else may use them.
Verdict check_originator(Examination& it) {
    // anyByContingency: the key is wrapped in the root certificate; no test certificate carries one.
    if (it.message().code() == update_code(ReplacementMode::anyByContingency))
        return Verdict::refused(command_codes::contingency);
    it.roles = it.device.trust_anchors().roles_of(it.message().header.originator);
    if (it.roles.empty()) return Verdict::refused(command_codes::unknown_originator);
    const bool on_behalf = it.message().header.other.supplementary_party.has_value();
    if (on_behalf && !it.has(RemotePartyRole::accessControlBroker))
        return Verdict::refused(command_codes::supplementary_party);
    return kAccepted;
}

/// The cell a credential read names as its authority (CS02a, CS02f).
std::optional<RemotePartyRole> named_role(const gbcs::Message& message) {
    const auto payload = gbcs::parse_cs02(message.code(), CraFlag::command, message.payload);
    if (!payload) return std::nullopt;
    const auto* read = std::get_if<gbcs::ProvideSecurityCredentials>(&*payload);
    if (!read) return std::nullopt;
    return read->authorising_cell.role;
}

/// A party may stand in several cells (before handover a GPF holds the ACB's certificates in all): the role
/// is the one the message calls for.
std::optional<RemotePartyRole> choose_role(const Examination& it) {
    const gbcs::UseCase& row = *it.found.use_case;
    const auto held = [&it](std::optional<RemotePartyRole> role) {
        return role && it.has(*role) ? role : std::nullopt;
    };
    if (const auto mode = update_mode(row.code)) return held(authorising_role(*mode));
    if (row.command_protection == Protection::either)
        return held(it.message().mac ? RemotePartyRole::accessControlBroker : named_role(it.message()));
    // "A party the device does not know or that has no right of its own": the ACB answers for it, in reads
    // and other non critical use cases (GBCS 9.2; ASSUMPTION for those whose rights do not name the ACB).
    if (it.message().header.other.supplementary_party && !row.critical)
        return RemotePartyRole::accessControlBroker;
    const auto permitted = [&row](RemotePartyRole role) { return row.originators.has(role); };
    const auto role = std::ranges::find_if(it.roles, permitted);
    return role != it.roles.end() ? std::optional(*role) : std::nullopt;
}

Verdict check_role(Examination& it) {
    const auto role = choose_role(it);
    if (!role) return Verdict::refused(command_codes::role_not_permitted, std::string(it.found.use_case->id));
    it.found.role = *role;
    return kAccepted;
}

/// GBCS 13, CS02b: on a CHF the ACB has a signing cell and signs its own replacement.
Protection expected_protection(const Examination& it) {
    const gbcs::UseCase& row = *it.found.use_case;
    if (row.command_protection == Protection::either)
        return it.found.role == RemotePartyRole::accessControlBroker ? Protection::mac
                                                                     : Protection::signature;
    const bool hub = it.device.type() == DeviceType::CHF;
    if (hub && row.code == update_code(ReplacementMode::accessControlBrokerByACB))
        return Protection::signature_and_mac;
    return row.command_protection;
}

Verdict check_shape(Examination& it) {
    const Protection expected = expected_protection(it);
    const bool signature = expected == Protection::signature || expected == Protection::signature_and_mac;
    const bool mac = expected == Protection::mac || expected == Protection::signature_and_mac;
    if (signature && !it.message().signature) return Verdict::refused(command_codes::signature_missing);
    if (!signature && it.message().signature) return Verdict::refused(command_codes::unexpected_signature);
    if (mac && !it.message().mac) return Verdict::refused(command_codes::mac_missing);
    if (!mac && it.message().mac) return Verdict::refused(command_codes::unexpected_mac);
    return kAccepted;
}

const Certificate* held_in(const Examination& it, const Cell& cell) {
    const TrustAnchors& anchors = it.device.trust_anchors();
    return anchors.has(cell) ? anchors.at(cell).get() : nullptr;
}

Verdict check_signature(Examination& it) {
    if (!it.message().signature) return kAccepted;
    const Certificate* signer = held_in(it, {it.found.role, KeyUsage::digitalSignature});
    if (!signer || !gbcs::signature_is_valid(it.message(), signer->public_key))
        return Verdict::refused(command_codes::bad_signature);
    return kAccepted;
}

Verdict check_mac(Examination& it) {
    if (!it.message().mac) return kAccepted;
    const Certificate* acb = held_in(it, {RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement});
    const SharedSecret* secret = acb ? it.device.secret_with(acb->public_key) : nullptr;
    if (!secret) return Verdict::refused(command_codes::bad_mac, "no secret shared with the ACB");
    if (!gbcs::mac_is_valid(it.message(), *secret)) return Verdict::refused(command_codes::bad_mac);
    return kAccepted;
}

template <typename T>
void keep(Content& content, gbcs::Parsed<T>&& parsed, Verdict& verdict) {
    if (parsed)
        content = *std::move(parsed);
    else
        verdict = Verdict::refused(command_codes::malformed_payload, parsed.error().text());
}

Verdict read_content(Examination& it) {
    const gbcs::Message& message = it.message();
    Verdict verdict;
    switch (it.found.use_case->payload) {
        case gbcs::PayloadFamily::dlms:
            keep(it.found.content, gbcs::dlms::parse(message.payload), verdict);
            break;
        case gbcs::PayloadFamily::gbz:
            keep(it.found.content, gbcs::gbz::parse(CraFlag::command, message.payload), verdict);
            break;
        case gbcs::PayloadFamily::asn1:
            if (gbcs::is_cs02(message.code()))
                keep(it.found.content, gbcs::parse_cs02(message.code(), CraFlag::command, message.payload),
                     verdict);
            break;
        case gbcs::PayloadFamily::unknown:
            break;
    }
    return verdict;
}

const gbcs::UpdateSecurityCredentials* update_of(const Content& content) {
    const auto* payload = std::get_if<gbcs::Cs02Payload>(&content);
    return payload ? std::get_if<gbcs::UpdateSecurityCredentials>(payload) : nullptr;
}

/// "Top-ups: UTRN counter cache, not the role counter" (GBCS 9.2, 14): a code used before is answered.
bool is_top_up(MessageCode code) {
    constexpr MessageCode kTopUps[] = {MessageCode{0x0007}, MessageCode{0x0097}};
    return std::ranges::find(kTopUps, code) != std::end(kTopUps);
}

/// Top-ups carry the token's counter, far above all others. Future dated and cancelling commands count per
/// message code (GBCS 9.2, K).
bool counts_apart(const Verified& command) {
    if (is_top_up(command.message.code())) return true;
    if (const auto* dlms = std::get_if<gbcs::dlms::Payload>(&command.content))
        if (const auto* request = std::get_if<gbcs::dlms::AccessRequest>(dlms))
            return is_future_dated(*request);
    if (const auto* gbz = std::get_if<gbcs::gbz::Payload>(&command.content))
        if (const auto* frame = std::get_if<gbcs::gbz::Frame>(gbz)) return gas::is_future_dated(*frame);
    const auto* update = update_of(command.content);
    return update && update->execute_at;
}

Verdict check_counter(Examination& it) {
    // Whether a command is future dated stands in its payload; a payload that can not be read is refused one
    // step later.
    read_content(it);
    it.found.own_counter = counts_apart(it.found);
    if (!it.found.use_case->replay_checked || is_top_up(it.message().code())) return kAccepted;
    const bool fresh = is_fresh(it.device.replay_counters(), it.found.role, it.message().code(),
                                it.found.own_counter, it.message().header.counter);
    return fresh ? kAccepted : Verdict::refused(command_codes::replayed);
}

Verdict check_content(Examination& it) {
    if (Verdict verdict = read_content(it); !verdict) return verdict;
    if (const auto* dlms = std::get_if<gbcs::dlms::Payload>(&it.found.content))
        if (!std::holds_alternative<gbcs::dlms::AccessRequest>(*dlms))
            return Verdict::refused(command_codes::malformed_payload, "not an access-request");
    if (const auto* update = update_of(it.found.content))
        return check_update(*update, it.message(), it.device.type());
    return kAccepted;
}

struct Step {
    std::string_view name;
    Verdict (*check)(Examination&);
};
/// GBCS 6.2.4, order K: a command is judged by the first step it fails.
constexpr Step kSteps[] = {
    {"message can be read", read_message},
    {"it is a command for this device", check_recipient},
    {"the use case exists on this device", find_use_case},
    {"the originator stands in a trust anchor cell", check_originator},
    {"its role may use the use case", check_role},
    {"it is protected as the use case asks", check_shape},
    {"the signature is right", check_signature},
    {"the MAC is right", check_mac},
    {"the counter is new", check_counter},
    {"the content is consistent", check_content},
};

}  // namespace

std::span<const std::string_view> verification_steps() {
    static const auto kNames = [] {
        std::array<std::string_view, std::size(kSteps)> names;
        std::ranges::transform(kSteps, names.begin(), &Step::name);
        return names;
    }();
    return kNames;
}

Verified verify(ByteView octets, const Device& device) {
    Examination it{octets, device, {}, {}};
    for (const Step& step : kSteps) {
        it.found.verdict = step.check(it);
        if (!it.found.verdict) break;
    }
    return std::move(it.found);
}

}  // namespace meterbed
