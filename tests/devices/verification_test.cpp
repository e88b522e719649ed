// Each step of the verification refuses on its own: every case changes exactly one thing in a command that is
// obeyed.
#include "devices/verification.h"

#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using bench::Bench;
using bench::market;
using bench::Shape;
namespace code = bench::code;

class Verification : public ::testing::Test {
  protected:
    gbcs::Message open_switch() {
        return bench.command(code::open_switch, bench::run_script(0x34), market().supplier, Shape::both);
    }
    gbcs::Message read_switch() {
        return bench.command(code::read_switch, bench::read_switch(), market().supplier, Shape::mac);
    }
    /// Dropped with this verdict: no response, nothing switched, an entry in the security log.
    void expect_dropped(const Bytes& octets, std::string_view verdict, std::uint16_t event, bool alert) {
        const std::size_t logged = bench.device->log(Log::security).size();
        const auto counters = bench.device->replay_counters().immediate;
        EXPECT_FALSE(bench.deliver(octets)) << verdict;
        EXPECT_EQ(bench.dropped_as(), verdict);
        EXPECT_EQ(bench.device->supply(), SupplyState::Enabled);
        EXPECT_EQ(bench.device->replay_counters().immediate, counters);
        ASSERT_EQ(bench.device->log(Log::security).size(), logged + 1);
        EXPECT_EQ(bench.device->log(Log::security).back().event, event);
        EXPECT_EQ(bench.sent_alerts().size(), alert ? 1U : 0U) << verdict;
    }
    void expect_dropped(const gbcs::Message& message, std::string_view verdict, std::uint16_t event,
                        bool alert = true) {
        expect_dropped(gbcs::encode(message), verdict, event, alert);
    }
    void protect(gbcs::Message& message, Shape shape = Shape::both) {
        bench.protect(message, market().supplier, shape);
    }
    Bench bench;
};

TEST_F(Verification, ObeysTheCommandThatTheOthersChange) {
    const auto response = bench.deliver(open_switch());
    ASSERT_TRUE(response);
    EXPECT_EQ(bench.device->supply(), SupplyState::Disabled);
    EXPECT_EQ(response->header.recipient, market().supplier.id);
    EXPECT_FALSE(response->mac);
    EXPECT_TRUE(gbcs::signature_is_valid(*response, bench.device->identity().signing.public_key()));
    EXPECT_EQ(bench.device->replay_counters().immediate.at(RemotePartyRole::supplier), bench.counter);
    EXPECT_EQ(bench.context.notes_of(notes::command_executed).size(), 1U);
    EXPECT_EQ(bench.context.notes_of(notes::response_sent).size(), 1U);
}

TEST_F(Verification, AnswersReadsWithAMacForTheReader) {
    for (const bench::Party* party : {&market().supplier, &market().east_midlands, &market().acb}) {
        const auto response =
            bench.deliver(bench.command(code::read_switch, bench::read_switch(), *party, Shape::mac));
        ASSERT_TRUE(response);
        EXPECT_FALSE(response->signature);
        const auto& secret = bench.secrets.of(party->agreement, bench.device->identity().agreement);
        EXPECT_TRUE(gbcs::mac_is_valid(*response, secret));
        EXPECT_EQ(bench::access_response(*response).data.at(0).number, 1);
    }
}

TEST_F(Verification, ReadsMayBeRepeated) {
    const auto message = read_switch();
    EXPECT_TRUE(bench.deliver(message));
    EXPECT_TRUE(bench.deliver(message));
}

TEST_F(Verification, NamesItsStepsInOrder) {
    EXPECT_EQ(verification_steps().size(), 10U);
    EXPECT_EQ(verification_steps().front(), "message can be read");
}

TEST_F(Verification, DropsWhatIsNoMessage) {
    expect_dropped(Bytes{}, command_codes::malformed, 0x8F1E, true);
    Bytes whole = gbcs::encode(open_switch());
    whole.push_back(0);
    expect_dropped(whole, command_codes::malformed, 0x8F1E, true);
}

TEST_F(Verification, DropsAPreCommand) {
    auto message = bench.draft(code::open_switch, bench::run_script(0x34), market().supplier);
    message.pre_command = true;
    expect_dropped(message, command_codes::malformed, 0x8F1E);
}

