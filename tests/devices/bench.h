// A bench: a test SMKI, the parties of the market with their keys, and one device that holds their
// certificates.
#pragma once

#include <gtest/gtest.h>

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/use_cases/update_checks.h"
#include "pki/authority.h"
#include "tests/devices/fake_context.h"

namespace meterbed::bench {

inline const Time kFounded = *parse_time("2016-01-01");
inline const Time kStart = *parse_time("2020-03-02 06:00");

struct Party {
    Eui64 id;
    RemotePartyRole role{};
    KeyPair signing, agreement, top_up;
    CertificateRef sign, agree, pay;  ///< digital signature, key agreement, key agreement for top-ups
};

inline CertificateRef issue(Authority& authority, const Party& party, KeyUsage usage, const PublicKey& key,
                            Misbehaviour misbehaviour = Misbehaviour::none, Time from = kFounded) {
    OrganisationRequest request;
    request.subject = party.id;
    request.role = party.role;
    request.usage = usage;
    request.key = key;
    request.from = from;
    request.misbehaviour = misbehaviour;
    return authority.issue(request);
}

inline Party make_party(Eui64 id, RemotePartyRole role, Authority& authority, Random& random) {
    Party party{id, role, KeyPair::generate(random), KeyPair::generate(random), KeyPair::generate(random), {},
                {}, {}};
    party.sign = issue(authority, party, KeyUsage::digitalSignature, party.signing.public_key());
    party.agree = issue(authority, party, KeyUsage::keyAgreement, party.agreement.public_key());
    party.pay = issue(authority, party, KeyUsage::keyAgreement, party.top_up.public_key());
    return party;
}

/// Made once a test program: keys and certificates never change.
struct Market {
    Random random{7, "market"};
    Authority authority{random.child("authority"), kFounded};
    Authority other_tree{random.child("other authority"), kFounded};
    Party supplier = make_party(Eui64{0x90B3D51F30010000}, RemotePartyRole::supplier, authority, random);
    Party other_supplier =
        make_party(Eui64{0x90B3D51F30030000}, RemotePartyRole::supplier, authority, random);
    Party east_midlands =
        make_party(Eui64{0x90B3D51F30020000}, RemotePartyRole::networkOperator, authority, random);
    Party eastern =
        make_party(Eui64{0x90B3D51F30020001}, RemotePartyRole::networkOperator, authority, random);
    Party acb =
        make_party(Eui64{0x90B3D51F30000002}, RemotePartyRole::accessControlBroker, authority, random);
    Party cos = make_party(Eui64{0x90B3D51F30000004}, RemotePartyRole::transitionalCoS, authority, random);
    Party recovery = make_party(Eui64{0x90B3D51F30000001}, RemotePartyRole::recovery, authority, random);
    Party wan = make_party(Eui64{0x90B3D51F30000007}, RemotePartyRole::wanProvider, authority, random);
    Party load = make_party(Eui64{0x90B3D51F30010008}, RemotePartyRole::loadController, authority, random);
};
inline Market& market() {
    static Market made;
    return made;
}

inline const Party* party_of(RemotePartyRole role) {
    Market& m = market();
    for (const Party* party : {&m.supplier, &m.east_midlands, &m.acb, &m.cos, &m.recovery, &m.wan, &m.load})
        if (party->role == role) return party;
    return nullptr;
}

inline const CertificateRef& for_cell(const Party& party, const Cell& cell) {
    if (cell.key_usage == KeyUsage::digitalSignature) return party.sign;
    return cell.cell_usage == CellUsage::management ? party.agree : party.pay;
}

inline void install(Device& device) {
    for (const Cell& cell : device.trust_anchors().cells()) {
        const Party* party = party_of(cell.role);
        device.trust_anchors().place(cell, party ? for_cell(*party, cell) : market().authority.root());
    }
}

constexpr Cell kOperatorSign{RemotePartyRole::networkOperator, KeyUsage::digitalSignature,
                             CellUsage::management};
constexpr Cell kOperatorAgree{RemotePartyRole::networkOperator, KeyUsage::keyAgreement,
                              CellUsage::management};
constexpr Cell kSupplierSign{RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management};
constexpr Cell kSupplierAgree{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::management};

namespace code {
constexpr gbcs::MessageCode close_switch{0x004F};      ///< ECS42
constexpr gbcs::MessageCode open_switch{0x0050};       ///< ECS43
constexpr gbcs::MessageCode arm_switch{0x0051};        ///< ECS44
constexpr gbcs::MessageCode read_switch{0x0052};       ///< ECS45
constexpr gbcs::MessageCode read_export{0x0026};       ///< ECS17a
constexpr gbcs::MessageCode read_import{0x0027};       ///< ECS17b
constexpr gbcs::MessageCode read_voltage{0x0039};      ///< ECS23
constexpr gbcs::MessageCode read_balance{0x0069};      ///< ECS82
constexpr gbcs::MessageCode read_credentials{0x0008};  ///< CS02a
}  // namespace code

enum class Shape { mac, signed_only, both };

/// One device under test with everything to command it.
struct Bench {
    explicit Bench(DeviceType type = DeviceType::eSME, Eui64 id = Eui64{0x00DB123456789001}) {
        Random random(11, "device");
        device = make_device(type, provision(id, market().authority, random, kFounded), secrets);
        install(*device);
    }

