"""A sweep folder: every finished point as a small file, and the table of all of them. See docs/sweeps.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from meterbed.errors import RunFolderError
from meterbed.folder import write_whole
from meterbed.parallel import Result
from meterbed.points import Point

if TYPE_CHECKING:
    import pandas as pd

MANIFEST, TABLE, STORY, POINTS = "sweep.yaml", "sweep.parquet", "scenario.yaml", "points"


class SweepFolder:
    """Makes the folder or opens one of an earlier call. Raises RunFolderError when it holds something else."""

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_dir():
            raise RunFolderError(f"{path} is not a folder")
        if path.is_dir() and any(path.iterdir()) and not (path / MANIFEST).is_file():
            raise RunFolderError(f"{path} holds something else than a sweep (no {MANIFEST}); choose another --out")
        self.path = path

    def begin(self, manifest: Mapping[str, Any], story: str) -> None:
        """From now on it is a sweep's, however the sweep ends."""
        try:
            (self.path / POINTS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunFolderError(f"cannot write {self.path}: {error.strerror}") from error
        write_whole(self.path / STORY, story.encode())
        self._put_manifest(manifest)

    def read(self, point: Point) -> Result | None:
        """What an earlier call kept of this point; None when it is not there or not whole."""
        try:
            kept = json.loads(self._file(point).read_bytes())
            return Result(**kept["result"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, point: Point, result: Result) -> None:
        """Whole or not at all."""
        setting = {name: str(value) for name, value in point.setting.items()}
        kept = {"setting": setting, "seed": point.seed, "result": asdict(result)}
        write_whole(self._file(point), json.dumps(kept, indent=1).encode())

    def finish(self, manifest: Mapping[str, Any], frame: pd.DataFrame) -> None:
        """Writes the table, then the manifest that tells of it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink, compression="zstd")
        write_whole(self.path / TABLE, sink.getvalue().to_pybytes())
        self._put_manifest(manifest)

    def _file(self, point: Point) -> Path:
        return self.path / POINTS / f"{point.key}.json"

    def _put_manifest(self, manifest: Mapping[str, Any]) -> None:
        text = yaml.safe_dump(dict(manifest), sort_keys=False, allow_unicode=True, width=110)
        write_whole(self.path / MANIFEST, text.encode())
