"""A table of a run folder: a Parquet file or, where worlds or their parts left several, a folder of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
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
        kept = pq.filters_to_expression(filters)
        try:
            return self._files.to_table(columns=None if columns is None else list(columns), filter=kept)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def _damaged(self, why: object) -> ReportError:
        return ReportError(f"{self.path} is damaged: {why}")