    gbcs::Message draft(gbcs::MessageCode code, Bytes payload, const Party& from) {
        gbcs::Message message;
        message.header.cra = gbcs::CraFlag::command;
        message.header.counter = ++counter;
        message.header.originator = from.id;
        message.header.recipient = device->id();
        message.header.other.code = code;
        message.payload = std::move(payload);
        return message;
    }
    void protect(gbcs::Message& message, const Party& from, Shape shape) {
        message.signature.reset();
        message.mac.reset();
        if (shape != Shape::mac) message.signature = gbcs::make_signature(message, from.signing);
        if (shape != Shape::signed_only) message.mac = gbcs::make_mac(message, acb_secret());
    }
    gbcs::Message command(gbcs::MessageCode code, Bytes payload, const Party& from, Shape shape) {
        gbcs::Message message = draft(code, std::move(payload), from);
        protect(message, from, shape);
        return message;
    }
    const SharedSecret& acb_secret() {
        return secrets.of(market().acb.agreement, device->identity().agreement);
    }

    /// The response, when there is exactly one message and it is one.
    std::optional<gbcs::Message> deliver(ByteView octets) {
        context.forget();
        device->receive(octets, context);
        for (const Bytes& sent : context.sent) {
            auto message = gbcs::parse(sent);
            if (message && message->header.cra == gbcs::CraFlag::response) return *std::move(message);
        }
        return std::nullopt;
    }
    std::optional<gbcs::Message> deliver(const gbcs::Message& message) {
        return deliver(gbcs::encode(message));
    }

    std::vector<gbcs::Message> sent_alerts() const {
        std::vector<gbcs::Message> alerts;
        for (const Bytes& sent : context.sent) {
            auto message = gbcs::parse(sent);
            if (message && message->header.cra == gbcs::CraFlag::alert) alerts.push_back(*std::move(message));
        }
        return alerts;
    }
    /// Why the last command was dropped; empty when it was not.
    std::string_view dropped_as() const {
        const auto dropped = context.notes_of(notes::command_dropped);
        return dropped.empty() ? std::string_view{} : dropped.back().verdict;
    }

    gbcs::SharedSecrets secrets;
    FakeContext context{kStart};
    std::unique_ptr<Device> device;
    std::uint64_t counter = 1000;
};

// Payloads.
inline Bytes request(std::uint64_t counter, std::vector<gbcs::dlms::Specification> items,
                     std::vector<gbcs::dlms::Value> data = {}) {
    data.resize(items.size());
    return gbcs::dlms::encode(
        gbcs::dlms::AccessRequest{gbcs::dlms::invoke_id(counter), std::move(items), std::move(data)});
}
inline gbcs::dlms::Specification get(std::uint16_t class_id, gbcs::dlms::Obis obis, std::uint8_t index) {
    return {gbcs::dlms::Access::get, {class_id, obis, index}, 0, {}};
}
inline Bytes read_switch() { return request(0, {get(70, {0, 0, 96, 3, 10, 255}, 3)}); }
inline Bytes run_script(std::uint8_t number) {
    return request(0, {{gbcs::dlms::Access::action, {9, {0, 0, 10, 0, 106, 255}, 1}, 0, {}}},
                   {gbcs::dlms::Value::integer(gbcs::dlms::Type::uint16, number)});
}
inline gbcs::dlms::AccessResponse access_response(const gbcs::Message& message) {
    return std::get<gbcs::dlms::AccessResponse>(*gbcs::dlms::parse(message.payload));
}

inline gbcs::UpdateSecurityCredentials update(ReplacementMode mode,
                                              std::vector<std::pair<Cell, CertificateRef>> replacements) {
    gbcs::UpdateSecurityCredentials out;
    out.mode = static_cast<std::uint64_t>(mode);
    if (const auto role = authorising_role(mode); role && mode != ReplacementMode::accessControlBrokerByACB)
        out.authorising_cell = Cell{*role, KeyUsage::digitalSignature};
    for (const auto& [cell, certificate] : replacements) out.replacements.push_back({certificate->der, cell});
    out.path_certificates.push_back(market().authority.issuing()->der);
    return out;
}

}  // namespace meterbed::bench
