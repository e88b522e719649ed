"""Whether a run fits into the memory of this machine; told before it starts."""

from __future__ import annotations

import os
from pathlib import Path

from meterbed import _core
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


def needed(scenario: _core.Scenario, workers: int) -> int:
    """Bytes that a run with so many workers at once is expected to need: theirs, and one world's records to report on."""
    estimate = scenario.memory_estimate
    return workers * estimate["part"] + estimate["records"]


def check(scenario: _core.Scenario, workers: int) -> None:
    """Raises MeterbedError with the estimate when the run needs more than there is."""
    need, have = needed(scenario, workers), of_machine()
    if need <= have:
        return
    estimate = scenario.memory_estimate
    raise MeterbedError(
        f"this run needs about {need / GIB:.1f} GiB of memory and the machine has {have / GIB:.1f} GiB: "
        f"{estimate['premises']:,} premises, {estimate['cuts']:,} interruptions of one, "
        f"{estimate['part'] / GIB:.1f} GiB in each of {workers} processes; try fewer workers, smaller populations or fewer cuts"
    )
