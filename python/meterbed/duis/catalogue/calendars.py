"""Calendars other than the tariffs': billing, auxiliary loads, non-disablement; classes 22, 10 and 11 of DLMS."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import TIME, bits, date, plain_date, time_text, week_days, word
from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Fill, add

UNSPECIFIED = 0xFF
# How many dates of a year the longer periods list.
PERIODS = {4: "Quarterly", 2: "SixMonthly", 1: "Yearly"}


def billing_calendar(element: etree._Element, datum: Datum) -> None:
    """One date with wildcards, or each date of the year when a longer period ends."""
    executions = [(entry.at(0), entry.at(1)) for entry in datum]
    times = [time.octets for time, _ in executions if time is not None]
    dates = [day.octets for _, day in executions if day is not None]
    if not dates or len(times) != len(dates) or any(len(day) != 5 for day in dates):
        raise UnexpectedValueError(datum, "a list of times and dates")
    add(element, "BillingTime", time_text(times[0]))
    month, day, week_day = dates[0][2:5]
    if month != UNSPECIFIED:
        if len(dates) not in PERIODS:
            raise UnexpectedValueError(datum, "one, two or four dates of a year")
        place = add(element, PERIODS[len(dates)])
        add(place, "DayOfMonth", day)
        add(place, "BillingPeriodStartMonth", min(entry[2] for entry in dates))
    elif day != UNSPECIFIED:
        add(element, "Monthly", day)
    elif week_day != UNSPECIFIED:
        add(element, "Weekly", week_day)
    else:
        add(element, "Daily")


def special_days(name: str, key: str = "index") -> Fill:
    """Numbered dates; the day identifier repeats the number."""

    def fill(element: etree._Element, datum: Datum) -> None:
        for entry in datum:
            index, day = entry.at(0), entry.at(1)
            entry.ignore(2)
            if index is None or day is None:
                continue
            identifier = entry.at(2)
            # ECS61a counts entries from 1; a calendar that counts from 0 tells by its day identifier.
            value = index.number or (identifier.number if identifier is not None else 1)
            date(add(element, name, **{key: value}), day)

    return fill


def schedule(name: str, action: Fill, dates: str, specials: Fill) -> Fill:
    """Class 10: index, enable, script table, script, time, window, week days, special days, begin, end."""

    def fill(element: etree._Element, datum: Datum) -> None:
        for entry in datum:
            place = add(element, name)
            for constant in (0, 1, 2, 5):
                entry.ignore(constant)
            _fill(place, entry, 3, action)
            _fill(place, entry, 7, specials)
            _fill(add(place, "DaysOfWeekApplicability"), entry, 6, week_days)
            window(add(place, dates), entry)

    return fill


def _fill(place: etree._Element, entry: Datum, position: int, fill: Fill) -> None:
    found = entry.at(position)
    if found is not None:
        fill(place, found)


def window(element: etree._Element, entry: Datum) -> None:
    """SwitchTime, StartDate, EndDate with wildcards."""
    time, begin, end = entry.at(4), entry.at(8), entry.at(9)
    if time is not None:
        add(element, "SwitchTime", time_text(time.octets))
    if begin is not None:
        date(add(element, "StartDate"), begin)
    if end is not None:
        date(add(element, "EndDate"), end)


def special_days_of_auxiliary(key: str) -> Fill:
    """An element for each special day on which the entry applies."""

    def fill(element: etree._Element, datum: Datum) -> None:
        for place, bit in enumerate(bits(datum), 1):
            if bit == "1":
                add(element, "SpecialDaysApplicability", **{key: place})

    return fill


def switch_action(element: etree._Element, datum: Datum) -> None:
    """Script selector of an ALCS or HCALCS: number, then 01 activate, 02 deactivate."""
    selector = datum.number
    actions = {1: "ActivateSwitch", 2: "DeactivateSwitch"}
    if selector & 0xFF not in actions:
        raise UnexpectedValueError(datum, "a script that activates or deactivates")
    add(add(element, "ActivateDeactivateSwitch", index=selector >> 8), actions[selector & 0xFF])


def auxiliary_action(element: etree._Element, datum: Datum) -> None:
    """Commanded state: direction (1 output, 2 input), controller, level; as in SetAuxiliaryControllerState."""
    state = datum.number
    place = add(element, "AuxiliaryControllerAction", auxiliaryControllerN=(state >> 8) & 0xF)
    add(place, "CommandedStateLevel", state & 0xFF)
    if state >> 12 == 2:
        add(place, "InputFromControlledLoad")


# DUIS and command side by side in the reference test data.
NON_DISABLEMENT_SCRIPTS = {32: "START", 33: "STOP"}


def non_disablement(element: etree._Element, datum: Datum) -> None:
    """Entries of the non-disablement calendar, below the element."""
    for entry in datum:
        place = add(element, "ElectricityNonDisablementSchedule")
        for constant in (0, 1, 2, 5):
            entry.ignore(constant)
        _fill(add(place, "NonDisablementScript"), entry, 3, word(NON_DISABLEMENT_SCRIPTS))
        days = entry.at(7)
        if days is not None:
            holder = add(place, "SpecialDaysApplicability")
            for day, bit in enumerate(bits(days), 1):
                if bit == "1":
                    add(add(holder, "SpecialDayApplicability"), "SpecialDayID", day)
        _fill(add(place, "DaysOfWeekApplicability"), entry, 6, week_days)
        holder = add(place, "ScheduleDatesAndTime")
        _fill(add(holder, "SwitchTime"), entry, 4, TIME)
        _fill(add(holder, "StartDate"), entry, 8, plain_date)
        _fill(add(holder, "EndDate"), entry, 9, plain_date)
