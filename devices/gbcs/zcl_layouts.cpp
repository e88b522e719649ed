// The commands of GBCS 20's gas use cases, their payloads as ZigBee Smart Energy 1.2 lays them out.
#include <algorithm>

#include "devices/gbcs/zcl.h"

namespace meterbed::gbcs::gbz {
namespace {

constexpr std::uint16_t any = 0xFFFF;
constexpr std::uint16_t Price = 0x0700, Metering = 0x0702, Messaging = 0x0703, Prepayment = 0x0705,
                        Calendar = 0x0707, DeviceManagement = 0x0708, Events = 0x0709;
constexpr bool to_server = false, from_server = true;

// clang-format off
// Elements of a layout, separated by semicolons:
//   name:type          a field; types u8 to u64, i8 to i64, e8, e16 (enumerations), b8 to b32 (bitmaps), bool, utc, date,
//                      ostr and cstr (length first), hex (all that is left), value (of the type that the field before names)
//   name:type/unit     a number with a unit: money and price in 10^-5 GBP, m3, min
//   name[count]{...}   a group as often as the field `count` says; its low four bits with `count&`; `*`: to the end
//   ?name=1,2{...}     only when the field `name` has one of these values (hexadecimal); `?else{...}` when none before did

constexpr Layout kLayouts[] = {
    // General commands.
    {any, to_server, 0x00, "Read Attributes", "Attributes[*]{Attribute Identifier:e16}"},
    {any, from_server, 0x01, "Read Attributes Response",
     "Attributes[*]{Attribute Identifier:e16;Status:e8;?Status=0{Attribute Data Type:e8;Attribute Value:value}}"},
    {any, to_server, 0x02, "Write Attributes",
     "Attributes[*]{Attribute Identifier:e16;Attribute Data Type:e8;Attribute Value:value}"},
    {any, from_server, 0x04, "Write Attributes Response", "Results[*]{Status:e8;?Status=0{}?else{Attribute Identifier:e16}}"},
    {any, to_server, 0x0B, "Default Response", "Command identifier:u8;Status:e8"},

    {Price, to_server, 0x00, "Get Current Price", "Command Options:b8"},
    {Price, to_server, 0x0B, "Get Billing Period",
     "Earliest Start Time:utc;Min. Issuer Event ID:u32;Number of Commands:u8;Tariff Type:b8"},
    {Price, from_server, 0x00, "Publish Price",
     "Provider ID:u32;Rate Label:ostr;Issuer Event ID:u32;Current Time:utc;Unit of Measure:e8;Currency:u16;"
     "Price Trailing Digit & Price Tier:b8;Number of Price Tiers & Register Tier:b8;Start Time:utc;"
     "Duration In Minutes:u16/min;Price:u32/price"},
    {Price, from_server, 0x01, "Publish Block Period",
     "Provider ID:u32;Issuer Event ID:u32;Block Period Start Time:utc;Block Period Duration:u24;Block Period Control:b8;"
     "Block Period Duration Type:b8;Tariff Type:b8;Tariff Resolution Period:e8"},
    {Price, from_server, 0x02, "Publish Conversion Factor",
     "Issuer Event ID:u32;Start Time:utc;Conversion Factor:u32;Conversion Factor Trailing Digit:b8"},
    {Price, from_server, 0x03, "Publish Calorific Value",
     "Issuer Event ID:u32;Start Time:utc;Calorific Value:u32;Calorific Value Unit:e8;Calorific Value Trailing Digit:b8"},
    {Price, from_server, 0x04, "Publish Tariff Information",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Tariff ID:u32;Start Time:utc;Tariff Type / Charging Scheme:b8;"
     "Tariff Label:ostr;Number of Price Tiers in Use:u8;Number of Block Thresholds in Use:u8;Unit of Measure:e8;"
     "Currency:u16;Price Trailing Digit:b8;Standing Charge:u32/price;TierBlockMode:u8;Block Threshold Multiplier:u24;"
     "Block Threshold Divisor:u24"},
    {Price, from_server, 0x05, "Publish Price Matrix",
     "Provider ID:u32;Issuer Event ID:u32;Start Time:utc;Issuer Tariff ID:u32;Command Index:u8;"
     "Total Number of Commands:u8;Sub-payload Control:b8;Prices[*]{Tier/Block ID:u8;Price:u32/price}"},
    {Price, from_server, 0x06, "Publish Block Thresholds",
     "Provider ID:u32;Issuer Event ID:u32;Start Time:utc;Issuer Tariff ID:u32;Command Index:u8;"
     "Total Number of Commands:u8;Sub-payload Control:b8;"
     "Tiers[*]{Tier/Number of Block Thresholds:b8;"
     "Block Thresholds[Tier/Number of Block Thresholds&]{Block Threshold:u48/m3}}"},
    {Price, from_server, 0x09, "Publish Billing Period",
     "Provider ID:u32;Issuer Event ID:u32;Billing Period Start Time:utc;Billing Period Duration:u24;"
     "Billing Period Duration Type:b8;Tariff Type:b8"},

    {Metering, to_server, 0x06, "Get Snapshot",
     "Earliest Start Time:utc;Latest End Time:utc;Snapshot Offset:u8;Snapshot Cause:b32"},
    {Metering, to_server, 0x07, "Start Sampling",
     "Issuer Event ID:u32;Start Sampling Time:utc;Sample Type:e8;Sample Request Interval:u16;Max Number of Samples:u16"},
    {Metering, to_server, 0x08, "Get Sampled Data",
     "Sample ID:u16;Earliest Sample Time:utc;Sample Type:e8;Number of Samples:u16"},
    {Metering, to_server, 0x0B, "Change Supply",
     "Provider ID:u32;Issuer Event ID:u32;Request Date/Time:utc;Implementation Date/Time:utc;Proposed Supply Status:e8;"
     "Supply Control Bits:b8"},
    {Metering, to_server, 0x0D, "Set Supply Status",
     "Issuer Event ID:u32;Supply Tamper State:e8;Supply Depletion State:e8;Supply Uncontrolled Flow State:e8;"
     "Load Limit Supply State:e8"},
    {Metering, to_server, 0x0E, "Set Uncontrolled Flow Threshold",
     "Provider ID:u32;Issuer Event ID:u32;Uncontrolled Flow Threshold:u16;Unit of Measure:e8;Multiplier:u16;Divisor:u16;"
     "Stabilisation Period:u8;Measurement Period:u16"},
    {Metering, from_server, 0x06, "Publish Snapshot",
     "Snapshot ID:u32;Snapshot Time:utc;Total Snapshots Found:u8;Command Index:u8;Total Number of Commands:u8;"
     "Snapshot Cause:b32;Snapshot Payload Type:e8;"
     "?Snapshot Payload Type=0,2{Current Summation Delivered:u48/m3;Bill To Date Delivered:u32/money;"
     "Bill To Date Time Stamp Delivered:utc;Projected Bill Delivered:u32/money;Projected Bill Time Stamp Delivered:utc;"
     "Bill Delivered Trailing Digit:b8;Number of Tiers in Use:u8;"
     "Tier Summations[Number of Tiers in Use]{Tier Summation:u48/m3}"
     "?Snapshot Payload Type=2{Number of Tiers and Block Thresholds in Use:b8;"
     "Tier Block Summations[*]{Tier Block Summation:u48/m3}}}"
     "?Snapshot Payload Type=4,6{Current Summation Delivered:u48/m3;Number of Tiers in Use:u8;"
     "Tier Summations[Number of Tiers in Use]{Tier Summation:u48/m3}"
     "?Snapshot Payload Type=6{Number of Tiers and Block Thresholds in Use:b8;"
     "Tier Block Summations[*]{Tier Block Summation:u48/m3}}}"
     "?else{Snapshot Sub-Payload:hex}"},
    {Metering, from_server, 0x07, "Get Sampled Data Response",
     "Sample ID:u16;Sample Start Time:utc;Sample Type:e8;Sample Request Interval:u16;Number of Samples:u16;"
     "Samples[Number of Samples]{Sample:u24/m3}"},
    {Metering, from_server, 0x0C, "Supply Status Response",
     "Provider ID:u32;Issuer Event ID:u32;Implementation Date/Time:utc;Supply Status:e8"},
    {Metering, from_server, 0x0D, "Start Sampling Response", "Sample ID:u16"},

    {Messaging, from_server, 0x00, "Display Message",
     "Message ID:u32;Message Control:b8;Start Time:utc;Duration In Minutes:u16/min;Message:cstr;Extended[*]{Extended Message Control:b8}"},

    {Prepayment, to_server, 0x00, "Select Available Emergency Credit",
     "Command Issue Date/Time:utc;Originating Device:e8"},
    {Prepayment, to_server, 0x02, "Change Debt",
     "Issuer Event ID:u32;Debt Label:ostr;Debt Amount:i32/money;Debt Recovery Method:e8;Debt Amount Type:e8;"
     "Debt Recovery Start Time:utc;Debt Recovery Collection Time:u16/min;Debt Recovery Frequency:e8;"
     "Debt Recovery Amount:i32/money;Debt Recovery Balance Percentage:u16"},
    {Prepayment, to_server, 0x03, "Emergency Credit Setup",
     "Issuer Event ID:u32;Start Time:utc;Emergency Credit Limit:u32/money;Emergency Credit Threshold:u32/money"},
    {Prepayment, to_server, 0x04, "Consumer Top Up", "Originating Device:e8;TopUp Code:ostr"},
    {Prepayment, to_server, 0x05, "Credit Adjustment",
     "Issuer Event ID:u32;Start Time:utc;Credit Adjustment Type:e8;Credit Adjustment Value:i32/money"},
    {Prepayment, to_server, 0x06, "Change Payment Mode",
     "Provider ID:u32;Issuer Event ID:u32;Implementation Date/Time:utc;Proposed Payment Control Configuration:b16;"
     "Cut Off Value:i32/money"},
    {Prepayment, to_server, 0x07, "Get Prepay Snapshot",
     "Earliest Start Time:utc;Latest End Time:utc;Snapshot Offset:u8;Snapshot Cause:b32"},
    {Prepayment, to_server, 0x08, "Get Top Up Log", "Latest End Time:utc;Number of Records:u8"},
    {Prepayment, to_server, 0x09, "Set Low Credit Warning Level", "Low Credit Warning Level:u32/money"},
    {Prepayment, to_server, 0x0A, "Get Debt Repayment Log", "Latest End Time:utc;Number of Debts:u8;Debt Type:e8"},
    {Prepayment, to_server, 0x0B, "Set Maximum Credit Limit",
     "Provider ID:u32;Issuer Event ID:u32;Implementation Date/Time:utc;Maximum Credit Level:u32/money;"
     "Maximum Credit Per Top Up:u32/money"},
    {Prepayment, to_server, 0x0C, "Set Overall Debt Cap",
     "Provider ID:u32;Issuer Event ID:u32;Implementation Date/Time:utc;Overall Debt Cap:i32/money"},
    {Prepayment, from_server, 0x01, "Publish Prepay Snapshot",
     "Snapshot ID:u32;Snapshot Time:utc;Total Snapshots Found:u8;Command Index:u8;Total Number of Commands:u8;"
     "Snapshot Cause:b32;Snapshot Payload Type:e8;"
     "?Snapshot Payload Type=0{Accumulated Debt:i32/money;Type 1 Debt Remaining:u32/money;Type 2 Debt Remaining:u32/money;"
     "Type 3 Debt Remaining:u32/money;Emergency Credit Remaining:i32/money;Credit Remaining:i32/money}"
     "?else{Snapshot Payload:hex}"},
    {Prepayment, from_server, 0x02, "Change Payment Mode Response",
     "Friendly Credit:b8;Friendly Credit Calendar ID:u32;Emergency Credit Limit:u32/money;"
     "Emergency Credit Threshold:u32/money"},
    {Prepayment, from_server, 0x03, "Consumer Top Up Response",
     "Result Type:e8;Top Up Value:i32/money;Source of Top up:e8;Credit Remaining:i32/money"},
    {Prepayment, from_server, 0x05, "Publish Top Up Log",
     "Command Index:u8;Total Number of Commands:u8;"
     "Top Ups[*]{TopUp Code:ostr;TopUp Amount:i32/money;TopUp Time:utc}"},
    {Prepayment, from_server, 0x06, "Publish Debt Log",
     "Command Index:u8;Total Number of Commands:u8;"
     "Debts[*]{Collection Time:utc;Amount Collected:u32/money;Debt Type:e8;Outstanding Debt:u32/money}"},

    {Calendar, to_server, 0x01, "Get Day Profiles",
     "Provider ID:u32;Issuer Calendar ID:u32;Start Day ID:u8;Number of Days:u8"},
    {Calendar, to_server, 0x02, "Get Week Profiles",
     "Provider ID:u32;Issuer Calendar ID:u32;Start Week ID:u8;Number of Weeks:u8"},
    {Calendar, to_server, 0x03, "Get Seasons", "Provider ID:u32;Issuer Calendar ID:u32"},
    {Calendar, to_server, 0x04, "Get Special Days",
     "Start Time:utc;Number of Events:u8;Calendar Type:e8;Provider ID:u32;Issuer Calendar ID:u32"},
    {Calendar, from_server, 0x00, "Publish Calendar",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Calendar ID:u32;Start Time:utc;Calendar Type:e8;"
     "Calendar Time Reference:u8;Calendar Name:ostr;Number of Seasons:u8;Number of Week Profiles:u8;"
     "Number of Day Profiles:u8"},
    {Calendar, from_server, 0x01, "Publish Day Profile",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Calendar ID:u32;Day ID:u8;Total Number of Schedule Entries:u8;"
     "Command Index:u8;Total Number of Commands:u8;Calendar Type:e8;"
     "?Calendar Type=3{Day Schedule Entries[*]{Start Time:u16/min;Friendly Credit Enable:bool}}"
     "?else{Day Schedule Entries[*]{Start Time:u16/min;Price Tier:e8}}"},
    {Calendar, from_server, 0x02, "Publish Week Profile",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Calendar ID:u32;Week ID:u8;Day ID Ref Monday:u8;Day ID Ref Tuesday:u8;"
     "Day ID Ref Wednesday:u8;Day ID Ref Thursday:u8;Day ID Ref Friday:u8;Day ID Ref Saturday:u8;Day ID Ref Sunday:u8"},
    {Calendar, from_server, 0x03, "Publish Seasons",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Calendar ID:u32;Command Index:u8;Total Number of Commands:u8;"
     "Season Entries[*]{Season Start Date:date;Week ID Ref:u8}"},
    {Calendar, from_server, 0x04, "Publish Special Days",
     "Provider ID:u32;Issuer Event ID:u32;Issuer Calendar ID:u32;Start Time:utc;Calendar Type:e8;"
     "Total Number of SpecialDays:u8;Command Index:u8;Total Number of Commands:u8;"
     "Special Day Entries[*]{Special Day Date:date;Day ID Ref:u8}"},

    {DeviceManagement, to_server, 0x04, "Report Event Configuration",
     "Command Index:u8;Total Commands:u8;Events[*]{Event ID:e16;Event Configuration:b8}"},
    {DeviceManagement, from_server, 0x00, "Publish Change of Tenancy",
     "Provider ID:u32;Issuer Event ID:u32;Tariff Type:b8;Implementation Date/Time:utc;Proposed Tenancy Change Control:b32"},
    {DeviceManagement, from_server, 0x01, "Publish Change of Supplier",
     "Current Provider ID:u32;Issuer Event ID:u32;Tariff Type:b8;Proposed Provider ID:u32;"
     "Provider Change Implementation Time:utc;Provider Change Control:b32;Proposed Provider Name:ostr;"
     "Proposed Provider Contact Details:ostr"},
    {DeviceManagement, from_server, 0x02, "Request New Password Response",
     "Issuer Event ID:u32;Implementation Date/Time:utc;Duration in minutes:u16/min;Password Type:e8;Password:ostr"},
    {DeviceManagement, from_server, 0x03, "Update SiteID",
     "Issuer Event ID:u32;SiteID Time:utc;Provider ID:u32;SiteID:ostr"},
    {DeviceManagement, from_server, 0x04, "Set Event Configuration",
     "Issuer Event ID:u32;Start Date/Time:utc;Event Configuration:b8;Configuration Control:e8;"
     "?Configuration Control=0{Number of Events:u8;Events[Number of Events]{Event ID:e16}}"
     "?Configuration Control=1{Event Group ID:e16}"
     "?Configuration Control=2{Log ID:u8}"
     "?Configuration Control=3{Configuration Value Match:b8}"
     "?else{Event Configuration Payload:hex}"},
    {DeviceManagement, from_server, 0x05, "Get Event Configuration", "Event ID:e16"},
    {DeviceManagement, from_server, 0x06, "Update CIN",
     "Issuer Event ID:u32;CIN Time:utc;Provider ID:u32;CustomerID Number:ostr"},

    {Events, to_server, 0x00, "Get Event Log",
     "Event Control / Log ID:b8;Event ID:e16;Start Time:utc;End Time:utc;Number of Events:u8;Event Offset:u16"},
    {Events, to_server, 0x01, "Clear Event Log Request", "Log ID:u8"},
    {Events, from_server, 0x01, "Publish Event Log",
     "Total Number of Events:u16;Command Index:u8;Total Commands:u8;Log Payload Control:b8;"
     "Events[*]{Log ID:b8;Event ID:e16;Event Time:utc;Event Data:ostr}"},
    {Events, from_server, 0x02, "Clear Event Log Response", "ClearedEventsLogs:b8"},
};

struct ClusterName {
    std::uint16_t cluster;
    std::string_view name;
};
constexpr ClusterName kClusters[] = {
    {0x0000, "Basic"}, {Price, "Price"}, {Metering, "Metering"}, {Messaging, "Messaging"}, {Prepayment, "Prepayment"},
    {Calendar, "Calendar"}, {DeviceManagement, "Device Management"}, {Events, "Events"},
};

struct AttributeName {
    std::uint16_t cluster, attribute;
    std::string_view name;
};
constexpr AttributeName kAttributes[] = {
    {0x0000, 0x0004, "ManufacturerName"}, {0x0000, 0x0005, "ModelIdentifier"},
    {Price, 0x0100, "Block1Threshold"}, {Price, 0x0101, "Block2Threshold"}, {Price, 0x0102, "Block3Threshold"},
    {Price, 0x0202, "ThresholdMultiplier"}, {Price, 0x0203, "ThresholdDivisor"}, {Price, 0x0301, "StandingCharge"},
    {Price, 0x0302, "ConversionFactor"}, {Price, 0x0303, "ConversionFactorTrailingDigit"},
    {Price, 0x0304, "CalorificValue"}, {Price, 0x0305, "CalorificValueUnit"},
    {Price, 0x0306, "CalorificValueTrailingDigit"}, {Price, 0x0400, "NoTierBlock1Price"},
    {Price, 0x0401, "NoTierBlock2Price"}, {Price, 0x0402, "NoTierBlock3Price"}, {Price, 0x0403, "NoTierBlock4Price"},
    {Price, 0x0410, "Tier1Block1Price"}, {Price, 0x0420, "Tier2Block1Price"}, {Price, 0x0430, "Tier3Block1Price"},
    {Price, 0x0440, "Tier4Block1Price"}, {Price, 0x0615, "UnitOfMeasure"}, {Price, 0x0616, "Currency"},
    {Price, 0x0617, "PriceTrailingDigit"},
    {Metering, 0x0000, "CurrentSummationDelivered"}, {Metering, 0x0014, "SupplyStatus"},
    {Metering, 0x0100, "CurrentTier1SummationDelivered"}, {Metering, 0x0102, "CurrentTier2SummationDelivered"},
    {Metering, 0x0104, "CurrentTier3SummationDelivered"}, {Metering, 0x0106, "CurrentTier4SummationDelivered"},
    {Metering, 0x0205, "RemainingBatteryLifeInDays"}, {Metering, 0x0206, "CurrentMeterID"},
    {Metering, 0x0300, "UnitOfMeasure"}, {Metering, 0x0301, "Multiplier"}, {Metering, 0x0302, "Divisor"},
    {Metering, 0x0307, "SiteID"}, {Metering, 0x0607, "SupplyTamperState"}, {Metering, 0x0608, "SupplyDepletionState"},
    {Metering, 0x0700, "CurrentNoTierBlock1SummationDelivered"},
    {Metering, 0x0701, "CurrentNoTierBlock2SummationDelivered"},
    {Metering, 0x0702, "CurrentNoTierBlock3SummationDelivered"},
    {Metering, 0x0703, "CurrentNoTierBlock4SummationDelivered"}, {Metering, 0x0A00, "BillToDateDelivered"},
    {Metering, 0x0B10, "UncontrolledFlowThreshold"}, {Metering, 0x0B11, "UncontrolledFlowThresholdUnitOfMeasure"},
    {Metering, 0x0B12, "UncontrolledFlowMultiplier"}, {Metering, 0x0B13, "UncontrolledFlowDivisor"},
    {Metering, 0x0B14, "FlowStabilisationPeriod"}, {Metering, 0x0B15, "FlowMeasurementPeriod"},
    {Prepayment, 0x0000, "PaymentControlConfiguration"}, {Prepayment, 0x0001, "CreditRemaining"},
    {Prepayment, 0x0002, "EmergencyCreditRemaining"}, {Prepayment, 0x0005, "AccumulatedDebt"},
    {Prepayment, 0x0006, "OverallDebtCap"}, {Prepayment, 0x0010, "EmergencyCreditLimitAllowance"},
    {Prepayment, 0x0011, "EmergencyCreditThreshold"}, {Prepayment, 0x0021, "MaxCreditLimit"},
    {Prepayment, 0x0022, "MaxCreditPerTopUp"}, {Prepayment, 0x0031, "LowCreditWarningLevel"},
    {Prepayment, 0x0040, "CutOffValue"}, {Prepayment, 0x0211, "DebtAmount#1"},
    {Prepayment, 0x0216, "DebtRecoveryFrequency#1"}, {Prepayment, 0x0217, "DebtRecoveryAmount#1"},
    {Prepayment, 0x0221, "DebtAmount#2"}, {Prepayment, 0x0226, "DebtRecoveryFrequency#2"},
    {Prepayment, 0x0227, "DebtRecoveryAmount#2"}, {Prepayment, 0x0231, "DebtAmount#3"},
    {Prepayment, 0x0239, "DebtRecoveryTopUpPercentage#3"},
};

struct StatusName {
    std::uint8_t status;
    std::string_view name;
};
constexpr StatusName kStatuses[] = {
    {0x00, "SUCCESS"}, {0x01, "FAILURE"}, {0x7E, "NOT_AUTHORIZED"}, {0x80, "MALFORMED_COMMAND"},
    {0x81, "UNSUP_CLUSTER_COMMAND"}, {0x82, "UNSUP_GENERAL_COMMAND"}, {0x85, "INVALID_FIELD"},
    {0x86, "UNSUPPORTED_ATTRIBUTE"}, {0x87, "INVALID_VALUE"}, {0x88, "READ_ONLY"}, {0x89, "INSUFFICIENT_SPACE"},
    {0x8B, "NOT_FOUND"}, {0x8D, "INVALID_DATA_TYPE"}, {0x8F, "WRITE_ONLY"}, {0x94, "TIMEOUT"}, {0xC0, "HARDWARE_FAILURE"},
    {0xC1, "SOFTWARE_FAILURE"},
};
// clang-format on

/// Frame control: cluster specific, from server to client.
constexpr std::uint8_t kClusterSpecific = 0x01, kFromServer = 0x08;

}  // namespace

std::span<const Layout> layouts() { return kLayouts; }

const Layout* layout_of(const Component& component) {
    const bool specific = (component.frame_control & kClusterSpecific) != 0;
    const bool to_client = (component.frame_control & kFromServer) != 0;
    for (const Layout& layout : kLayouts) {
        if (layout.command != component.command || (layout.cluster != any) != specific) continue;
        if (!specific || (layout.cluster == component.cluster && layout.from_server == to_client))
            return &layout;
    }
    return nullptr;
}

std::string_view attribute_name(std::uint16_t cluster, std::uint16_t attribute) {
    const auto row = std::ranges::find_if(kAttributes, [=](const AttributeName& name) {
        return name.cluster == cluster && name.attribute == attribute;
    });
    return row != std::end(kAttributes) ? row->name : std::string_view();
}

std::string_view cluster_name(std::uint16_t cluster) {
    const auto row = std::ranges::find(kClusters, cluster, &ClusterName::cluster);
    return row != std::end(kClusters) ? row->name : std::string_view();
}

std::string_view status_name(std::uint8_t status) {
    const auto row = std::ranges::find(kStatuses, status, &StatusName::status);
    return row != std::end(kStatuses) ? row->name : std::string_view();
}

}  // namespace meterbed::gbcs::gbz
