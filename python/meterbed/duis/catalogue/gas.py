"""MMC bodies of the gas reads.

Sources lead from {"attributes": {(cluster, attribute): value}, "Command": [fields of each component of that command]},
with the names of the ZCL layouts. Commands by which a device says that it has nothing are no fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from lxml import etree

from meterbed.duis.catalogue import alert_settings
from meterbed.duis.catalogue.convert import (
    CUBIC_METRES,
    EPOCH,
    HEX4,
    INTEGER,
    SECONDS,
    TEXT,
    constant,
    moment,
    scaled,
    thousandths,
    word,
)
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.logs import event_meaning, other_information
from meterbed.duis.catalogue.rows import Fill, Row, add, entries, indexed, inside, row

ATTRIBUTES = "attributes"
# What the rows call attributes: ZCL names -> cluster, attribute.
NAMES = {
    "Basic/ManufacturerName": (0x0000, 0x0004),
    "Basic/ModelIdentifier": (0x0000, 0x0005),
    "Price/Block1Threshold": (0x0700, 0x0100),
    "Price/Block2Threshold": (0x0700, 0x0101),
    "Price/Block3Threshold": (0x0700, 0x0102),
    "Price/ThresholdMultiplier": (0x0700, 0x0202),
    "Price/ThresholdDivisor": (0x0700, 0x0203),
    "Price/StandingCharge": (0x0700, 0x0301),
    "Price/ConversionFactor": (0x0700, 0x0302),
    "Price/ConversionFactorTrailingDigit": (0x0700, 0x0303),
    "Price/CalorificValue": (0x0700, 0x0304),
    "Price/CalorificValueUnit": (0x0700, 0x0305),
    "Price/CalorificValueTrailingDigit": (0x0700, 0x0306),
    "Price/NoTierBlock1Price": (0x0700, 0x0400),
    "Price/NoTierBlock2Price": (0x0700, 0x0401),
    "Price/NoTierBlock3Price": (0x0700, 0x0402),
    "Price/NoTierBlock4Price": (0x0700, 0x0403),
    "Price/Tier1Block1Price": (0x0700, 0x0410),
    "Price/Tier2Block1Price": (0x0700, 0x0420),
    "Price/Tier3Block1Price": (0x0700, 0x0430),
    "Price/Tier4Block1Price": (0x0700, 0x0440),
    "Price/UnitOfMeasure": (0x0700, 0x0615),
    "Price/Currency": (0x0700, 0x0616),
    "Price/PriceTrailingDigit": (0x0700, 0x0617),
    "Metering/CurrentSummationDelivered": (0x0702, 0x0000),
    "Metering/SupplyStatus": (0x0702, 0x0014),
    "Metering/CurrentTier1SummationDelivered": (0x0702, 0x0100),
    "Metering/CurrentTier2SummationDelivered": (0x0702, 0x0102),
    "Metering/CurrentTier3SummationDelivered": (0x0702, 0x0104),
    "Metering/CurrentTier4SummationDelivered": (0x0702, 0x0106),
    "Metering/RemainingBatteryLifeInDays": (0x0702, 0x0205),
    "Metering/CurrentMeterID": (0x0702, 0x0206),
    "Metering/UnitOfMeasure": (0x0702, 0x0300),
    "Metering/Multiplier": (0x0702, 0x0301),
    "Metering/Divisor": (0x0702, 0x0302),
    "Metering/SiteID": (0x0702, 0x0307),
    "Metering/SupplyTamperState": (0x0702, 0x0607),
    "Metering/SupplyDepletionState": (0x0702, 0x0608),
    "Metering/CurrentNoTierBlock1SummationDelivered": (0x0702, 0x0700),
    "Metering/CurrentNoTierBlock2SummationDelivered": (0x0702, 0x0701),
    "Metering/CurrentNoTierBlock3SummationDelivered": (0x0702, 0x0702),
    "Metering/CurrentNoTierBlock4SummationDelivered": (0x0702, 0x0703),
    "Metering/BillToDateDelivered": (0x0702, 0x0A00),
    "Metering/UncontrolledFlowThreshold": (0x0702, 0x0B10),
    "Metering/UncontrolledFlowThresholdUnitOfMeasure": (0x0702, 0x0B11),
    "Metering/UncontrolledFlowMultiplier": (0x0702, 0x0B12),
    "Metering/UncontrolledFlowDivisor": (0x0702, 0x0B13),
    "Metering/FlowStabilisationPeriod": (0x0702, 0x0B14),
    "Metering/FlowMeasurementPeriod": (0x0702, 0x0B15),
    "Prepayment/PaymentControlConfiguration": (0x0705, 0x0000),
    "Prepayment/CreditRemaining": (0x0705, 0x0001),
    "Prepayment/EmergencyCreditRemaining": (0x0705, 0x0002),
    "Prepayment/AccumulatedDebt": (0x0705, 0x0005),
    "Prepayment/OverallDebtCap": (0x0705, 0x0006),
    "Prepayment/EmergencyCreditLimitAllowance": (0x0705, 0x0010),
    "Prepayment/EmergencyCreditThreshold": (0x0705, 0x0011),
    "Prepayment/MaxCreditLimit": (0x0705, 0x0021),
    "Prepayment/MaxCreditPerTopUp": (0x0705, 0x0022),
    "Prepayment/LowCreditWarningLevel": (0x0705, 0x0031),
    "Prepayment/CutOffValue": (0x0705, 0x0040),
    "Prepayment/DebtAmount#1": (0x0705, 0x0211),
    "Prepayment/DebtRecoveryFrequency#1": (0x0705, 0x0216),
    "Prepayment/DebtRecoveryAmount#1": (0x0705, 0x0217),
    "Prepayment/DebtAmount#2": (0x0705, 0x0221),
    "Prepayment/DebtRecoveryFrequency#2": (0x0705, 0x0226),
    "Prepayment/DebtRecoveryAmount#2": (0x0705, 0x0227),
    "Prepayment/DebtAmount#3": (0x0705, 0x0231),
    "Prepayment/DebtRecoveryTopUpPercentage#3": (0x0705, 0x0239),
}


def attribute(path: str, name: str, fill: Fill) -> Row:
    """A row for an attribute that was read."""
    return row(path, (ATTRIBUTES, NAMES[name]), fill)


def unused(*names: str) -> list[Row]:
    """Attributes that GBCS makes constant or that MMC has no place for."""
    return [attribute("", name, constant) for name in names]


def first(command: str, path: str, field: str, fill: Fill) -> Row:
    """A row for a field of the one component of a command."""
    return row(path, (command, 0, field), fill)


# Every publish command repeats these; MMC has no place for them.
ADMINISTRATION = (
    "Provider ID", "Issuer Event ID", "Issuer Calendar ID", "Command Index", "Total Number of Commands", "Total Commands",
    "Snapshot ID", "Total Snapshots Found", "Snapshot Cause", "Snapshot Payload Type", "Calendar Type",
    "Total Number of Schedule Entries", "Total Number of SpecialDays", "Total Number of Events", "Log Payload Control",
    "Number of Tiers in Use", "Number of Tiers and Block Thresholds in Use", "Sample ID", "Sample Type", "Number of Samples",
    "Sample Request Interval",
)  # fmt: skip


def administration(element: etree._Element, datum: Datum) -> None:
    """Declares the administrative fields of a list of components as left out."""
    for component in datum:
        for name in ADMINISTRATION:
            component.ignore(name)


def leave_out(*commands: str) -> list[Row]:
    """Rows for the administrative fields of these commands."""
    return [row("", command, administration) for command in commands]


def _factor(root: Datum, name: str) -> int:
    found = root.at(ATTRIBUTES, NAMES[name])
    return 1 if found is None else found.number


def volumes(
    names: Mapping[str, str], multiplier: str = "Metering/Multiplier", divisor: str = "Metering/Divisor"
) -> Row:
    """Attributes that count in the unit of multiplier and divisor; a name that ends in #n gives index n."""

    def fill(element: etree._Element, root: Datum) -> None:
        factor, by = _factor(root, multiplier), _factor(root, divisor)
        if by == 0:
            raise UnexpectedValueError(root, "a read with a divisor other than zero")
        for path, name in names.items():
            found = root.at(ATTRIBUTES, NAMES[name])
            if found is None:
                continue
            where, _, index = path.partition("#")
            place = element
            *containers, leaf = where.split("/")
            for container in containers:
                place = inside(place, container)
            child = add(place, leaf, _decimal(Decimal(found.number * factor) / by))
            if index:
                child.set("index", index)

    return row("", (), fill)


