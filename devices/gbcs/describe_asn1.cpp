// ASN.1 payloads in words, by the lists of their members.
#include "devices/gbcs/cs02_fields.h"
#include "devices/gbcs/describe_parts.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

/// Numbers of replies that are one bare INTEGER.
const NumberNames* reply_names(MessageCode code) {
    switch (static_cast<std::uint16_t>(code)) {
        case 0x000A:
            return &names::issue_response;
        case 0x000B:
            return &names::update_certificate_response;
        default:
            return &names::provide_certificate_response;
    }
}

struct Words {
    MessageCode code;
    const KeyRing* keys;
    const NumberNames* numbers = nullptr;  ///< of the member at hand

    Description describe(std::string name, std::uint64_t number) const {
        const std::string_view word = numbers ? name_of(*numbers, number) : std::string_view();
        return numbered(std::move(name), static_cast<std::int64_t>(number),
                        word.empty() ? std::to_string(number) : std::string(word));
    }
    Description describe(std::string name, std::uint16_t alert) const {
        return numbered(std::move(name), alert, alert_text(alert));
    }
    Description describe(std::string name, bool value) const {
        return leaf(std::move(name), value ? "true" : "false");
    }
    Description describe(std::string name, const Eui64& id) const { return leaf(std::move(name), id.text()); }
    Description describe(std::string name, const Time& time) const {
        return leaf(std::move(name), time == kForever ? "never (cancels)" : time_text(time));
    }
    Description describe(std::string name, const Bytes& octets) const {
        if (octets.size() > 64) return encoded(std::move(name), octets);
        const bool is_id = octets.size() == 8 && name.find("UniqueID") != std::string::npos;
        return leaf(std::move(name), is_id ? Eui64::from_octets(octets.data()).text() : to_hex(octets));
    }
    template <std::size_t N>
    Description describe(std::string name, const std::array<std::uint8_t, N>& octets) const {
        return leaf(std::move(name), to_hex(octets));
    }
    template <typename E>
    requires std::is_enum_v<E> Description describe(std::string label, const E& value)
    const { return numbered(std::move(label), static_cast<std::int64_t>(value), std::string(name(value))); }
    template <typename T>
    Description describe(std::string name, const std::optional<T>& value) const {
        return value ? describe(std::move(name), *value) : leaf(std::move(name), "absent");
    }
    template <typename T>
    Description describe(std::string name, const std::vector<T>& items) const {
        Description out = leaf(std::move(name), std::to_string(items.size()));
        for (std::size_t i = 0; i < items.size(); ++i)
            out.children.push_back(describe("[" + std::to_string(i + 1) + "]", items[i]));
        return out;
    }
    Description describe(std::string name, const EncodedOrResult& reply) const {
        Words words = *this;
        words.numbers = reply_names(code);
        return std::visit([&](const auto& value) { return words.describe(std::move(name), value); }, reply);
    }
    template <typename Struct>
    requires std::is_class_v<Struct> Description describe(std::string name, const Struct& value)
    const {
        Description out = leaf(std::move(name), {});
        for_each_field(value, [&](const auto& field, const auto& item) {
            Words words = *this;
            words.numbers = field.names;
            out.children.push_back(words.describe(std::string(field.name), item));
        });
        return out;
    }

    /// A certificate, or a request for one (CS02c).
    Description encoded(std::string name, const Bytes& der) const {
        if (code == MessageCode{0x000A})
            return leaf(std::move(name), "certification request, " + std::to_string(der.size()) + " octets");
        return describe_certificate(std::move(name), der, keys);
    }
};

}  // namespace

Description describe_asn1(MessageCode code, const Body& body, const KeyRing* keys) {
    const Words words{code, keys};
    const auto all = [&](const auto& payload) {
        return std::visit([&](const auto& value) { return words.describe("ASN.1 payload", value); }, payload);
    };
    if (const auto* payload = std::get_if<Cs02Payload>(&body)) return all(*payload);
    return all(std::get<Asn1Payload>(body));
}

}  // namespace meterbed::gbcs
