"""Voltage: operational data (4.10) and configuration (6.2.1), for one phase and for three."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import INTEGER, SECONDS, constant, word
from meterbed.duis.catalogue.datum import Datum
from meterbed.duis.catalogue.rows import Row, add, entries, row, write

# DLMS unit 255: a count.
COUNT = word({255: "count"})
ITEMS_OF_A_PHASE = 6


def _operational(below: str, first: int) -> list[Row]:
    """Under voltage counter and scaler, over voltage counter and scaler, log, measurement period."""
    return [
        row(f"{below}AvgRMSOverVoltageCounter/Value", first + 2, INTEGER),
        row(f"{below}AvgRMSOverVoltageCounter/Unit", (first + 3, 1), COUNT),
        row("", (first + 3, 0), constant),
        row(f"{below}AvgRMSUnderVoltageCounter/Value", first, INTEGER),
        row(f"{below}AvgRMSUnderVoltageCounter/Unit", (first + 1, 1), COUNT),
        row("", (first + 1, 0), constant),
        row(f"{below}AvgRMSVoltageProfileDataLog/", first + 4, entries("LogEntry", [
            row("Value", 1, INTEGER),
            row("Timestamp", 0, SECONDS),
        ])),
        row(f"{below}AvgRMSVoltageProfileDataLog/MeasurementPeriod", first + 5, INTEGER),
    ]  # fmt: skip


OPERATIONAL = _operational("SinglePhaseESME/", 0)


def _phases_operational(element: etree._Element, datum: Datum) -> None:
    for phase in (1, 2, 3):
        place = add(add(element, "PolyPhaseESME") if phase == 1 else element[-1], "PhaseVoltageOperationalData")
        write(place, _operational("VoltageOperationalData/", (phase - 1) * ITEMS_OF_A_PHASE), datum)
        add(place, "Phase", phase)


OPERATIONAL_POLYPHASE = [row("", (), _phases_operational)]

SETTINGS = [
    row("RMSVoltageSettings/RMSExtremeOverVoltageMeasurementPeriod", 1, INTEGER),
    row("RMSVoltageSettings/RMSExtremeOverVoltageThreshold", 0, INTEGER),
    row("RMSVoltageSettings/RMSExtremeUnderVoltageMeasurementPeriod", 3, INTEGER),
    row("RMSVoltageSettings/RMSExtremeUnderVoltageThreshold", 2, INTEGER),
    row("RMSVoltageSettings/RMSVoltageSagMeasurementPeriod", 5, INTEGER),
    row("RMSVoltageSettings/RMSVoltageSagThreshold", 4, INTEGER),
    row("RMSVoltageSettings/RMSVoltageSwellMeasurementPeriod", 7, INTEGER),
    row("RMSVoltageSettings/RMSVoltageSwellThreshold", 6, INTEGER),
]
CONFIGURATION = [
    row("SinglePhaseVoltageSettings/AverageRMSOverVoltageThreshold", 8, INTEGER),
    row("SinglePhaseVoltageSettings/AverageRMSUnderVoltageThreshold", 9, INTEGER),
    *SETTINGS,
]

# Positions of the over and under voltage thresholds by phase: the wire has phase 1 the other way round.
THRESHOLDS = {1: (8, 9), 2: (11, 10), 3: (13, 12)}


def _phases_configuration(element: etree._Element, datum: Datum) -> None:
    for phase, (over, under) in THRESHOLDS.items():
        place = add(element, "PolyPhaseVoltageSettings")
        add(place, "Phase", phase)
        rows = [
            row("PhaseVoltageSettings/AverageRMSOverVoltageThreshold", over, INTEGER),
            row("PhaseVoltageSettings/AverageRMSUnderVoltageThreshold", under, INTEGER),
        ]
        write(place, rows, datum)


CONFIGURATION_POLYPHASE = [row("", (), _phases_configuration), *SETTINGS]
