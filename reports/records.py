"""records.parquet, read by columns and only as far as a report needs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from .dataset import Dataset, Filters
from .errors import ReportError

FILE = "records.parquet"
COLUMNS = [
    *("variant", "repeat", "time", "station", "sequence", "what", "home", "device", "party", "request"),
    *("step", "service", "code", "detail", "message", "counter", "bytes", "value"),
]
WORDS = ["variant", "station", "what", "step", "service", "code", "detail"]

# What the tables count. Everything else is read for one home only, for the message sequence. Alerts stand apart: a storm
# has millions of them, and only one section counts them.
ALERTS = ["alert received", "alert undeliverable", "DCC alert"]
COUNTED = [
    "certificate chosen",
    "command dropped",
    "command failed",
    "pre-command rejected",
    "repair begun",
    "repair failed",
    "repair tried",
    "repaired",
    "request completed",
    "request refused",
    "request sent",
    "request timed out",
]
COUNTED_COLUMNS = [name for name in COLUMNS if name not in ("device", "sequence", "message", "counter", "bytes")]


class Records:
    """The records of a run. Raises ReportError when the file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        if not self.path.exists():
            raise ReportError(f"{folder} is not a run folder: it has no {FILE}")
        self._dataset = Dataset(self.path)
        self._dataset.require(COLUMNS)
        self.rows = self._dataset.rows

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every `what` of this run. A country has millions of rows of a few kinds: what is not here is not looked for."""
        return self._dataset.words("what")

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The rows that the tables count, alerts apart, words as categories, in the order of the file."""
        return self._of_kinds(COUNTED_COLUMNS, COUNTED)

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """The rows of alerts at the DCC and the users, likewise."""
        return self._of_kinds(COUNTED_COLUMNS, ALERTS)

    def of(self, *what: str) -> pd.DataFrame:
        """The counted rows of these kinds: all of them alerts, or none."""
        unknown = set(what) - set(ALERTS if what[0] in ALERTS else COUNTED)
        if unknown:
            raise KeyError(f"not read for counting: {', '.join(sorted(unknown))}")
        frame = self.alerts if what[0] in ALERTS else self.counted
        return frame[frame["what"].isin(what)]

    def only(self, what: str, columns: Sequence[str]) -> pd.DataFrame:
        """All rows of one kind with these columns, for kinds that are too many to be read with the counted."""
        return self._of_kinds(columns, [what])

    def first_home(self, variant: str, repeat: int, what: str, detail: str | None) -> int | None:
        """The lowest number of a home with such a record in this world; `detail` None for any."""
        if what not in self.kinds:
            return None
        filters: Filters = [("variant", "==", variant), ("repeat", "==", repeat)]
        filters += [("what", "==", what), ("home", ">=", 0)]
        filters += [("detail", "==", detail)] if detail is not None else []
        homes = self._read(["home"], filters)["home"]
        return int(homes.min()) if len(homes) else None

    def of_home(self, variant: str, repeat: int, home: int) -> pd.DataFrame:
        """All records of one home in one world, in order."""
        filters: Filters = [("variant", "==", variant), ("repeat", "==", repeat), ("home", "==", home)]
        found = self._frame(self._dataset.read_few(COLUMNS, filters))
        return found.sort_values(["time", "station", "sequence"], kind="stable")

    def table(self, columns: Sequence[str] | None, filters: Filters) -> pa.Table:
        """What the filters leave, in the order of the file; all columns when None."""
        return self._dataset.read(columns, filters)

    def _of_kinds(self, columns: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
        there = [kind for kind in kinds if kind in self.kinds]
        return self._read(columns, [("what", "in", there)]) if there else self._frame(self._dataset.nothing(columns))

    def _read(self, columns: Sequence[str], filters: Filters) -> pd.DataFrame:
        return self._frame(self.table(columns, filters))

    @staticmethod
    def _frame(table: pa.Table) -> pd.DataFrame:
        for name in set(WORDS) & set(table.column_names):  # one dictionary a column, whatever the file has
            column = table.column(name)
            if not pa.types.is_dictionary(column.type):
                column = column.dictionary_encode()
            table = table.set_column(table.schema.get_field_index(name), name, column)
        frame: pd.DataFrame = table.unify_dictionaries().to_pandas()
        return frame
