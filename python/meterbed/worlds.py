"""One world, simulated whole or, at fleet scale, in parts that are judged together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterbed import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray

Judgement = dict[str, Any]  # metrics, expectations, invariants
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Target:
    """Where a part of a world leaves what it did: files beside each other with this beginning."""

    path: Path

    @property
    def records(self) -> Path:
        return self.path.with_suffix(".records.parquet")

    @property
    def outages(self) -> Path:
        """As a table; none when nothing lost its mains."""
        return self.path.with_suffix(".outages.parquet")

    def prepayments(self, table: str) -> Path:
        """A table of prepayment; none when nobody prepays."""
        return self.path.with_suffix(f".{table}.parquet")

    @property
    def rows(self) -> Path:
        """The outages as the core has them, for `judge`."""
        return self.path.with_suffix(".npy")

    @property
    def prepayment_rows(self) -> Path:
        """Prepayment likewise."""
        return self.path.with_suffix(".npz")


@dataclass(frozen=True)
class Simulated:
    """What one part came to, its records apart."""

    judgement: Judgement  # empty at fleet scale
    records_sha256: str
    outages: NDArray[Any]
    prepayments: _core.Prepayments


def parts(scenario: _core.Scenario, variant: str) -> int:
    """In how many parts a world of this variant runs."""
    return _core.parts(scenario, variant)


def of_run(scenario: _core.Scenario) -> int:
    """The parts of all worlds of a run: so many jobs are shared among its workers."""
    return scenario.repeats * sum(parts(scenario, variant["name"]) for variant in scenario.variants)


def largest_first(scenario: _core.Scenario, variant: str) -> list[int]:
    """The parts of a world in the order in which several workers should take them, so that they end together."""
    count = parts(scenario, variant)
    sizes = scenario.memory_of_populations
    if count != len(sizes):
        return list(range(count))
    return sorted(range(count), key=lambda part: -sizes[part])


def simulate(
    scenario: _core.Scenario,
    variant: str,
    repeat: int,
    kernel: str,
    part: int,
    target: Target | None,
    progress: Progress | None,
) -> Simulated:
    """One part in this process."""
    outcome = _core.simulate(scenario, variant, repeat, kernel, progress, part)
    found = Simulated(outcome.judgement, outcome.records_sha256, outcome.take_outages(), outcome.take_prepayments())
    if target is not None:
        _keep(outcome, found, variant, repeat, target)
        if scenario.scale == "fleet":
            _keep_rows(found, target)
    return found


def _keep(outcome: _core.Outcome, found: Simulated, variant: str, repeat: int, target: Target) -> None:
    from meterbed import outages, prepayments, records  # Arrow is not needed by sweeps

    columns = outcome.take_columns()
    if len(found.outages):
        labels = outages.labels_of(columns)
        outages.write(outages.table(found.outages, labels, variant, repeat), target.outages)
    for name, table in prepayments.tables(found.prepayments, variant, repeat):
        prepayments.write(table, target.prepayments(name))
    records.write(records.of_world(columns, variant, repeat), target.records)


def _keep_rows(found: Simulated, target: Target) -> None:
    import numpy as np

    from meterbed import prepayments

    np.save(target.rows, found.outages)
    prepayments.save(found.prepayments, target.prepayment_rows)


def simulate_whole(
    scenario: _core.Scenario, variant: str, repeat: int, kernel: str, progress: Progress | None
) -> tuple[Judgement, list[str]]:
    """All parts of a world one after the other: its judgement, and the hashes of the records of each."""
    count = parts(scenario, variant)
    found = []
    for part in range(count):

        def tell(share: float, before: int = part) -> None:
            if progress is not None:
                progress((before + share) / count)

        found.append(simulate(scenario, variant, repeat, kernel, part, None, tell))
    hashes = [part.records_sha256 for part in found]
    if scenario.scale == "bench":
        return found[0].judgement, hashes
    outages, prepayments = [part.outages for part in found], [part.prepayments for part in found]
    return judge(scenario, variant, outages, prepayments), hashes


def records_hash(hashes: Sequence[str]) -> str:
    """One fingerprint for many: SHA-256 over their hashes, a line each."""
    return hashlib.sha256("".join(f"{line}\n" for line in hashes).encode()).hexdigest()


def hash_of_parts(hashes: Sequence[str]) -> str:
    """Of the records of a world: its own where it ran in one part."""
    return hashes[0] if len(hashes) == 1 else records_hash(hashes)


def judge(
    scenario: _core.Scenario,
    variant: str,
    outages: Sequence[NDArray[Any]],
    prepayments: Sequence[_core.Prepayments],
) -> Judgement:
    """A world of fleet scale, from the outages and prepayment of all its parts."""
    return _core.judge(scenario, variant, list(outages), list(prepayments))


def judge_kept(scenario: _core.Scenario, variant: str, targets: Sequence[Target]) -> Judgement:
    """The same from the files of the parts."""
    import numpy as np

    from meterbed import prepayments

    outages = [np.load(target.rows, mmap_mode="r") for target in targets]
    return judge(scenario, variant, outages, [prepayments.load(target.prepayment_rows) for target in targets])