def _decimal(value: Decimal) -> str:
    """Without an exponent, without needless zeros."""
    plain = format(value, "f")
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


UNIT = word({1: "m3"})
CONSUMPTION = [
    volumes({"ConsumptionRegister/Value": "Metering/CurrentSummationDelivered"}),
    attribute("ConsumptionRegister/Unit", "Metering/UnitOfMeasure", UNIT),
]
BLOCK_COUNTERS = [
    volumes({
        f"ImportBlockCounters/TariffBlockCounterValue#{n}": f"Metering/CurrentNoTierBlock{n}SummationDelivered"
        for n in range(1, 5)
    }),
    *unused("Metering/UnitOfMeasure"),
]  # fmt: skip
TOU_REGISTERS = [
    volumes({
        f"TariffTOURegisterMatrix/TOURegisterMatrixValue#{n}": f"Metering/CurrentTier{n}SummationDelivered"
        for n in range(1, 5)
    }),
    *unused("Metering/UnitOfMeasure"),
]  # fmt: skip
PREPAYMENT_REGISTERS = [
    attribute("EmergencyCreditBalance", "Prepayment/EmergencyCreditRemaining", INTEGER),
    attribute("AccumulatedDebtRegister", "Prepayment/AccumulatedDebt", INTEGER),
    attribute("PaymentDebtRegister", "Prepayment/DebtAmount#3", INTEGER),
    attribute("TimeDebtRegister1", "Prepayment/DebtAmount#1", INTEGER),
    attribute("TimeDebtRegister2", "Prepayment/DebtAmount#2", INTEGER),
    attribute("MeterBalance", "Prepayment/CreditRemaining", INTEGER),
    *unused("Price/PriceTrailingDigit", "Price/Currency"),
]
METER_BALANCE = [
    attribute("MeterBalance", "Metering/BillToDateDelivered", INTEGER),
    attribute("Gas/MeterBalancePrepaymentMode", "Prepayment/CreditRemaining", INTEGER),
]

