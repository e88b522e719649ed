"""Verdicts over the repeats, where a section judges by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .intervals import Interval, of_shares


@dataclass(frozen=True)
class Verdict:
    """meets: in every repeat; fails: in none; uncertain: mixed, or the interval contains the limit; else nothing."""

    word: str
    interval: Interval


def at_least(values: Sequence[float], limit: float) -> Verdict:
    """Of a share that must reach the limit; repeats without a value (nan) say nothing."""
    found = of_shares(values)
    held = [value >= limit for value in values if not math.isnan(value)]
    if not held:
        return Verdict("", found)
    mixed = any(held) and not all(held)
    if mixed or found.low < limit < found.high:
        return Verdict("uncertain", found)
    return Verdict("meets" if all(held) else "fails", found)
