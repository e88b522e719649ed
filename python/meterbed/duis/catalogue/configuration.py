"""Configuration of the ESME and of the hub (6.2.x, 4.13, 4.15), supply state, auxiliary loads (7.x)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from meterbed.duis.catalogue import calendars
from meterbed.duis.catalogue.convert import (
    BOOLEAN,
    EUI,
    HEX,
    INTEGER,
    SECONDS,
    TEXT,
    bits,
    characters,
    constant,
    eui,
    word,
)
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Row, add, entries, inside, row, write

SUPPLY_STATE = word({0: "Disabled", 1: "Enabled", 2: "Armed"})
TAMPER_STATE = word({1: "Locked", 0: "Unchanged"})
LOAD_LIMIT_STATE = word({1: "Disable", 0: "Unchanged"})
PAYMENT_MODE = word({1: "Credit", 2: "Prepayment"})

METER_BALANCE = [row("MeterBalance", 0, INTEGER)]
SUPPLY_STATUS = [row("SupplyState", 0, SUPPLY_STATE)]
LOAD_LIMIT = [
    row("LoadLimitCounterValue", 1, INTEGER),
    row("", 2, constant),
    row("LoadLimitPowerThreshold", 3, INTEGER),
    row("LoadLimitPeriod", 4, INTEGER),
    row("LoadLimitRestorationPeriod", 5, INTEGER),
    row("LoadLimitSupplyState", 0, LOAD_LIMIT_STATE),
]
RANDOMISATION = [
    row("RandomisedOffset", 0, INTEGER),
    row("RandomisedOffsetNumber", 1, INTEGER),
    row("RandomisedOffsetLimit", 2, INTEGER),
]
BILLING_CALENDAR = [row("BillingCalendar/ElectricityBillingCalendar", 0, calendars.billing_calendar)]
POWER_THRESHOLDS = [
    row("LowMediumPowerThreshold", (0, 0), INTEGER),
    row("MediumHighPowerThreshold", (0, 1), INTEGER),
]
ACCOUNT_MODE = [row("PaymentMode", (0, 0), PAYMENT_MODE), row("", (0, 1), constant)]
FIRMWARE_VERSION = [row("FirmwareVersion", 0, HEX)]


# The response names no objects: identity items tell themselves apart by type and length. ECS26e and ECS26i, which are
# superseded, have the device's identifier before the model: eight octets both.
IDENTITY: dict[str, Callable[[object], bool]] = {
    "model": lambda value: isinstance(value, bytes) and len(value) == 8,
    "maker": lambda value: isinstance(value, bytes) and len(value) not in (1, 8),
    "tamper": lambda value: isinstance(value, bool),
    "variant": lambda value: isinstance(value, bytes) and len(value) == 1,
}
IDENTITY_ROWS = {
    "model": ("ModelType", TEXT),
    "maker": ("ManufacturerIdentifier", TEXT),
    "tamper": ("Electricity/SupplyTamperState", TAMPER_STATE),
    "variant": ("Electricity/MeterVariant", TEXT),
}


def _identity(element: etree._Element, datum: Datum) -> None:
    values = {path[0]: value for path, value in datum.leaves()}
    of_eight = [place for place, value in values.items() if IDENTITY["model"](value)]
    if len(of_eight) > 1:
        write(element, [row("DeviceIdentifier", of_eight[0], EUI)], datum)
        del values[of_eight[0]]
    for kind, fits in IDENTITY.items():
        for place, value in values.items():
            if fits(value):
                write(element, [row(IDENTITY_ROWS[kind][0], place, IDENTITY_ROWS[kind][1])], datum)


IDENTITY_BODY = [row("", (), _identity)]

MPAN = 13


def _mpans(element: etree._Element, datum: Datum) -> None:
    """The import MPAN, and that of the second element behind it."""
    combined = characters(datum)
    add(inside(element, "Electricity"), "ImportMPAN", combined[:MPAN])
    if len(combined) > MPAN:
        add(inside(element, "Electricity"), "SecondaryImportMPAN", combined[MPAN:])


MPANS = [row("", 0, _mpans), row("Electricity/ExportMPAN", 1, TEXT)]


def _rate(number: int, charge: int, period: int) -> list[Row]:
    below = f"Electricity/DebtRecovery{number}/"
    return [
        row(f"{below}DebtRecoveryRate", (charge, 2, 0, 1), INTEGER),
        row(f"{below}DebtRecoveryRatePriceScale", (charge, 0, 1), INTEGER),
        row(f"{below}DebtRecoveryRatePeriod", period, word({3600: "HOURLY", 86400: "DAILY"})),
        row("", (charge, 0, 0), constant),
        row("", (charge, 1), constant),
        row("", (charge, 2, 0, 0), constant),
    ]


ACCOUNT, EMERGENCY, TIME_DEBTS = (
    bytes.fromhex("0000130A00FF"),
    bytes.fromhex("0000130A01FF"),
    bytes.fromhex("0000131401FF"),
)


def _suspensions(element: etree._Element, datum: Datum) -> None:
    """Which charge is collected from which credit (class 111 attribute 11). ASSUMPTION: the first bit of a pair is
    collection while the supply is disabled; time debt is suspended in emergency credit when its pair has no bit, or is
    not listed.
    """
    pairs: dict[tuple[bytes, bytes], str] = {}
    for entry in datum:
        credit, charge, collection = entry.at(0), entry.at(1), entry.at(2)
        if credit is None or charge is None or collection is None:
            raise UnexpectedValueError(entry, "a credit, a charge and when it is collected")
        pairs[credit.octets, charge.octets] = bits(collection)
    disabled, emergency = (pairs.get((credit, TIME_DEBTS), "") for credit in (ACCOUNT, EMERGENCY))
    add(element, "SuspendDebtDisabled", "false" if disabled.startswith("1") else "true")
    add(element, "SuspendDebtEmergency", "false" if "1" in emergency else "true")


def _prepayment(element: etree._Element, datum: Datum) -> None:
    """18 items: the charges of the two debts stand twice, for value and amount (GBCS 20). Known with 16 too, once each."""
    again = () if len(datum) == 16 else (3, 6)
    places = [place for place in range(18) if place not in again]
    for place in again:
        datum.ignore(place)
    write(element, _prepayment_rows(*places[:16]), datum)


def _prepayment_rows(*at: int) -> list[Row]:
    return [
        row("DebtRecoveryPerPayment", at[5], INTEGER),
        row("DebtRecoveryRateCap", at[10], INTEGER),
        row("", at[11], constant),  # its period, a week
        row("DisablementThreshold", (at[7], 0), INTEGER),
        row("EmergencyCreditLimit", at[12], INTEGER),
        row("EmergencyCreditThreshold", at[13], INTEGER),
        row("LowCreditThreshold", at[9], INTEGER),
        row("CreditMaxCreditThreshold", at[6], INTEGER),
        row("MaxCreditMaxMeterBalance", at[8], INTEGER),
        row("", at[15], _suspensions),
        row("Electricity/NonDisablementCalendar/ElectricitySpecialDays", at[1], calendars.special_days("SpecialDay")),
        row("Electricity/NonDisablementCalendar/", at[14], calendars.non_disablement),
        *_rate(1, at[0], at[2]),
        *_rate(2, at[3], at[4]),
    ]


PREPAYMENT = [row("", (), _prepayment)]

# Auxiliary load control switches: descriptions, types, special days, schedule, states; the numbers of switches that a
# device does not have are left out of command and response alike.
ALCS = bytes(8)


def _switch_type(element: etree._Element, datum: Datum) -> None:
    add(element, "ALCS") if datum.octets == ALCS else add(element, "HCALCS", eui(datum))


def _shape(value: object) -> str:
    """Which of the items of ECS61a, ECS61d or ECS61e a value is."""
    if isinstance(value, bytes):
        return "type"
    if isinstance(value, bool):
        return "state"
    if isinstance(value, list):
        return "days" if value and isinstance(value[0], list) and len(value[0]) == 3 else "schedule"
    return "text"


def _sorted(datum: Datum, total: int, **firsts: int) -> dict[str, dict[int, Datum]]:
    """Items by shape and number of the load. With all `total` items there, each shape starts at a place of `firsts`, so
    that one that failed leaves its number free; with fewer, they are numbered as they come.
    """
    found: dict[str, dict[int, Datum]] = {shape: {} for shape in firsts}
    for place in range(len(datum)):
        item = datum.at(place)
        if item is None:
            continue
        shape = _shape(item.peek)
        group = found.setdefault(shape, {})
        number = place - firsts[shape] + 1 if len(datum) == total and shape in firsts else len(group) + 1
        group[number] = item
    return found


def _switches(element: etree._Element, datum: Datum) -> None:
    items = _sorted(datum, 17, text=0, type=5, days=10, schedule=11, state=12)
    columns = [("Description", "text", TEXT), ("TypeAndIdentifier", "type", _switch_type), ("State", "state", BOOLEAN)]
    for number in sorted(items["text"] | items["type"] | items["state"]):
        place = add(element, "AuxiliaryLoadControlSwitch", Index=number)
        for name, shape, fill in columns:
            if number in items[shape]:
                fill(add(place, name), items[shape][number])
    for days in items["days"].values():
        calendars.special_days("ALCSHCALCSSpecialDay")(add(element, "ALCSHCALCSSpecialDays"), days)
    for entry in items["schedule"].values():
        ALCS_SCHEDULE(element, entry)


ALCS_SCHEDULE = calendars.schedule(
    "ALCSScheduler", calendars.switch_action, "ALCSScheduleDatesAndTime", calendars.special_days_of_auxiliary("index")
)
ALCS_DATA = [row("", (), _switches)]

CONTROLLER_SCHEDULE = calendars.schedule(
    "AuxiliaryControllerSchedule",
    calendars.auxiliary_action,
    "AuxiliaryControllerSchedulePeriodAndTime",
    calendars.special_days_of_auxiliary("identifier"),
)


def _controllers(element: etree._Element, datum: Datum) -> None:
    items = _sorted(datum, 7, text=0, days=5, schedule=6)
    for number, description in items["text"].items():
        place = add(element, "AuxiliaryControllerDescription", auxiliaryControllerN=number)
        add(place, "AuxiliaryControlDescription", characters(description))
    for days in items["days"].values():
        holder = add(element, "AuxiliaryControllerSpecialDayDefinitions")
        calendars.special_days("AuxiliaryControllerSpecialDayDefinition", "identifier")(holder, days)
    for entry in items["schedule"].values():
        CONTROLLER_SCHEDULE(element, entry)


CONTROLLER_CONFIGURATION = [row("", (), _controllers)]

# ASSUMPTION: how an auxiliary controller's type is told in eight octets; anything else is the HCALCS's identifier.
CONTROLLER_TYPES = {bytes(8): "ALCS", bytes(7) + b"\x01": "APC", b"\xff" * 8: "None"}


def _controller_type(element: etree._Element, datum: Datum) -> None:
    kind = CONTROLLER_TYPES.get(datum.octets, "HCALCS")
    add(element, "AuxiliaryControllerType", kind)
    if kind == "HCALCS":
        add(element, "HCALCSID", eui(datum))


def _operation(element: etree._Element, datum: Datum) -> None:
    items = _sorted(datum, 10, type=0, text=5)
    kinds, states = items["type"], items["text"]
    for number in sorted(kinds | states):
        place = add(element, "AuxiliaryControllerOperationalData", auxiliaryControllerN=number)
        if number in kinds:
            _controller_type(add(place, "TypeAndIdentifier"), kinds[number])
        if number in states:
            holder = add(place, "AuxiliaryControllerStateAndAssociatedInformation")
            add(holder, "StateAndAssociatedInformation", characters(states[number]))


CONTROLLER_OPERATION = [row("", (), _operation)]

BOOST = [
    row("", 1, entries("EventLogEntry", [row("BoostEnd", 1, SECONDS), row("BoostStart", 0, SECONDS)])),
    row("BoostFunctionAvailability", 0, BOOLEAN),
    *(row(f"BoostFunctionControl{number}Value", 1 + number, BOOLEAN) for number in range(1, 6)),
]
