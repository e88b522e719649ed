"""Tables of a run folder that are too large for frames: the columns of one world as arrays, read as far as needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .dataset import Dataset

Array = np.ndarray


@dataclass(frozen=True)
class Columns:
    """Times in microseconds since the epoch, 0 when never; texts as positions in `words`."""

    columns: dict[str, Array] = field(repr=False)
    words: dict[str, list[str]] = field(repr=False)

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def word_is(self, name: str, word: str) -> Array:
        """Rows whose text in this column is `word`."""
        words = self.words[name]
        found: Array = self.columns[name] == (words.index(word) if word in words else -1)
        return found

    def code(self, name: str, known: list[str]) -> Array:
        """Position in `known` of the text of each row; words that are not in it share the place behind the last."""
        places = [known.index(word) if word in known else len(known) for word in self.words[name]]
        found: Array = np.array(places or [0])[self.columns[name]]
        return found


def read(dataset: Dataset, variant: str, repeat: int, names: Collection[str]) -> Columns:
    """These columns of one world."""
    table = dataset.read(sorted(set(names)), [("variant", "==", variant), ("repeat", "==", repeat)])
    columns: dict[str, Array] = {}
    words: dict[str, list[str]] = {}
    for name in table.column_names:
        column = table.column(name)
        if _is_text(column.type):
            coded = pc.fill_null(column.cast(pa.string()), "").combine_chunks().dictionary_encode()
            coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
            words[name] = coded.dictionary.to_pylist()
            columns[name] = coded.indices.to_numpy(zero_copy_only=False)
        elif pa.types.is_timestamp(column.type):
            times = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
            columns[name] = pc.fill_null(times, 0).to_numpy()
        else:
            columns[name] = column.to_numpy()
    return Columns(columns, words)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind))
