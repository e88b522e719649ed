"""Numbers, times and names as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MISSING = "–"
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def number(value: float, size: float | None = None) -> str:
    """Digits that matter, thousands separated: 0.0123, 4.25, 25.2, 1,234.5.

    size: the largest of the numbers beside it, so that all of them get the same places.
    """
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = max(abs(value), abs(size or 0))
    places = (
        0 if size >= 100_000 or value == int(value) else 1 if size >= 10 else min(2 - math.floor(math.log10(size)), 9)
    )
    text = _bare(f"{value:,.{places}f}")
    return ("0" if text == "-0" else text).replace("-", "−")


def share(value: float, size: float | None = None) -> str:
    """0.0012 is 0.12 %."""
    return MISSING if math.isnan(value) else f"{number(value * 100, size and size * 100)} %"


def duration(seconds: float, size: float | None = None) -> str:
    """The two largest units: '12.5 s', '3 min 20 s', '5 days 2 h'; 'never' for what takes for ever."""
    if math.isnan(seconds):
        return MISSING
    if math.isinf(seconds):
        return "never"
    if seconds < 0:
        return "−" + duration(-seconds, size)
    size = max(seconds, abs(size or 0))
    if size < 2 * _MINUTE:
        return f"{number(seconds, size)} s"
    grain = 1 if size < 2 * _HOUR else _MINUTE if size < 2 * _DAY else _HOUR
    whole = round(seconds / grain) * grain
    if whole < 2 * _MINUTE:
        return f"{whole} s"
    if whole < 2 * _HOUR:
        return _two(whole, _MINUTE, "min", 1, "s")
    if whole < 2 * _DAY:
        return _two(whole, _HOUR, "h", _MINUTE, "min")
    return _two(whole, _DAY, "days", _HOUR, "h")


@dataclass(frozen=True)
class Cell:
    """A number with the text that stands for it."""

    value: float
    text: str


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


def by_variant(texts: Mapping[str, str]) -> list[str]:
    """What is said of each variant, as 'In A and B, ...' where the same is said of several."""
    names: dict[str, list[str]] = {}
    for variant, text in texts.items():
        names.setdefault(text, []).append(variant)
    return [f"In {joined(variants)}, {text}" for text, variants in names.items()]


# Kind of a column or metric -> how its values are written; anything else is text.
KINDS: dict[str, Callable[..., str]] = {"number": number, "share": share, "duration": duration}
UNITS = {"share": "fraction", "duration": "s"}


def together(values: Sequence[float], kind: str) -> list[str]:
    """Numbers that stand side by side, with the same places."""
    size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return [KINDS[kind](value, size) for value in values]


def cells(values: Sequence[float], kind: str) -> list[Cell]:
    """The same as cells of a table."""
    return [Cell(value, text) for value, text in zip(values, together(values, kind), strict=True)]


def show(value: object, kind: str) -> str:
    """A cell as text; None and nan are a dash."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, Cell):
        return value.text
    if kind in KINDS:
        return KINDS[kind](float(value))  # type: ignore[arg-type]
    return str(value)


def raw(value: object) -> str:
    """A cell of a CSV file: full numbers, at most ten digits that matter, nothing for nan."""
    if isinstance(value, Cell):
        value = value.value
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
