// ASN.1 payloads as trees, by the lists of their members.
#include <algorithm>

#include "devices/gbcs/cs02_fields.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

constexpr std::string_view kAsn1Types[] = {"JoinDevice",
                                           "JoinDeviceResponse",
                                           "UnjoinDevice",
                                           "UnjoinDeviceResponse",
                                           "ActivateFirmware",
                                           "ActivateFirmwareResponse",
                                           "ActivateFirmwareAlert",
                                           "NoParameters",
                                           "JoinDetails",
                                           "FirmwareVersionReading",
                                           "SetClock",
                                           "SetClockResponse",
                                           "RestoreDeviceLog",
                                           "RestoreDeviceLogResponse",
                                           "DeviceLogBackupAlert",
                                           "FirmwareTransferAlert",
                                           "FirmwareActivatedAlert"};
static_assert(std::size(kAsn1Types) == std::variant_size_v<Asn1Payload>);
constexpr std::string_view kCs02Types[] = {"UpdateSecurityCredentials",
                                           "UpdateSecurityCredentialsResponse",
                                           "UpdateSecurityCredentialsAlert",
                                           "ProvideSecurityCredentials",
                                           "ProvideSecurityCredentialsResponse",
                                           "KeyUsageRequest",
                                           "EncodedOrResult"};
static_assert(std::size(kCs02Types) == std::variant_size_v<Cs02Payload>);

/// Enumerators that have words; others stand as numbers.
constexpr StatusCode kStatuses[] = {StatusCode::success,
                                    StatusCode::badCertificate,
                                    StatusCode::noTrustAnchor,
                                    StatusCode::insufficientMemory,
                                    StatusCode::contingencyPublicKeyDecrypt,
                                    StatusCode::trustAnchorNotFound,
                                    StatusCode::resourcesBusy,
                                    StatusCode::other};
constexpr RemotePartyRole kRoles[] = {RemotePartyRole::root,
                                      RemotePartyRole::recovery,
                                      RemotePartyRole::supplier,
                                      RemotePartyRole::networkOperator,
                                      RemotePartyRole::accessControlBroker,
                                      RemotePartyRole::transitionalCoS,
                                      RemotePartyRole::wanProvider,
                                      RemotePartyRole::issuingAuthority,
                                      RemotePartyRole::loadController,
                                      RemotePartyRole::other};
constexpr KeyUsage kKeyUsages[] = {KeyUsage::digitalSignature, KeyUsage::keyAgreement, KeyUsage::keyCertSign};
constexpr CellUsage kCellUsages[] = {CellUsage::management, CellUsage::prePaymentTopUp};

constexpr std::span<const StatusCode> known(StatusCode) { return kStatuses; }
constexpr std::span<const RemotePartyRole> known(RemotePartyRole) { return kRoles; }
constexpr std::span<const KeyUsage> known(KeyUsage) { return kKeyUsages; }
constexpr std::span<const CellUsage> known(CellUsage) { return kCellUsages; }

