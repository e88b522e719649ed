"""The same story over seeds and settings, as one frame."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from meterbed.execute import Kernel, ProgressLike, progress_bar
from meterbed.parallel import Job, Result, run_jobs
from meterbed.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    path: str | os.PathLike[str],
    *,
    set: Mapping[str, Sequence[object]] | None = None,  # noqa: A002 - the word of the command line
    seeds: Iterable[int] | None = None,
    repeat: int = 1,
    workers: int | None = None,
    kernel: Kernel = "systemc",
    progress: ProgressLike = False,
) -> pd.DataFrame:
    """Runs a scenario for every combination of values and seeds; records are not kept.

    set: values to try for each key, as in `Scenario(set=...)`.
    seeds: None for the scenario's own.
    repeat: repeats for each seed.

    Returns one row a metric: a column for each key of `set`, then seed, variant, repeat, metric, value.
    Every combination is checked before the first runs: ScenarioProblems for the first one that is wrong.
    """
    import pandas as pd

    choices = dict(set or {})
    settings = [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]
    chosen_seeds: list[int | None] = [None] if seeds is None else list(seeds)
    scenarios = [
        (setting, Scenario(path, set=setting, seed=seed, repeat=repeat))
        for setting in settings
        for seed in chosen_seeds
    ]
    jobs: list[Job] = []
    labels: list[dict[str, object]] = []
    for setting, scenario in scenarios:
        for variant, number in itertools.product(scenario.variants, range(scenario.repeats)):
            jobs.append(Job(scenario.core, variant, number, kernel))
            labels.append({**setting, "seed": scenario.seed, "variant": variant, "repeat": number})
    results: dict[int, Result] = {}
    with progress_bar(progress) as tell:
        run_jobs(jobs, workers, results.__setitem__, tell)
    rows = [
        {**labels[index], "metric": metric, "value": value}
        for index in range(len(jobs))
        for metric, value in sorted(results[index].metrics.items())
    ]
    return pd.DataFrame(rows, columns=[*choices, "seed", "variant", "repeat", "metric", "value"])
