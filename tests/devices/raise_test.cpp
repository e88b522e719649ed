// Every event code can be made to happen, and tells whom the table names.
#include "devices/raise.h"

#include "devices/object_model.h"
#include "devices/value_text.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using bench::Bench;
using bench::market;

TEST(Raise, TellsTheSupplierOfACriticalEventWithASignature) {
    Bench esme;
    EXPECT_TRUE(raise(*esme.device, 0x8F0F, esme.context));
    const auto alerts = esme.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x1000});
    EXPECT_EQ(alerts[0].header.recipient, market().supplier.id);
    EXPECT_TRUE(gbcs::signature_is_valid(alerts[0], esme.device->identity().signing.public_key()));
}

TEST(Raise, TellsTheNetworkOperatorOfVoltageUnderItsMac) {
    Bench esme;
    raise(*esme.device, 0x8002, esme.context);
    const auto alerts = esme.sent_alerts();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x1001});
    EXPECT_EQ(alerts[0].header.recipient, market().east_midlands.id);
    const auto& secret = esme.secrets.of(market().east_midlands.agreement, esme.device->identity().agreement);
    EXPECT_TRUE(gbcs::mac_is_valid(alerts[0], secret));
    EXPECT_EQ(esme.device->log(Log::power).back().event, 0x8002);
}

TEST(Raise, LeavesOutWhatTheSupplierSwitchedOff) {
    Bench esme;
    const auto settings = *attribute_from_text("1/0-30:97.98.15.255/2");
    raise(*esme.device, 0x810E, esme.context);
    EXPECT_EQ(esme.sent_alerts().size(), 1U);
    // Bit 0x0E of 256 is cleared: octet 30 from the front, bit 6.
    gbcs::dlms::Value value = *value_of(*esme.device, settings);
    value.octets[30] = 0xBF;
    put_value(*esme.device, settings, value);
    esme.context.forget();
    raise(*esme.device, 0x810E, esme.context);
    EXPECT_TRUE(esme.sent_alerts().empty());
    raise(*esme.device, 0x810D, esme.context);
    EXPECT_EQ(esme.sent_alerts().size(), 1U);
}

TEST(Raise, KnowsEveryCodeAndNoOther) {
    Bench esme;
    for (const AlertRow& row : alert_rows())
        EXPECT_TRUE(raise(*esme.device, row.code, esme.context)) << row.name;
    EXPECT_FALSE(raise(*esme.device, 0x8EEE, esme.context));
}

TEST(Raise, EncryptsBillingDataForTheSupplier) {
    Bench esme;
    const auto log = *attribute_from_text("7/0-0:98.1.0.255/2");
    put_value(*esme.device, log, *value_from_text("[{uint32 1, uint32 10}, {uint32 2, uint32 20}]"));
    ASSERT_TRUE(raise_billing_data(*esme.device, esme.context));
    const auto alert = esme.sent_alerts().at(0);
    const auto body = std::get<gbcs::dlms::DataNotification>(*gbcs::dlms::parse(alert.payload)).body.elements;
    const auto& secret = esme.secrets.of(market().supplier.agreement, esme.device->identity().agreement);
    const auto key =
        gbcs::derive_key(secret, esme.device->id(), 4, alert.header.counter, market().supplier.id);
    const auto plain = gbcs::decrypt(body.at(3).octets, key, esme.device->id());
    ASSERT_TRUE(plain);
    EXPECT_EQ(text_of(*gbcs::dlms::parse_value(*plain)), "{compact 4 02020606080000000200000014}");
}

}  // namespace
}  // namespace meterbed