SNAPSHOT, PREPAY_SNAPSHOT = "Publish Snapshot", "Publish Prepay Snapshot"
PREPAY_ENTRY = [
    row("AccumulatedDebtRegister", "Accumulated Debt", INTEGER),
    row("EmergencyCreditBalance", "Emergency Credit Remaining", INTEGER),
    row("MeterBalance", "Credit Remaining", INTEGER),
    row("PaymentDebtRegister", "Type 3 Debt Remaining", INTEGER),
    row("TimeDebtRegisters1", "Type 1 Debt Remaining", INTEGER),
    row("TimeDebtRegisters2", "Type 2 Debt Remaining", INTEGER),
    row("Timestamp", "Snapshot Time", SECONDS),
]


def _summations(name: str, inner: str) -> Fill:
    def value(datum: Datum) -> str:
        found = datum.at(inner)
        return "0" if found is None else thousandths(found)

    return indexed(name, value)


def _tiers(name: str) -> Fill:
    return _summations(name, "Tier Summation")


def _blocks(name: str) -> Fill:
    return _summations(name, "Tier Block Summation")


TRIGGERED_LOG = [
    row("", SNAPSHOT, entries("LogEntryConsumptionRegister", [
        row("ConsumptionRegister", "Current Summation Delivered", CUBIC_METRES),
        row("Timestamp", "Snapshot Time", SECONDS),
        row("", "Tier Summations", _tiers("TariffTOURegisterMatrixValue")),
        row("", "Tier Block Summations", _blocks("BlockRegisterMatrixValue")),
    ])),
    row("", PREPAY_SNAPSHOT, entries("LogEntryPrepaymentData", PREPAY_ENTRY)),
    *leave_out(SNAPSHOT, PREPAY_SNAPSHOT),
]  # fmt: skip
BILLING_ENTRY = [
    row("Timestamp", "Snapshot Time", SECONDS),
    row("ActiveImportRegisterValueConsumption", "Current Summation Delivered", CUBIC_METRES),
    row("", "Tier Block Summations", _blocks("BlockRegisterMatrixValue")),
    row("", "Tier Summations", _tiers("TariffTOURegisterMatrixValue")),
]
BILLING_LOG = [
    row("", SNAPSHOT, entries("GSMEBillingDataLogEntry", BILLING_ENTRY)),
    row("", PREPAY_SNAPSHOT, entries("GSMEBillingPrepaymentDataLogEntry", PREPAY_ENTRY)),
    *leave_out(SNAPSHOT, PREPAY_SNAPSHOT),
]
DAILY_LOG = [
    row("", SNAPSHOT, entries("LogEntry", [
        row("Timestamp", "Snapshot Time", SECONDS),
        row("Gas/GasActiveImportRegisterConsumption", "Current Summation Delivered", CUBIC_METRES),
        row("Gas/", "Tier Block Summations", _blocks("TariffBlockCounterMatrix")),
        row("Gas/", "Tier Summations", _tiers("TariffTOURegisterMatrix")),
    ])),
    *leave_out(SNAPSHOT),
]  # fmt: skip
PREPAYMENT_DAILY_LOG = [row("", PREPAY_SNAPSHOT, entries("LogEntry", PREPAY_ENTRY)), *leave_out(PREPAY_SNAPSHOT)]

