"""A finished run: a folder that nothing changes any more."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterbed import manifest
from meterbed.errors import RunFolderError
from meterbed.verdicts import Expectation, Invariant

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from meterbed.prepayments import PrepaymentTables


class Run:
    """Reads a run folder (docs/run-folder.md). Raises RunFolderError when it is not one."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.manifest: dict[str, Any] = manifest.read(self.folder)

    @cached_property
    def records(self) -> pa.Table:
        """Everything that happened, one row a record; `.to_pandas()` for a frame."""
        from meterbed import records

        return records.read(self.folder / "records.parquet")

    @cached_property
    def outages(self) -> pa.Table:
        """What became of every loss of mains, one row each; no rows when there was none."""
        from meterbed import outages

        return outages.read(self.folder / "outages.parquet")

    @cached_property
    def prepayments(self) -> PrepaymentTables:
        """What became of prepayment customers: frames `top_ups`, `spells`, `homes`, `notices`, `reports`."""
        from meterbed.prepayments import PrepaymentTables

        return PrepaymentTables(self.folder)

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Columns variant, repeat, metric, value."""
        import pandas as pd

        return pd.read_parquet(self.folder / "metrics.parquet")

    @property
    def expectations(self) -> list[Expectation]:
        """What the repeats say together about each `expect`."""
        fields = Expectation.__dataclass_fields__
        return [Expectation(**{key: item[key] for key in fields}) for item in self.manifest["expectations"]]

    @property
    def invariants(self) -> list[Invariant]:
        """Each `always` over all worlds."""
        return [Invariant(**item) for item in self.manifest["always"]]

    @property
    def held(self) -> bool:
        """Whether every expectation and every invariant held."""
        return all(item.held for item in self.expectations) and all(item.held for item in self.invariants)

    def report(self, out: str | os.PathLike[str] | None = None) -> Path:
        """Writes the report: into the folder, or to `out` (an .html file or a folder). Returns its path."""
        from meterbed import reports

        try:
            return reports.build(self.folder, None if out is None else Path(out))
        except reports.ReportError as error:
            raise RunFolderError(str(error)) from error

    def trace(
        self,
        *,
        vcd: str | os.PathLike[str] | None = None,
        perfetto: str | os.PathLike[str] | None = None,
        variant: str | None = None,
        repeat: int = 0,
        homes: Iterable[int] | None = None,
    ) -> list[Path]:
        """Writes one world as traces for viewers (docs/traces.md). Returns the files written.

        vcd: mains, hub and meter supply of each home, DCC and WAN. perfetto: messages, as Chrome trace events.
        variant: the first one when not given. homes: all when not given, at most 1000.
        """
        from meterbed import traces

        return traces.write(self.folder, vcd=vcd, perfetto=perfetto, variant=variant, repeat=repeat, homes=homes)

    def __repr__(self) -> str:
        done, asked = self.manifest["repeats"], self.manifest["repeats_asked"]
        return f"Run({str(self.folder)!r}, {self.manifest['title']!r}, {done} of {asked} repeats)"
