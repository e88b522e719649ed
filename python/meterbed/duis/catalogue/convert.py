"""Converters from GBCS values to the text of MMC elements."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lxml import etree

from meterbed.duis.catalogue.datum import Datum, UnexpectedValueError
from meterbed.duis.catalogue.rows import Fill, add, text

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GAS_SCALE = 3  # registers of the GSME count thousandths of a cubic metre (multiplier 1, divisor 1000)


def moment(when: datetime) -> str:
    """2015-01-01T00:00:00Z"""
    return f"{when.year:04}-{when:%m-%dT%H:%M:%S}Z"


def seconds(datum: Datum) -> str:
    """Seconds since 2000-01-01, UTC."""
    return moment(EPOCH + timedelta(seconds=datum.number))


def date_time_text(octets: bytes) -> str | None:
    """A DLMS date-time; None when a field that an instant needs is not specified."""
    if len(octets) != 12:
        raise ValueError(f"a date-time has {len(octets)} octets, not 12")
    year = int.from_bytes(octets[:2])
    month, day, _, hour, minute, second = octets[2:8]
    if 0xFF in (month, day, hour, minute, second) or year in (0, 0xFFFF):
        return None
    try:
        return moment(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        raise ValueError(f"{octets.hex().upper()} is no date-time") from None


def date_time(element: etree._Element, datum: Datum) -> None:
    """A DLMS date-time; an unspecified one leaves no element."""
    value = date_time_text(datum.octets)
    if value is None:
        _remove(element)
    else:
        element.text = value


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def generalized_time(element: etree._Element, datum: Datum) -> None:
    """ASN.1's, which the codec gives as text."""
    value = datum.raw
    if not isinstance(value, str):
        raise UnexpectedValueError(datum, "a time")
    element.text = value


def alert_time(value: object) -> str:
    """The time of an alert: DLMS date-time, seconds since 2000-01-01, or text."""
    if isinstance(value, bytes):
        found = date_time_text(value)
        if found is None:
            raise ValueError("the alert's time is not specified")
        return found
    if isinstance(value, int):
        return moment(EPOCH + timedelta(seconds=value))
    if isinstance(value, str):
        return value
    raise ValueError("the alert has no time")


def number(datum: Datum) -> int:
    """As it stands: Wh, varh, W, seconds, tenths of a millipence and so on are GBCS's own units."""
    return datum.number


def thousandths(datum: Datum) -> str:
    """Cubic metres of gas."""
    return scaled(datum.number, GAS_SCALE)


def scaled(value: int, digits: int) -> str:
    """A number of which the last `digits` digits are decimals."""
    return format(Decimal(value).scaleb(-digits), "f")


def hundredths(datum: Datum) -> str:
    """Percentages, in hundredths of a percent on the wire."""
    return scaled(datum.number, 2)


def boolean(datum: Datum) -> str:
    """xs:boolean"""
    return "true" if datum.flag else "false"


def hexadecimal(digits: int | None = None) -> Callable[[Datum], str]:
    """Octets, or a number of so many digits, in upper case."""

    def convert(datum: Datum) -> str:
        value = datum.raw
        if isinstance(value, int) and digits:
            return f"{value:0{digits}X}"
        return datum.octets.hex().upper()

    return convert


def base64_text(datum: Datum) -> str:
    """xs:base64Binary"""
    return base64.b64encode(datum.octets).decode()


def characters(datum: Datum) -> str:
    """Text; octet-strings hold it too, padded with spaces or zeros."""
    value = datum.raw
    if isinstance(value, bytes):
        value = value.rstrip(b"\0").decode("latin-1")
    if not isinstance(value, str):
        raise UnexpectedValueError(datum, "text")
    return printable(value.rstrip(" "))


def printable(value: str) -> str:
    """What XML can hold; other characters become ?."""
    return "".join(
        c if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "?"
        for c in value
    )


def eui(datum: Datum) -> str:
    """An EUI-64."""
    octets = datum.octets
    if len(octets) != 8:
        raise UnexpectedValueError(datum, "an EUI-64")
    return octets.hex("-").upper()


def word(words: Mapping[int, str]) -> Fill:
    """The word for a number or boolean; one without a word leaves no element and stays unmapped."""

    def fill(element: etree._Element, datum: Datum) -> None:
        value = datum.peek
        if not isinstance(value, int):
            raise UnexpectedValueError(datum, "a number")
        # True stands as 01 or FF.
        found = words.get(bool(value) if set(words) <= {0, 1} else value)
        if found is None:
            _remove(element)
        else:
            element.text = found
            datum.ignore()

    return fill


def time_text(octets: bytes) -> str:
    """A DLMS time of day: hour, minute, second, hundredths; unspecified parts count as zero."""
    if len(octets) < 3:
        raise ValueError(f"a time has {len(octets)} octets, not 4")
    hour, minute, second = (0 if part == 0xFF else part for part in octets[:3])
    return clock_text(hour, minute, second)


def clock_text(hour: int, minute: int, second: int = 0) -> str:
    """A time of day; more than 23:59:59 is refused."""
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"{hour}:{minute:02}:{second:02} is no time of day")
    return f"{hour:02}:{minute:02}:{second:02}Z"


def time_of_day(datum: Datum) -> str:
    """xs:time"""
    return time_text(datum.octets)


def date(element: etree._Element, datum: Datum) -> None:
    """A DLMS date (or the date of a date-time) with wildcards, as the type Date of the schema."""
    octets = datum.octets
    if len(octets) < 5:
        raise UnexpectedValueError(datum, "a date")
    year = int.from_bytes(octets[:2])
    _choice(element, "Year", None if year == 0xFFFF else year)
    _choice(element, "Month", _specified(octets[2]))
    day = add(element, "DayOfMonth")
    last = {0xFE: "LastDayOfMonth", 0xFD: "SecondLastDayOfMonth", 0xFF: "NonSpecifiedDayOfMonth"}.get(octets[3])
    add(day, last) if last else add(day, "SpecifiedDayOfMonth", octets[3])
    _choice(element, "DayOfWeek", _specified(octets[4]))


def gas_date(element: etree._Element, datum: Datum) -> None:
    """A ZCL date (year from 1900, month, day, day of week), as the type GasDateWithWildcards."""
    year, month, day, week_day = datum.octets
    _choice(add(element, "GasYearWithWildcards"), "", None if year == 0xFF else 1900 + year, "Year")
    _choice(add(element, "GasMonthWithWildcards"), "", _specified(month), "Month")
    place = add(element, "GasDayOfMonthWithWildcards")
    add(place, "GasNonSpecifiedDayOfMonth") if day == 0xFF else add(place, "SpecifiedDayOfMonth", day)
    _choice(add(element, "GasDayOfWeekWithWildcards"), "", _specified(week_day), "DayOfWeek")


def _specified(value: int) -> int | None:
    return None if value == 0xFF else value


def _choice(parent: etree._Element, name: str, value: int | None, what: str = "") -> None:
    holder = add(parent, name) if name else parent
    what = what or name
    add(holder, f"NonSpecified{what}") if value is None else add(holder, f"Specified{what}", value)


def plain_date(element: etree._Element, datum: Datum) -> None:
    """xs:date of a DLMS date: any year is 65535, as DUIS has it; a wildcard month or day leaves no element."""
    octets = datum.octets
    year = int.from_bytes(octets[:2])
    if 0xFF in octets[2:4]:
        _remove(element)
    else:
        element.text = f"{year:04}-{octets[2]:02}-{octets[3]:02}Z"


def week_days(element: etree._Element, datum: Datum) -> None:
    """A bit-string from Monday on, as DaysOfWeekApplicability."""
    for name, bit in zip(DAYS, _bits(datum), strict=False):
        if bit == "1":
            add(add(element, "DayOfWeekApplicability"), "DayOfWeekID", name)
    if not len(element):
        _remove(element)


def _bits(datum: Datum) -> str:
    value = datum.raw
    if not isinstance(value, str):
        raise UnexpectedValueError(datum, "a bit-string")
    return value


def bits(datum: Datum) -> str:
    """A bit-string, first bit first."""
    return _bits(datum)


INTEGER = text(number)
CUBIC_METRES = text(thousandths)
BOOLEAN = text(boolean)
SECONDS = text(seconds)
TEXT = text(characters)
EUI = text(eui)
TIME = text(time_of_day)
HEX = text(hexadecimal())
HEX4 = text(hexadecimal(4))
BASE64 = text(base64_text)


def constant(element: etree._Element, datum: Datum) -> None:
    """A value that the schema has no element for and GBCS fixes."""
    datum.ignore()
