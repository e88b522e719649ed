"""Worlds one after another in one process: does memory grow?"""

from __future__ import annotations

from meterbed.bench.benchmark import Answer, Benchmark, Effort, Tell
from meterbed.bench.programs import lines_of, script

COLUMNS = ("kernel", "worlds", "kib_before", "kib_after", "kib_per_world", "worlds_per_s")


def measure(effort: Effort, tell: Tell) -> Answer:
    words = script("thousand_worlds.py")
    worlds = 20 if effort.quick else 1_000
    kernels = ("systemc", "plain")
    rows = []
    for done, kernel in enumerate(kernels):
        tell(f"{worlds:,} worlds on the {kernel} kernel", done, len(kernels))
        rows += lines_of([*words, str(worlds), kernel, "json"])
    return Answer(rows, ["memory is compared from a tenth of the worlds on"])


WORLDS = Benchmark("worlds", "1,000 worlds in one process: growth of memory", COLUMNS, measure)
