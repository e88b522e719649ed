#include "devices/gbcs/describe.h"

#include "devices/gbcs/describe_parts.h"
#include "devices/gbcs/tree_values.h"
#include "devices/gbcs/use_case.h"

namespace meterbed::gbcs {
namespace {

constexpr std::string_view kKinds[] = {"command", "response", "alert"};

std::string title(const Message& message) {
    const UseCase* use_case = find_use_case(message.code());
    const std::string kind = message.pre_command
                                 ? "pre-command"
                                 : std::string(kKinds[static_cast<std::size_t>(message.header.cra) - 1]);
    if (!use_case) return "unknown message code " + kind;
    return std::string(use_case->id) + " " + std::string(use_case->name) + ", " + kind;
}

std::string party_text(Eui64 id, const KeyRing* keys) {
    if (keys)
        for (const KeyUsage usage : {KeyUsage::keyAgreement, KeyUsage::digitalSignature})
            if (const Certificate* certificate = keys->certificate(id, usage))
                return id.text() + " (" +
                       (certificate->role ? std::string(name(*certificate->role)) : std::string("device")) +
                       ")";
    return id.text();
}

Description counter(std::string name, std::uint64_t value) {
    return numbered(std::move(name), static_cast<std::int64_t>(value), std::to_string(value));
}

Description describe_header(const Message& message, const KeyRing* keys) {
    const GroupingHeader& header = message.header;
    const OtherInformation& other = header.other;
    Description out = leaf("Header", {});
    const auto code = static_cast<std::uint16_t>(message.code());
    out.children.push_back(numbered("Message code", code, code_text(code)));
    out.children.push_back(counter("Originator counter", header.counter));
    out.children.push_back(leaf("Originator", party_text(header.originator, keys)));
    out.children.push_back(leaf("Recipient", party_text(header.recipient, keys)));
    if (header.date_time) out.children.push_back(leaf("Date-time", date_time_text(*header.date_time)));
    if (other.supplementary_party)
        out.children.push_back(
            leaf("Supplementary remote party", party_text(*other.supplementary_party, keys)));
    if (other.supplementary_counter)
        out.children.push_back(counter("Supplementary remote party counter", *other.supplementary_counter));
    if (other.supplementary_originator_counter)
        out.children.push_back(
            counter("Supplementary originator counter", *other.supplementary_originator_counter));
    if (!other.supplementary_certificate.empty())
        out.children.push_back(describe_certificate("Supplementary remote party's key agreement certificate",
                                                    other.supplementary_certificate, keys));
    return out;
}

Description describe_body(const Message& message, const KeyRing* keys) {
    const auto body = parse_body(message);
    if (!body) return leaf("Payload", to_hex(message.payload) + " (" + body.error().text() + ")");
    if (const auto* payload = std::get_if<dlms::Payload>(&*body)) return describe_dlms(message, *payload);
    if (const auto* payload = std::get_if<gbz::Payload>(&*body)) return describe_gbz(*payload);
    if (const auto* unknown = std::get_if<Unknown>(&*body))
        return leaf("Payload", to_hex(unknown->octets) + " (nobody knows this message code)");
    return describe_asn1(message.code(), *body, keys);
}

/// A protected read brings a structure of the values of the use case's attributes; its last item is the
/// method that reads.
Description describe_protected(MessageCode code, const dlms::Value& value) {
    Description out = leaf("Values", std::to_string(value.elements.size()));
    std::size_t i = 0;
    for (const dlms::ObjectName& object : dlms::objects_of(code))
        if (!object.is_method && i < value.elements.size()) {
            out.children.push_back(describe_value(std::string(object.name), value.elements[i++],
                                                  &object.value, dlms::unit_of(object.attribute, false)));
        }
    for (; i < value.elements.size(); ++i)
        out.children.push_back(describe_value("Value", value.elements[i], nullptr, {}));
    return out;
}

Description describe_opened(const Message& message, const Opened& opened) {
    if (!opened.plaintext) return leaf("closed", "no key opens this block");
    if (opened.component)
        return describe_component([&] {
            gbz::Component plain = *opened.component;
            plain.encrypted = false;
            return plain;
        }());
    if (!opened.value) return leaf("Plaintext", to_hex(*opened.plaintext));
    if (opened.value->type != dlms::Type::structure)
        return describe_value("Value", *opened.value, nullptr, {});
    return describe_protected(message.code(), *opened.value);
}

void add_opened(Description& out, const Message& message, const KeyRing& keys) {
    const auto body = parse_body(message);
    if (!body) return;
    const auto blocks = open_blocks(message, *body, keys);
    if (blocks.empty()) return;
    Description& decrypted =
        out.children.emplace_back(leaf("Decrypted", std::to_string(blocks.size()) + " blocks"));
    for (const Opened& opened : blocks) decrypted.children.push_back(describe_opened(message, opened));
}

std::string verdict(Check check) {
    switch (check) {
        case Check::ok:
            return " (verified)";
        case Check::bad:
            return " (WRONG)";
        case Check::no_key:
            return " (no key to verify it)";
        case Check::none:
            break;
    }
    return {};
}

}  // namespace

Description describe(const Message& message, const KeyRing* keys) {
    Description out = leaf("Message", title(message));
    const ProtectionCheck check = keys ? check_protection(message, *keys) : ProtectionCheck{};
    out.children.push_back(describe_header(message, keys));
    out.children.push_back(describe_body(message, keys));
    if (keys) add_opened(out, message, *keys);
    if (message.signature)
        out.children.push_back(leaf("Signature", to_hex(message.signature->rs) + verdict(check.signature)));
    if (message.mac) out.children.push_back(leaf("MAC", to_hex(*message.mac) + verdict(check.mac)));
    return out;
}

}  // namespace meterbed::gbcs
