"""MMC bodies of the gas reads; gas_rows.py tells where the sources of the rows lead."""

from __future__ import annotations

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
from meterbed.duis.catalogue.gas_rows import (
    ATTRIBUTES,
    NAMES,
    attribute,
    decimal_text,
    factor,
    first,
    leave_out,
    unused,
    volumes,
)
from meterbed.duis.catalogue.logs import event_meaning, other_information
from meterbed.duis.catalogue.rows import Fill, Row, add, entries, indexed, inside, row

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
    divisor = factor(root, "Metering/UncontrolledFlowDivisor")
    if threshold is not None and divisor:
        element.text = decimal_text(
            Decimal(threshold.number * factor(root, "Metering/UncontrolledFlowMultiplier")) / divisor
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
