"""Log entries of the ESME's registers and balances: billing data log, daily read log and their alert.

A single element ESME leaves out the two secondary columns, so the length of an entry tells which it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from meterbed.duis.catalogue.convert import INTEGER, SECONDS, number
from meterbed.duis.catalogue.electricity import by_length
from meterbed.duis.catalogue.rows import Row, Rows, entries, indexed, row

TWIN = ("time", "active", "second", "tou", "second_tou", "block1", "block2", "block3", "block4")
SINGLE = tuple(column for column in TWIN if not column.startswith("second"))
BALANCES = ("emergency", "balance", "payment", "time1", "time2", "accumulated")

BALANCE_NAMES = {
    "accumulated": "AccumulatedDebtRegister",
    "emergency": "EmergencyCreditBalance",
    "balance": "MeterBalance",
    "payment": "PaymentDebtRegister",
    "time1": "TimeDebtRegisters1",
    "time2": "TimeDebtRegisters2",
    "time": "Timestamp",
}
# Which type of the schema wants which columns, in which order.
MATRICES = {
    "tou": "TariffTOURegisterMatrixValue",
    "second_tou": "SecondaryTariffTOURegisterMatrixValue",
    **{f"block{n}": f"TariffTOUBlock{n}RegisterMatrixValue" for n in range(1, 5)},
}
BLOCKS = ("block1", "block2", "block3", "block4")
TRIGGERED = ("active", "tou", *BLOCKS, "second", "second_tou", "time")
BILLING = ("time", "active", "second", "tou", "second_tou", *BLOCKS)
DAILY = ("time", "active", "second", "second_tou", "tou", *BLOCKS)


def _rows(columns: Sequence[str], wanted: Sequence[str], names: dict[str, str], below: str = "") -> list[Row]:
    rows = []
    for column in wanted:
        if column not in columns:
            continue
        place = columns.index(column)
        if column in MATRICES:
            rows.append(row(below, place, indexed(MATRICES[column], number)))
        elif column == "time":
            rows.append(row(names[column], place, SECONDS))
        else:
            rows.append(row(below + names[column], place, INTEGER))
    return rows


def _layouts(
    wanted: Sequence[str], names: dict[str, str], below: str = "", more: Sequence[str] = ()
) -> dict[int, Rows]:
    columns = (*SINGLE, *more), (*TWIN, *more)
    return {len(layout): _rows(layout, wanted, names, below) for layout in columns}


TRIGGERED_NAMES = {
    "active": "ActiveImportRegisterConsumption",
    "second": "SecondaryActiveImportRegisterConsumption",
    "time": "Timestamp",
}
BILLING_NAMES = {
    "active": "ActiveImportRegisterValueConsumption",
    "second": "SecondaryActiveImportRegisterValueConsumption",
    "time": "Timestamp",
}
DAILY_NAMES = {
    "active": "ElecActiveImportRegisterConsumption",
    "second": "SecondaryActiveImportRegisterConsumption",
    "time": "Timestamp",
}
BILLING_ENTRY = by_length(_layouts(BILLING, BILLING_NAMES))
PREPAYMENT_ENTRY = _rows(("time", *BALANCES), tuple(BALANCE_NAMES), BALANCE_NAMES)

TRIGGERED_LOG = [
    row("", (0, 0), entries("LogEntryConsumptionAndTariffRegistersData", [
        row("", (), by_length(_layouts(TRIGGERED, TRIGGERED_NAMES, more=BALANCES)))
    ])),
    row("", (0, 0), entries("LogEntryPrepaymentData", [
        row("", (), by_length(_layouts(tuple(BALANCE_NAMES), BALANCE_NAMES, more=BALANCES)))
    ])),
]  # fmt: skip
BILLING_LOG = [
    row("", (0, 0), entries("ESMEBillingDataLogEntry", [row("", (), BILLING_ENTRY)])),
    row("", (0, 1), entries("ESMEBillingPrepaymentDataLogEntry", PREPAYMENT_ENTRY)),
]
DAILY_LOG = [
    row("", (0, 0), entries("LogEntry", [row("", (), by_length(_layouts(DAILY, DAILY_NAMES, "Electricity/")))])),
]
PREPAYMENT_DAILY_LOG = [row("", (0, 0), entries("LogEntry", PREPAYMENT_ENTRY))]
