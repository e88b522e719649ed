"""Records as Arrow tables. Column names and meanings: docs/run-folder.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

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


def write_part(table: pa.Table, path: Path) -> None:
    """Writes the records of one world, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(unfinished), "wb") as sink, pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    unfinished.replace(path)


def join_parts(parts: list[Path], path: Path) -> None:
    """Writes the parts as one Parquet file, one row group each, in the order given, and removes them."""
    # Without the Arrow schema in the file words are plain text for every reader, and still a dictionary on disk.
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", store_schema=False) as writer:
        for part in parts:
            with pa.memory_map(str(part)) as source:
                table = pa.ipc.open_file(source).read_all()
                writer.write_table(table, row_group_size=max(table.num_rows, 1))
            part.unlink()


def read(path: Path) -> pa.Table:
    """The records of a run folder; words stay dictionaries."""
    return pq.read_table(path, read_dictionary=TEXT_COLUMNS)
