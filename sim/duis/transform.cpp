#include "sim/duis/transform.h"

#include <algorithm>

#include "devices/gbcs/protection.h"
#include "sim/duis/signed_pre_command.h"
#include "sim/services/catalogue.h"

namespace meterbed::duis {
namespace {

using gbcs::Protection;

Refusal refusal(const Request& request, std::string message) {
    return {false, {{"Body/" + request.body.name, request.body.line, std::move(message)}}};
}

// Which row
// --------------------------------------------------------------------------------------------------------

bool fits(Fits wanted, const DeviceProfile& device) {
    switch (wanted) {
        case Fits::any:
            return true;
        case Fits::single_phase:
            return !device.polyphase;
        case Fits::polyphase:
            return device.polyphase;
        case Fits::current:
            return !device.superseded;
        case Fits::superseded:
            return device.superseded;
    }
    return false;
}

/// DUIS knows no SAPC, in the inventory it is a variant of ESME: where no row of the service names it, that
/// of the ESME holds.
DeviceType kind_in(const std::vector<const Row*>& rows, DeviceType type) {
    const auto named = [&](const Row* row) { return row->devices.has(type); };
    return type == DeviceType::SAPC && std::ranges::none_of(rows, named) ? DeviceType::eSME : type;
}

const gbcs::UseCase& use_case_of(const Row& row) { return *gbcs::find_use_case(gbcs::MessageCode{row.code}); }

/// Rows of this service, body and kind of device that the body's form means, whatever the device's version.
std::vector<const Row*> candidates(const Reading& body, const Situation& situation) {
    std::vector<const Row*> rows = rows_of(situation.request.srv);
    const DeviceType type = kind_in(rows, situation.device.type);
    std::erase_if(rows, [&](const Row* row) {
        return row->body != body.name() || !row->devices.has(type) ||
               (row->applies && !row->applies(body, situation));
    });
    return rows;
}

const Row* choose(const std::vector<const Row*>& rows, const TransformOptions& options) {
    for (const Row* row : rows) {
        const bool meant = options.use_case.empty() ? fits(row->fits, options.device)
                                                    : use_case_of(*row).id == options.use_case;
        if (meant) return row;
    }
    return nullptr;
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::vector<std::string> names_of(const std::vector<const Row*>& rows) {
    std::vector<std::string> names;
    for (const Row* row : rows) names.emplace_back(use_case_of(*row).id);
    return names;
}

/// Why no row was found: the service, its body, the kind of device, or the form of the body.
std::string why_none(const Request& request, const TransformOptions& options,
                     const std::vector<const Row*>& fitting) {
    const std::vector<const Row*>& rows = rows_of(request.srv);
    if (!fitting.empty()) return "is no " + options.use_case + "; it can be " + joined(names_of(fitting));
    if (rows.empty())
        return find_service(request.srv) ? "service " + request.srv + " has no transform"
                                         : "there is no service '" + request.srv + "'";
    const auto has_body = [&](const Row* row) { return row->body == request.body.name; };
    if (std::ranges::none_of(rows, has_body))
        return "is not the body of service " + request.srv + ", which is " + std::string(rows.front()->body);
    const DeviceType kind = kind_in(rows, options.device.type);
    const auto has_type = [&](const Row* row) { return has_body(row) && row->devices.has(kind); };
    const std::string type(name(options.device.type));
    if (std::ranges::none_of(rows, has_type))
        return "service " + request.srv + " has no command for a " + type;
    return "has no form that service " + request.srv + " has for a " + type;
}

// Who sends
// -------------------------------------------------------------------------------------------------------

/// Critical service requests are transformed for the user to sign (command variant 4); the DCC finishes the
/// others.
bool user_signs(const Request& request) {
    const Service* service = find_service(request.srv);
    return service && service->critical;
}

/// Hubs and PPMIDs hold no cell of suppliers and network operators (gbcs.md 6.2).
bool holds_user_cells(DeviceType type) { return type != DeviceType::CHF && type != DeviceType::PPMID; }

/// An unknown remote party says so by bringing its key agreement certificate.
bool is_unknown_party(const Reading& body) { return body.has("KAPublicSecurityCredentials"); }

bool may_send(const gbcs::UseCase& use_case, const Reading& body, const Situation& situation) {
    constexpr auto acb = RemotePartyRole::accessControlBroker;
    if (situation.role == acb) return true;
    if (is_unknown_party(body) || !holds_user_cells(situation.device.type)) return false;
    if (use_case.originators.empty()) return true;
    if (situation.role) return use_case.originators.has(*situation.role);
    return use_case.originators.has(RemotePartyRole::supplier) ||
           use_case.originators.has(RemotePartyRole::networkOperator) ||
           use_case.originators.has(RemotePartyRole::loadController);
}

Origin origin_of(const Row& row, const Reading& body, const Situation& situation) {
    if (row.origin != Origin::user) return row.origin;
    if (user_signs(situation.request)) return Origin::user;
    // What a device takes with a signature only, and the user does not sign, the ACB signs (gbcs.md 3.1).
    if (use_case_of(row).critical) return Origin::acb_for_user;
    return may_send(use_case_of(row), body, situation) ? Origin::user : Origin::acb_for_user;
}

Sender sender_of(Origin origin, const Request& request, const TransformOptions& options) {
    if (origin == Origin::user) return {request.originator, request.counter};
    Sender sender = origin == Origin::cos_party ? options.cos_party : options.acb;
    if (sender.counter == 0) sender.counter = request.counter;
    return sender;
}

void name_user(gbcs::OtherInformation& other, const Reading& body, const Request& request) {
    other.supplementary_party = request.originator;
    other.supplementary_counter = request.counter;
    if (const auto certificate = body.optional("KAPublicSecurityCredentials"))
        other.supplementary_certificate = certificate->base64(4096);
}

/// The command's frame; the payload follows.
gbcs::GroupingHeader header_of(const Row& row, Origin origin, const Reading& body,
                               const Situation& situation) {
    gbcs::GroupingHeader header;
    header.cra = gbcs::CraFlag::command;
    header.originator = situation.sender.id;
    header.counter = situation.sender.counter;
    header.recipient = situation.recipient();
    header.other.code = gbcs::MessageCode{row.code};
    if (origin == Origin::acb_for_user) name_user(header.other, body, situation.request);
    return header;
}

void check_variant(const Reading& body, const Request& request) {
    const bool pre = user_signs(request);
    const bool fine =
        pre ? request.command_variant == 4 : request.command_variant >= 1 && request.command_variant <= 3;
    if (!fine)
        body.mistake("command variant " + std::to_string(request.command_variant) +
                     " does not go with service " + request.srv +
                     (pre ? ", which is critical: 4 asks for its pre-command" : ": 1, 2 or 3 does"));
}

/// The ACB that replaces itself is known by its MAC, but on a hub by its signature as well (gbcs.md 6.3).
Protection protection_of(const gbcs::UseCase& use_case, DeviceType device) {
    constexpr gbcs::MessageCode acb_by_acb{0x0104};
    if (use_case.code == acb_by_acb && device == DeviceType::CHF) return Protection::signature_and_mac;
    return use_case.command_protection;
}

}  // namespace

tl::expected<Transformed, Refusal> transform(const Request& request, const TransformOptions& options) {
    if (request.command_variant == 8)
        return tl::unexpected(Refusal{true,
                                      {{"Header/CommandVariant", 0,
                                        "the DCC answers service " + request.srv +
                                            " itself (command variant 8): nothing goes to a device"}}});
    if (is_signed_pre_command(request)) return from_signed_pre_command(request);
    Journal journal;
    const Reading body(request.body, journal, "Body/" + request.body.name);
    Situation situation{request, options.device, options.role, {}, nullptr, options.dcc};
    const std::vector<const Row*> rows = candidates(body, situation);
    const Row* row = choose(rows, options);
    if (!row) return tl::unexpected(refusal(request, why_none(request, options, rows)));
    check_variant(body, request);
    situation.use_case = &use_case_of(*row);
    const Origin origin = origin_of(*row, body, situation);
    situation.sender = sender_of(origin, request, options);
    if (situation.sender.id == Eui64{})
        body.mistake(origin == Origin::cos_party
                         ? "is sent by the CoS Party, whose identity is not known"
                         : "is sent by the Access Control Broker, whose identity is not known");

    Transformed made;
    made.message.header = header_of(*row, origin, body, situation);
    // DCC-held future dating: the time is for the DCC, the command does not carry it.
    if (!use_case_of(*row).future_datable) {
        if (const auto at = body.optional("ExecutionDateTime")) at->date_time();
    }
    made.message.payload = row->payload(body, situation);
    made.use_case = &use_case_of(*row);
    made.protection = protection_of(*made.use_case, options.device.type);
    made.pre_command = made.message.pre_command = user_signs(request);
    for (const Row* other : rows) {
        if (other != row) made.others.emplace_back(use_case_of(*other).id);
    }
    journal.note_unread(request.body, body.path());
    if (!journal.mistakes().empty()) return tl::unexpected(Refusal{false, journal.mistakes()});
    return made;
}

tl::expected<gbcs::Message, std::string> seal(const Transformed& transformed, const SealingKeys& keys) {
    gbcs::Message message = transformed.message;
    if (transformed.pre_command) return message;
    const Protection protection = transformed.protection;
    if (protection == Protection::signature || protection == Protection::signature_and_mac) {
        if (!keys.signer)
            return tl::unexpected("no digital signature key of " + message.header.originator.text());
        message.signature = make_signature(message, *keys.signer);
    }
    if (protection == Protection::signature) return message;
    if (!keys.acb) return tl::unexpected(std::string("no key agreement key of the Access Control Broker"));
    if (!keys.device)
        return tl::unexpected("no key agreement certificate of " + message.header.recipient.text());
    message.mac = make_mac(message, keys.acb->agree(*keys.device));
    return message;
}

}  // namespace meterbed::duis
