#include "devices/gbcs/opened.h"

#include <algorithm>

#include "devices/gbcs/dlms_compact.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

/// The components of a body, that of an alert included.
std::vector<gbz::Component> components_of(const Body& body) {
    const auto* payload = std::get_if<gbz::Payload>(&body);
    if (!payload) return {};
    if (const auto* frame = std::get_if<gbz::Frame>(payload)) return frame->components;
    const auto component = gbz::component_of(std::get<gbz::Alert>(*payload));
    return component ? std::vector{*component} : std::vector<gbz::Component>{};
}

Opened open_block(Bytes block, const std::optional<SymmetricKey>& key, Eui64 originator) {
    Opened opened;
    opened.block = std::move(block);
    if (!key) return opened;
    if (auto plaintext = decrypt(opened.block, *key, originator)) opened.plaintext = *std::move(plaintext);
    return opened;
}

Tree opened_tree(const Opened& opened) {
    if (!opened.plaintext) return {};
    if (opened.value) return to_tree(*opened.value);
    if (opened.component)
        if (const auto fields = gbz::fields_of(*opened.component)) {
            const gbz::Layout* layout = gbz::layout_of(*opened.component);
            return Tree::Members{{"name", layout ? Tree(std::string(layout->name)) : Tree()},
                                 {"cluster", code_text(opened.component->cluster)},
                                 {"command", std::int64_t{opened.component->command}},
                                 {"fields", to_tree(std::span(*fields))}};
        }
    return Tree::Members{{"plaintext", to_hex(*opened.plaintext)}};
}

/// What keeps a component from being typed to the field.
std::string fault_of(const gbz::Component& component) {
    const gbz::Layout* layout = gbz::layout_of(component);
    if (!layout)
        return "no use case has command " + code_text(component.command, 2) + " of cluster " +
               code_text(component.cluster);
    const auto fields = gbz::fields_of(component);
    if (!fields) return std::string(layout->name) + ": " + fields.error().text();
    return gbz::payload_of(*fields) == component.payload
               ? std::string()
               : std::string(layout->name) + " is written differently";
}

/// Compact arrays are typed to their elements.
bool is_typed(const dlms::Value& value) {
    if (value.type == dlms::Type::compact_array) return dlms::unpack(value).has_value();
    return std::ranges::all_of(value.elements, [](const dlms::Value& element) { return is_typed(element); });
}

bool is_typed(const dlms::Payload& payload) {
    if (const auto* alert = std::get_if<dlms::DataNotification>(&payload)) return is_typed(alert->body);
    const auto* request = std::get_if<dlms::AccessRequest>(&payload);
    const auto& data = request ? request->data : std::get<dlms::AccessResponse>(payload).data;
    return std::ranges::all_of(data, [](const dlms::Value& value) { return is_typed(value); });
}

std::string fault_of(const Opened& opened, bool is_gbz) {
    if (!opened.plaintext) return {};  // the protections tell
    if (is_gbz) return opened.component ? fault_of(*opened.component) : "an encrypted component is not typed";
    if (!opened.value) return "decrypted data are no DLMS value";
    if (!is_typed(*opened.value)) return "a compact array holds no elements of the type it describes";
    return dlms::encode_value(*opened.value) == *opened.plaintext ? std::string()
                                                                  : "decrypted data are written differently";
}

std::string fault_of(const Body& body, const std::vector<Opened>& blocks) {
    if (std::holds_alternative<Unknown>(body)) return "nobody knows the payload of this message code";
    if (const auto* payload = std::get_if<dlms::Payload>(&body); payload && !is_typed(*payload))
        return "a compact array holds no elements of the type it describes";
    for (const gbz::Component& component : components_of(body))
        if (!component.encrypted)
            if (std::string fault = fault_of(component); !fault.empty()) return fault;
    for (const Opened& opened : blocks)
        if (std::string fault = fault_of(opened, std::holds_alternative<gbz::Payload>(body)); !fault.empty())
            return fault;
    return {};
}

/// The octets that its typed values give; the payload goes through the whole tree.
bool is_identical(const Message& message, const Body& body, ByteView octets) {
    const auto typed = body_from_tree(to_tree(body));
    if (!typed) return false;
    Message again = message;
    again.payload = encode_body(*typed);
    const Bytes written = encode(again);
    return std::ranges::equal(written, octets);
}

std::string protection_fault(const ProtectionCheck& check) {
    if (check.mac == Check::bad) return "the MAC is wrong";
    if (check.signature == Check::bad) return "the signature is wrong";
    if (check.encryption == Check::bad) return "encrypted data do not open";
    return {};
}

}  // namespace

std::vector<Opened> open_blocks(const Message& message, const Body& body, const KeyRing& ring) {
    std::vector<Opened> opened;
    auto blocks = ciphered_blocks(body);
    if (blocks.empty()) return opened;
    const auto key = encryption_key(message.header, ring);
    auto components = components_of(body);
    std::erase_if(components, [](const gbz::Component& component) { return !component.encrypted; });
    for (Bytes& block : blocks) {
        Opened& next = opened.emplace_back(open_block(std::move(block), key, message.header.originator));
        if (!next.plaintext) continue;
        if (opened.size() <= components.size()) {
            next.component = components[opened.size() - 1];
            next.component->payload = *next.plaintext;
        } else if (auto value = dlms::parse_value(*next.plaintext)) {
            next.value = *std::move(value);
        }
    }
    return opened;
}

Tree to_tree(const Message& message, const KeyRing& ring) {
    Tree tree = to_tree(message);
    const auto body = parse_body(message);
    if (!body) return tree;
    Tree::List decrypted;
    for (const Opened& opened : open_blocks(message, *body, ring)) decrypted.push_back(opened_tree(opened));
    if (!decrypted.empty()) std::get<Tree::Members>(tree.value).emplace_back("decrypted", decrypted);
    return tree;
}

MessageCheck check_message(ByteView octets, const KeyRing& ring) {
    MessageCheck check;
    const auto message = parse(octets);
    if (!message) return check.failure = message.error().text(), check;
    check.protection = check_protection(*message, ring);
    const auto body = parse_body(*message);
    if (!body) return check.failure = "payload: " + body.error().text(), check;
    check.failure = fault_of(*body, open_blocks(*message, *body, ring));
    check.decoded = check.failure.empty();
    check.identical = is_identical(*message, *body, octets);
    if (check.decoded && !check.identical) check.failure = "it is written differently from its typed values";
    if (check.failure.empty()) check.failure = protection_fault(check.protection);
    return check;
}

}  // namespace meterbed::gbcs
