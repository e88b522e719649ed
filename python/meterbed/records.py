"""Records as Arrow tables. Column names and meanings: docs/run-folder.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from meterbed import parquet

if TYPE_CHECKING:
    from meterbed._core import Column

_TEXT = pa.dictionary(pa.int32(), pa.string())

SCHEMA = pa.schema(
    [
        ("variant", _TEXT),
        ("repeat", pa.int32()),
        ("time", pa.timestamp("us", tz="UTC")),
        ("station", _TEXT),
        ("sequence", pa.int64()),
        ("what", _TEXT),
        ("home", pa.int32()),
        ("device", pa.uint64()),
        ("party", pa.uint64()),
        ("request", pa.int64()),
        ("step", _TEXT),
        ("service", _TEXT),
        ("code", _TEXT),
        ("detail", _TEXT),
        ("message", pa.int32()),
        ("counter", pa.uint64()),
        ("bytes", pa.int64()),
        ("value", pa.float64()),
    ]
)
TEXT_COLUMNS = [field.name for field in SCHEMA if field.type == _TEXT]
# The columns of one world: `variant` and `repeat` say which world it is.
WORLD_SCHEMA = pa.schema([field for field in SCHEMA if field.name not in ("variant", "repeat")])


def to_table(columns: Mapping[str, Column], schema: pa.Schema = WORLD_SCHEMA) -> pa.Table:
    """The core's columns as a table. A column too many or too few is a KeyError: the core and this page disagree."""
    surplus = set(columns) - set(schema.names)
    if surplus:
        raise KeyError(f"unknown columns of records: {', '.join(sorted(surplus))}")
    return pa.table([_array(columns[field.name], field.type) for field in schema], schema=schema)


def _array(column: Column, kind: pa.DataType) -> pa.Array:
    if isinstance(column, tuple):
        codes, words = column
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words, pa.string()))
    return pa.array(column).cast(kind)


def of_world(columns: Mapping[str, Column], variant: str, repeat: int) -> pa.Table:
    """The records of one world with `variant` and `repeat` in front."""
    table = to_table(columns)
    rows = table.num_rows
    variants = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), pa.array([variant]))
    repeats = pa.array(np.full(rows, repeat, np.int32))
    return pa.table([variants, repeats, *table.columns], schema=SCHEMA)


def write(table: pa.Table, path: Path) -> None:
    """Writes the records of one world or part, whole or not at all."""
    parquet.write(table, path, delta=("time", "sequence", "home"), plain=("device", "value"))


def read(path: Path) -> pa.Table:
    """The records of a run folder; words stay dictionaries."""
    return parquet.read(path, TEXT_COLUMNS)