TEST_F(Verification, DropsWhatIsForAnotherDevice) {
    auto message = open_switch();
    message.header.recipient.value ^= 1;
    protect(message);
    expect_dropped(message, command_codes::not_for_this_device, 0x8F53, false);
}

TEST_F(Verification, DropsResponses) {
    auto message = open_switch();
    message.header.cra = gbcs::CraFlag::response;
    protect(message);
    expect_dropped(message, command_codes::not_a_command, 0x8F53, false);
}

TEST_F(Verification, DropsUnknownCodesAndAlertsAsCommands) {
    for (const std::uint16_t number : {std::uint16_t{0xFFFF}, std::uint16_t{0x0067}}) {
        auto message = open_switch();
        message.header.other.code = gbcs::MessageCode{number};
        protect(message);
        expect_dropped(message, command_codes::unknown_code, 0x8F1E);
    }
}

TEST_F(Verification, DropsUseCasesOfOtherDevices) {
    auto message = open_switch();
    message.header.other.code = gbcs::MessageCode{0x0081};  // GCS32 closes a gas valve
    protect(message);
    expect_dropped(message, command_codes::wrong_device_type, 0x8F1E);
}

TEST_F(Verification, DropsUnknownOriginatorsSilentlyButForTheAlert) {
    auto message = bench.draft(code::open_switch, bench::run_script(0x34), market().other_supplier);
    bench.protect(message, market().other_supplier, Shape::both);
    expect_dropped(message, command_codes::unknown_originator, 0x8F3D);
    const auto alert = bench.sent_alerts().at(0);
    EXPECT_EQ(alert.header.recipient, market().supplier.id);
    EXPECT_EQ(alert.code(), gbcs::MessageCode{0x1000});
    EXPECT_TRUE(gbcs::signature_is_valid(alert, bench.device->identity().signing.public_key()));
}

TEST_F(Verification, KeepsQuietWhenToldTo) {
    bench.device->send_security_alerts = false;
    const auto message =
        bench.command(code::open_switch, bench::run_script(0x34), market().other_supplier, Shape::both);
    expect_dropped(gbcs::encode(message), command_codes::unknown_originator, 0x8F3D, false);
    EXPECT_TRUE(bench.context.sent.empty());
}

TEST_F(Verification, DropsRolesWithoutTheRight) {
    const auto message =
        bench.command(code::open_switch, bench::run_script(0x34), market().east_midlands, Shape::both);
    expect_dropped(message, command_codes::role_not_permitted, 0x8F30);
}

TEST_F(Verification, DropsSupplementaryPartiesNotFromTheAcb) {
    auto message = read_switch();
    message.header.other.supplementary_party = market().eastern.id;
    message.header.other.supplementary_counter = 5;
    protect(message, Shape::mac);
    expect_dropped(message, command_codes::supplementary_party, 0x8F3D);
}

TEST_F(Verification, DropsStrippedAndUnexpectedProtection) {
    auto message = open_switch();
    protect(message, Shape::mac);
    expect_dropped(message, command_codes::signature_missing, 0x8F3D);
    protect(message, Shape::signed_only);
    expect_dropped(message, command_codes::mac_missing, 0x8F3D);
    auto read = read_switch();
    protect(read, Shape::both);
    expect_dropped(read, command_codes::unexpected_signature, 0x8F3D);
    protect(read, Shape::signed_only);
    expect_dropped(read, command_codes::unexpected_signature, 0x8F3D);
}

TEST_F(Verification, DropsWrongSignatures) {
    auto message = open_switch();
    // The right name, another's key; the MAC is right.
    bench.protect(message, market().other_supplier, Shape::both);
    expect_dropped(message, command_codes::bad_signature, 0x8F3D);
}

TEST_F(Verification, DropsWrongMacs) {
    auto message = open_switch();
    message.mac->at(11) ^= 1;
    expect_dropped(message, command_codes::bad_mac, 0x8F3D);
    auto read = read_switch();
    read.mac = gbcs::make_mac(
        read, bench.secrets.of(market().supplier.agreement, bench.device->identity().agreement));
    expect_dropped(read, command_codes::bad_mac, 0x8F3D);
}

