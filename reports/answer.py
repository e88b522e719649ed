"""The answer: each expectation with its value, its interval and its verdict."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from .comparison import FIGURES
from .folder import RunFolder
from .formatting import KINDS, UNITS, cells, number, plural, together
from .intervals import Interval, interval
from .manifest import Expectation, Variant
from .parts import Column, Table
from .words import of_metric

_TIMES = re.compile(r" times \D")
SIGNS = {"meets": "✓", "fails": "✗", "uncertain": "?"}


@dataclass(frozen=True)
class Judged:
    """An expectation as the report tells it."""

    metric: str
    expected: str
    value: str
    verdict: str
    reason: str
    interval: Interval

    @property
    def sign(self) -> str:
        """Shape beside the colour of a verdict."""
        return SIGNS.get(self.verdict, "?")


@dataclass(frozen=True)
class Answer:
    """What the expectations say of one variant."""

    variant: Variant
    judged: list[Judged]

    @property
    def verdict(self) -> str:
        """Of the variant as a whole; nothing when nothing was expected of it."""
        verdicts = {item.verdict for item in self.judged}
        return next((word for word in ("fails", "uncertain", "meets") if word in verdicts), "")

    @property
    def sentence(self) -> str:
        """All expectations in one sentence."""
        if not self.judged:
            return "Nothing was expected of this variant; it is there to compare with."
        n = len(self.judged)
        met = sum(item.verdict == "meets" for item in self.judged)
        every = "the one expectation" if n == 1 else f"all {n} expectations"
        if met == n:
            return f"Meets {every}."
        unsure = sum(item.verdict == "uncertain" for item in self.judged)
        parts = [f"Meets {met} of {plural(n, 'expectation')}", f"fails {n - met - unsure}" if n > met + unsure else ""]
        parts.append(f"{unsure} uncertain" if unsure else "")
        return "; ".join(part for part in parts if part) + "."


def answers(run: RunFolder) -> list[Answer]:
    """One a variant, in the order of the scenario."""
    return [
        Answer(variant, [judge(item) for item in run.manifest.expectations if item.variant == variant.name])
        for variant in run.manifest.variants
    ]


def judge(item: Expectation) -> Judged:
    """meets: in every repeat; fails: in none; uncertain: mixed, or the interval contains the limit."""
    found = interval(item.values)
    kind = of_metric(item.metric).kind
    n = len(item.values)
    verdict, reason = item.verdict, f"in {'the one repeat' if n == 1 else f'all {n} repeats'}"
    if verdict == "fails":
        reason = "in the one repeat" if n == 1 else f"in each of {n} repeats"
    elif verdict == "uncertain":
        reason = "the repeats disagree"
    limit = _limit(item)
    if verdict in ("meets", "fails") and limit is not None and found.low < limit < found.high:
        reason = f"{verdict} {reason}, but the interval contains the limit"
        verdict = "uncertain"
    return Judged(item.metric, _expected(item, kind), with_interval(found, kind), verdict, reason, found)


def with_interval(found: Interval, kind: str) -> str:
    """'25.2 (95 %: 20.1 to 30.3)', without the bracket when there is no spread."""
    mean, low, high = together([found.mean, found.low, found.high], kind)
    if math.isnan(found.mean):
        return "not measured"
    if math.isnan(found.low):
        return mean
    if found.low == found.high:
        return f"{mean} in every repeat"
    return f"{mean} (95 % interval {low} to {high})"


def _limit(item: Expectation) -> float | None:
    """The number of `at most` and `at least`; other comparisons have no such limit, nor has one repeat another's."""
    if _TIMES.search(item.rule):
        return None
    if not re.match(r"(at most|at least)\s+(assume\b|[\d.$-])", item.rule) or not isinstance(item.bound, int | float):
        return None
    return float(item.bound)


def _expected(item: Expectation, kind: str) -> str:
    """As written; a metric as bound, or what a factor is of, gets its mean in brackets."""
    words = _TIMES.search(item.rule) or re.match(r"(equals|at most|at least)\s+\D", item.rule)
    if words and isinstance(item.bound, int | float) and _limit(item) is None:
        return f"{item.rule} ({KINDS.get(kind, number)(float(item.bound))})"
    return f"equals {item.rule}" if re.match(r"[\d.-]", item.rule) else item.rule


def table(run: RunFolder) -> Table:
    """All expectations as a table."""
    rows: list[tuple[object, ...]] = []
    marks = []
    for answer in answers(run):
        for item in answer.judged:
            found = item.interval
            kind = of_metric(item.metric).kind
            figures = cells([found.mean, found.low, found.high], kind)
            verdict = f"{item.sign} {item.verdict}"
            what = (answer.variant.name, item.metric, item.expected)
            rows.append((*what, *figures, UNITS.get(kind, ""), verdict, item.reason))
            marks.append(item.verdict)
    columns = [Column("Variant"), Column("Metric"), Column("Expected"), *FIGURES, Column("Verdict"), Column("Why")]
    return Table("expectations", "Expectations, all variants", columns, rows, marks)
