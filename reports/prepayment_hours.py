"""Hours off supply per 1,000 prepayment meters: the one count behind several sections."""

from __future__ import annotations

import numpy as np

from . import prepayments
from .comparison import Difference
from .folder import RunFolder
from .intervals import Interval, not_negative
from .prepayments import ALL, HARMS, HOUR, KIND_WORDS, KINDS, NOT_PAID, Group, World, label, meters, sums
from .tallies import Tally

# Measures; beside them each harm is one.
TOTAL, PAID = "off supply", "off supply although paid"
UNIT = "hours per 1,000 meters"


def hours_of(run: RunFolder) -> tuple[Tally, float]:
    """Group (measure, kind, word): hours per 1,000 meters of the kind; and the days counted."""
    out, days = Tally(), 0.0
    for world in prepayments.worlds(run, spells=[*KINDS, "off_at", "on_at", "waited", "harm"]):
        _add(out, world)
        days = world.days
    return out, days


def _add(out: Tally, world: World) -> None:
    off = world.off / HOUR * 1000
    waited = np.minimum(world.spells["waited"], world.off) / HOUR * 1000
    parts = {harm: waited * world.spells.word_is("harm", harm) for harm in HARMS if harm != NOT_PAID}
    paid = sum(parts.values(), np.zeros(len(off)))
    measures = {TOTAL: off, PAID: paid, NOT_PAID: off - paid, **parts}
    for kind, words in KINDS.items():
        count = meters(world.homes, kind)
        for measure, hours in measures.items():
            for word, some, many in zip(words, sums(world.spells, kind, hours), count, strict=True):
                out.add(world.variant, (measure, kind, word), world.repeat, some, many)
    for measure, hours in measures.items():
        out.add(world.variant, (measure, *ALL), world.repeat, hours.sum(), len(world.homes["home"]))


def difference(run: RunFolder, tally: Tally, measure: str, group: Group) -> list[Difference]:
    """Hours of the other variants less those of the first."""
    return tally.differences(run, (measure, *group), name_of(measure, group), "lower", "number")


def name_of(measure: str, group: Group) -> str:
    where = "" if group == ALL else f", {KIND_WORDS[group[0]]} {label(*group)}"
    return f"hours {measure} per 1,000 meters{where}"


def mean(run: RunFolder, tally: Tally, variant: str, measure: str, group: Group = ALL) -> Interval:
    return not_negative(tally.shares(run, variant, (measure, *group)))


def round_hours(hours: float) -> float:
    return round(hours) if hours >= 10 else round(hours, 2)
