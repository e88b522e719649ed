// Damaged messages: any truncation and any flipped bit is refused or fails authentication, and nothing
// crashes.
#include <gtest/gtest.h>

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/protection.h"
#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs {
namespace {

constexpr std::string_view kDlms =
    "D9 200003E8 00 02 01 0046 000060030AFF 03 04 0007 0100630100FF 02 01 0202 0601020304 0605060708 02 00 "
    "00";
constexpr std::string_view kGbz =
    "0109 03 00 0702 0005 00 00 00 000A 02 0702 000D 00 07 18 01 01 0006 310000000042 01 0705 0005 00 02 00 "
    "0100";

class Mutations : public ::testing::Test {
  protected:
    Message signed_and_maced(std::uint16_t code, CraFlag cra, Bytes payload) const {
        Message message;
        message.header = {cra,
                          1000,
                          Eui64{0x90B3D51F30010000},
                          Eui64{0x00DB1234567890A0},
                          {},
                          {MessageCode{code}, {}, {}, {}, {}}};
        message.payload = std::move(payload);
        message.signature = make_signature(message, key_);
        message.mac = make_mac(message, secret_);
        return message;
    }
    bool authentic(const Message& message) const {
        return mac_is_valid(message, secret_) && signature_is_valid(message, key_.public_key());
    }
    /// Also reads the payload of whatever is still a message, by its own code.
    void expect_refused(ByteView octets, std::string_view story) const {
        const auto message = parse(octets);
        if (!message) return;
        EXPECT_FALSE(authentic(*message)) << story;
        EXPECT_EQ(encode(*message), Bytes(octets.begin(), octets.end())) << story;
        read_payload(message->code(), message->header.cra, message->payload);
    }
    /// Reading either fails or gives what encodes to the same octets.
    template <typename Read, typename Encode>
    static void comes_back(const Read& read, const Bytes& octets, Encode encode_again) {
        if (!read) return;
        EXPECT_EQ(encode_again(*read), octets);
    }
    static void read_payload(MessageCode code, CraFlag cra, const Bytes& payload) {
        comes_back(dlms::parse(payload), payload, dlms::encode);
        comes_back(gbz::parse(cra, payload), payload, gbz::encode);
        comes_back(parse_cs02(code, cra, payload), payload, encode_cs02);
    }
    void mutate(const Message& message) const {
        Bytes octets = encode(message);
        ASSERT_TRUE(authentic(parse(octets).value()));
        for (std::size_t size = 0; size < octets.size(); ++size)
            expect_refused(ByteView(octets).first(size), "first " + std::to_string(size));
        for (std::size_t bit = 0; bit < 8 * octets.size(); ++bit) {
            octets[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            expect_refused(octets, "bit " + std::to_string(bit));
            octets[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
    }
    /// The payload alone, so that damage reaches its reader whatever the framing says.
    static void mutate_payload(MessageCode code, CraFlag cra, Bytes payload) {
        for (std::size_t size = 0; size < payload.size(); ++size)
            read_payload(code, cra,
                         Bytes(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size)));
        each_changed_octet(payload, [&](const Bytes& changed) { read_payload(code, cra, changed); });
    }
    template <typename Visit>
    static void each_changed_octet(const Bytes& octets, Visit visit) {
        for (std::size_t i = 0; i < octets.size(); ++i)
            for (int value = 0; value < 256; ++value) {
                Bytes changed = octets;
                changed[i] = static_cast<std::uint8_t>(value);
                visit(changed);
            }
    }

  private:
    KeyPair key_ = KeyPair::from_scalar(hex_array<32>(std::string(62, '0') + "07")).value();
    SharedSecret secret_{1, 2, 3};
};

Bytes credentials() {
    UpdateSecurityCredentials update;
    update.mode = 2;
    update.authorising_cell =
        Cell{RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management};
    update.authorising_counter = 1000;
    update.new_floor = 1000;
    update.new_specialist_floors = std::vector{SpecialistFloor{0, 0}};
    update.replacements = {{hex("3003020101"), *update.authorising_cell}};
    update.path_certificates = {hex("3003020102")};
    update.execute_at = parse_time("2030-01-15");
    return encode_cs02(update);
}

TEST_F(Mutations, OfADlmsCommand) { mutate(signed_and_maced(0x0052, CraFlag::command, hex(kDlms))); }
TEST_F(Mutations, OfAGbzCommand) { mutate(signed_and_maced(0x006C, CraFlag::command, hex(kGbz))); }
TEST_F(Mutations, OfACredentialUpdate) { mutate(signed_and_maced(0x0102, CraFlag::command, credentials())); }

TEST_F(Mutations, OfPayloadsAlone) {
    mutate_payload(MessageCode{0x0052}, CraFlag::command, hex(kDlms));
    mutate_payload(MessageCode{0x006C}, CraFlag::command, hex(kGbz));
    mutate_payload(MessageCode{0x0102}, CraFlag::command, credentials());
}

TEST_F(Mutations, OfTheMessageWithEverySupplementaryField) {
    Message message = signed_and_maced(0x0021, CraFlag::command, hex(kDlms));
    message.header.other.supplementary_party = Eui64{1};
    message.header.other.supplementary_counter = 2;
    message.header.other.supplementary_certificate = Bytes(20, 0x30);
    each_changed_octet(encode(message),
                       [](const Bytes& changed) { comes_back(parse(changed), changed, encode); });
}

}  // namespace
}  // namespace meterbed::gbcs