DEBT_PAYMENTS = [
    row("PaymentBasedDebtRepayment", ("Publish Debt Log", 0, "Debts"), entries("LogEntry", [
        row("Amount", "Amount Collected", INTEGER),
        row("Timestamp", "Collection Time", SECONDS),
        row("", "Debt Type", constant),
        row("", "Outstanding Debt", constant),
    ])),
    *leave_out("Publish Debt Log"),
]  # fmt: skip
PREPAYMENT_CREDITS = [
    row("PrepaymentCredits", ("Publish Top Up Log", 0, "Top Ups"), entries("LogEntry", [
        row("Amount", "TopUp Amount", INTEGER),
        row("Timestamp", "TopUp Time", SECONDS),
        row("", "TopUp Code", constant),
    ])),
    *leave_out("Publish Top Up Log"),
]  # fmt: skip

SAMPLES = "Get Sampled Data Response"
A_DAY, DAILY = 86400, 0xFFFF  # the interval of daily samples stands as FFFF


def _samples(value: str, value_first: bool) -> Fill:
    """One entry a sample, stamped with its start. ASSUMPTION: samples run on from the start time."""

    def fill(element: etree._Element, datum: Datum) -> None:
        start, interval, samples = (
            datum.at("Sample Start Time"),
            datum.at("Sample Request Interval"),
            datum.at("Samples"),
        )
        if start is None or interval is None or samples is None:
            raise UnexpectedValueError(datum, "sampled data")
        step = A_DAY if interval.number == DAILY else interval.number
        for place, sample in enumerate(samples):
            entry, volume = add(element, "LogEntry"), sample.at("Sample")
            stamp = moment(EPOCH + timedelta(seconds=start.number + place * step))
            text_ = scaled(volume.number, 3) if volume is not None else "0"
            if value_first:
                add(entry, value, text_)
            add(entry, "Timestamp", stamp)
            if not value_first:
                add(inside(entry, "Gas"), value, text_)

    return fill


ACTIVE_PROFILE = [row("", (SAMPLES, 0), _samples("PrimaryValue", False)), *leave_out(SAMPLES)]
DAILY_CONSUMPTION = [row("", (SAMPLES, 0), _samples("Value", True)), *leave_out(SAMPLES)]
NETWORK_LOG = [row("NetworkDataLog", (SAMPLES, 0), _samples("Value", True)), *leave_out(SAMPLES)]
SAMPLE_ID = [first("Start Sampling Response", "SampleID", "Sample ID", INTEGER)]

EVENT_LOG = [
    row("Log", ("Publish Event Log", 0, "Events"), entries("LogEntry", [
        row("Timestamp", "Event Time", SECONDS),
        row("LogCode", "Event ID", HEX4),
        row("LogMeaning", "Event ID", event_meaning),
        row("", "Event Data", other_information),
        row("", "Log ID", constant),
    ])),
    *leave_out("Publish Event Log"),
]  # fmt: skip

SUPPLY_STATUS = [
    attribute("SupplyState", "Metering/SupplyStatus", word({0: "Disabled", 1: "Armed", 2: "Enabled"})),
    attribute("Gas/RemainingBatteryCapacity", "Metering/RemainingBatteryLifeInDays", INTEGER),
]
STATE = word({0: "Locked", 3: "Unchanged"})
IDENTITY = [
    attribute("ModelType", "Basic/ModelIdentifier", TEXT),
    attribute("ManufacturerIdentifier", "Basic/ManufacturerName", TEXT),
    attribute("Gas/SupplyTamperState", "Metering/SupplyTamperState", STATE),
    attribute("Gas/SupplyDepletionState", "Metering/SupplyDepletionState", STATE),
]
MPRN = [attribute("Gas/MPRN", "Metering/SiteID", TEXT)]


