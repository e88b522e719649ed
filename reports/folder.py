"""A finished run folder, checked, as the report's sections see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from . import manifest, parties
from .dataset import Dataset
from .errors import ReportError
from .manifest import Manifest
from .parties import Parties
from .records import Records

METRIC_COLUMNS = ["variant", "repeat", "metric", "value"]


@dataclass
class RunFolder:
    """What the four files of a run folder say."""

    path: Path
    manifest: Manifest
    scenario: dict[str, Any]
    metrics: pd.DataFrame = field(repr=False)
    records: Records = field(repr=False)
    _tables: dict[str, Dataset] = field(default_factory=dict, init=False, repr=False)

    @property
    def variants(self) -> list[str]:
        """Names in the order of the scenario."""
        return self.manifest.variant_names

    @cached_property
    def repeats(self) -> list[int]:
        """Numbers of the finished repeats; means divide by how many there are."""
        return sorted(int(number) for number in self.metrics["repeat"].unique()) or list(range(self.manifest.repeats))

    def table(self, name: str) -> Dataset | None:
        """One of the tables beside the records; None when the run has none."""
        if name not in self._tables and (path := self.path / name).exists():
            self._tables[name] = Dataset(path)
        return self._tables.get(name)

    @cached_property
    def parties(self) -> Parties:
        """Who stands behind an EUI-64."""
        return parties.infer(self.scenario, self.records)

    @cached_property
    def steps(self) -> list[str]:
        """Labels of the timeline in its order."""
        return parties.labels(self.scenario)


def read(path: Path) -> RunFolder:
    """Raises ReportError when it is not a run folder, or is damaged."""
    if not path.is_dir():
        raise ReportError(f"{path} is not a run folder: there is no such folder")
    head = manifest.read(path)
    if not head.variants:
        raise ReportError(f"{path / manifest.FILE} is damaged: it names no variant")
    scenario, _ = manifest.read_yaml(path, "scenario.yaml")
    return RunFolder(path, head, scenario, _metrics(path), Records(path))


def _metrics(folder: Path) -> pd.DataFrame:
    path = folder / "metrics.parquet"
    if not path.is_file():
        raise ReportError(f"{folder} is not a run folder: it has no {path.name}")
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise ReportError(f"{path} is damaged: {error}") from error
    missing = [name for name in METRIC_COLUMNS if name not in table.column_names]
    if missing:
        raise ReportError(f"{path} is damaged: it has no column {', '.join(missing)}")
    frame: pd.DataFrame = table.select(METRIC_COLUMNS).to_pandas()
    return frame
