"""Outages as Arrow tables, one row a mains loss. Column names and meanings: docs/run-folder.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from meterbed import _core, parquet

if TYPE_CHECKING:
    from meterbed._core import Column

_TEXT = pa.dictionary(pa.int32(), pa.string())
_TIME = pa.timestamp("us", tz="UTC")

SCHEMA = pa.schema(
    [
        ("variant", _TEXT),
        ("repeat", pa.int32()),
        ("home", pa.int32()),
        ("loss", pa.uint16()),
        ("cut", pa.uint32()),
        ("label", _TEXT),
        ("size", pa.uint32()),
        ("cause", _TEXT),
        ("region", _TEXT),
        ("gsp_group", _TEXT),
        ("technology", _TEXT),
        ("feeder", pa.uint32()),
        ("cell", pa.uint32()),
        ("lost_at", _TIME),
        ("restored_at", _TIME),
        ("sent_at", _TIME),
        ("received_at", _TIME),
        ("informed_at", _TIME),
        ("attempts", pa.uint8()),
        ("reason", _TEXT),
        ("informed_right", pa.bool_()),
        ("restoration", _TEXT),
        ("restoration_sent", _TIME),
        ("restoration_informed", _TIME),
        ("restoration_right", pa.bool_()),
        ("mpxn_known", pa.bool_()),
        ("polyphase", pa.bool_()),
    ]
)
TEXT_COLUMNS = [field.name for field in SCHEMA if field.type == _TEXT]
Labels = tuple[NDArray[Any], list[str]]


def labels_of(records: Mapping[str, Column]) -> Labels:
    """The label of each power cut in the records of a world: by its number the place in a list of words."""
    what, words = records["what"]
    step, steps = records["step"]
    code = words.index("power cut") if "power cut" in words else -1
    rows = np.flatnonzero(np.asarray(what) == code)
    numbers = np.asarray(records["counter"])[rows].astype(np.int64)
    places = np.zeros(int(numbers.max(initial=0)) + 1, np.int32)
    places[numbers] = np.asarray(step)[rows]
    return places, list(steps)


def table(rows: NDArray[Any], labels: Labels, variant: str, repeat: int) -> pa.Table:
    """The core's rows as a table."""
    codes, steps = np.unique(rows["restoration"], return_inverse=True)
    texts = {
        "variant": (np.zeros(len(rows), np.int32), [variant]),
        "label": (labels[0][rows["cut"]], labels[1]),
        "restoration": (steps.astype(np.int32), [f"{code:04X}" if code else "" for code in codes]),
    }
    words = _core.outage_words()
    columns = []
    for field in SCHEMA:
        if field.type == _TEXT:
            numbers, names = texts.get(field.name) or (rows[field.name].astype(np.int32), words[field.name])
            columns.append(pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), pa.array(names, pa.string())))
        elif field.type == _TIME:
            times = np.ascontiguousarray(rows[field.name])
            columns.append(pa.array(times, pa.int64(), mask=times == 0).cast(_TIME))
        elif field.name == "repeat":
            columns.append(pa.array(np.full(len(rows), repeat, np.int32)))
        else:
            columns.append(pa.array(np.ascontiguousarray(rows[field.name])).cast(field.type))
    return pa.table(columns, schema=SCHEMA)


def write(outages: pa.Table, path: Path) -> None:
    """Writes the outages of one world or part, whole or not at all."""
    times = [field.name for field in SCHEMA if field.type == _TIME]
    parquet.write(outages, path, delta=["home", *times])


def read(path: Path) -> pa.Table:
    """The outages of a run folder; words stay dictionaries. No rows when the run has none."""
    if not path.exists():
        return SCHEMA.empty_table()
    return parquet.read(path, TEXT_COLUMNS)
