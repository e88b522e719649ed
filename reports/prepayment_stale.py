"""Section `prepayment stale tariff`: how long meters went on with an old price, or in prepayment mode."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass, field

import numpy as np

from . import prepayments
from .columns import Array
from .comparison import Difference, difference_table
from .drawing import BLUE, GREEN, INK, ORANGE, PURPLE, VERMILION, figure, finish, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, joined, number, share
from .intervals import Interval, not_negative
from .parts import Column, Plot, Section, Table
from .prepayments import ALL, DAY, FAULTS, KIND_WORDS, KINDS, Group, World, label
from .tallies import Tally

NAME = "prepayment stale tariff"
TITLE = "Prepayment: old price, old mode"
STEPS = 240  # of a curve
DAYS, LEFT = "days", "left"
COLOURS = (BLUE, VERMILION, ORANGE, PURPLE, GREEN, INK)
LOOKS = dict(zip([*FAULTS, "all"], zip(COLOURS, ("-", "--", "-.", ":", "-", "-"), strict=True), strict=True))


@dataclass(frozen=True)
class Change:
    """What was to change, in words."""

    kind: str  # as in the table
    name: str  # of tables and drawings
    metric: str
    old: str
    meters: str


CHANGES = (
    Change("price", NAME, "stale-tariff days", "charging by the old price", "meters"),
    Change("mode", f"{NAME} mode", "stale-mode days", "still in prepayment mode", "meters that were to change"),
)


@dataclass
class Stale:
    """Folds over all worlds, of one change."""

    days: float = 0.0  # counted
    after: float = 0.0  # from the decision to the end
    tally: Tally = field(default_factory=Tally)  # group (measure, kind, word)
    taken: dict[tuple[str, str], Array] = field(default_factory=dict)  # (variant, fault class) -> meters by step
    meters: dict[tuple[str, str], int] = field(default_factory=dict)


def section(run: RunFolder) -> Section:
    """For each change a curve a fault class, and days per 1,000 meters by group."""
    found = {change: _stale(run, change) for change in CHANGES}
    found = {change: stale for change, stale in found.items() if stale.meters}
    if not found:
        return prepayments.nothing(run, NAME, TITLE, "No price and no mode was to change in this run.")
    out = Section(NAME, TITLE)
    for change, stale in found.items():
        groups = prepayments.present({(group[1], group[2]) for group in stale.tally.groups() if group[0] == DAYS})
        differences = [item for group in groups for item in _difference(run, stale, change, group)]
        out.paragraphs.extend(
            by_variant({variant: _sentence(run, stale, change, variant, groups) for variant in run.variants})
        )
        whole = [item for item in differences if item.metric == _name_of(change, ALL)]
        out.paragraphs.extend(item.sentence for item in whole if item.interval.clear_of_zero)
        out.plots.append(_plot(run, stale, change))
        out.tables.append(_table(run, stale, change, groups))
        if differences:
            caption = f"Paired differences, {change.metric} per 1,000 meters of the group"
            out.folded.append(difference_table(differences, f"{change.name} differences", caption))
    out.notes.append(_note(found))
    return out


def _stale(run: RunFolder, change: Change) -> Stale:
    out = Stale()
    for world in prepayments.worlds(run, notices=[*KINDS, "kind", "decided_at", "taken_at"]):
        mine = world.notices.word_is("kind", change.kind)
        if mine.any():
            _add(out, world, mine)
    return out


def _add(out: Stale, world: World, mine: Array) -> None:
    decided, taken = (world.notices[name][mine] for name in ("decided_at", "taken_at"))
    until = np.where(taken == 0, world.end, taken)
    stale = np.maximum(until - np.maximum(decided, world.begin), 0) / DAY * 1000
    out.days, out.after = world.days, (world.end - int(decided.min())) / DAY
    measures = {DAYS: stale, LEFT: (taken == 0).astype(float)}
    codes = {kind: world.notices.code(kind, words)[mine] for kind, words in KINDS.items()}
    for measure, value in measures.items():
        for kind, words in KINDS.items():
            for place, word in enumerate(words):
                of = codes[kind] == place
                out.tally.add(world.variant, (measure, kind, word), world.repeat, value[of].sum(), of.sum())
        out.tally.add(world.variant, (measure, *ALL), world.repeat, value.sum(), len(value))
    late = np.where(taken == 0, math.inf, (taken - decided) / DAY)
    steps = np.ceil(np.minimum(late / out.after, 2.0) * STEPS).astype(np.int64)
    for place, word in enumerate([*FAULTS, "all"]):
        of = np.ones(len(steps), bool) if word == "all" else codes["fault"] == place
        key = (world.variant, word)
        out.taken[key] = out.taken.get(key, 0) + np.bincount(steps[of], minlength=2 * STEPS + 1)
        out.meters[key] = out.meters.get(key, 0) + int(of.sum())


def _mean(run: RunFolder, stale: Stale, variant: str, group: Group = ALL) -> Interval:
    return not_negative(stale.tally.shares(run, variant, (DAYS, *group)))


def _left(run: RunFolder, stale: Stale, variant: str, group: Group = ALL) -> float:
    return stale.tally.share(run, variant, (LEFT, *group))


def _round(days: float) -> float:
    return round(days) if days >= 10 else round(days, 2)


def _name_of(change: Change, group: Group) -> str:
    where = "" if group == ALL else f", {KIND_WORDS[group[0]]} {label(*group)}"
    return f"{change.metric} per 1,000 {change.meters}{where}"


def _difference(run: RunFolder, stale: Stale, change: Change, group: Group) -> list[Difference]:
    return stale.tally.differences(run, (DAYS, *group), _name_of(change, group), "lower", "number")


def _sentence(run: RunFolder, stale: Stale, change: Change, variant: str, groups: list[Group]) -> str:
    days = _mean(run, stale, variant).mean
    if math.isnan(days):
        return "nothing was to change."
    text = f"1,000 {change.meters} were {change.old} for {number(_round(days))} days together"
    left = _left(run, stale, variant)
    text += f" within {number(round(stale.after, 1))} days after the change, {share(left)} of them still at the end"
    worst = {group: _mean(run, stale, variant, group).mean for group in groups if group[0] == "fault"}
    named = [f"{label(*group)} {number(_round(mean))}" for group, mean in worst.items() if not math.isnan(mean)]
    return f"{text}; by fault class, for as many of each: {joined(named)}." if named else f"{text}."


def _note(found: dict[Change, Stale]) -> str:
    stale = next(iter(found.values()))
    return (
        "Counted: the time from the decision, of the supplier on a price or of the customer on the mode, until the meter"
        f" goes by it or the run ends, within the {number(round(stale.days, 1))} days after the warm-up. A price is decided for all"
        " meters at one moment and holds from its arrival; nothing is sent ahead. The supplier asks again after the time of"
        " setting notice resend interval until the meter confirms. Without WAN nothing arrives until coverage is there, whoever"
        " asks, so that the setting coverage repair and the WAN shares decide most of it."
    )


def _table(run: RunFolder, stale: Stale, change: Change, groups: list[Group]) -> Table:
    rows: list[tuple[object, ...]] = []
    for group in groups:
        for variant in run.variants:
            count = stale.tally.whole(run, variant, (DAYS, *group))
            if not count:
                continue
            found = _mean(run, stale, variant, group)
            figures = [
                Cell(value, number(_round(value)) if not math.isnan(value) else "–")
                for value in (found.mean, found.low, found.high)
            ]
            left = cells([_left(run, stale, variant, group)], "share")
            kind = KIND_WORDS.get(group[0], "all")
            rows.append((kind, label(*group), variant, Cell(count, f"{count:,.0f}"), *figures, *left))
    columns = [Column("By"), Column("Group"), Column("Variant"), Column("Meters", "figure")]
    columns += [Column(heading, "figure") for heading in ("Days per 1,000 of them", "95 % from", "95 % to")]
    columns.append(Column("Left at the end", "figure"))
    return Table(change.name, f"{change.metric.capitalize()} by group: meters {change.old}", columns, rows)


def _plot(run: RunFolder, stale: Stale, change: Change) -> Plot:
    across = min(len(run.variants), 3)
    down = math.ceil(len(run.variants) / across)
    x = np.arange(STEPS + 1) / STEPS * stale.after
    told: list[str] = []
    with style():
        drawing = figure(0.9 + 2.1 * down)
        panels = drawing.subplots(down, across, squeeze=False, sharex=True, sharey=True)
        for place, (axes, variant) in enumerate(zip(panels.flat, run.variants, strict=False)):
            for word, (colour, line) in LOOKS.items():
                base = stale.meters.get((variant, word), 0)
                if not base:
                    continue
                y = 100 - np.cumsum(stale.taken[variant, word])[: STEPS + 1] / base * 100
                name = label("fault", word) if word != "all" else "all meters"
                width = 2.6 if word == "all" else 1.6
                axes.step(x, y, where="post", color=colour, linestyle=line, linewidth=width, label=name)
                told.append(f"{variant}, {name}: {share(float(y[-1]) / 100)} at the end")
            axes.set_title(textwrap.fill(variant, 75 // across), fontsize=9.5)
            if place >= len(run.variants) - across:
                axes.set_xlabel("days since the change")
                axes.tick_params(labelbottom=True)
        for axes in panels.flat[len(run.variants) :]:
            axes.set_visible(False)
        for row in panels:
            row[0].set_ylabel("not yet, %")
        panels[0][0].set(xlim=(0, stale.after), ylim=(0, 103))
        names = {
            text: handle for axes in panels.flat for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        drawing.legend(names.values(), names.keys(), loc="outside upper left", ncols=side_by_side(list(names)))
        caption = f"Share of the {change.meters} {change.old}, by days since the change, a curve a fault class"
        return finish(drawing, change.name, caption, f"{caption}. " + "; ".join(told) + ".")
