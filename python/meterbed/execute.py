"""From a scenario to a run folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from meterbed import _core, folder, manifest, memory, parallel, tables, worlds
from meterbed.errors import ReportError, RunInterrupted
from meterbed.parallel import Job, Result
from meterbed.run import Run

Kernel = Literal["systemc", "plain"]
ProgressLike = bool | Callable[[float], None]


def execute(
    scenario: _core.Scenario,
    out: Path | None,
    *,
    command: Sequence[str],
    workers: int | None = None,
    kernel: Kernel = "systemc",
    progress: ProgressLike = False,
    report: bool = False,
    force: bool = False,
) -> Run:
    """Simulates all variants and repeats and writes the folder `out`; see `Scenario.run`."""
    if out is not None:
        return _execute(scenario, out, command, workers, kernel, progress, report, force)
    home = folder.unfinished_name(Path(tempfile.gettempdir(), "meterbed"))
    try:
        home.mkdir(0o700)
        run = _execute(scenario, home / "run", command, workers, kernel, progress, report, force)
    finally:
        if not (home / "run").exists():
            shutil.rmtree(home, ignore_errors=True)
    weakref.finalize(run, shutil.rmtree, home, ignore_errors=True)
    return run


def _execute(
    scenario: _core.Scenario,
    target: Path,
    command: Sequence[str],
    workers: int | None,
    kernel: Kernel,
    progress: ProgressLike,
    report: bool,
    force: bool,
) -> Run:
    folder.check_target(target, force)
    memory.check(scenario, parallel.processes(worlds.of_run(scenario), workers))
    with folder.unfinished(target) as work:
        try:
            results, interrupted = _simulate(scenario, work, kernel, workers, progress)
        except KeyboardInterrupt:  # before the first job, or after the last
            raise RunInterrupted(None, 0, scenario.repeats) from None
        results = _whole_repeats(scenario, results)
        repeats = len({result.repeat for result in results})
        if interrupted and not results:
            raise RunInterrupted(None, 0, scenario.repeats)
        _write(work, scenario, results, kernel, command)
        failure = None
        if report and not interrupted:
            try:
                failure = _report(work)
            except KeyboardInterrupt:
                interrupted = True
        folder.publish(work, target, force)
    if interrupted:
        raise RunInterrupted(target, repeats, scenario.repeats)
    if failure is not None:
        raise ReportError(target, failure) from failure
    return Run(target)


def _simulate(
    scenario: _core.Scenario, work: Path, kernel: str, workers: int | None, progress: ProgressLike
) -> tuple[list[Result], bool]:
    """All results by (variant, repeat), and whether Ctrl-C cut them short."""
    # Repeat by repeat, so that an interrupted run has whole repeats.
    jobs = [
        Job(scenario, variant, repeat, kernel, _targets(scenario, work, variant, repeat)[part], part=part)
        for repeat in range(scenario.repeats)
        for variant in _variants(scenario)
        for part in worlds.largest_first(scenario, variant)
    ]
    found: dict[int, Result] = {}
    interrupted = False
    with progress_bar(progress) as tell:
        try:
            parallel.run_jobs(jobs, workers, found.__setitem__, tell)
        except KeyboardInterrupt:
            interrupted = True
    ended = {(jobs[index].variant, jobs[index].repeat, jobs[index].part): result for index, result in found.items()}
    results = []
    for variant in _variants(scenario):
        for repeat in range(scenario.repeats):
            targets = _targets(scenario, work, variant, repeat)
            parts = [ended[key] for part in range(len(targets)) if (key := (variant, repeat, part)) in ended]
            if len(parts) == len(targets):
                results.append(_whole(scenario, parts, targets))
    return results, interrupted


def _whole(scenario: _core.Scenario, parts: Sequence[Result], targets: Sequence[worlds.Target]) -> Result:
    """The result of a world from those of its parts."""
    if scenario.scale == "bench":
        return parts[0]
    variant, repeat = parts[0].variant, parts[0].repeat
    judgement = worlds.judge_kept(scenario, variant, targets)
    return parallel.result_of(variant, repeat, judgement, [part.records_sha256 for part in parts])


def _variants(scenario: _core.Scenario) -> list[str]:
    return [variant["name"] for variant in scenario.variants]


def _targets(scenario: _core.Scenario, work: Path, variant: str, repeat: int) -> list[worlds.Target]:
    """Of the parts of a world."""
    number = _variants(scenario).index(variant)
    count = worlds.parts(scenario, variant)
    return [worlds.Target(work / f"part-{number}-{repeat}-{part}") for part in range(count)]


def _whole_repeats(scenario: _core.Scenario, results: Sequence[Result]) -> list[Result]:
    """Only repeats that finished in all variants, so that variants stay comparable."""
    counts: dict[int, int] = {}
    for result in results:
        counts[result.repeat] = counts.get(result.repeat, 0) + 1
    return [result for result in results if counts[result.repeat] == len(scenario.variants)]


def _write(
    work: Path, scenario: _core.Scenario, results: Sequence[Result], kernel: str, command: Sequence[str]
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from meterbed import parquet, prepayments

    targets = [target for result in results for target in _targets(scenario, work, result.variant, result.repeat)]
    parquet.gather([target.records for target in targets], work / "records.parquet")
    lost_mains = [target.outages for target in targets if target.outages.exists()]
    parquet.gather(lost_mains, work / "outages.parquet")
    for name in prepayments.SCHEMAS:
        prepaid = [target.prepayments(name) for target in targets if target.prepayments(name).exists()]
        parquet.gather(prepaid, prepayments.file(work, name))
    for part in work.glob("part-*"):
        part.unlink()
    rows = [
        (result.variant, result.repeat, metric, float(value))
        for result in results
        for metric, value in sorted(result.metrics.items())
    ]
    schema = pa.schema(
        [("variant", pa.string()), ("repeat", pa.int32()), ("metric", pa.string()), ("value", pa.float64())]
    )
    columns = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)]
    pq.write_table(pa.table(columns, schema=schema), work / "metrics.parquet", store_schema=False)
    (work / "scenario.yaml").write_text(scenario.text, encoding="utf-8")
    tables.keep(scenario, work)
    manifest.write(work, manifest.describe(scenario, results, kernel=kernel, command=command))


def _report(work: Path) -> Exception | None:
    """Builds the report; the run itself is worth keeping even when that fails."""
    try:
        from meterbed import reports

        reports.build(work)
    except Exception as error:
        return error
    return None


@contextmanager
def progress_bar(progress: ProgressLike) -> Iterator[Callable[[float], None] | None]:
    """True: a bar on standard error when that is a terminal; a function: the function; False: nothing."""
    if callable(progress):
        yield progress
        return
    if not progress or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=1.0)

        def tell(share: float) -> None:
            with contextlib.suppress(KeyError):
                bar.update(task, completed=share)

        yield tell