def _version(element: etree._Element, datum: Datum) -> None:
    """Four octets, or their eight digits."""
    octets = datum.octets
    element.text = octets.hex().upper() if len(octets) == 4 else octets.decode("ascii", "replace")


FIRMWARE_VERSION = [attribute("FirmwareVersion", "Metering/CurrentMeterID", _version)]


def _trailing(value: str, digits: str) -> Fill:
    """A number of which the upper four bits of another attribute say how many digits are decimals."""

    def fill(element: etree._Element, root: Datum) -> None:
        number, places = root.at(ATTRIBUTES, NAMES[value]), root.at(ATTRIBUTES, NAMES[digits])
        if number is not None and places is not None:
            element.text = scaled(number.number, places.number >> 4)

    return fill


def _flow(element: etree._Element, root: Datum) -> None:
    """The threshold times its multiplier by its divisor."""
    threshold = root.at(ATTRIBUTES, NAMES["Metering/UncontrolledFlowThreshold"])
    divisor = _factor(root, "Metering/UncontrolledFlowDivisor")
    if threshold is not None and divisor:
        element.text = _decimal(
            Decimal(threshold.number * _factor(root, "Metering/UncontrolledFlowMultiplier")) / divisor
        )


def _when_read(name: str, path: str, fill: Fill) -> Row:
    def only(element: etree._Element, root: Datum) -> None:
        if root.at(ATTRIBUTES, NAMES[name]) is not None:
            fill(add(element, path), root)

    return row("", (), only)


CONVERSION = [
    _when_read(
        "Price/CalorificValue", "CalorificValue", _trailing("Price/CalorificValue", "Price/CalorificValueTrailingDigit")
    ),
    _when_read(
        "Price/ConversionFactor",
        "ConversionFactor",
        _trailing("Price/ConversionFactor", "Price/ConversionFactorTrailingDigit"),
    ),
    _when_read("Metering/UncontrolledFlowThreshold", "UncontrolledGasFlowRate", _flow),
    attribute("FlowStabilisationPeriod", "Metering/FlowStabilisationPeriod", INTEGER),
    attribute("FlowMeasurementPeriod", "Metering/FlowMeasurementPeriod", INTEGER),
    *unused("Price/CalorificValueUnit", "Metering/UncontrolledFlowThresholdUnitOfMeasure"),
]

# Payment control configuration of ZSE: bit 1 prepayment; bits 10 and 11 as DUIS and command stand side by side.
PREPAYMENT, SUSPEND_DISABLED, NO_SUSPEND_EMERGENCY = 0x0002, 0x0400, 0x0800


def _payment_mode(element: etree._Element, datum: Datum) -> None:
    configuration = datum.number
    add(element, "PaymentMode", "Prepayment" if configuration & PREPAYMENT else "Credit")
    add(element, "SuspendDebtEmergency", "false" if configuration & NO_SUSPEND_EMERGENCY else "true")
    add(element, "SuspendDebtDisabled", "true" if configuration & SUSPEND_DISABLED else "false")


PAYMENT_MODE = [attribute("", "Prepayment/PaymentControlConfiguration", _payment_mode)]
ALERT_SETTINGS = [
    row("", ("Report Event Configuration", 0, "Events"), alert_settings.GAS_EVENTS),
    *leave_out("Report Event Configuration"),
]

# Billing Period Duration Type: lower four bits the time base, upper four how it is aligned.
PERIODS = {
    (1, 1): "Daily",
    (2, 1): "Weekly",
    (1, 7): "Weekly",
    (3, 1): "Monthly",
    (3, 3): "Quarterly",
    (3, 6): "SixMonthly",
    (3, 12): "Yearly",
}
BILLING = "Publish Billing Period"


def _periodicity(element: etree._Element, datum: Datum) -> None:
    duration, base = datum.at("Billing Period Duration"), datum.at("Billing Period Duration Type")
    if duration is None or base is None or (base.number & 0xF, duration.number) not in PERIODS:
        raise UnexpectedValueError(datum, "a billing period of a length that the schema has")
    element.text = PERIODS[base.number & 0xF, duration.number]


BILLING_CALENDAR = [
    first(BILLING, "BillingCalendar/GasBillingCalendar/BillingPeriodStart", "Billing Period Start Time", SECONDS),
    row("BillingCalendar/GasBillingCalendar/Periodicity", (BILLING, 0), _periodicity),
    first(BILLING, "", "Tariff Type", constant),
    *leave_out(BILLING),
]
