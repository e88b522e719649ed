"""What can go wrong. `SimulationError`, `WorldEnded` and `ScenarioProblems` are the compiled core's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from meterbed._core import ScenarioProblems, SimulationError, WorldEnded

__all__ = [
    "MeterbedError",
    "Problem",
    "ReportError",
    "RunFolderError",
    "RunInterrupted",
    "ScenarioProblems",
    "SimulationError",
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
