"""A table of a run folder: a Parquet file or, where worlds or their parts left several, a folder of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from .errors import ReportError

Filters = list[tuple[str, str, object]]


class Dataset:
    """Reads only what is asked for. Raises ReportError when a file is damaged or lacks a column."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._files = ds.dataset(path, format="parquet")  # keeps what it learns of each file for the next reading
            self.rows = int(self._files.count_rows())
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def require(self, columns: Collection[str]) -> None:
        """Raises ReportError that names the columns missing."""
        missing = sorted(set(columns) - set(self._files.schema.names))
        if missing:
            raise self._damaged(f"it has no column {', '.join(missing)}")

    def read(self, columns: Sequence[str] | None, filters: Filters) -> pa.Table:
        """Rows in the order of the files; all columns when None."""
        return self._read(columns, pq.filters_to_expression(filters))

    def nothing(self, columns: Sequence[str]) -> pa.Table:
        """No rows of these columns."""
        return self._read(columns, pc.scalar(False))

    def read_few(self, columns: Sequence[str], filters: Filters) -> pa.Table:
        """As `read`, quicker where few row groups hold what the filters leave: those are found by their own columns first."""
        kept = pq.filters_to_expression(filters)
        asked = list(dict.fromkeys(name for name, _, _ in filters))
        found = []
        try:
            for file in self._files.get_fragments(filter=kept):
                for group in file.split_by_row_group(kept):
                    if group.scanner(columns=asked, filter=kept).count_rows():
                        found.append(group.to_table(schema=self._files.schema, columns=list(columns), filter=kept))
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error
        return pa.concat_tables(found) if found else self.nothing(columns)

    def words(self, column: str) -> frozenset[str]:
        """All words of a column."""
        words: set[str] = set()
        for chunk in self._read([column], None).column(column).chunks:
            words.update(pc.unique(chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk).to_pylist())
        return frozenset(words)

    def _read(self, columns: Sequence[str] | None, kept: pc.Expression | None) -> pa.Table:
        try:
            return self._files.to_table(columns=None if columns is None else list(columns), filter=kept)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def _damaged(self, why: object) -> ReportError:
        return ReportError(f"{self.path} is damaged: {why}")