TEST_F(Verification, DropsReplays) {
    auto message = bench.command(code::close_switch, bench::run_script(0x33), market().supplier, Shape::both);
    ASSERT_TRUE(bench.deliver(message));
    expect_dropped(message, command_codes::replayed, 0x8F53, false);
    message.header.counter -= 1;
    protect(message);
    expect_dropped(message, command_codes::replayed, 0x8F53, false);
}

TEST_F(Verification, DropsPayloadsThatCanNotBeRead) {
    auto message = open_switch();
    message.payload.pop_back();
    protect(message);
    expect_dropped(message, command_codes::malformed_payload, 0x8F1E);
}

TEST_F(Verification, JudgesByTheFirstStepThatFails) {
    // Everything is wrong at once: the steps are undone one by one, and each verdict appears in its turn.
    auto message = bench.draft(code::open_switch, Bytes{0xD9}, market().supplier);
    message.header.counter = 0;
    message.header.originator = market().other_supplier.id;
    bench.protect(message, market().other_supplier, Shape::signed_only);
    expect_dropped(message, command_codes::unknown_originator, 0x8F3D);
    message.header.originator = market().supplier.id;
    bench.protect(message, market().other_supplier, Shape::signed_only);
    expect_dropped(message, command_codes::mac_missing, 0x8F3D);
    bench.protect(message, market().other_supplier, Shape::both);
    message.mac->at(0) ^= 1;
    expect_dropped(message, command_codes::bad_signature, 0x8F3D);
    protect(message);
    message.mac->at(0) ^= 1;
    expect_dropped(message, command_codes::bad_mac, 0x8F3D);
    protect(message);
    expect_dropped(message, command_codes::replayed, 0x8F53, false);
    message.header.counter = 5000;
    protect(message);
    expect_dropped(message, command_codes::malformed_payload, 0x8F1E);
}

TEST_F(Verification, AcceptsNoCommandWithOneBitChanged) {
    Bytes octets = gbcs::encode(open_switch());
    for (std::size_t bit = 0; bit < octets.size() * 8; ++bit) {
        octets[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(verify(octets, *bench.device).verdict) << "bit " << bit;
        octets[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    }
    EXPECT_TRUE(verify(octets, *bench.device).verdict);
}

TEST_F(Verification, AcceptsNoTruncatedCommand) {
    const Bytes octets = gbcs::encode(open_switch());
    for (std::size_t size = 0; size < octets.size(); ++size)
        EXPECT_FALSE(verify(ByteView(octets).first(size), *bench.device).verdict) << size;
}

TEST_F(Verification, TheAcbSpeaksForAPartyTheDeviceDoesNotKnow) {
    auto message = bench.draft(code::read_export, bench::request(0, {bench::get(3, {1, 0, 2, 8, 0, 255}, 2)}),
                               market().acb);
    message.header.other.supplementary_party = market().eastern.id;
    message.header.other.supplementary_counter = 77;
    bench.protect(message, market().acb, Shape::mac);
    const auto response = bench.deliver(message);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->header.recipient, market().acb.id);
    EXPECT_EQ(response->header.other, message.header.other);
    EXPECT_TRUE(gbcs::mac_is_valid(*response, bench.acb_secret()));
}

TEST_F(Verification, EveryRefusalHasAConsequence) {
    EXPECT_EQ(consequence_of("no such verdict").event, 0x8F53);
    EXPECT_EQ(consequence_of(command_codes::bad_mac).event, 0x8F3D);
}

TEST_F(Verification, ACommandNobodyExecutesIsReported) {
    // CS03B is authentic, but joining is not modelled.
    const auto message =
        bench.command(gbcs::MessageCode{0x000E}, Bytes{0x30, 0x00}, market().supplier, Shape::mac);
    EXPECT_FALSE(bench.deliver(message));
    const auto alerts = bench.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x0120});
    EXPECT_EQ(alerts[0].header.recipient, market().supplier.id);
}

TEST(SmallMeters, CostLittleEach) {
    // Thousands of homes are objects: tables are shared, logs are made when written.
    EXPECT_LE(sizeof(Device), 1000U);
}

}  // namespace
}  // namespace meterbed
