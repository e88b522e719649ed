"""The same story over seeds and settings, as one frame."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterbed import _core, cluster, memory, parallel
from meterbed.errors import MeterbedError, SweepError, SweepInterrupted
from meterbed.execute import Kernel, ProgressLike, progress_bar
from meterbed.manifest import records_hash
from meterbed.parallel import Job, Result
from meterbed.points import Grid, Point, grid
from meterbed.sweep_folder import SweepFolder

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    path: str | os.PathLike[str],
    *,
    set: Mapping[str, object] | None = None,  # noqa: A002 - the word of the command line
    seeds: Iterable[int] | None = None,
    repeat: int = 1,
    out: str | os.PathLike[str] | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    kernel: Kernel = "systemc",
    progress: ProgressLike = False,
) -> pd.DataFrame:
    """Runs a scenario for every combination of values and seeds; records are not kept.

    set: values to try for each key, as in `Scenario(set=...)`.
    seeds: None for the scenario's own.
    repeat: repeats for each seed.
    out: a sweep folder (docs/sweeps.md), which keeps every finished point: a second call with the same or more
        values and seeds runs only what is missing. None: nothing is kept.
    scheduler: address of a Dask scheduler whose workers run the points, "tcp://host:8786"; None: processes here.
    workers: processes on this machine; None: one a core.

    Returns one row a metric: a column for each key of `set`, then seed, variant, repeat, metric, value,
    records_sha256. Every combination is checked before the first runs: ScenarioProblems for the first one that is
    wrong, MeterbedError for one that needs more memory than this machine has. SweepError, after all others ran, when a
    point ended in an error; SweepInterrupted after Ctrl-C.
    """
    asked = grid(path, set or {}, seeds, repeat)
    done = run_sweep(asked, out, scheduler=scheduler, workers=workers, kernel=kernel, progress=progress)
    if done.failures:
        raise SweepError(done.frame, done.told)
    return done.frame


@dataclass
class Sweep:
    """A sweep as far as it came: what each point left behind, by its number."""

    grid: Grid
    folder: SweepFolder | None
    results: dict[int, Result] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)
    reused: int = 0

    @property
    def points(self) -> list[Point]:
        return self.grid.points

    @property
    def told(self) -> list[str]:
        """A line for each point that failed."""
        return [f"{self.points[number]}: {text}" for number, text in sorted(self.failures.items())]

    @property
    def broken(self) -> list[str]:
        """A line for each point in which an `always` broke."""
        return [
            f"{self.points[number]}: {item['name']}: {item['text']}"
            for number, result in sorted(self.results.items())
            for item in result.invariants
            if not item["held"]
        ]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a metric, in the order of the points."""
        import pandas as pd

        rows = [
            {
                **self.points[number].labels,
                "metric": metric,
                "value": float(value),
                "records_sha256": result.records_sha256,
            }
            for number, result in sorted(self.results.items())
            for metric, value in sorted(result.metrics.items())
        ]
        columns = [*self.grid.choices, "seed", "variant", "repeat", "metric", "value", "records_sha256"]
        return pd.DataFrame(rows, columns=columns)

    @property
    def manifest(self) -> dict[str, Any]:
        """What was asked and what came of it; nothing in it depends on workers, cluster or clock."""
        core = self.points[0].scenario
        hashes = [result.records_sha256 for _, result in sorted(self.results.items())]
        return {
            "scenario": self.grid.path.name,
            "title": core.title,
            "question": core.question,
            "source": core.source,
            "version": _core.__version__,
            "set": {key: [str(value) for value in values] for key, values in self.grid.choices.items()},
            "seeds": sorted({point.seed for point in self.points}),
            "repeat": self.grid.repeat,
            "variants": list(dict.fromkeys(point.variant for point in self.points)),
            "points": len(self.points),
            "finished": len(self.results),
            "complete": len(self.results) == len(self.points),
            "failed": self.told,
            "broken": self.broken,
            "records_sha256": records_hash(hashes),
            "command": shlex.join(self.grid.command),
        }

    def save(self) -> None:
        if self.folder is not None:
            self.folder.finish(self.manifest, self.frame)


def run_sweep(
    asked: Grid,
    out: str | os.PathLike[str] | None,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    kernel: Kernel = "systemc",
    progress: ProgressLike = False,
) -> Sweep:
    """As `sweep`, with everything that came of it; points that failed are in it."""
    done = Sweep(asked, None if out is None else SweepFolder(Path(out)))
    if done.folder is not None:
        done.folder.begin(done.manifest, asked.path.read_text(encoding="utf-8"))
    missing = _recall(done)
    try:
        with progress_bar(progress) as tell:
            _run(done, missing, scheduler, workers, kernel, tell)
    except KeyboardInterrupt:
        done.save()
        raise SweepInterrupted(done.folder.path if done.folder else None, len(done.results), len(done.points)) from None
    except MeterbedError as error:
        done.save()
        raise MeterbedError(f"{error}; {len(done.results)} of {len(done.points)} points are done") from error
    done.save()
    return done


def _recall(done: Sweep) -> list[int]:
    """Takes over what the folder has; returns the numbers of the points that are to run."""
    missing = []
    for number, point in enumerate(done.points):
        known = None if done.folder is None else done.folder.read(point)
        if known is None:
            missing.append(number)
        else:
            done.results[number] = known
    done.reused = len(done.results)
    return missing


def _run(
    done: Sweep,
    missing: Sequence[int],
    scheduler: str | None,
    workers: int | None,
    kernel: Kernel,
    progress: Callable[[float], None] | None,
) -> None:
    def finished(index: int, result: Result) -> None:
        number = missing[index]
        if done.folder is not None:
            done.folder.write(done.points[number], result)
        done.results[number] = result

    def failed(index: int, error: Exception | str) -> None:
        done.failures[missing[index]] = error if isinstance(error, str) else f"{type(error).__name__}: {error}"

    points = [done.points[number] for number in missing]
    if not points:
        return
    if scheduler is not None:
        cluster.run_points(points, kernel, scheduler, finished, failed, progress)
        return
    _check_memory(points, parallel.processes(len(points), workers))
    jobs = [Job(point.scenario, point.variant, point.repeat, kernel, seed=point.seed) for point in points]
    parallel.run_jobs(jobs, workers, finished, progress, failed)


def _check_memory(points: Sequence[Point], workers: int) -> None:
    """Before the first point runs. Raises MeterbedError for the one that needs most, when it is more than there is."""
    stories = {id(point.scenario): point for point in points}
    largest = max(stories.values(), key=lambda point: memory.needed(point.scenario, workers))
    memory.check(largest.scenario, workers, f"the point {largest}")
