"""Tables beside a scenario, CSV or Parquet, as columns of text for the compiled core."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from meterbed import _core

if TYPE_CHECKING:
    import pyarrow as pa

# Name, all cells one behind the other in UTF-8, and where each cell ends in it (64-bit integers).
Column = tuple[str, bytes, bytes]


def source(folder: Path) -> Callable[[str], list[Column] | str]:
    """Reads tables by their names below the folder of a scenario."""
    return lambda name: read(folder / name)


def read(path: Path) -> list[Column] | str:
    """The columns of a table, or a sentence that says why there are none. An empty cell stands for nothing."""
    import pyarrow as pa

    if path.suffix not in (".csv", ".parquet"):
        return "it is no table; its name ends in .csv or .parquet"
    if not path.is_file():
        return "there is no such file"
    try:
        table = _read_csv(path) if path.suffix == ".csv" else _read_parquet(path)
        twice = [name for name in table.column_names if table.column_names.count(name) > 1]
        if twice:
            return f"the column '{twice[0]}' appears twice"
        return [_column(name, table.column(name)) for name in table.column_names]
    except (OSError, UnicodeDecodeError, pa.ArrowException, csv.Error) as error:
        return f"it cannot be read: {' '.join(str(error).split())}"


def _read_csv(path: Path) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    with path.open(newline="", encoding="utf-8-sig") as stream:
        names = next(csv.reader(stream), [])
    if not names:
        return pa.table({})
    # As text: an id '007' is not the number 7.
    options = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    return arrow_csv.read_csv(path, convert_options=options)


def _read_parquet(path: Path) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(path)


def _column(name: str, cells: pa.ChunkedArray) -> Column:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(cells.type):
        cells = pc.strftime(cells.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%dT%H:%M:%SZ")
    text = pc.utf8_trim_whitespace(pc.fill_null(cells.cast(pa.large_string()), "")).combine_chunks()
    if isinstance(text, pa.ChunkedArray):  # of no rows
        return name, b"", b""
    _, offsets, data = text.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    whole = b"" if data is None else data.to_pybytes()
    return name, whole[ends[0] : ends[-1]], (ends[1:] - ends[0]).tobytes()


def write(columns: list[Column], path: Path) -> None:
    """A file that `read` reads as these columns."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyarrow import csv as arrow_csv

    arrays = []
    for _, text, packed in columns:
        ends = np.concatenate([[0], np.frombuffer(packed, dtype=np.int64)]).astype(np.int64)
        arrays.append(pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(text)))
    table = pa.table(arrays, names=[name for name, _, _ in columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        arrow_csv.write_csv(table, path)
    else:
        pq.write_table(table, path, store_schema=False)


def keep(scenario: _core.Scenario, folder: Path) -> None:
    """Writes the tables of a scenario into a run folder, where its scenario.yaml finds them."""
    for name, columns in scenario.tables:
        write(columns, folder / name)
