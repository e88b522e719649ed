"""What changes from the first variant to the others: paired differences, same seeds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .drawing import INK, figure, finish, look, style
from .folder import RunFolder
from .formatting import UNITS, cells, number, plural, together
from .intervals import METHOD, Interval, interval
from .parts import Column, Plot, Table
from .words import MetricWords, of_metric

Values = dict[tuple[str, str], dict[int, float]]
FIGURES = [Column(head, "figure") for head in ("Mean", "95 % from", "95 % to")] + [Column("Unit", "csv")]
MOST_PANELS = 8
_SCALES = {"share": (100.0, "%"), "number": (1.0, "")}


@dataclass(frozen=True)
class Difference:
    """Other variant less the first, repeat by repeat."""

    metric: str
    first: str
    other: str
    interval: Interval
    kind: MetricWords | None = None  # of shares that are no metric by name

    @property
    def words(self) -> MetricWords:
        """How its values are written, and which side is good."""
        return self.kind or of_metric(self.metric)

    @property
    def finding(self) -> str:
        """'better' and 'worse' only when the interval is clear of zero and the metric has a good side."""
        found = self.interval
        if not found.n:
            return "not measured in both"
        if found.mean == found.low == found.high == 0:
            return "no difference"
        if not found.clear_of_zero:
            return "no clear difference"
        way = "lower" if found.mean < 0 else "higher"
        good = self.words.better
        return f"{way}: {'better' if good == way else 'worse'}" if good else way

    @property
    def sentence(self) -> str:
        """For findings that are clear."""
        found = self.interval
        low, high = sorted((abs(found.low), abs(found.high)))
        mean, least, most = together([abs(found.mean), low, high], self.words.kind)
        if self.words.kind == "share":  # "5 % higher" could also mean 21 % after 20 %
            mean = mean.replace("%", "percentage points")
            least = least.removesuffix(" %")
        spread = "in every repeat" if low == high else f"95 % interval {least} to {most}"
        way, _, verdict = self.finding.partition(": ")
        end = f" That is {verdict}." if verdict else ""
        return (
            f"{self.metric[:1].upper() + self.metric[1:]}: {mean} {way} in {self.other} than in"
            f" {self.first} ({spread}).{end}"
        )


def values(run: RunFolder) -> Values:
    """(variant, metric) -> repeat -> value."""
    out: Values = {}
    for variant, repeat, metric, value in run.metrics.itertuples(index=False):
        out.setdefault((str(variant), str(metric)), {})[int(repeat)] = float(value)
    return out


def main_metrics(run: RunFolder) -> list[str]:
    """What the scenario expects and measures; everything when it names nothing."""
    named = [item.metric for item in run.manifest.expectations] + run.manifest.measures
    present = set(run.metrics["metric"])
    return [name for name in dict.fromkeys(named) if name in present] or sorted(present)


def other_metrics(run: RunFolder) -> list[str]:
    """The rest, by name."""
    return sorted(set(run.metrics["metric"]) - set(main_metrics(run)))


def drawn_metrics(run: RunFolder, metrics: list[str]) -> list[str]:
    """Those that tell the variants apart; all of them when there are few, or none does. One value has nothing to show."""
    if len(run.variants) == 1 and len(run.repeats) == 1:
        return []
    if len(metrics) <= MOST_PANELS:
        return metrics
    known = values(run)
    apart = [
        name
        for name in metrics
        if any(known.get((v, name)) != known.get((run.variants[0], name)) for v in run.variants)
    ]
    return apart or metrics[:MOST_PANELS]


def differences(run: RunFolder, metrics: Iterable[str]) -> list[Difference]:
    """Each other variant against the first, over the repeats that both have."""
    known = values(run)
    first, *others = run.variants
    out = []
    for metric in metrics:
        base = known.get((first, metric), {})
        for other in others:
            mine = known.get((other, metric), {})
            paired = [mine[repeat] - base[repeat] for repeat in sorted(base.keys() & mine.keys())]
            out.append(Difference(metric, first, other, interval(paired)))
    return out


def metric_table(run: RunFolder, name: str, caption: str, metrics: list[str]) -> Table:
    """Mean and interval by metric and variant."""
    known = values(run)
    rows: list[tuple[object, ...]] = []
    for metric in metrics:
        kind = of_metric(metric).kind
        for variant in run.variants:
            found = interval(list(known.get((variant, metric), {}).values()))
            figures = cells([found.mean, found.low, found.high], kind)
            rows.append((metric, variant, *figures, UNITS.get(kind, ""), found.n))
    columns = [Column("Metric"), Column("Variant"), *FIGURES, Column("Repeats measured", "number")]
    return Table(name, caption, columns, rows)


def difference_table(
    items: list[Difference], name: str = "differences", caption: str = "Paired differences, same seeds"
) -> Table:
    """Paired differences with their intervals and what they say."""
    rows: list[tuple[object, ...]] = []
    marks = []
    for item in items:
        found = item.interval
        kind = item.words.kind
        figures = cells([found.mean, found.low, found.high], kind)
        difference = f"{item.other} − {item.first}"
        rows.append((item.metric, difference, *figures, UNITS.get(kind, ""), found.n, item.finding))
        marks.append(item.finding.partition(": ")[2])
    columns = [Column("Metric"), Column("Difference"), *FIGURES, Column("Pairs", "number"), Column("Finding")]
    return Table(name, caption, columns, rows, marks)


def plot(run: RunFolder, metrics: list[str]) -> Plot:
    """Dots and whiskers: one panel a metric, because their units differ."""
    known = values(run)
    n = len(run.variants)
    told = []
    with style():
        drawing = figure(0.4 + (0.56 + 0.22 * n) * len(metrics))
        panels = drawing.subplots(len(metrics), 1, squeeze=False)[:, 0]
        for axes, metric in zip(panels, metrics, strict=True):
            size, unit = _scale(metric, known)
            for i, variant in enumerate(run.variants):
                points = [value / size for value in known.get((variant, metric), {}).values() if not math.isnan(value)]
                found = interval(points)
                if not found.n:
                    axes.text(0.01, i, "not measured", va="center", fontsize=9, transform=axes.get_yaxis_transform())
                    continue
                colour, marker, _, _ = look(i)
                half = 0.0 if math.isnan(found.low) else found.mean - found.low
                axes.plot(points, [i] * len(points), "|", color=colour, alpha=0.55, markersize=9)
                axes.errorbar(
                    found.mean, i, xerr=half, fmt=marker, color=colour, markersize=8, capsize=4, markeredgecolor=INK
                )
                told.append(f"{metric}, {variant}: {number(found.mean)}{unit and ' ' + unit}")
            axes.set_yticks(range(n), run.variants)
            axes.set_ylim(n - 0.4, -0.6)
            axes.set_title(f"{metric}, {unit}" if unit else metric)
            axes.grid(visible=False, axis="y")
            low, high = axes.get_xlim()
            if low >= -abs(high) * 0.1:
                axes.set_xlim(min(0.0, low), max(high * 1.03, 1e-9) if high > 0 else 1)
        alt = "Means with 95 % intervals by variant. " + "; ".join(told) + "."
        caption = "Metrics by variant: mean (symbol), 95 % interval (whiskers), single repeats (ticks)"
        if metrics != main_metrics(run):
            caption += "; metrics that are the same in all variants are in the table only"
        return finish(drawing, "metrics by variant", caption, alt)


def _scale(metric: str, known: Values) -> tuple[float, str]:
    """What a plot divides values by, and the unit that then stands beside it."""
    kind = of_metric(metric).kind
    if kind == "duration":
        longest = max((v for key, row in known.items() if key[1] == metric for v in row.values()), default=0)
        for size, unit in ((86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes")):
            if longest >= 2 * size:
                return size, unit
        return 1.0, "seconds"
    factor, unit = _SCALES[kind]
    return 1 / factor, unit


def method(run: RunFolder) -> str:
    """How the figures of the answer were made, in one sentence."""
    pairs = " Differences are taken repeat by repeat: the same repeat has the same seed in every variant."
    text = f"Every figure is the {METHOD}, over {plural(len(run.repeats), 'repeat')}."
    return text + (pairs if len(run.variants) > 1 else "")
