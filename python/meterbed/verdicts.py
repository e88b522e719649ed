"""What the repeats say together about an expectation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["meets", "fails", "uncertain"]


@dataclass(frozen=True)
class Expectation:
    """An `expect` of the scenario over all repeats of its variant.

    verdict: meets when it held in every repeat, fails when in none, uncertain otherwise.
    value, bound: mean over the repeats; values: the metric in each repeat. None where a repeat had nothing to
        measure, for example a share of none.
    """

    name: str
    variant: str
    metric: str
    verdict: Verdict
    value: float | None
    bound: Any
    values: list[float | None]

    @property
    def held(self) -> bool:
        return self.verdict == "meets"

    def as_dict(self) -> dict[str, Any]:
        """In the words and the order of the manifest."""
        fields = asdict(self)
        keys = ("name", "variant", "metric", "held", "verdict", "value", "bound", "values")
        return {key: self.held if key == "held" else fields[key] for key in keys}


@dataclass(frozen=True)
class Invariant:
    """An `always` of the scenario over all repeats and variants; `text` tells of the first time it broke."""

    name: str
    held: bool
    text: str


def verdict(held: Sequence[bool]) -> Verdict:
    """Over the repeats of one variant."""
    if all(held):
        return "meets"
    return "uncertain" if any(held) else "fails"


def mean(values: Sequence[float | None]) -> float | None:
    """Of the values that are there; None when none is."""
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def fold_expectations(per_repeat: Sequence[Sequence[dict[str, Any]]]) -> list[Expectation]:
    """Each item holds the expectations of one world (name, variant, metric, held, value, bound)."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for world in per_repeat:
        for item in world:
            groups.setdefault((item["variant"], item["metric"], item["name"]), []).append(item)
    return [_fold(*key, items) for key, items in groups.items()]


def _fold(variant: str, metric: str, name: str, items: list[dict[str, Any]]) -> Expectation:
    values = [None if item["value"] is None else float(item["value"]) for item in items]
    bounds = [item["bound"] for item in items]
    same_bound = all(bound == bounds[0] for bound in bounds)
    return Expectation(
        name=name,
        variant=variant,
        metric=metric,
        verdict=verdict([bool(item["held"]) for item in items]),
        value=mean(values),
        bound=bounds[0] if same_bound else mean([float(bound) for bound in bounds]),
        values=values,
    )


def fold_invariants(per_world: Sequence[Sequence[dict[str, Any]]]) -> list[Invariant]:
    """Each item holds the invariants of one world (name, held, text)."""
    folded: dict[str, Invariant] = {}
    for world in per_world:
        for item in world:
            known = folded.get(item["name"])
            if known is None or (known.held and not item["held"]):
                folded[item["name"]] = Invariant(item["name"], bool(item["held"]), item["text"])
    return list(folded.values())
