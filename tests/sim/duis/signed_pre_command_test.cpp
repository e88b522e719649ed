// The signed pre-command that a user sends back, and what it must agree with.
#include "sim/duis/signed_pre_command.h"

#include <gtest/gtest.h>

namespace meterbed::duis {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(Bytes octets) {
    const std::size_t padding = (3 - octets.size() % 3) % 3;
    octets.resize(octets.size() + padding);
    std::string text;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        const unsigned bits = unsigned{octets[i]} << 16U | unsigned{octets[i + 1]} << 8U | octets[i + 2];
        for (unsigned shift : {18U, 12U, 6U, 0U}) text += kAlphabet[bits >> shift & 63U];
    }
    return text.replace(text.size() - padding, padding, padding, '=');
}

Request enable_supply() {
    Request request;
    request.originator = Eui64{0x90B3D51F30010000};
    request.target = Eui64{0x00DB1234567890A0};
    request.counter = 1000;
    request.command_variant = 4;
    request.srv = "7.1";
    request.body = {"EnableSupply", "", {}, {}, 7};
    return request;
}

/// The pre-command of the request, signed, in a request of its own.
Request signed_request(const Request& request) {
    gbcs::Message message = transform(request, {})->message;
    message.pre_command = false;
    message.signature = Signature{};
    Request back = request;
    back.command_variant = 5;
    back.body = {"SignedPreCommand", "", {}, {{"GBCSPayload", base64(gbcs::encode(message)), {}, {}, 8}}, 7};
    return back;
}

std::string mistake_of(const Request& request) {
    const auto made = transform(request, {});
    return made ? "made" : made.error().mistakes.at(0).message;
}

TEST(SignedPreCommand, keeps_its_signature_and_waits_for_the_mac) {
    const auto made = transform(signed_request(enable_supply()), {});
    ASSERT_TRUE(made);
    EXPECT_FALSE(made->pre_command);
    EXPECT_EQ(made->use_case->id, "ECS42");
    EXPECT_TRUE(made->message.signature);
    EXPECT_EQ(seal(*made, {}).error(), "no key agreement key of the Access Control Broker");
}

TEST(SignedPreCommand, must_be_that_of_the_request) {
    Request request = signed_request(enable_supply());
    request.counter = 1001;
    EXPECT_EQ(mistake_of(request), "has another counter than RequestID");
    request = signed_request(enable_supply());
    request.target = Eui64{1};
    EXPECT_EQ(mistake_of(request), "names another target than RequestID");
    request = signed_request(enable_supply());
    request.srv = "7.2";
    EXPECT_EQ(mistake_of(request), "is no command of service 7.2");
}

TEST(SignedPreCommand, needs_a_signature_and_the_right_variant) {
    const Request request = enable_supply();
    Request bare = signed_request(request);
    bare.body.children[0].text = base64(gbcs::encode(transform(request, {})->message));
    EXPECT_EQ(mistake_of(bare), "is not a pre-command with its signature");
    Request garbled = signed_request(request);
    garbled.body.children[0].text = "AAEC";
    EXPECT_NE(mistake_of(garbled).find("is no GBCS message: offset"), std::string::npos);
    Request early = signed_request(request);
    early.command_variant = 4;
    EXPECT_EQ(mistake_of(early), "goes with command variant 5, 6 or 7");
}

TEST(SignedPreCommand, a_request_the_acb_sends_needs_to_know_the_acb) {
    Request request = enable_supply();
    request.srv = "9.1";
    request.command_variant = 1;
    request.body.name = "RequestCustomerIdentificationNumber";
    EXPECT_EQ(mistake_of(request), "is sent by the Access Control Broker, whose identity is not known");
}

}  // namespace
}  // namespace meterbed::duis
