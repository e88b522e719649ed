// MAC, signature and encryption of a message against the keys at hand (GBCS 4.3.3, 7.2, 8).
#include <algorithm>

#include "devices/gbcs/body.h"
#include "devices/gbcs/key_ring.h"
#include "devices/gbcs/use_case.h"

namespace meterbed::gbcs {
namespace {

constexpr std::uint8_t kEncryptionFlag = 0x04;

bool is_between_devices(MessageCode code) {
    const UseCase* row = find_use_case(code);
    return row && row->kind == UseCaseKind::han_command;
}

Check check_mac(const Message& message, const KeyRing& ring) {
    if (!message.mac) return Check::none;
    const auto secrets = mac_secrets(message.header, ring);
    if (secrets.empty()) return Check::no_key;
    const bool valid = std::ranges::any_of(
        secrets, [&](const SharedSecret* secret) { return mac_is_valid(message, *secret); });
    return valid ? Check::ok : Check::bad;
}

Check check_signature(const Message& message, const KeyRing& ring) {
    if (!message.signature) return Check::none;
    const auto signers = ring.certificates(message.header.originator, KeyUsage::digitalSignature);
    if (signers.empty()) return Check::no_key;
    const bool valid = std::ranges::any_of(signers, [&](const CertificateRef& signer) {
        return signature_is_valid(message, signer->public_key);
    });
    return valid ? Check::ok : Check::bad;
}

bool opens(const Bytes& block, const SymmetricKey& key, Eui64 originator) {
    const auto plaintext = decrypt(block, key, originator);
    return plaintext && encrypt(*plaintext, key, originator) == block;
}

void check_encryption(const Message& message, const KeyRing& ring, ProtectionCheck& check) {
    const auto body = parse_body(message);
    if (!body) return;
    const auto blocks = ciphered_blocks(*body);
    check.ciphered = blocks.size();
    if (blocks.empty()) return;
    const auto key = encryption_key(message.header, ring);
    if (key)
        check.decrypted = static_cast<std::size_t>(std::ranges::count_if(
            blocks, [&](const Bytes& block) { return opens(block, *key, message.header.originator); }));
    check.encryption = !key ? Check::no_key : check.decrypted == blocks.size() ? Check::ok : Check::bad;
}

}  // namespace

std::string_view name(Check check) {
    switch (check) {
        case Check::none:
            return "none";
        case Check::ok:
            return "ok";
        case Check::bad:
            return "bad";
        case Check::no_key:
            return "no_key";
    }
    return "none";
}

std::vector<const SharedSecret*> mac_secrets(const GroupingHeader& header, const KeyRing& ring) {
    std::vector<const SharedSecret*> secrets;
    const auto add = [&](Eui64 device, Eui64 other) {
        if (const SharedSecret* secret = ring.secret(device, other)) secrets.push_back(secret);
    };
    if (header.cra != CraFlag::command || is_between_devices(header.other.code))
        add(header.originator, header.recipient);
    else
        for (Eui64 broker : ring.parties(RemotePartyRole::accessControlBroker)) add(header.recipient, broker);
    return secrets;
}

std::optional<SymmetricKey> encryption_key(const GroupingHeader& header, const KeyRing& ring) {
    const Eui64 reader = header.other.supplementary_party.value_or(header.recipient);
    const std::uint64_t counter = header.other.supplementary_originator_counter.value_or(header.counter);
    const SharedSecret* secret = ring.secret(header.originator, reader);
    if (!secret) return std::nullopt;
    return derive_key(*secret, header.originator, kEncryptionFlag, counter, reader);
}

ProtectionCheck check_protection(const Message& message, const KeyRing& ring) {
    ProtectionCheck check;
    check.mac = check_mac(message, ring);
    check.signature = check_signature(message, ring);
    check_encryption(message, ring, check);
    return check;
}

}  // namespace meterbed::gbcs