struct To {
    static Tree tree(std::uint64_t number) {
        if (number > INT64_MAX) return number;
        return static_cast<std::int64_t>(number);
    }
    static Tree tree(std::uint16_t number) { return std::int64_t{number}; }
    static Tree tree(bool value) { return value; }
    static Tree tree(const Eui64& id) { return id.text(); }
    static Tree tree(const Time& time) { return time_text(time); }
    static Tree tree(const Bytes& octets) { return to_hex(octets); }
    template <std::size_t N>
    static Tree tree(const std::array<std::uint8_t, N>& octets) {
        return to_hex(octets);
    }
    template <typename E>
    requires std::is_enum_v<E>
    static Tree tree(const E& value) {
        if (std::ranges::find(known(value), value) != known(value).end()) return std::string(name(value));
        return static_cast<std::int64_t>(value);
    }
    template <typename T>
    static Tree tree(const std::optional<T>& value) {
        return value ? tree(*value) : Tree();
    }
    template <typename T>
    static Tree tree(const std::vector<T>& items) {
        Tree::List out;
        for (const T& item : items) out.push_back(tree(item));
        return out;
    }
    static Tree tree(const EncodedOrResult& reply) {
        return std::visit([](const auto& value) { return tree(value); }, reply);
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    static Tree tree(const Struct& value) {
        Tree::Members members;
        for_each_field(value, [&](const auto& field, const auto& item) {
            members.emplace_back(std::string(field.name), tree(item));
        });
        return members;
    }
};

struct From {
    static void read(const Tree& in, std::string_view what, std::uint64_t& out) {
        out = number(in, UINT64_MAX, what);
    }
    static void read(const Tree& in, std::string_view what, std::uint16_t& out) {
        out = static_cast<std::uint16_t>(code(in, 0xFFFF, what));
    }
    static void read(const Tree& in, std::string_view what, bool& out) {
        const bool* value = std::get_if<bool>(&in.value);
        if (!value) throw TreeError(std::string(what) + " is neither true nor false");
        out = *value;
    }
    static void read(const Tree& in, std::string_view what, Eui64& out) {
        const auto id = Eui64::parse(text(in, what));
        if (!id) throw TreeError(std::string(what) + " is not an EUI-64");
        out = *id;
    }
    static void read(const Tree& in, std::string_view what, Time& out) {
        const auto time = parse_time(text(in, what));
        if (!time) throw TreeError(std::string(what) + " is not a time");
        out = *time;
    }
    static void read(const Tree& in, std::string_view what, Bytes& out) { out = octets(in, what); }
    template <std::size_t N>
    static void read(const Tree& in, std::string_view what, std::array<std::uint8_t, N>& out) {
        const Bytes read = octets(in, what);
        if (read.size() != N) throw TreeError(std::string(what) + " is not " + std::to_string(N) + " octets");
        std::ranges::copy(read, out.begin());
    }
    template <typename E>
    requires std::is_enum_v<E>
    static void read(const Tree& in, std::string_view what, E& out) {
        if (const auto* word = std::get_if<std::string>(&in.value)) {
            for (E value : known(E{}))
                if (name(value) == *word) return void(out = value);
            throw TreeError(std::string(what) + " cannot be " + *word);
        }
        out = static_cast<E>(number(in, 0xFF, what));
    }
    template <typename T>
    static void read(const Tree& in, std::string_view what, std::optional<T>& out) {
        if (!is_null(in)) read(in, what, out.emplace());
    }
    template <typename T>
    static void read(const Tree& in, std::string_view what, std::vector<T>& out) {
        for (const Tree& item : list(in, what)) read(item, what, out.emplace_back());
    }
    static void read(const Tree& in, std::string_view what, EncodedOrResult& out) {
        if (std::holds_alternative<std::string>(in.value))
            out = octets(in, what);
        else
            out = number(in, UINT64_MAX, what);
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    static void read(const Tree& in, std::string_view, Struct& out) {
        for_each_field(
            out, [&](const auto& field, auto& item) { read(member(in, field.name), field.name, item); });
    }
};

Tree typed(std::string_view type, Tree value) {
    return Tree::Members{
        {"family", std::string("ASN.1")}, {"type", std::string(type)}, {"value", std::move(value)}};
}

/// A default value of the alternative that `type` names.
template <typename Variant, std::size_t... I>
std::optional<Variant> alternative(std::string_view type, std::span<const std::string_view> names,
                                   std::index_sequence<I...>) {
    std::optional<Variant> found;
    ((names[I] == type ? void(found.emplace(std::in_place_index<I>)) : void()), ...);
    return found;
}

template <typename Variant>
std::optional<Variant> from_tree(const Tree& tree, std::span<const std::string_view> names) {
    auto payload = alternative<Variant>(text(member(tree, "type"), "type"), names,
                                        std::make_index_sequence<std::variant_size_v<Variant>>());
    if (payload)
        std::visit([&](auto& value) { From::read(member(tree, "value"), "value", value); }, *payload);
    return payload;
}

}  // namespace

Tree asn1_tree(const Asn1Payload& payload) {
    return typed(kAsn1Types[payload.index()],
                 std::visit([](const auto& value) { return To::tree(value); }, payload));
}
Tree cs02_tree(const Cs02Payload& payload) {
    return typed(kCs02Types[payload.index()],
                 std::visit([](const auto& value) { return To::tree(value); }, payload));
}

std::optional<Asn1Payload> asn1_from_tree(const Tree& tree) {
    return from_tree<Asn1Payload>(tree, kAsn1Types);
}
std::optional<Cs02Payload> cs02_from_tree(const Tree& tree) {
    return from_tree<Cs02Payload>(tree, kCs02Types);
}

}  // namespace meterbed::gbcs
