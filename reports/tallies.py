"""Counts by (variant, repeat) and group, and the shares and differences that follow from them."""

from __future__ import annotations

import math

import numpy as np

from .comparison import Difference
from .folder import RunFolder
from .intervals import interval
from .words import MetricWords

Group = str | tuple[str, ...]


class Tally:
    """How many of how many, by variant, group and repeat."""

    def __init__(self) -> None:
        self._part: dict[tuple[str, Group, int], float] = {}
        self._whole: dict[tuple[str, Group, int], float] = {}

    def add(self, variant: str, group: Group, repeat: int, part: float, whole: float) -> None:
        key = (variant, group, repeat)
        self._part[key] = self._part.get(key, 0.0) + float(part)
        self._whole[key] = self._whole.get(key, 0.0) + float(whole)

    def shares(self, run: RunFolder, variant: str, group: Group) -> list[float]:
        """One a repeat, nan where there was nothing to take a share of."""
        out = []
        for repeat in run.repeats:
            whole = self._whole.get((variant, group, repeat), 0.0)
            out.append(self._part[variant, group, repeat] / whole if whole else math.nan)
        return out

    def share(self, run: RunFolder, variant: str, group: Group) -> float:
        """Mean over the repeats."""
        return interval(self.shares(run, variant, group)).mean

    def part(self, run: RunFolder, variant: str, group: Group) -> float:
        """Mean count per repeat."""
        return sum(self._part.get((variant, group, repeat), 0.0) for repeat in run.repeats) / len(run.repeats)

    def whole(self, run: RunFolder, variant: str, group: Group) -> float:
        """Mean count per repeat of what the share is taken of."""
        return sum(self._whole.get((variant, group, repeat), 0.0) for repeat in run.repeats) / len(run.repeats)

    def groups(self) -> set[Group]:
        """Those that something can be said of."""
        return {group for (_, group, _), whole in self._whole.items() if whole}

    def parts(self) -> set[Group]:
        """All groups that were counted, also those that are no share of anything."""
        return {group for _, group, _ in self._part}

    def differences(
        self, run: RunFolder, group: Group, what: str, better: str, kind: str = "share"
    ) -> list[Difference]:
        """Shares of the other variants less those of the first, repeat by repeat; `kind`: how they are written."""
        first, *others = run.variants
        base = self.shares(run, first, group)
        words = MetricWords(kind, better)
        out = []
        for other in others:
            mine = self.shares(run, other, group)
            paired = [a - b for a, b in zip(mine, base, strict=True)]
            out.append(Difference(what, first, other, interval(paired), words))
        return out


def counts(code: np.ndarray, groups: int, mask: np.ndarray | None = None) -> np.ndarray:
    """How many rows have each code; those beyond the last group are left out."""
    chosen = code if mask is None else code[mask]
    return np.bincount(chosen, minlength=groups)[:groups]


def rank_quantile(known: np.ndarray, size: int, q: float) -> float:
    """The smallest value that a share q of `size` values does not exceed; infinite when so many are unknown."""
    if size == 0:
        return math.nan
    place = math.ceil(q * size) - 1
    return float(known[place]) if place < len(known) else math.inf
