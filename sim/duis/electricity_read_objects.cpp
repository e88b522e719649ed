// Objects that each read asks for, in wire order (GBCS 20, "Use Case specific content"). A buffer (class 7,
// attribute 2) is read over the request's period.
#include <algorithm>

#include "sim/duis/electricity_reads.h"

namespace meterbed::duis {
namespace {

struct Item {
    std::uint16_t code;
    dlms::Attribute attribute;
};

// clang-format off
constexpr Item kItems[] = {
    // ECS17a
    {0x0026, {3, {1, 0, 2, 8, 0, 255}, 2}},  // ActiveExportRegister
    {0x0026, {3, {1, 0, 2, 8, 0, 255}, 3}},  // ActiveExportRegister
    {0x0026, {3, {1, 0, 4, 8, 0, 255}, 2}},  // ReactiveExportRegister
    {0x0026, {3, {1, 0, 4, 8, 0, 255}, 3}},  // ReactiveExportRegister
    // ECS17c
    {0x0028, {1, {0, 0, 94, 44, 34, 20}, 2}},  // PowerImportCollection
    // ECS18a
    {0x002B, {1, {0, 0, 94, 44, 5, 2}, 2}},  // MaximumDemandActivePowerExportValue
    {0x002B, {4, {1, 0, 2, 6, 0, 255}, 2}},  // MaximumDemandActivePowerExportValue
    {0x002B, {4, {1, 0, 2, 6, 0, 255}, 3}},  // MaximumDemandActivePowerExportValue
    {0x002B, {4, {1, 0, 2, 6, 0, 255}, 5}},  // MaximumDemandActivePowerExportValue
    // ECS18b
    {0x002C, {1, {0, 0, 94, 44, 5, 0}, 2}},  // MaximumDemand(ConfigurableTime)ActivePowerImportValue
    {0x002C, {1, {0, 0, 94, 44, 5, 1}, 2}},  // MaximumDemandActiveEnergyImportValue
    {0x002C, {4, {1, 0, 1, 6, 0, 255}, 2}},  // MaximumDemandActiveEnergyImportValue
    {0x002C, {4, {1, 0, 1, 6, 0, 255}, 3}},  // MaximumDemandActiveEnergyImportValue
    {0x002C, {4, {1, 0, 1, 6, 0, 255}, 5}},  // MaximumDemandActiveEnergyImportValue
    {0x002C, {4, {1, 0, 1, 6, 1, 255}, 2}},  // MaximumDemand(ConfigurableTime)ActivePowerImportValue
    {0x002C, {4, {1, 0, 1, 6, 1, 255}, 3}},  // MaximumDemand(ConfigurableTime)ActivePowerImportValue
    {0x002C, {4, {1, 0, 1, 6, 1, 255}, 5}},  // MaximumDemand(ConfigurableTime)ActivePowerImportValue
    {0x002C, {10, {0, 0, 12, 0, 0, 255}, 2}},  // MaximumDemandConfigurableTimePeriod
    // ECS20a
    {0x002E, {7, {0, 0, 98, 1, 4, 255}, 2}},  // BillingDataLog(mostrecentPaymentBasedDebtRepayment)
    // ECS20d
    {0x00C9, {7, {0, 0, 98, 1, 5, 255}, 2}},  // BillingDataLog(mostrecentPrepaymentCredits)
    // ECS21c
    {0x0035, {7, {0, 0, 98, 1, 10, 255}, 2}},  // DailyReadLog(export)
    // ECS22a
    {0x0036, {7, {0, 0, 99, 1, 1, 255}, 2}},  // ProfileDataLog(Export)
    // ECS22c
    {0x0038, {7, {0, 0, 99, 1, 2, 255}, 2}},  // ProfileDataLog(ReactiveImport)
    // ECS23
    {0x0039, {3, {1, 0, 32, 32, 0, 4}, 2}},  // (Phase[1])AverageRMSUnderVoltageCounter
    {0x0039, {3, {1, 0, 32, 32, 0, 4}, 3}},  // (Phase[1])AverageRMSUnderVoltageCounter
    {0x0039, {3, {1, 0, 32, 36, 0, 4}, 2}},  // (Phase[1])AverageRMSOverVoltageCounter
    {0x0039, {3, {1, 0, 32, 36, 0, 4}, 3}},  // (Phase[1])AverageRMSOverVoltageCounter
    {0x0039, {7, {1, 0, 32, 24, 0, 255}, 2}},  // (Phase[1])AverageRMSVoltageProfileDataLog
    {0x0039, {7, {1, 0, 32, 24, 0, 255}, 4}},  // (Phase[1])AverageRMSVoltageProfileDataLog
    // ECS23b
    {0x00BC, {3, {1, 0, 32, 32, 0, 4}, 2}},  // (Phase[1])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 32, 32, 0, 4}, 3}},  // (Phase[1])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 32, 36, 0, 4}, 2}},  // (Phase[1])AverageRMSOverVoltageCounter
    {0x00BC, {3, {1, 0, 32, 36, 0, 4}, 3}},  // (Phase[1])AverageRMSOverVoltageCounter
    {0x00BC, {7, {1, 0, 32, 24, 0, 255}, 2}},  // (Phase[1])AverageRMSVoltageProfileDataLog
    {0x00BC, {7, {1, 0, 32, 24, 0, 255}, 4}},  // (Phase[1])AverageRMSVoltageProfileDataLog
    {0x00BC, {3, {1, 0, 52, 32, 0, 4}, 2}},  // (Phase[2])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 52, 32, 0, 4}, 3}},  // (Phase[2])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 52, 36, 0, 4}, 2}},  // (Phase[2])AverageRMSOverVoltageCounter
    {0x00BC, {3, {1, 0, 52, 36, 0, 4}, 3}},  // (Phase[2])AverageRMSOverVoltageCounter
    {0x00BC, {7, {1, 0, 52, 24, 0, 255}, 2}},  // (Phase[2])AverageRMSVoltageProfileDataLog
    {0x00BC, {7, {1, 0, 52, 24, 0, 255}, 4}},  // (Phase[2])AverageRMSVoltageProfileDataLog
    {0x00BC, {3, {1, 0, 72, 32, 0, 4}, 2}},  // (Phase[3])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 72, 32, 0, 4}, 3}},  // (Phase[3])AverageRMSUnderVoltageCounter
    {0x00BC, {3, {1, 0, 72, 36, 0, 4}, 2}},  // (Phase[3])AverageRMSOverVoltageCounter
    {0x00BC, {3, {1, 0, 72, 36, 0, 4}, 3}},  // (Phase[3])AverageRMSOverVoltageCounter
    {0x00BC, {7, {1, 0, 72, 24, 0, 255}, 2}},  // (Phase[3])AverageRMSVoltageProfileDataLog
    {0x00BC, {7, {1, 0, 72, 24, 0, 255}, 4}},  // (Phase[3])AverageRMSVoltageProfileDataLog
    // ECS24
    {0x003A, {3, {0, 0, 94, 44, 1, 7}, 2}},  // (Primary)ActiveTariffPrice
    {0x003A, {3, {0, 0, 94, 44, 1, 7}, 3}},  // (Primary)ActiveTariffPrice
    {0x003A, {20, {0, 0, 13, 0, 0, 255}, 3}},  // TariffSwitchingTable
    {0x003A, {20, {0, 0, 13, 0, 0, 255}, 4}},  // TariffSwitchingTable
    {0x003A, {20, {0, 0, 13, 0, 0, 255}, 5}},  // TariffSwitchingTable
    {0x003A, {11, {0, 0, 11, 0, 0, 255}, 2}},  // TariffSwitchingTable(SpecialDays)
    {0x003A, {21, {0, 0, 16, 0, 11, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[1]
    {0x003A, {21, {0, 0, 16, 0, 12, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[2]
    {0x003A, {21, {0, 0, 16, 0, 13, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[3]
    {0x003A, {21, {0, 0, 16, 0, 14, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[4]
    {0x003A, {21, {0, 0, 16, 0, 15, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[5]
    {0x003A, {21, {0, 0, 16, 0, 16, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[6]
    {0x003A, {21, {0, 0, 16, 0, 17, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[7]
    {0x003A, {21, {0, 0, 16, 0, 18, 255}, 2}},  // TariffThresholdMatrixBlocks[1to3]TOU[8]
    {0x003A, {9000, {0, 0, 94, 44, 2, 0}, 2}},  // CurrencyUnit
    {0x003A, {113, {0, 0, 19, 20, 4, 255}, 5}},  // StandingCharge
    {0x003A, {113, {0, 0, 19, 20, 0, 255}, 5}},  // TariffBlockPriceMatrixTOU
    // ECS24b
    {0x00BD, {113, {0, 0, 19, 20, 5, 255}, 5}},  // SecondaryTariffTOUPriceMatrix
    {0x00BD, {3, {0, 0, 94, 44, 1, 8}, 2}},  // SecondaryActiveTariffPrice
    {0x00BD, {3, {0, 0, 94, 44, 1, 8}, 3}},  // SecondaryActiveTariffPrice
    {0x00BD, {11, {0, 0, 11, 0, 1, 255}, 2}},  // TariffSwitchingTable(SecondaryElement)(SpecialDays)
    {0x00BD, {20, {0, 0, 13, 0, 1, 255}, 3}},  // TariffSwitchingTable(SecondaryElement)
    {0x00BD, {20, {0, 0, 13, 0, 1, 255}, 4}},  // TariffSwitchingTable(SecondaryElement)
    {0x00BD, {20, {0, 0, 13, 0, 1, 255}, 5}},  // TariffSwitchingTable(SecondaryElement)
    // ECS25r1
    {0x00EE, {1, {0, 30, 97, 98, 15, 255}, 2}},  // Alerts Configuration Settings - Supplier
    {0x00EE, {1, {0, 30, 97, 98, 16, 255}, 2}},  // Alerts Configuration Settings - Supplier
    {0x00EE, {1, {0, 30, 97, 98, 17, 255}, 2}},  // Events Configuration Settings - Supplier
    {0x00EE, {1, {0, 30, 97, 98, 18, 255}, 2}},  // Events Configuration Settings - Supplier
    // ECS25r2
    {0x00EF, {1, {0, 33, 97, 98, 15, 255}, 2}},  // Alerts Configuration Settings - Network Operator
    {0x00EF, {1, {0, 33, 97, 98, 18, 255}, 2}},  // Events Configuration Settings - Network Operator
    // ECS26a; the charges of the debts stand twice, for value and amount (GBCS 20; so does the reference size)
    {0x003B, {113, {0, 0, 19, 20, 1, 255}, 5}},  // DebtRecoveryRates[1]
    {0x003B, {11, {0, 0, 11, 0, 2, 255}, 2}},  // Non-DisablementCalendar(SpecialDays)
    {0x003B, {113, {0, 0, 19, 20, 1, 255}, 8}},  // DebtRecoveryRates[1]
    {0x003B, {113, {0, 0, 19, 20, 1, 255}, 5}},  // DebtRecoveryRates[1]
    {0x003B, {113, {0, 0, 19, 20, 2, 255}, 5}},  // DebtRecoveryRates[2]
    {0x003B, {113, {0, 0, 19, 20, 2, 255}, 8}},  // DebtRecoveryRates[2]
    {0x003B, {113, {0, 0, 19, 20, 2, 255}, 5}},  // DebtRecoveryRates[2]
    {0x003B, {113, {0, 0, 19, 20, 3, 255}, 13}},  // DebtRecoveryperPayment
    {0x003B, {9000, {0, 0, 94, 44, 2, 10}, 2}},  // PrepaymentCredit(MaximumCreditThreshold)
    {0x003B, {21, {0, 0, 16, 0, 1, 255}, 2}},  // DisablementThreshold(MeterBalance)
    {0x003B, {9000, {0, 0, 94, 44, 2, 20}, 2}},  // PrepaymentCredit(MaxMeterBalance)
    {0x003B, {111, {0, 0, 19, 0, 0, 255}, 16}},  // LowCreditThreshold
    {0x003B, {111, {0, 0, 19, 0, 0, 255}, 18}},  // DebtRecoveryRateCap
    {0x003B, {111, {0, 0, 19, 0, 0, 255}, 19}},  // DebtRecoveryRateCap
    {0x003B, {112, {0, 0, 19, 10, 1, 255}, 9}},  // EmergencyCreditLimit
    {0x003B, {112, {0, 0, 19, 10, 1, 255}, 10}},  // EmergencyCreditThreshold
    {0x003B, {10, {0, 0, 12, 0, 1, 255}, 2}},  // Non-DisablementCalendar
    {0x003B, {111, {0, 0, 19, 0, 0, 255}, 11}},  // SuspendDebtDisabled / SuspendDebtEmergency / Payment Mode
    // ECS26b
    {0x003C, {71, {0, 0, 17, 0, 1, 255}, 4}},  // RMSExtremeOverVoltageThreshold
    {0x003C, {71, {0, 0, 17, 0, 1, 255}, 6}},  // RMSExtremeOverVoltageMeasurementPeriod
    {0x003C, {71, {0, 0, 17, 0, 2, 255}, 4}},  // RMSExtremeUnderVoltageThreshold
    {0x003C, {71, {0, 0, 17, 0, 2, 255}, 6}},  // RMSExtremeUnderVoltageMeasurementPeriod
    {0x003C, {71, {0, 0, 17, 0, 3, 255}, 4}},  // RMSVoltageSagThreshold
    {0x003C, {71, {0, 0, 17, 0, 3, 255}, 6}},  // RMSVoltageSagMeasurementPeriod
    {0x003C, {71, {0, 0, 17, 0, 4, 255}, 4}},  // RMSVoltageSwellThreshold
    {0x003C, {71, {0, 0, 17, 0, 4, 255}, 6}},  // RMSVoltageSwellMeasurementPeriod
    {0x003C, {1, {1, 0, 32, 35, 0, 4}, 2}},  // (Phase[1])AverageRMSOverVoltageThreshold
    {0x003C, {1, {1, 0, 32, 31, 0, 4}, 2}},  // (Phase[1])AverageRMSUnderVoltageThreshold
    // ECS26c
    {0x003D, {1, {0, 0, 94, 44, 0, 0}, 2}},  // RandomisedOffset
    {0x003D, {1, {0, 0, 94, 44, 0, 2}, 2}},  // RandomisedOffsetNumber
    {0x003D, {1, {0, 0, 94, 44, 0, 1}, 2}},  // RandomisedOffsetLimit
    // ECS26d, as ECS26l, which superseded it (ASSUMPTION)
    {0x003E, {22, {0, 0, 15, 0, 0, 255}, 4}},  // BillingCalendar
    // ECS26e: as ECS26m, which superseded it, and the identifier of the device (its object is an ASSUMPTION, the size is
    // that of the reference command)
    {0x003F, {1, {0, 0, 96, 1, 0, 255}, 2}},  // DeviceIdentifier
    {0x003F, {1, {0, 0, 96, 1, 2, 255}, 2}},  // MeterVariant
    {0x003F, {1, {0, 0, 96, 1, 4, 255}, 2}},  // ModelType(SmartMeter)
    {0x003F, {1, {0, 0, 96, 1, 6, 255}, 2}},  // ManufacturerIdentifier
    {0x003F, {1, {0, 0, 94, 44, 0, 4}, 2}},  // SupplyTamperState
    // ECS26f
    {0x0040, {21, {0, 0, 16, 0, 0, 255}, 2}},  // LowMediumPowerThreshold
    // ECS26i: as ECS26n, which superseded it, and the identifier of the device (its object is an ASSUMPTION, the size is
    // that of the reference command)
    {0x0092, {1, {0, 0, 96, 1, 0, 255}, 2}},  // DeviceIdentifier
    {0x0092, {1, {0, 0, 96, 1, 4, 255}, 2}},  // ModelType(CommsHub)
    {0x0092, {1, {0, 0, 96, 1, 6, 255}, 2}},  // CHManufacturerIdentifier
    // ECS26j
    {0x00BE, {111, {0, 0, 19, 0, 0, 255}, 2}},  // PaymentMode
    // ECS26k
    {0x00C6, {71, {0, 0, 17, 0, 1, 255}, 4}},  // RMSExtremeOverVoltageThreshold
    {0x00C6, {71, {0, 0, 17, 0, 1, 255}, 6}},  // RMSExtremeOverVoltageMeasurementPeriod
    {0x00C6, {71, {0, 0, 17, 0, 2, 255}, 4}},  // RMSExtremeUnderVoltageThreshold
    {0x00C6, {71, {0, 0, 17, 0, 2, 255}, 6}},  // RMSExtremeUnderVoltageMeasurementPeriod
    {0x00C6, {71, {0, 0, 17, 0, 3, 255}, 4}},  // RMSVoltageSagThreshold
    {0x00C6, {71, {0, 0, 17, 0, 3, 255}, 6}},  // RMSVoltageSagMeasurementPeriod
    {0x00C6, {71, {0, 0, 17, 0, 4, 255}, 4}},  // RMSVoltageSwellThreshold
    {0x00C6, {71, {0, 0, 17, 0, 4, 255}, 6}},  // RMSVoltageSwellMeasurementPeriod
    {0x00C6, {1, {1, 0, 32, 35, 0, 4}, 2}},  // (Phase[1])AverageRMSOverVoltageThreshold
    {0x00C6, {1, {1, 0, 32, 31, 0, 4}, 2}},  // (Phase[1])AverageRMSUnderVoltageThreshold
    {0x00C6, {1, {1, 0, 52, 31, 0, 4}, 2}},  // (Phase[2])AverageRMSUnderVoltageThreshold
    {0x00C6, {1, {1, 0, 52, 35, 0, 4}, 2}},  // (Phase[2])AverageRMSOverVoltageThreshold
    {0x00C6, {1, {1, 0, 72, 31, 0, 4}, 2}},  // (Phase[3])AverageRMSUnderVoltageThreshold
    {0x00C6, {1, {1, 0, 72, 35, 0, 4}, 2}},  // (Phase[3])AverageRMSOverVoltageThreshold
    // ECS26l
    {0x00D9, {22, {0, 0, 15, 0, 0, 255}, 4}},  // BillingCalendar
    // ECS26m
    {0x00F9, {1, {0, 0, 96, 1, 2, 255}, 2}},  // MeterVariant
    {0x00F9, {1, {0, 0, 96, 1, 4, 255}, 2}},  // ModelType(SmartMeter)
    {0x00F9, {1, {0, 0, 96, 1, 6, 255}, 2}},  // ManufacturerIdentifier
    {0x00F9, {1, {0, 0, 94, 44, 0, 4}, 2}},  // SupplyTamperState
    // ECS26n
    {0x00FA, {1, {0, 0, 96, 1, 4, 255}, 2}},  // ModelType(CommsHub)
    {0x00FA, {1, {0, 0, 96, 1, 6, 255}, 2}},  // CHManufacturerIdentifier
    // ECS27
    {0x0042, {9000, {0, 0, 94, 44, 0, 3}, 2}},  // LoadLimitSupplyState
    {0x0042, {3, {0, 0, 94, 44, 42, 255}, 2}},  // LoadLimitCounter
    {0x0042, {3, {0, 0, 94, 44, 42, 255}, 3}},  // LoadLimitCounter
    {0x0042, {71, {0, 0, 17, 0, 0, 255}, 4}},  // LoadLimitPowerThreshold
    {0x0042, {71, {0, 0, 17, 0, 0, 255}, 6}},  // LoadLimitPeriod(Timer)
    {0x0042, {71, {0, 0, 17, 0, 0, 255}, 7}},  // LoadLimitRestorationPeriod(Timer)
    // ECS35a
    {0x0048, {7, {0, 0, 99, 98, 0, 255}, 2}},  // EventLog(incGPF)
    // ECS35b
    {0x0049, {7, {0, 0, 99, 98, 1, 255}, 2}},  // SecurityLog(notCHF)
    // ECS35c
    {0x0093, {7, {0, 0, 99, 98, 0, 255}, 2}},  // EventLog(CHF)
    // ECS35d
    {0x0094, {7, {0, 0, 99, 98, 1, 255}, 2}},  // SecurityLog(CHF)
    // ECS35e
    {0x00B9, {7, {0, 0, 99, 98, 4, 255}, 2}},  // PowerEventLog
    // ECS35f, as ECS35g, which superseded it (RTDS)
    {0x00BA, {7, {0, 17, 99, 98, 2, 255}, 2}},  // AuxiliaryControllerEventLog
    // ECS35g
    {0x00FD, {7, {0, 17, 99, 98, 2, 255}, 2}},  // AuxiliaryControllerEventLog
    // ECS40
    {0x004E, {1, {0, 0, 94, 44, 34, 11}, 2}},  // MeterPointAdministrationNumber(combinedMPANS)
    {0x004E, {1, {1, 0, 0, 0, 2, 255}, 2}},  // MeterPointAdministrationNumber(ExportMPAN)
    // ECS45
    {0x0052, {70, {0, 0, 96, 3, 10, 255}, 3}},  // SupplyState
    // ECS52
    {0x0059, {1, {0, 0, 0, 2, 1, 255}, 2}},  // FirmwareVersion
    // ECS61a, superseded by ECS61c, ECS61d and ECS61e (RTDS)
    {0x00BB, {1, {0, 0, 94, 44, 0, 11}, 2}},  // Auxiliary load 1: description
    {0x00BB, {1, {0, 0, 94, 44, 0, 12}, 2}},  // Auxiliary load 2: description
    {0x00BB, {1, {0, 0, 94, 44, 0, 13}, 2}},  // Auxiliary load 3: description
    {0x00BB, {1, {0, 0, 94, 44, 0, 14}, 2}},  // Auxiliary load 4: description
    {0x00BB, {1, {0, 0, 94, 44, 0, 15}, 2}},  // Auxiliary load 5: description
    {0x00BB, {1, {0, 0, 94, 44, 0, 21}, 2}},  // Auxiliary load 1: type and identifier
    {0x00BB, {1, {0, 0, 94, 44, 0, 22}, 2}},  // Auxiliary load 2: type and identifier
    {0x00BB, {1, {0, 0, 94, 44, 0, 23}, 2}},  // Auxiliary load 3: type and identifier
    {0x00BB, {1, {0, 0, 94, 44, 0, 24}, 2}},  // Auxiliary load 4: type and identifier
    {0x00BB, {1, {0, 0, 94, 44, 0, 25}, 2}},  // Auxiliary load 5: type and identifier
    {0x00BB, {11, {0, 0, 11, 0, 3, 255}, 2}},  // Calendar: special days
    {0x00BB, {10, {0, 0, 12, 0, 2, 255}, 2}},  // Calendar: entries
    {0x00BB, {70, {0, 1, 96, 3, 10, 255}, 2}},  // Auxiliary load 1: state
    {0x00BB, {70, {0, 2, 96, 3, 10, 255}, 2}},  // Auxiliary load 2: state
    {0x00BB, {70, {0, 3, 96, 3, 10, 255}, 2}},  // Auxiliary load 3: state
    {0x00BB, {70, {0, 4, 96, 3, 10, 255}, 2}},  // Auxiliary load 4: state
    {0x00BB, {70, {0, 5, 96, 3, 10, 255}, 2}},  // Auxiliary load 5: state
    // ECS61c
    {0x005E, {1, {0, 0, 94, 44, 7, 255}, 2}},  // BoostFunctionAvailability
    {0x005E, {7, {0, 0, 99, 98, 20, 255}, 2}},  // BoostFunctionEventLog
    {0x005E, {1, {0, 0, 94, 44, 6, 1}, 2}},  // BoostFunctionControl[1]
    {0x005E, {1, {0, 0, 94, 44, 6, 2}, 2}},  // BoostFunctionControl[2]
    {0x005E, {1, {0, 0, 94, 44, 6, 3}, 2}},  // BoostFunctionControl[3]
    {0x005E, {1, {0, 0, 94, 44, 6, 4}, 2}},  // BoostFunctionControl[4]
    {0x005E, {1, {0, 0, 94, 44, 6, 5}, 2}},  // BoostFunctionControl[5]
    // ECS61d
    {0x011C, {1, {0, 0, 94, 44, 0, 11}, 2}},  // AuxiliaryController[1]
    {0x011C, {1, {0, 0, 94, 44, 0, 12}, 2}},  // AuxiliaryController[2]
    {0x011C, {1, {0, 0, 94, 44, 0, 13}, 2}},  // AuxiliaryController[3]
    {0x011C, {1, {0, 0, 94, 44, 0, 14}, 2}},  // AuxiliaryController[4]
    {0x011C, {1, {0, 0, 94, 44, 0, 15}, 2}},  // AuxiliaryController[5]
    {0x011C, {11, {0, 0, 11, 0, 3, 255}, 2}},  // AuxiliaryControllerCalendar(SpecialDays)
    {0x011C, {10, {0, 0, 12, 0, 2, 255}, 2}},  // AuxiliaryControllerCalendar
    // ECS61e
    {0x011D, {1, {0, 0, 94, 44, 0, 21}, 2}},  // AuxiliaryController[1]
    {0x011D, {1, {0, 0, 94, 44, 0, 22}, 2}},  // AuxiliaryController[2]
    {0x011D, {1, {0, 0, 94, 44, 0, 23}, 2}},  // AuxiliaryController[3]
    {0x011D, {1, {0, 0, 94, 44, 0, 24}, 2}},  // AuxiliaryController[4]
    {0x011D, {1, {0, 0, 94, 44, 0, 25}, 2}},  // AuxiliaryController[5]
    {0x011D, {1, {0, 0, 94, 44, 0, 31}, 2}},  // AuxiliaryController[1]
    {0x011D, {1, {0, 0, 94, 44, 0, 32}, 2}},  // AuxiliaryController[2]
    {0x011D, {1, {0, 0, 94, 44, 0, 33}, 2}},  // AuxiliaryController[3]
    {0x011D, {1, {0, 0, 94, 44, 0, 34}, 2}},  // AuxiliaryController[4]
    {0x011D, {1, {0, 0, 94, 44, 0, 35}, 2}},  // AuxiliaryController[5]
    // ECS82
    {0x0069, {112, {0, 0, 19, 10, 0, 255}, 2}},  // MeterBalance
    // DBCH01
    {0x010A, {1, {0, 0, 94, 44, 10, 2}, 2}},  // OperatingSubGHzChannel
    // DBCH02
    {0x010B, {7, {0, 0, 94, 44, 10, 3}, 2}},  // SubGHzChannelLog
    // DBCH03
    {0x010C, {1, {0, 0, 94, 44, 10, 0}, 2}},  // SubGHzConfigurationSettings
    // CCS05CCS04, as CCS06, which superseded it (RTDS)
    {0x0004, {104, {0, 0, 30, 3, 0, 255}, 4}},  // DeviceLog(CHF)
    // CCS06
    {0x010F, {104, {0, 0, 30, 3, 0, 255}, 4}},  // DeviceLog(CHF)
};
// clang-format on

/// ReadLogPeriod as buffers are cut: seconds since 2000-01-01 over the log's clock column.
dlms::Value range_of(const Reading& body) {
    const Reading period = body.child("ReadLogPeriod");
    return range_descriptor(period.child("StartDateTime").date_time(),
                            period.child("EndDateTime").date_time());
}

bool is_buffer(const dlms::Attribute& attribute) { return attribute.class_id == 7 && attribute.index == 2; }

}  // namespace

bool has_objects(std::uint16_t code) {
    return std::ranges::any_of(kItems, [code](const Item& item) { return item.code == code; });
}

Bytes read_objects(const Reading& body, const Situation& situation) {
    AccessList list;
    for (const Item& item : kItems) {
        if (gbcs::MessageCode{item.code} != situation.code()) continue;
        if (is_buffer(item.attribute))
            list.get_range(item.attribute, 1, range_of(body));
        else
            list.get(item.attribute);
    }
    return list.octets(situation);
}

}  // namespace meterbed::duis
