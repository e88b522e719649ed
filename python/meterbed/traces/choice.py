"""The world of a run that a trace shows: one variant, one repeat, some homes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from meterbed.errors import MeterbedError
from meterbed.reports import folder as run_folder
from meterbed.reports.dataset import Filters
from meterbed.reports.folder import RunFolder
from meterbed.reports.records import Records
from meterbed.units import to_microseconds, to_time

MOST_HOMES = 1000  # a viewer shows no more, and a home is several tracks

Row = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """homes: those shown, ascending; rows: their records and those of no home, in the order of time."""

    run: RunFolder
    variant: str
    repeat: int
    homes: list[int]
    rows: list[Row]

    @cached_property
    def start(self) -> int:
        """Of the run, microseconds since the epoch: time 0 of a trace."""
        return to_microseconds(to_time(self.begins))

    @property
    def begins(self) -> str:
        return str(self._manifest["start"])

    @cached_property
    def length(self) -> int:
        """Of the run, microseconds."""
        return round(float(self._manifest["length_s"]) * 1e6)

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        from meterbed import manifest

        return manifest.read(self.run.path)

    @property
    def title(self) -> str:
        return f"{self.run.manifest.title}, {self.variant}, repeat {self.repeat}; time 0 is {self.begins}"


def choose(folder: Path, variant: str | None, repeat: int, homes: Iterable[int] | None) -> Choice:
    """Raises ReportError when the folder is no run's, MeterbedError when it has not what is asked for."""
    run = run_folder.read(folder)
    variant = run.variants[0] if variant is None else variant
    if variant not in run.variants:
        raise MeterbedError(f"{folder} has no variant '{variant}'; it has {', '.join(run.variants)}")
    if repeat not in run.repeats:
        raise MeterbedError(f"{folder} has no repeat {repeat}; it has {_spans(run.repeats)}")
    world: Filters = [("variant", "==", variant), ("repeat", "==", repeat)]
    known = _homes(run.records, world)
    shown = _check(known, homes)
    table = run.records.table(None, [*world, ("home", "in", [-1, *shown])])
    table = table.set_column(table.schema.get_field_index("time"), "time", pc.cast(table["time"], pa.int64()))
    table = table.sort_by([("time", "ascending"), ("station", "ascending"), ("sequence", "ascending")])
    return Choice(run, variant, repeat, shown, table.to_pylist())


def _homes(records: Records, world: Filters) -> list[int]:
    column = records.table(["home"], world)["home"]
    if not len(column):
        raise MeterbedError(f"{records.path} has no records of this variant and repeat")
    return sorted(home for home in pc.unique(column).to_pylist() if home >= 0)


def _check(known: list[int], asked: Iterable[int] | None) -> list[int]:
    shown = known if asked is None else sorted(set(asked))
    unknown = sorted(set(shown) - set(known))
    if unknown:
        has = f"there are {_spans(known)}" if known else "there is none"
        raise MeterbedError(f"the records know no home {_spans(unknown)}; {has}")
    if len(shown) > MOST_HOMES:
        raise MeterbedError(
            f"{len(shown)} homes are too many for a trace (at most {MOST_HOMES}); choose with --homes 1,5,7..9"
        )
    return shown


def _spans(numbers: list[int]) -> str:
    """0..3,7"""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [str(first) if first == last else f"{first}..{last}" for first, last in spans]
    return ",".join(texts if len(texts) <= 10 else [*texts[:10], "..."])


def by_home(choice: Choice) -> Iterator[tuple[int, list[Row]]]:
    """Homes with their records."""
    rows: dict[int, list[Row]] = {home: [] for home in choice.homes}
    for row in choice.rows:
        if row["home"] >= 0:
            rows[row["home"]].append(row)
    yield from rows.items()
