// Gas services that the reference data does not show, byte by byte; and what is refused with a sentence.
#include <gtest/gtest.h>

#include "sim/duis/gbz_writer.h"
#include "sim/duis/transform.h"

namespace meterbed::duis {
namespace {

Element element(std::string name, std::string text = {}) {
    return {std::move(name), std::move(text), {}, {}, 1};
}
Element element(std::string name, std::vector<Element> children) {
    return {std::move(name), {}, {}, std::move(children), 1};
}
Element indexed(std::string name, int index, std::string text) {
    return {std::move(name), std::move(text), {{"index", std::to_string(index)}}, {}, 1};
}

constexpr std::uint64_t kGsme = 0x00DB1234567890A1;

Request request_of(std::string srv, Element body, int variant) {
    Request request;
    request.originator = Eui64{0x90B3D51F30010000};
    request.target = Eui64{kGsme};
    request.counter = 1000;
    request.command_variant = variant;
    request.srv = std::move(srv);
    request.body = std::move(body);
    return request;
}

TransformOptions to_a(DeviceType type) {
    TransformOptions options;
    options.device.type = type;
    options.role = RemotePartyRole::supplier;
    options.acb = {Eui64{0x90B3D51F30000002}, 1300};
    return options;
}

/// Payload in hexadecimal, or the first mistake.
std::string outcome(const Request& request, DeviceType type = DeviceType::gSME) {
    const auto made = transform(request, to_a(type));
    if (made) return to_hex(made->message.payload);
    const Mistake& first = made.error().mistakes.at(0);
    return first.path + ": " + first.message;
}

std::string balance(std::string mode, Element change) {
    return outcome(request_of("1.5", element("UpdateMeterBalance", {element(mode, {change})}), 4));
}

TEST(DuisGas, each_balance_has_its_own_adjustment_and_reset) {
    const std::string head =
        "01090101070500100100058"
        "04A371C00000000";
    const Element adjust = element("AdjustMeterBalance", "-1"), reset = element("ResetMeterBalance");
    EXPECT_EQ(balance("PrepaymentMode", adjust), head + "00FFFFFFFF");
    EXPECT_EQ(balance("PrepaymentMode", reset), head + "0100000000");
    EXPECT_EQ(balance("CreditMode", reset), head + "0200000000");
    EXPECT_EQ(balance("CreditMode", adjust), head + "03FFFFFFFF");
}

Element recovery(std::string name, std::string rate, std::string period) {
    return element(name, {element("DebtRecoveryRate", rate), element("DebtRecoveryRatePeriod", period)});
}

TEST(DuisGas, debt_is_changed_in_three_components) {
    const Element body =
        element("UpdateDebt",
                {element("TimeDebtRegister1", "16"), element("TimeDebtRegister2", "-1"),
                 element("PaymentDebtRegister", "256"), element("DebtRecoveryPerPayment", "10000"),
                 recovery("GasDebtRecovery1", "2", "HOURLY"), recovery("GasDebtRecovery2", "3", "DAILY")});
    EXPECT_EQ(outcome(request_of("2.3", body, 4)),
              "010903"
              "000705001B010002804A371C00100000000001000000000000000200"
              "00000000"
              "000705001B010102804A371C00FFFFFFFF0003000000000000010300"
              "00000000"
              "010705001B010202804A371C000001000001050000000000000100000000"
              "1027");
}

Element prices(std::vector<Element> elements) {
    return element("UpdatePricePrimaryElement",
                   {element("PriceElements", {element("GasPriceElements", std::move(elements))})});
}

TEST(DuisGas, prices_alone_are_tariff_information_and_a_matrix) {
    const Element body =
        prices({element("CurrencyUnits", "ECB"), element("StandingCharge", "1"),
                element("TOUTariff", {indexed("TOUPrice", 1, "5"), indexed("TOUPrice", 2, "6")})});
    EXPECT_EQ(outcome(request_of("1.2.1", body, 4)),
              "010902"
              "0007000026090004"
              "00000000804A371C0100000000000000"
              "00"
              "00"
              "02"
              "00"
              "00"
              "D203"
              "50"
              "01000000"
              "FF"
              "010000"
              "E80300"
              "0107000020090105"
              "00000000804A371C0000000001000000"
              "00"
              "01"
              "01"
              "0105000000"
              "0206000000");
}

TEST(DuisGas, prices_whose_index_does_not_count_from_one_are_a_mistake) {
    const Element body = prices({element("CurrencyUnits", "GBP"), element("StandingCharge", "1"),
                                 element("TOUTariff", {indexed("TOUPrice", 2, "5")})});
    EXPECT_EQ(outcome(request_of("1.2.1", body, 4)),
              "Body/UpdatePricePrimaryElement/PriceElements/GasPriceElements/TOUTariff/TOUPrice: is out of "
              "order: index counts from 1");
}

TEST(DuisGas, events_of_one_configuration_share_a_component) {
    const Element body = element(
        "ConfigureAlertBehaviour",
        {element("GasSupplierAlerts",
                 {element("x810D", "Enable"), element("x8145", "Disable"), element("x81C5", "Enable")})});
    EXPECT_EQ(outcome(request_of("6.22", body, 1)),
              "010902"
              "0007080012"
              "090004"
              "804A371C00000000"
              "0B"
              "00"
              "02"
              "0D81"
              "C581"
              "0107080010"
              "090104"
              "804A371C00000000"
              "03"
              "00"
              "01"
              "4581");
}

TEST(DuisGas, the_new_event_settings_name_wan_han_log_and_alarm) {
    const Element all = element("x8119", {element("WANAlert", "Enable"), element("HANAlert", "Enable"),
                                          element("EventLog", "Enable"), element("Alarm", "Enable")});
    const Element body =
        element("ConfigureAlertBehaviour", {element("GasSupplierAlertEventSettings", {all})});
    EXPECT_EQ(outcome(request_of("6.22", body, 1)),
              "01090101070800100900"
              "04804A371C000000005B00011981");
}

TEST(DuisGas, the_acb_reads_network_data_and_asks_for_the_customers_number) {
    const auto made = transform(request_of("9.1", element("RequestCustomerIdentificationNumber"), 1),
                                to_a(DeviceType::gSME));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->message.header.originator.value, 0x90B3D51F30000002);
    EXPECT_EQ(to_hex(made->message.payload),
              "01090101070800140900"
              "06804A371C00000000000000000431323334");
    EXPECT_EQ(outcome(request_of("14.1", element("RecordNetworkDataGAS"), 1)),
              "0109010107020010010007804A371C000000000068012900");
}

TEST(DuisGas, profile_data_is_asked_for_in_half_hours) {
    const Element body =
        element("ReadActiveImportProfileData",
                {element("ReadLogPeriod", {element("StartDateTime", "2015-01-01T00:00:00Z"),
                                           element("EndDateTime", "2015-01-01T01:00:00Z")})});
    EXPECT_EQ(outcome(request_of("4.8.1", body, 1), DeviceType::GPF),
              "010901010702000C0100080000804A371C000300");
}

TEST(DuisGas, a_period_that_ends_before_it_starts_is_a_mistake) {
    const Element body =
        element("ReadActiveImportProfileData",
                {element("ReadLogPeriod", {element("StartDateTime", "2015-01-02T00:00:00Z"),
                                           element("EndDateTime", "2015-01-01T00:00:00Z")})});
    EXPECT_EQ(outcome(request_of("4.8.1", body, 1)),
              "Body/ReadActiveImportProfileData/ReadLogPeriod: ends before it starts");
}

TEST(DuisGas, a_date_that_gas_meters_cannot_hold_is_a_mistake) {
    const Element body =
        element("RestrictAccessForChangeOfTenancy", {element("RestrictionDateTime", "1999-12-31T00:00:00Z")});
    EXPECT_EQ(outcome(request_of("3.2", body, 1), DeviceType::GPF),
              "Body/RestrictAccessForChangeOfTenancy/RestrictionDateTime: lies outside the times that a gas "
              "device knows, 2000 to 2136");
}

TEST(DuisGas, a_utrn_of_nineteen_digits_is_a_mistake) {
    const Element body = element("TopUpDevice", {element("UTRN", "7394333345718904331")});
    EXPECT_EQ(outcome(request_of("2.2", body, 1)), "Body/TopUpDevice/UTRN: is not 20 digits");
}

}  // namespace
}  // namespace meterbed::duis
