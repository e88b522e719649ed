"""prepayment-*.parquet: top-ups, spells, notices, meters and held reports, read a world at a time.

What counts is what the metrics count (sim/metrics/prepay_figures.h).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import columns
from .columns import Array, Columns
from .dataset import Dataset
from .errors import ReportError
from .folder import RunFolder
from .parts import Section

REGIONS = ["North", "Central", "South"]
GENERATIONS = ["SMETS1", "SMETS2"]
NO_FAULT = "none"
FAULTS = [NO_FAULT, "never had WAN", "lost WAN", "intermittent WAN", "HAN fault"]
NOT_PAID = "not paid"
HARMS = [NOT_PAID, "home fault", "DCC outage", "carriage"]
HARM_WORDS = {
    NOT_PAID: "no payment was on its way: the customer had not paid yet, or had not switched on again",
    "home fault": "a payment was on its way to a home without WAN or with a HAN fault",
    "DCC outage": "a payment was on its way while the DSP was down or behind, and the home has no fault",
    "carriage": "a payment was on its way for another reason: latency, loss, typing",
}
# Column -> its words, for what sections split by; 'all' is the whole.
KINDS = {"fault": FAULTS, "region": REGIONS, "generation": GENERATIONS}
KIND_WORDS = {"fault": "fault class", "region": "region", "generation": "generation"}
Group = tuple[str, str]  # kind, word
ALL: Group = ("all", "all")

_METER = {"variant", "repeat", "home", "region", "gsp_group", "generation", "fault"}
COLUMNS = {
    "top-ups": _METER
    | {"payment", "pounds", "channel", "paid_at", "told_at", "told_by", "added_at", "way", "refused", "harm"}
    | {"duplicates", "wrong_digits", "calls", "visits", "added_twice"},
    "spells": _METER | {"off_at", "on_at", "waited", "harm"},
    "homes": _METER | {"counted_from", "counted_to"},
    "notices": _METER | {"kind", "decided_at", "taken_at"},
    "reports": _METER | {"code", "held_at", "left_at", "fate"},
}
OPTIONAL = "notices"  # the table is there only when something was to change
HOUR = 3.6e9  # microseconds
DAY = 24 * HOUR


@dataclass(frozen=True)
class World:
    """Of one variant and repeat; tables have the columns that were asked for."""

    variant: str
    repeat: int
    begin: int  # microseconds since the epoch: the warm-up is over
    end: int
    homes: Columns
    top_ups: Columns
    spells: Columns
    notices: Columns
    reports: Columns

    @property
    def days(self) -> float:
        """Counted, from the end of the warm-up."""
        return (self.end - self.begin) / DAY

    @cached_property
    def off_from(self) -> Array:
        """When each spell begins to count."""
        found: Array = np.maximum(self.spells["off_at"], self.begin)
        return found

    @cached_property
    def off_until(self) -> Array:
        """When it ends, by the end of the run at the latest."""
        back = self.spells["on_at"]
        found: Array = np.where(back == 0, self.end, back)
        return found

    @cached_property
    def off(self) -> Array:
        """Microseconds of each spell."""
        found: Array = np.maximum(self.off_until - self.off_from, 0)
        return found

    @cached_property
    def paid(self) -> Array:
        """Top-ups paid after the warm-up."""
        found: Array = self.top_ups["paid_at"] >= self.begin
        return found

    @cached_property
    def took(self) -> Array:
        """Seconds from each payment to the credit at the meter; infinite when it never came."""
        added = self.top_ups["added_at"]
        return np.where(added == 0, np.inf, (added - self.top_ups["paid_at"]) / 1e6)

    def in_reach(self, seconds: float) -> Array:
        """Top-ups paid after the warm-up, and so long before the end that the target lies within the run."""
        found: Array = self.paid & (self.end - self.top_ups["paid_at"] >= round(seconds * 1e6))
        return found


def meters(homes: Columns, kind: str) -> Array:
    """How many there are of each word of a kind."""
    return sums(homes, kind, np.ones(len(homes[kind])))


def sums(rows: Columns, kind: str, values: Array) -> Array:
    """Of the values of the rows, for each word of a kind."""
    known = KINDS[kind]
    found: Array = np.bincount(rows.code(kind, known), values, len(known) + 1)[: len(known)]
    return found


def file(table: str) -> str:
    return f"prepayment-{table}.parquet"


def worlds(
    run: RunFolder,
    *,
    top_ups: Sequence[str] = (),
    spells: Sequence[str] = (),
    notices: Sequence[str] = (),
    reports: Sequence[str] = (),
) -> Iterator[World]:
    """In the order of variants and repeats, with these columns; nothing when nobody prepays, nor of notices when there are none."""
    if run.table(file("homes")) is None:
        return
    if notices and run.table(file(OPTIONAL)) is None:
        return
    homes = [*KINDS, "home", "counted_from", "counted_to"]
    asked = {"homes": homes, "top-ups": top_ups, "spells": spells, "notices": notices, "reports": reports}
    datasets = {table: _dataset(run, table) for table, names in asked.items() if names}
    for variant in run.variants:
        for repeat in run.repeats:
            found = [
                columns.read(datasets[table], variant, repeat, names) if names else Columns({}, {})
                for table, names in asked.items()
            ]
            if len(found[0]["home"]):
                begin, end = int(found[0]["counted_from"][0]), int(found[0]["counted_to"][0])
                yield World(variant, repeat, begin, end, *found)


def _dataset(run: RunFolder, table: str) -> Dataset:
    found = run.table(file(table))
    if found is None:
        raise ReportError(f"{run.path} is damaged: it has no {file(table)}")
    found.require(COLUMNS[table])
    return found


def nothing(run: RunFolder, name: str, title: str, sentence: str) -> Section:
    """The section of a run without what it would tell of."""
    if run.table(file("homes")) is None:
        sentence = f"Nobody prepays in this run: it has no {file('homes')}."
    return Section(name, title, [sentence])


def present(groups: set[Group]) -> list[Group]:
    """Kind by kind in the order of their words, those kinds left out that have one word only; the whole last."""
    found: list[Group] = []
    for kind, words in KINDS.items():
        mine = [(kind, word) for word in words if (kind, word) in groups]
        found += mine if len(mine) > 1 else []
    return [*found, ALL]


def label(kind: str, word: str) -> str:
    """Of a group, as tables and drawings show it."""
    return "no fault" if (kind, word) == ("fault", NO_FAULT) else "all meters" if kind == "all" else word
