"""MMC bodies of the ESME's reads other than tariffs and configuration.

The first number of a source is the position of the item in the access-response (dlms_fields order); the numbers after
it lead into its value. A decrypted item is the list of the protected attributes' values.
"""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import (
    INTEGER,
    SECONDS,
    constant,
    date_time,
    number,
    time_text,
    word,
)
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Fill, Rows, add, entries, indexed, row, write

ACTIVE, REACTIVE = word({30: "Wh"}), word({32: "varh"})
WATT = word({27: "W"})


def by_length(layouts: dict[int, Rows]) -> Fill:
    """A structure whose layout follows from its length: ESMEs with a second element have more."""

    def fill(element: etree._Element, datum: Datum) -> None:
        if len(datum) not in layouts:
            raise UnexpectedValueError(datum, f"a structure of {' or '.join(map(str, sorted(layouts)))} members")
        write(element, layouts[len(datum)], datum)

    return fill


EXPORT_REGISTERS = [
    row("ActiveExportRegister/Value", 0, INTEGER),
    row("ActiveExportRegister/ActiveEnergyUnit", (1, 1), ACTIVE),
    row("", (1, 0), constant),
    row("ReactiveExportRegister/Value", 2, INTEGER),
    row("ReactiveExportRegister/ReactiveEnergyUnit", (3, 1), REACTIVE),
    row("", (3, 0), constant),
]
IMPORT_REGISTERS = [
    row("ActiveImportRegister/Value", (0, 0, 0), INTEGER),
    row("ActiveImportRegister/ActiveEnergyUnit", (0, 0, 1, 1), ACTIVE),
    row("", (0, 0, 1, 0), constant),
    row("ReactiveImportRegister/Value", (0, 0, 2), INTEGER),
    row("ReactiveImportRegister/ReactiveEnergyUnit", (0, 0, 3, 1), REACTIVE),
    row("", (0, 0, 3, 0), constant),
    row("SecondaryActiveImportRegister/Value", (0, 0, 4), INTEGER),
]
POWER_IMPORT = [
    row("ActivePowerImport/Value", (0, 0), INTEGER),
    row("ActivePowerImport/Unit", (0, 1, 1), WATT),
    row("", (0, 1, 0), constant),
    row("PrimaryActivePowerImportValue", (0, 2), INTEGER),
]
TOU_REGISTERS = [
    row("TariffTOURegisterCollection", (0, 0, 0), indexed("TOUPrimaryRegisterValue", number)),
    row("", (0, 0, 1), lambda element, datum: indexed("TOUSecondRegisterValue", number)(element[-1], datum)),
]


def _blocks(element: etree._Element, datum: Datum) -> None:
    """64 values: per block 8 registers, then 8 counters, by time of use. ASSUMPTION: registers come first."""
    values = list(datum)
    for block in range(len(values) // 16):
        place = add(element, "TariffBlock", index=block + 1)
        for name, start in (("RegisterMatrixTOUValue", 0), ("CounterMatrixTOUValue", 8)):
            for tou in range(8):
                add(place, name, values[block * 16 + start + tou].number, index=tou + 1)


TOU_BLOCK_REGISTERS = [row("TariffBlockTOURegisterCollection", (0, 0, 0), _blocks)]

MAXIMUM_DEMAND_EXPORT = [
    row("MaxDemandActiveEnergyExport/Value", 1, INTEGER),
    row("MaxDemandActiveEnergyExport/CaptureTime", 3, date_time),
    row("MaxDemandActiveEnergyExport/LastResetDateTime", 0, date_time),
    row("", 2, constant),
]


def _demand_period(element: etree._Element, datum: Datum) -> None:
    """Schedule entries: script 1 starts the configurable time, script 2 ends it; the rest is constant."""
    times = {}
    for entry in datum:
        selector, time = entry.at(3), entry.at(4)
        if selector is not None and time is not None:
            times[selector.number] = time_text(time.octets)
        entry.ignore()
    if set(times) != {1, 2}:
        raise UnexpectedValueError(datum, "a start and an end of the maximum demand period")
    add(element, "StartTime", times[1])
    add(element, "EndTime", times[2])


MAXIMUM_DEMAND_IMPORT = [
    row("MaxDemandConfigurableTimeActivePowerImport/Value", 5, INTEGER),
    row("MaxDemandConfigurableTimeActivePowerImport/CaptureTime", 7, date_time),
    row("MaxDemandConfigurableTimeActivePowerImport/LastResetDateTime", 0, date_time),
    row("MaxDemandActiveEnergyImport/Value", 2, INTEGER),
    row("MaxDemandActiveEnergyImport/CaptureTime", 4, date_time),
    row("MaxDemandActiveEnergyImport/LastResetDateTime", 1, date_time),
    row("MaxDemandConfigurableTimePeriod", 8, _demand_period),
    row("", 3, constant),
    row("", 6, constant),
]
PREPAYMENT_REGISTERS = [
    row("EmergencyCreditBalance", (0, 0, 1), INTEGER),
    row("AccumulatedDebtRegister", (0, 0, 2), INTEGER),
    row("PaymentDebtRegister", (0, 0, 5), INTEGER),
    row("TimeDebtRegister1", (0, 0, 3), INTEGER),
    row("TimeDebtRegister2", (0, 0, 4), INTEGER),
    row("MeterBalance", (0, 0, 0), INTEGER),
]


def _value_log(name: str, value: str, value_first: bool = True, stamp: str = "Timestamp") -> Fill:
    """Entries of time stamp and one number."""
    columns = [row(value, 1, INTEGER), row(stamp, 0, SECONDS)]
    return entries(name, columns if value_first else columns[::-1])


DEBT_PAYMENTS = [row("PaymentBasedDebtRepayment", 0, _value_log("LogEntry", "Amount"))]
PREPAYMENT_CREDITS = [row("PrepaymentCredits", 0, _value_log("LogEntry", "Amount"))]
EXPORT_DAILY_LOG = [row("", 0, _value_log("LogEntry", "ActiveExportRegisterValue", stamp="TimeStamp"))]
REACTIVE_PROFILE = [row("", 0, _value_log("LogEntry", "ReactiveEnergyImportedValue"))]
EXPORT_PROFILE = [
    row("", 0, entries("LogEntry", [
        row("ActiveEnergyExportedValue", 1, INTEGER),
        row("ReactiveEnergyExportedValue", 2, INTEGER),
        row("Timestamp", 0, SECONDS),
    ]))
]  # fmt: skip
ACTIVE_PROFILE = [
    row("", (0, 0), entries("LogEntry", [
        row("Timestamp", 0, SECONDS),
        row("Electricity/PrimaryValue", 1, INTEGER),
        row("Electricity/SecondaryValue", 2, INTEGER),
    ]))
]  # fmt: skip
DAILY_CONSUMPTION = [row("", (0, 0), _value_log("LogEntry", "Value"))]
