"""Means over repeats with 95 % intervals (Student's t)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

METHOD = "mean over the repeats with a 95 % interval (Student's t)"

# 97.5 % quantile of Student's t for 1 to 30 degrees of freedom.
_T = (
    *(12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912),
    *(2.364624, 2.306004, 2.262157, 2.228139, 2.200985, 2.178813),
    *(2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922),
    *(2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899),
    *(2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272),
)
_Z = 1.959964


@dataclass(frozen=True)
class Interval:
    """A mean with the bounds of its 95 % interval, nan when there are too few values for them."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def clear_of_zero(self) -> bool:
        """Whether all of the interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def t_quantile(freedom: int) -> float:
    """97.5 % quantile; beyond 30 degrees of freedom by the Cornish-Fisher expansion (error below 1e-4)."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    z = _Z
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def interval(values: Sequence[float]) -> Interval:
    """Of the values that are numbers."""
    known = [float(value) for value in values if not math.isnan(value)]
    n = len(known)
    if n == 0:
        return Interval(math.nan, math.nan, math.nan, 0)
    if min(known) == max(known):
        bound = known[0] if n > 1 else math.nan
        return Interval(known[0], bound, bound, n)
    mean = math.fsum(known) / n
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (n - 1))
    half = t_quantile(n - 1) * spread / math.sqrt(n)
    return Interval(mean, mean - half, mean + half, n)


def not_negative(values: Sequence[float]) -> Interval:
    """The same of what cannot be below 0: neither does a bound of it."""
    found = interval(values)
    return Interval(found.mean, max(found.low, 0.0) if found.low < 0 else found.low, found.high, found.n)


def of_shares(values: Sequence[float]) -> Interval:
    """The same of shares: no bound leaves 0 to 1."""
    found = interval(values)
    if math.isnan(found.low):
        return found
    return Interval(found.mean, max(found.low, 0.0), min(found.high, 1.0), found.n)
