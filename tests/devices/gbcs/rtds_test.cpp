// The reference messages: each is read, written back, and authenticated with the keys of its parties.
#include "tests/devices/gbcs/rtds.h"

#include <iostream>

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/protection.h"
#include "devices/gbcs/use_case.h"

namespace meterbed::gbcs {
namespace {

class Rtds : public rtds::Test {
  protected:
    /// Each message with its file; those that cannot be read fail the test.
    template <typename Visit>
    static void each(Visit visit) {
        for (const rtds::File& file : rtds::messages()) {
            const auto message = parse(file.octets);
            ASSERT_TRUE(message) << file.name << ": " << message.error().text();
            visit(file, *message);
        }
    }
};

TEST_F(Rtds, EveryMessageIsWrittenAsItWasRead) {
    each([](const rtds::File& file, const Message& message) {
        EXPECT_EQ(to_hex(encode(message)), to_hex(file.octets)) << file.name;
        EXPECT_EQ(message.pre_command, file.is("PRECOMMAND")) << file.name;
    });
    EXPECT_GE(rtds::messages().size(), 780U);
}

bool has_signature(Protection protection) {
    return protection == Protection::signature || protection == Protection::signature_and_mac;
}
bool has_mac(Protection protection) {
    return protection == Protection::mac || protection == Protection::signature_and_mac;
}
Protection protection_of(const UseCase& use_case, CraFlag cra) {
    if (cra == CraFlag::alert) return use_case.alert_protection;
    return cra == CraFlag::command ? use_case.command_protection : use_case.response_protection;
}

bool fits(Protection protection, const Message& message) {
    if (protection == Protection::either) return message.mac.has_value() != message.signature.has_value();
    return message.mac.has_value() == has_mac(protection) &&
           message.signature.has_value() == has_signature(protection);
}

TEST_F(Rtds, EveryMessageIsProtectedAsItsUseCaseSays) {
    each([](const rtds::File& file, const Message& message) {
        const UseCase* use_case = find_use_case(message.code());
        ASSERT_NE(use_case, nullptr) << file.name;
        if (message.pre_command) return;
        EXPECT_TRUE(fits(protection_of(*use_case, message.header.cra), message)) << file.name;
    });
}

TEST_F(Rtds, ResponsesCarryADateTimeWhereTheirUseCaseSaysSo) {
    each([](const rtds::File& file, const Message& message) {
        const bool wanted =
            message.header.cra == CraFlag::response && find_use_case(message.code())->response_has_date_time;
        EXPECT_EQ(message.header.date_time.has_value(), wanted) << file.name;
    });
}

struct AgreementKeys {
    const KeyPair* own;
    const Certificate* peer;
};

/// The broker MACs commands; devices MAC for the recipient, whose private key gives the same secret.
AgreementKeys keys_of(const GroupingHeader& header) {
    if (header.cra == CraFlag::command)
        return {rtds::key(rtds::party::acb, "ka"), rtds::certificate(header.recipient, "ka")};
    return {rtds::key(header.recipient, "ka"), rtds::certificate(header.originator, "ka")};
}

/// Between PPMID and GSME: no private key of either is published.
bool is_between_devices(const Message& message) {
    return find_use_case(message.code())->kind == UseCaseKind::han_command;
}

TEST_F(Rtds, EveryMacVerifies) {
    SharedSecrets secrets;
    int verified = 0, without_key = 0;
    each([&](const rtds::File& file, const Message& message) {
        if (!message.mac) return;
        if (is_between_devices(message)) return void(++without_key);
        const auto [own, peer] = keys_of(message.header);
        ASSERT_TRUE(own && peer) << file.name;
        EXPECT_TRUE(mac_is_valid(message, secrets.of(*own, peer->public_key))) << file.name;
        ++verified;
    });
    std::cout << verified << " MACs verified, " << without_key << " without a key\n";
    EXPECT_GE(verified, 484);
    EXPECT_EQ(without_key, 4);
}

TEST_F(Rtds, EverySignatureVerifies) {
    int verified = 0;
    each([&](const rtds::File& file, const Message& message) {
        if (!message.signature) return;
        const Certificate* signer = rtds::certificate(message.header.originator, "ds");
        ASSERT_NE(signer, nullptr) << file.name;
        EXPECT_TRUE(signature_is_valid(message, signer->public_key)) << file.name;
        ++verified;
    });
    std::cout << verified << " signatures verified\n";
    EXPECT_GE(verified, 301);
}

TEST_F(Rtds, SignedCommandsBeginWithTheirPreCommand) {
    each([](const rtds::File& file, const Message& message) {
        if (!file.is("PRECOMMAND")) return;
        std::string name = file.name;
        const Message command = parse(rtds::message(name.erase(name.find("PRECOMMAND"), 3)).octets).value();
        EXPECT_EQ(signed_octets(command), signed_octets(message)) << file.name;
    });
}

TEST_F(Rtds, EveryCredentialPayloadIsWrittenAsItWasRead) {
    int read = 0;
    each([&](const rtds::File& file, const Message& message) {
        if (!is_cs02(message.code())) return;
        const auto payload = parse_cs02(message.code(), message.header.cra, message.payload);
        ASSERT_TRUE(payload) << file.name << ": " << payload.error().text();
        EXPECT_EQ(to_hex(encode_cs02(*payload)), to_hex(message.payload)) << file.name;
        ++read;
    });
    std::cout << read << " credential payloads\n";
    EXPECT_GE(read, 69);
}

TEST_F(Rtds, EveryDlmsPayloadIsWrittenAsItWasRead) {
    int read = 0;
    each([&](const rtds::File& file, const Message& message) {
        if (payload_family(message.code(), message.payload) != PayloadFamily::dlms) return;
        const auto payload = dlms::parse(message.payload);
        ASSERT_TRUE(payload) << file.name << ": " << payload.error().text();
        EXPECT_EQ(to_hex(dlms::encode(*payload)), to_hex(message.payload)) << file.name;
        ++read;
    });
    std::cout << read << " DLMS payloads\n";
    EXPECT_GE(read, 400);
}

TEST_F(Rtds, EveryGbzPayloadIsWrittenAsItWasRead) {
    int read = 0;
    each([&](const rtds::File& file, const Message& message) {
        if (payload_family(message.code(), message.payload) != PayloadFamily::gbz) return;
        const auto payload = gbz::parse(message.header.cra, message.payload);
        ASSERT_TRUE(payload) << file.name << ": " << payload.error().text();
        EXPECT_EQ(to_hex(gbz::encode(*payload)), to_hex(message.payload)) << file.name;
        ++read;
    });
    std::cout << read << " GBZ payloads\n";
    EXPECT_GE(read, 150);
}

}  // namespace
}  // namespace meterbed::gbcs
