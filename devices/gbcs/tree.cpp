#include "devices/gbcs/tree.h"

#include <algorithm>

#include "devices/gbcs/tree_values.h"
#include "devices/gbcs/use_case.h"

namespace meterbed::gbcs {
namespace {

constexpr std::string_view kKinds[] = {"command", "response", "alert"};

template <typename Read>
auto guarded(Read read) -> tl::expected<decltype(read()), std::string> {
    try {
        return read();
    } catch (const TreeError& error) {
        return tl::unexpected(std::string(error.what()));
    } catch (const std::invalid_argument& error) {  // a value that has no encoding
        return tl::unexpected(std::string(error.what()));
    } catch (const std::length_error& error) {
        return tl::unexpected(std::string(error.what()));
    }
}

struct ToTree {
    Tree operator()(const dlms::Payload& payload) const { return dlms_tree(payload); }
    Tree operator()(const gbz::Payload& payload) const { return gbz_tree(payload); }
    Tree operator()(const Cs02Payload& payload) const { return cs02_tree(payload); }
    Tree operator()(const Asn1Payload& payload) const { return asn1_tree(payload); }
    Tree operator()(const Unknown& unknown) const {
        return Tree::Members{{"family", std::string("unknown")}, {"octets", to_hex(unknown.octets)}};
    }
};

Body read_body(const Tree& tree) {
    const std::string& family = text(member(tree, "family"), "family");
    if (family == "DLMS") return dlms_from_tree(tree);
    if (family == "GBZ") return gbz_from_tree(tree);
    if (family == "unknown") return Unknown{octets(member(tree, "octets"), "octets")};
    if (family != "ASN.1") throw TreeError("family is not DLMS, GBZ, ASN.1 or unknown");
    if (auto payload = asn1_from_tree(tree)) return *std::move(payload);
    if (auto payload = cs02_from_tree(tree)) return *std::move(payload);
    throw TreeError("there is no ASN.1 payload " + text(member(tree, "type"), "type"));
}

Tree counter_tree(std::uint64_t counter) {
    if (counter > INT64_MAX) return counter;
    return static_cast<std::int64_t>(counter);
}

/// A payload that is not what its use case says stands as octets.
Tree body_tree(const Message& message) {
    const auto body = parse_body(message);
    if (body && encode_body(*body) == message.payload) return to_tree(*body);
    return to_tree(Body(Unknown{message.payload}));
}

void add_other(Tree::Members& members, const OtherInformation& other) {
    if (other.supplementary_party)
        members.emplace_back("supplementary_party", other.supplementary_party->text());
    if (other.supplementary_counter)
        members.emplace_back("supplementary_counter", counter_tree(*other.supplementary_counter));
    if (other.supplementary_originator_counter)
        members.emplace_back("supplementary_originator_counter",
                             counter_tree(*other.supplementary_originator_counter));
    if (!other.supplementary_certificate.empty())
        members.emplace_back("supplementary_certificate", to_hex(other.supplementary_certificate));
}

Eui64 read_party(const Tree& tree, std::string_view what) {
    const auto id = Eui64::parse(text(tree, what));
    if (!id) throw TreeError(std::string(what) + " is not an EUI-64");
    return *id;
}

template <std::size_t N>
std::array<std::uint8_t, N> read_fixed(const Tree& tree, std::string_view what) {
    const Bytes read = octets(tree, what);
    if (read.size() != N) throw TreeError(std::string(what) + " is not " + std::to_string(N) + " octets");
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(read, out.begin());
    return out;
}

/// A member that may be absent or null.
const Tree* given(const Tree& tree, std::string_view name) {
    const Tree* found = tree.find(name);
    return found && !is_null(*found) ? found : nullptr;
}

OtherInformation read_other(const Tree& tree) {
    OtherInformation other;
    other.code = MessageCode{static_cast<std::uint16_t>(code(member(tree, "code"), 0xFFFF, "code"))};
    if (const Tree* party = given(tree, "supplementary_party"))
        other.supplementary_party = read_party(*party, "supplementary_party");
    if (const Tree* counter = given(tree, "supplementary_counter"))
        other.supplementary_counter = number(*counter, UINT64_MAX, "supplementary_counter");
    if (const Tree* counter = given(tree, "supplementary_originator_counter"))
        other.supplementary_originator_counter =
            number(*counter, UINT64_MAX, "supplementary_originator_counter");
    if (const Tree* certificate = given(tree, "supplementary_certificate"))
        other.supplementary_certificate = octets(*certificate, "supplementary_certificate");
    return other;
}

CraFlag read_kind(const Tree& tree) {
    const auto kind = std::ranges::find(kKinds, text(tree, "kind"));
    if (kind == std::end(kKinds)) throw TreeError("kind is not command, response or alert");
    return static_cast<CraFlag>(kind - std::begin(kKinds) + 1);
}

Message read_message(const Tree& tree) {
    Message message;
    message.header.cra = read_kind(member(tree, "kind"));
    message.header.counter = number(member(tree, "counter"), UINT64_MAX, "counter");
    message.header.originator = read_party(member(tree, "originator"), "originator");
    message.header.recipient = read_party(member(tree, "recipient"), "recipient");
    if (const Tree* time = given(tree, "date_time"))
        message.header.date_time = read_fixed<12>(*time, "date_time");
    message.header.other = read_other(tree);
    message.payload = encode_body(read_body(member(tree, "body")));
    if (const Tree* pre_command = given(tree, "pre_command"))
        message.pre_command = pre_command->value == Tree(true).value;
    if (const Tree* signature = given(tree, "signature"))
        message.signature = Signature{read_fixed<64>(*signature, "signature")};
    if (const Tree* mac = given(tree, "mac")) message.mac = read_fixed<12>(*mac, "mac");
    return message;
}

}  // namespace

Tree to_tree(const Body& body) { return std::visit(ToTree{}, body); }

Tree to_tree(const Message& message) {
    const GroupingHeader& header = message.header;
    const UseCase* use_case = find_use_case(message.code());
    Tree::Members members{
        {"kind", std::string(kKinds[static_cast<std::size_t>(header.cra) - 1])},
        {"code", code_text(static_cast<std::uint16_t>(message.code()))},
        {"use_case", use_case ? Tree(std::string(use_case->id)) : Tree()},
        {"counter", counter_tree(header.counter)},
        {"originator", header.originator.text()},
        {"recipient", header.recipient.text()},
    };
    if (header.date_time) members.emplace_back("date_time", to_hex(*header.date_time));
    add_other(members, header.other);
    members.emplace_back("pre_command", message.pre_command);
    members.emplace_back("body", body_tree(message));
    if (message.signature) members.emplace_back("signature", to_hex(message.signature->rs));
    if (message.mac) members.emplace_back("mac", to_hex(*message.mac));
    return members;
}

tl::expected<Body, std::string> body_from_tree(const Tree& tree) {
    return guarded([&] { return read_body(tree); });
}

tl::expected<Message, std::string> message_from_tree(const Tree& tree) {
    return guarded([&] { return read_message(tree); });
}

}  // namespace meterbed::gbcs
