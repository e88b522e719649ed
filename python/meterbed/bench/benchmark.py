"""What a benchmark is, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Row = dict[str, Any]
#: Told before each measurement: what it is, how many are done, how many there are.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Effort:
    """How much to measure. `quick` is for tests: it shows that the programs agree, not how fast they are."""

    quick: bool = False
    repeats: int = 5


@dataclass
class Answer:
    """Rows of the benchmark's columns, and sentences about what is not in them."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Benchmark:
    name: str
    description: str
    columns: tuple[str, ...]
    measure: Callable[[Effort, Tell], Answer]


def median_of(rows: list[Row], key: str) -> float:
    """The middle of a column."""
    return float(median(row[key] for row in rows))
