"""Tables of a run folder as Parquet. What each world or part of one leaves is written where it ran, and never again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write(table: pa.Table, path: Path, *, delta: Collection[str] = (), plain: Collection[str] = ()) -> None:
    """Writes the table as one row group, whole or not at all.

    delta: columns of whole numbers or times that mostly grow or hardly repeat. plain: others that hardly repeat. For both
    a dictionary would cost time and space.
    """
    unfinished = path.with_suffix(".unfinished")
    repeating = [name for name in table.schema.names if name not in delta and name not in plain]
    # Without the Arrow schema in the file words are plain text for every reader, and still a dictionary on disk.
    with pq.ParquetWriter(
        unfinished,
        table.schema,
        compression="zstd",
        use_dictionary=repeating,
        column_encoding=dict.fromkeys(delta, "DELTA_BINARY_PACKED"),
        store_schema=False,
    ) as writer:
        writer.write_table(table, row_group_size=max(table.num_rows, 1))
    unfinished.replace(path)


def gather(files: Sequence[Path], path: Path) -> None:
    """Moves the files to `path`: one alone becomes that file, several a folder of them, in the order given."""
    if len(files) == 1:
        files[0].rename(path)
    elif files:
        path.mkdir()
        for number, file in enumerate(files):
            file.rename(path / f"{number:06}.parquet")


def read(path: Path, words: Sequence[str]) -> pa.Table:
    """The file, or all files of the folder in order; `words` stay dictionaries."""
    return pq.read_table(path, read_dictionary=list(words), partitioning=None)
