"""Whether a run, a sweep or a fleet fits into the memory of this machine; told before it starts."""

from __future__ import annotations

import os
from pathlib import Path

from meterbed import _core, worlds
from meterbed.errors import MeterbedError

GIB = 2**30
_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def of_machine() -> int:
    """Bytes this machine, or the container on it, has in all."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(_CONTAINER_LIMIT.read_text()))
    except (OSError, ValueError):  # no container, or "max"
        return whole


def of_all_populations(scenario: _core.Scenario) -> int:
    """Bytes of a world whose populations are in memory together, its records included."""
    return sum(scenario.memory_of_populations)


def of_part(scenario: _core.Scenario) -> int:
    """Bytes of the largest part of a world. Variants in which homes share a DCC with a capacity run in one part."""
    if any(worlds.parts(scenario, variant["name"]) == 1 for variant in scenario.variants):
        return of_all_populations(scenario)
    return scenario.memory_estimate["part"]


def needed(scenario: _core.Scenario, workers: int) -> int:
    """Bytes that a run or sweep with so many workers at once is expected to need.

    Theirs, and one world's records: a run reports on them; in a sweep they stand for the tables of the parts that
    a worker has behind it.
    """
    return workers * of_part(scenario) + scenario.memory_estimate["records"]


def check(scenario: _core.Scenario, workers: int, what: str = "this run") -> None:
    """Raises MeterbedError with the estimate when the run needs more than there is."""
    part = f"{of_part(scenario) / GIB:.1f} GiB in each of {workers} processes"
    _check(scenario, needed(scenario, workers), what, f"{part}; try fewer workers, smaller populations or fewer cuts")


def check_whole(scenario: _core.Scenario) -> None:
    """The same for a fleet, which holds all populations at once in this process."""
    remedy = "all populations at once; try smaller populations or fewer cuts"
    _check(scenario, of_all_populations(scenario), "this fleet", remedy)


def _check(scenario: _core.Scenario, need: int, what: str, remedy: str) -> None:
    have = of_machine()
    if need <= have:
        return
    estimate = scenario.memory_estimate
    raise MeterbedError(
        f"{what} needs about {need / GIB:.1f} GiB of memory and the machine has {have / GIB:.1f} GiB: "
        f"{estimate['premises']:,} premises, {estimate['cuts']:,} interruptions of one, {remedy}"
    )
