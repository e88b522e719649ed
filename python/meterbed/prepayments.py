"""Top-ups, spells, notices, prepayment meters and what their hubs held, as tables. Columns: docs/run-folder.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from meterbed import _core, parquet

if TYPE_CHECKING:
    import pandas as pd

_TEXT = pa.dictionary(pa.int32(), pa.string())
_TIME = pa.timestamp("us", tz="UTC")
_WORLD = [("variant", _TEXT), ("repeat", pa.int32()), ("home", pa.int32())]
_METER = [("region", _TEXT), ("gsp_group", _TEXT), ("generation", _TEXT), ("fault", _TEXT)]

# Table -> its columns; the file is prepayment-<table>.parquet.
SCHEMAS: Mapping[str, pa.Schema] = {
    "top-ups": pa.schema(
        [
            *_WORLD,
            ("payment", pa.uint32()),
            *_METER,
            ("pounds", pa.uint16()),
            ("channel", _TEXT),
            ("paid_at", _TIME),
            ("told_at", _TIME),
            ("told_by", _TEXT),
            ("added_at", _TIME),
            ("way", _TEXT),
            ("refused", _TEXT),
            ("harm", _TEXT),
            ("duplicates", pa.uint8()),
            ("wrong_digits", pa.uint8()),
            ("calls", pa.uint8()),
            ("visits", pa.uint8()),
            ("added_twice", pa.uint8()),
        ]
    ),
    "spells": pa.schema(
        [*_WORLD, *_METER, ("off_at", _TIME), ("on_at", _TIME), ("waited", pa.int64()), ("harm", _TEXT)]
    ),
    "homes": pa.schema([*_WORLD, *_METER, ("counted_from", _TIME), ("counted_to", _TIME)]),
    "notices": pa.schema([*_WORLD, *_METER, ("kind", _TEXT), ("decided_at", _TIME), ("taken_at", _TIME)]),
    "reports": pa.schema([*_WORLD, *_METER, ("code", _TEXT), ("held_at", _TIME), ("left_at", _TIME), ("fate", _TEXT)]),
}
# Kinds of rows of the core, in the order in which it takes them.
ROWS = ("top_ups", "spells", "homes", "notices", "reports")


def file(folder: Path, name: str) -> Path:
    """Of a table in a run folder."""
    return folder / f"prepayment-{name}.parquet"


def tables(found: _core.Prepayments, variant: str, repeat: int) -> Iterator[tuple[str, pa.Table]]:
    """The core's rows of a world, or a part of it, as tables by name; none when nobody prepays."""
    if not len(found.homes):
        return
    yield "top-ups", _table("top-ups", found.top_ups, found, variant, repeat)
    yield "spells", _table("spells", found.spells, found, variant, repeat)
    yield "homes", _table("homes", found.homes, found, variant, repeat)
    if len(found.notices):
        yield "notices", _table("notices", found.notices, found, variant, repeat)
    yield "reports", _table("reports", found.reports, found, variant, repeat)


def _table(name: str, rows: NDArray[Any], found: _core.Prepayments, variant: str, repeat: int) -> pa.Table:
    # Each row says what meter it is of, so that nobody has to join tables.
    meter = found.homes[np.searchsorted(found.homes["home"], rows["home"])]
    constants = {"repeat": repeat, "counted_from": found.counted_from, "counted_to": found.end}
    words = {"variant": [variant], **_core.prepayment_words()}
    columns = []
    for field in SCHEMAS[name]:
        if field.name == "variant":
            column: NDArray[Any] = np.zeros(len(rows), np.int32)
        elif field.name in constants:
            column = np.full(len(rows), constants[field.name], np.int64)
        elif field.name == "code":
            codes, column = np.unique(rows["code"], return_inverse=True)
            words["code"] = [f"{code:04X}" if code else "response" for code in codes]
        else:
            column = (meter if field.name in dict(_METER) else rows)[field.name]
        columns.append(_array(np.ascontiguousarray(column), field.type, words.get(field.name, [])))
    return pa.table(columns, schema=SCHEMAS[name])


def _array(column: NDArray[Any], kind: pa.DataType, words: Sequence[str]) -> pa.Array:
    """Numbers beyond the words mean none of them, times of 0 mean never."""
    if kind == _TEXT:
        numbers = column.astype(np.int32)
        if len(numbers) and numbers.max() >= len(words):
            # Once in the list: Parquet writes a dictionary with doubles as plain text.
            numbers, words = np.minimum(numbers, len(words)), [*words, ""]
        return pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(words, pa.string()))
    if kind == _TIME:
        return pa.array(column, pa.int64(), mask=column == 0).cast(_TIME)
    return pa.array(column).cast(kind)


def write(table: pa.Table, path: Path) -> None:
    """Writes a table of one world or part, whole or not at all."""
    times = [field.name for field in table.schema if field.type == _TIME]
    parquet.write(table, path, delta=["home", *times])


@dataclass(frozen=True)
class PrepaymentTables:
    """What became of prepayment customers in a run, as frames; words are categories. Empty when nobody prepaid."""

    folder: Path

    @cached_property
    def top_ups(self) -> pd.DataFrame:
        """One row a payment: when it was paid, told and at the meter, and which way it came."""
        return self._read("top-ups")

    @cached_property
    def spells(self) -> pd.DataFrame:
        """One row a time without supply; `waited` (a timedelta) is the part in which a paid top-up was not there."""
        import pandas as pd

        frame = self._read("spells")
        return frame.assign(waited=pd.to_timedelta(frame["waited"], unit="us"))

    @cached_property
    def homes(self) -> pd.DataFrame:
        """One row a prepayment meter and world, with the time in which it was counted."""
        return self._read("homes")

    @cached_property
    def notices(self) -> pd.DataFrame:
        """One row a meter and price or mode that was to change: when that was decided, and when the meter went by it."""
        return self._read("notices")

    @cached_property
    def reports(self) -> pd.DataFrame:
        """One row a report that a hub held without WAN: code of the alert (or `response`), since when, until when, fate."""
        return self._read("reports")

    def _read(self, name: str) -> pd.DataFrame:
        schema, path = SCHEMAS[name], file(self.folder, name)
        texts = [field.name for field in schema if field.type == _TEXT]
        found = parquet.read(path, texts) if path.exists() else schema.empty_table()
        frame: pd.DataFrame = found.to_pandas()
        return frame

    def __repr__(self) -> str:
        return f"PrepaymentTables({str(self.folder)!r}): top_ups, spells, homes, notices, reports"


def save(found: _core.Prepayments, path: Path) -> None:
    """The rows as the core has them, for `load` in another process."""
    facts = [found.counted_from, found.end, found.unbalanced, found.first_unbalanced]
    with path.open("wb") as file:
        rows = {name: getattr(found, name) for name in ROWS}
        np.savez(file, facts=np.array(facts, np.int64), **rows)


def load(path: Path) -> _core.Prepayments:
    with np.load(path) as kept:
        return _core.Prepayments(*(kept[name] for name in ROWS), *map(int, kept["facts"]))
