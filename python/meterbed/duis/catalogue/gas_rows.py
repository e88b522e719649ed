"""What the rows of the gas tables are made of.

Sources lead from {"attributes": {(cluster, attribute): value}, "Command": [fields of each component of that command]},
with the names of the ZCL layouts. Commands by which a device says that it has nothing are no fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from meterbed.duis.catalogue.convert import (
    constant,
)
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Fill, Row, add, inside, row

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


def factor(root: Datum, name: str) -> int:
    found = root.at(ATTRIBUTES, NAMES[name])
    return 1 if found is None else found.number


def volumes(
    names: Mapping[str, str], multiplier: str = "Metering/Multiplier", divisor: str = "Metering/Divisor"
) -> Row:
    """Attributes that count in the unit of multiplier and divisor; a name that ends in #n gives index n."""

    def fill(element: etree._Element, root: Datum) -> None:
        times, by = factor(root, multiplier), factor(root, divisor)
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
            child = add(place, leaf, decimal_text(Decimal(found.number * times) / by))
            if index:
                child.set("index", index)

    return row("", (), fill)


def decimal_text(value: Decimal) -> str:
    """Without an exponent, without needless zeros."""
    plain = format(value, "f")
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain
