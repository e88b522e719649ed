"""Numbers, times and names as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable

MISSING = "–"
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def number(value: float) -> str:
    """Three or four digits that matter, thousands separated: 0.0123, 4.25, 25.2, 1,234."""
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if value == int(value) or size >= 1000:
        text = f"{value:,.0f}"
    elif size >= 100:
        text = f"{value:.1f}"
    elif size >= 1:
        text = _bare(f"{value:.2f}")
    else:
        text = f"{value:.3g}"
        if "e" not in text:
            text = _bare(text)
    return ("0" if text == "-0" else text).replace("-", "−")


def share(value: float) -> str:
    """0.0012 is 0.12 %."""
    return MISSING if math.isnan(value) else f"{number(value * 100)} %"


def duration(seconds: float) -> str:
    """The two largest units: '12.5 s', '3 min 20 s', '5 days 2 h'."""
    if math.isnan(seconds):
        return MISSING
    if seconds < 0:
        return "−" + duration(-seconds)
    if seconds < 2 * _MINUTE:
        return f"{number(float(f'{seconds:.3g}'))} s"
    whole = round(seconds)
    if whole < 2 * _HOUR:
        return _two(whole, _MINUTE, "min", 1, "s")
    whole = round(seconds / _MINUTE) * _MINUTE
    if whole < 2 * _DAY:
        return _two(whole, _HOUR, "h", _MINUTE, "min")
    whole = round(seconds / _HOUR) * _HOUR
    return _two(whole, _DAY, "days", _HOUR, "h")


def eui(number_of_party: int) -> str:
    """An EUI-64 in the way DCC writes it."""
    digits = f"{number_of_party:016X}"
    return "-".join(digits[i : i + 2] for i in range(0, 16, 2))


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 repeat', '5 repeats'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# Kind of a column or metric -> how its values are written; anything else is text.
KINDS: dict[str, Callable[[float], str]] = {"number": number, "share": share, "duration": duration}


def show(value: object, kind: str) -> str:
    """A cell as text; None and nan are a dash."""
    if value is None or value == "":
        return MISSING
    if kind in KINDS:
        return KINDS[kind](float(value))  # type: ignore[arg-type]
    return str(value)


def raw(value: object) -> str:
    """A cell of a CSV file: full numbers, at most ten digits that matter, nothing for nan."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def slug(name: str) -> str:
    """A name that can be a file or an anchor."""
    kept = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name.lower())
    return "-".join(part for part in kept.split("-") if part) or "x"


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _two(whole: int, large: int, large_unit: str, small: int, small_unit: str) -> str:
    first, rest = divmod(whole, large)
    second = rest // small
    return f"{first} {large_unit} {second} {small_unit}" if second else f"{first} {large_unit}"
