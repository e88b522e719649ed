// The commands the DCC makes from requests are those of the Reference Test Data Set.
#include <gtest/gtest.h>

#include "devices/gbcs/cs02.h"
#include "sim/services/catalogue.h"
#include "sim/services/transform.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed {
namespace {

struct Pair {
    std::string_view srv;
    DeviceType device;
    std::string_view file;
};

class TransformRtds : public rtds::Test {};

/// The request that stands behind a command: its header tells sender, target and counter.
ServiceRequest request_behind(const gbcs::Message& command, std::string_view srv) {
    ServiceRequest request;
    request.service = find_service(srv);
    request.originator = command.header.originator;
    request.target = command.header.recipient;
    request.counter = command.header.counter;
    return request;
}

TEST_F(TransformRtds, MakesTheReferenceCommands) {
    constexpr std::array pairs{
        Pair{"4.2", DeviceType::eSME, "ECS17a_4.2_SUCCESS_COMMAND_GBCS"},
        Pair{"7.4", DeviceType::eSME, "ECS45_7.4_SUCCESS_COMMAND_GBCS"},
        Pair{"7.1", DeviceType::eSME, "ECS42_7.1_SUCCESS_COMMAND_GBCS"},
        Pair{"7.2", DeviceType::eSME, "ECS43_7.2_SUCCESS_COMMAND_GBCS"},
    };
    for (const Pair& pair : pairs) {
        const auto command = gbcs::parse(rtds::message(std::string(pair.file) + ".HEX").octets);
        ASSERT_TRUE(command) << pair.file;
        const auto made = transform(request_behind(*command, pair.srv), pair.device,
                                    {command->header.originator, command->header.counter});
        ASSERT_TRUE(made) << pair.file;
        EXPECT_EQ(made->header, command->header) << pair.file;
        EXPECT_EQ(to_hex(made->payload), to_hex(command->payload)) << pair.file;
    }
}

TEST_F(TransformRtds, MakesTheReferenceCredentialsUpdate) {
    const auto command = gbcs::parse(rtds::message("CS02bNOByNO_6.15.1_SUCCESS_COMMAND_GBCS.HEX").octets);
    ASSERT_TRUE(command);
    const auto payload = gbcs::parse_cs02(command->code(), gbcs::CraFlag::command, command->payload);
    ASSERT_TRUE(payload);
    const auto& update = std::get<gbcs::UpdateSecurityCredentials>(*payload);
    ServiceRequest request = request_behind(*command, "6.15.1");
    request.credentials =
        CredentialsUpdate{RemotePartyRole::networkOperator, {}, {}, request.originator, update.new_floor, {}};
    for (const auto& replacement : update.replacements) {
        request.credentials->replacements.push_back(
            Certificate::parse_shared(replacement.certificate).value());
    }
    for (const Bytes& path : update.path_certificates) {
        request.credentials->path.push_back(Certificate::parse_shared(path).value());
    }
    const auto made = transform(request, DeviceType::eSME, {request.originator, request.counter});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->header, command->header);
    EXPECT_EQ(to_hex(made->payload), to_hex(command->payload));
}

}  // namespace
}  // namespace meterbed
