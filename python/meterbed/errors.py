"""What can go wrong. `SimulationError`, `WorldEnded` and `ScenarioProblems` are the compiled core's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meterbed._core import ScenarioProblems, SimulationError, WorldEnded

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MeterbedError",
    "Problem",
    "ReportError",
    "RunFolderError",
    "RunInterrupted",
    "ScenarioProblems",
    "SimulationError",
    "SweepError",
    "SweepInterrupted",
    "WorldEnded",
    "problems_of",
]


class MeterbedError(Exception):
    """Something the caller can put right; the text says what."""


class RunFolderError(MeterbedError):
    """A run folder exists already, is missing or is not one."""


class ReportError(MeterbedError):
    """The report could not be written; the run's data are safe in `folder`."""

    def __init__(self, folder: Path, cause: Exception) -> None:
        super().__init__(f"the report could not be written ({type(cause).__name__}: {cause}); the run is in {folder}")
        self.folder = folder


class RunInterrupted(KeyboardInterrupt):
    """Ctrl-C during a run. `folder` holds the repeats that had finished, None when there were none."""

    def __init__(self, folder: Path | None, finished: int, asked: int) -> None:
        super().__init__(f"stopped after {finished} of {asked} repeats")
        self.folder = folder
        self.finished = finished
        self.asked = asked


class SweepError(MeterbedError):
    """Some points of a sweep ended in an error; `frame` holds the others, `failures` tells of each."""

    def __init__(self, frame: pd.DataFrame, failures: Sequence[str]) -> None:
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        super().__init__(f"a point of the sweep failed: {failures[0]}{more}")
        self.frame = frame
        self.failures = list(failures)


class SweepInterrupted(KeyboardInterrupt):
    """Ctrl-C during a sweep. `folder` keeps the points that had finished; without one they are gone."""

    def __init__(self, folder: Path | None, finished: int, asked: int) -> None:
        kept = f"kept in {folder}; the same call goes on from there" if folder else "done, and kept nowhere"
        super().__init__(f"stopped: {finished} of {asked} points {kept}")
        self.folder = folder
        self.finished = finished
        self.asked = asked


@dataclass(frozen=True)
class Problem:
    """One mistake in a scenario file; line and column count from 1, line 0 means the file as a whole."""

    file: str
    line: int
    column: int
    path: str
    message: str
    suggestion: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        where = f" (at {self.path})" if self.path else ""
        hint = f"; {self.suggestion}" if self.suggestion else ""
        return f"{place}: {self.message}{where}{hint}"


def problems_of(error: ScenarioProblems) -> list[Problem]:
    """The mistakes in the order of the file."""
    return [Problem(**{field: item[field] for field in Problem.__dataclass_fields__}) for item in error.problems]
