// Which command a request becomes, who sends it, and what is refused with a sentence.
#include "sim/duis/transform.h"

#include <gtest/gtest.h>

namespace meterbed::duis {
namespace {

Request read_supply_status() {
    Request request;
    request.originator = Eui64{0x90B3D51F30010000};
    request.target = Eui64{0x00DB1234567890A0};
    request.counter = 1000;
    request.command_variant = 1;
    request.srv = "7.4";
    request.body = {"ReadSupplyStatus", "", {}, {}, 7};
    return request;
}

TransformOptions by(RemotePartyRole role) {
    TransformOptions options;
    options.role = role;
    options.acb = {Eui64{0x90B3D51F30000002}, 1300};
    return options;
}

TEST(DuisTransform, a_supplier_reads_the_supply_status_in_its_own_name) {
    const auto made = transform(read_supply_status(), by(RemotePartyRole::supplier));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->use_case->id, "ECS45");
    EXPECT_FALSE(made->pre_command);
    EXPECT_EQ(made->message.header.originator.value, 0x90B3D51F30010000);
    // The worked example of gbcs.md 9.5.
    EXPECT_EQ(to_hex(made->message.payload), "D9200003E80001010046000060030AFF030100");
}

TEST(DuisTransform, the_acb_sends_for_a_user_whom_the_device_does_not_know) {
    const auto made = transform(read_supply_status(), by(RemotePartyRole::other));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->message.header.originator.value, 0x90B3D51F30000002);
    EXPECT_EQ(made->message.header.counter, 1300U);
    EXPECT_EQ(made->message.header.other.supplementary_party->value, 0x90B3D51F30010000);
    EXPECT_EQ(made->message.header.other.supplementary_counter, 1000U);
    EXPECT_EQ(to_hex(made->message.payload).substr(0, 10), "D920000514");
}

TEST(DuisTransform, a_critical_request_becomes_a_pre_command) {
    Request request = read_supply_status();
    request.srv = "7.2";
    request.body.name = "DisableSupply";
    request.command_variant = 4;
    const auto made = transform(request, by(RemotePartyRole::supplier));
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->pre_command);
    EXPECT_EQ(*seal(*made, {}), made->message);
}

TEST(DuisTransform, mistakes_name_the_body_and_the_remedy) {
    const auto message = [](auto change) {
        Request request = read_supply_status();
        TransformOptions options = by(RemotePartyRole::supplier);
        change(request, options);
        const auto made = transform(request, options);
        return made ? std::string("transformed") : made.error().mistakes.at(0).message;
    };
    EXPECT_EQ(message([](Request& r, auto&) { r.body.name = "EnableSupply"; }),
              "is not the body of service 7.4, which is ReadSupplyStatus");
    EXPECT_EQ(message([](Request&, auto& o) { o.device.type = DeviceType::CHF; }),
              "service 7.4 has no command for a CHF");
    EXPECT_EQ(message([](Request& r, auto&) { r.srv = "99.1"; }), "there is no service '99.1'");
    EXPECT_EQ(message([](Request& r, auto&) { r.command_variant = 4; }),
              "command variant 4 does not go with service 7.4: 1, 2 or 3 does");
    EXPECT_EQ(message([](Request&, auto& o) { o.use_case = "ECS44"; }), "is no ECS44; it can be ECS45");
    EXPECT_EQ(message([](Request& r, auto&) {
                  r.body.children = {{"Stray", "", {}, {}, 8}};
              }),
              "is not expected here");
}

TEST(DuisTransform, what_the_dcc_answers_itself_is_no_mistake) {
    Request request = read_supply_status();
    request.srv = "8.2";
    request.command_variant = 8;
    const auto made = transform(request, {});
    ASSERT_FALSE(made);
    EXPECT_TRUE(made.error().dcc_only);
}

TEST(DuisTransform, a_command_without_keys_is_refused_by_name) {
    const auto made = transform(read_supply_status(), by(RemotePartyRole::supplier));
    EXPECT_EQ(seal(*made, {}).error(), "no key agreement key of the Access Control Broker");
}

TEST(DuisTransform, every_row_names_a_known_service_and_use_case) {
    for (const Row* row : all_rows()) {
        EXPECT_NE(gbcs::find_use_case(gbcs::MessageCode{row->code}), nullptr) << row->srv << " " << row->code;
        EXPECT_FALSE(row->devices.empty()) << row->srv;
    }
}

}  // namespace
}  // namespace meterbed::duis
