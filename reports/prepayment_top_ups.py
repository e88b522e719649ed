"""Section `prepayment top-ups credited`: how soon after a payment the credit is at the meter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import prepayments
from .columns import Array
from .comparison import difference_table
from .drawing import INK, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import Cell, by_variant, duration, joined, share
from .intervals import of_shares
from .parts import Column, Plot, Section, Table
from .prepayments import ALL, FAULTS, GENERATIONS, KIND_WORDS, KINDS, NO_FAULT, Group, World, label, sums
from .tallies import Tally

NAME = "prepayment top-ups credited"
TITLE = "Prepayment: top-ups credited"
TARGETS = (300.0, 1_800.0, 86_400.0)  # seconds
MARKS = (
    *zip(
        (10.0, 60.0, 300.0, 1_800.0, 7_200.0, 86_400.0),
        ("10 s", "1 min", "5 min", "30 min", "2 h", "24 h"),
        strict=True,
    ),
)
# Upper ends of the steps of the curve, seconds: 24 a decade.
ENDS = np.geomspace(1.0, 86_400.0, 120)
ANY_FAULT = "any fault"
Panel = tuple[str, str]  # generation; "no fault" or ANY_FAULT


@dataclass
class Seen:
    """Folds over all worlds."""

    in_time: Tally = field(default_factory=Tally)  # group (target, kind, word)
    curves: dict[tuple[str, Panel], Array] = field(default_factory=dict)  # (variant, panel) -> credits by step
    bases: dict[tuple[str, Panel], int] = field(default_factory=dict)


def section(run: RunFolder) -> Section:
    """Shares within 5 min, 30 min and 24 h, by generation and fault class; the curve."""
    seen = _seen(run)
    groups = [group for group in prepayments.present(_groups(seen)) if group[0] != "region"]
    if not seen.in_time.groups():
        return prepayments.nothing(run, NAME, TITLE, "Nobody paid early enough for any of the targets.")
    differences = [
        item
        for group in (ALL, *(group for group in groups if group != ALL))
        for seconds in TARGETS
        for item in seen.in_time.differences(run, _key(seconds, group), _what(seconds, group), "higher")
    ]
    texts = {variant: _sentence(run, seen, groups, variant) for variant in run.variants}
    folded = [difference_table(differences, f"{NAME} differences", "Share credited in time: paired differences")]
    note = (
        "Counted: every payment after the warm-up that was made so long before the end of the run that the target lies"
        " within it, from the payment to the credit at the meter, over the air or typed. One that never arrives counts as"
        " late. The curve has the payments made 24 h or more before the end, all repeats together. What matters most: who"
        " has no WAN (no wan share, intermittent wan share, han fault share), whether the customer holds the UTRN (shop"
        " share, utrn text after) and waits before typing it (patience), and how fast the DSP works off what piled up"
        " in an outage (dsp capacity against dsp background)."
    )
    return Section(
        NAME,
        TITLE,
        by_variant(texts),
        [_plot(run, seen)],
        [_short_table(run, seen, groups)],
        [_table(run, seen, groups), *(folded if len(run.variants) > 1 else [])],
        [note],
    )


def _key(seconds: float, group: Group) -> tuple[str, ...]:
    return (duration(seconds), *group)


def _what(seconds: float, group: Group) -> str:
    where = "" if group == ALL else f", {KIND_WORDS[group[0]]} {label(*group)}"
    return f"credited within {_short(seconds)}{where}"


def _short(seconds: float) -> str:
    return dict(MARKS)[seconds]


def _seen(run: RunFolder) -> Seen:
    out = Seen()
    for world in prepayments.worlds(run, top_ups=[*KINDS, "paid_at", "added_at"]):
        _add(out, world)
    return out


def _add(out: Seen, world: World) -> None:
    rows, took = world.top_ups, world.took
    for seconds in TARGETS:
        base = world.in_reach(seconds)
        timely = base & (took <= seconds)
        for kind, words in KINDS.items():
            for word, part, whole in zip(words, sums(rows, kind, timely), sums(rows, kind, base), strict=True):
                out.in_time.add(world.variant, _key(seconds, (kind, word)), world.repeat, part, whole)
        out.in_time.add(world.variant, _key(seconds, ALL), world.repeat, timely.sum(), base.sum())
    base = world.in_reach(TARGETS[-1])
    faulty = rows.code("fault", FAULTS) != FAULTS.index(NO_FAULT)
    step = np.searchsorted(ENDS, took)
    for generation in GENERATIONS:
        of_generation = base & rows.word_is("generation", generation)
        for name, mask in (("no fault", of_generation & ~faulty), (ANY_FAULT, of_generation & faulty)):
            if not mask.any():
                continue
            key = (world.variant, (generation, name))
            found = np.bincount(step[mask], minlength=len(ENDS) + 1)[: len(ENDS)]
            out.curves[key] = out.curves.get(key, 0) + found
            out.bases[key] = out.bases.get(key, 0) + int(mask.sum())


def _groups(seen: Seen) -> set[Group]:
    return {(key[1], key[2]) for key in seen.in_time.groups() if key[0] == duration(TARGETS[0])}


def _sentence(run: RunFolder, seen: Seen, groups: list[Group], variant: str) -> str:
    def shares(group: Group) -> list[str]:
        return [share(seen.in_time.share(run, variant, _key(seconds, group))) for seconds in TARGETS]

    timely = joined([f"{part} within {_short(seconds)}" for part, seconds in zip(shares(ALL), TARGETS, strict=True)])
    text = f"the share of top-ups at the meter is {timely} of the payment"
    faults = [group for group in groups if group[0] == "fault" and group[1] != NO_FAULT]
    known = [group for group in faults if seen.in_time.whole(run, variant, _key(TARGETS[1], group))]
    if not known:
        return f"{text}."
    worst = min(known, key=lambda group: seen.in_time.share(run, variant, _key(TARGETS[1], group)))
    return f"{text}; worst off are homes with “{label(*worst)}”: {joined(shares(worst))}."


def _short_table(run: RunFolder, seen: Seen, groups: list[Group]) -> Table:
    """A column a variant."""
    rows: list[tuple[object, ...]] = []
    for group in groups:
        for seconds in TARGETS:
            found = [seen.in_time.share(run, variant, _key(seconds, group)) for variant in run.variants]
            rows.append((label(*group), _short(seconds), *found))
    columns = [Column("Group"), Column("Within"), *(Column(variant, "share") for variant in run.variants)]
    return Table(NAME, "Share of the top-ups at the meter, by time since the payment", columns, rows)


def _table(run: RunFolder, seen: Seen, groups: list[Group]) -> Table:
    rows: list[tuple[object, ...]] = []
    for group in groups:
        for variant in run.variants:
            paid = seen.in_time.whole(run, variant, _key(TARGETS[0], group))
            if not paid:
                continue
            figures: list[object] = []
            for seconds in TARGETS:
                found = of_shares(seen.in_time.shares(run, variant, _key(seconds, group)))
                figures += [found.mean, found.low, found.high]
            kind = KIND_WORDS.get(group[0], "all")
            rows.append((kind, label(*group), variant, Cell(paid, f"{paid:,.0f}"), *figures))
    columns = [Column("By"), Column("Group"), Column("Variant"), Column("Top-ups per repeat", "figure")]
    for seconds in TARGETS:
        columns += [Column(f"Within {_short(seconds)}", "share")]
        columns += [Column(f"Within {_short(seconds)}, 95 % {side}", "share") for side in ("from", "to")]
    return Table(f"{NAME} by group", "Top-ups at the meter by group, with counts and intervals", columns, rows)


def _plot(run: RunFolder, seen: Seen) -> Plot:
    """A row a generation, homes with a fault beside those without."""
    found = {panel for _, panel in seen.curves}
    generations = [word for word in GENERATIONS if any(panel[0] == word for panel in found)]
    kinds = [kind for kind in ("no fault", ANY_FAULT) if any(panel[1] == kind for panel in found)]
    told: list[str] = []
    with style():
        drawing = figure(0.9 + 2.3 * len(generations))
        panels = drawing.subplots(len(generations), len(kinds), squeeze=False, sharex=True, sharey=True)
        for row, generation in zip(panels, generations, strict=True):
            for axes, kind in zip(row, kinds, strict=True):
                told += _curves(run, seen, axes, (generation, kind))
                homes = "homes without a fault" if kind == "no fault" else "homes with a fault"
                axes.set_title(f"{generation}, {homes}")
            row[0].set_ylabel("at the meter, %")
        for axes in panels[-1]:
            axes.set_xlabel("time since the payment")
        panels[0][0].set_xscale("log")
        panels[0][0].set_xticks([x for x, _ in MARKS], [text for _, text in MARKS])
        panels[0][0].minorticks_off()
        panels[0][0].set(xlim=(ENDS[0], ENDS[-1]), ylim=(0, 104))
        names = [variant for variant in run.variants if any(key[0] == variant for key in seen.curves)]
        drawing.legend(*_handles(panels, names), loc="outside upper left", ncols=side_by_side(names))
        alt = "Cumulative curves of the time from payment to credit. " + "; ".join(told) + "."
        return finish(drawing, NAME, "Share of the top-ups at the meter, by time since the payment (log scale)", alt)


def _curves(run: RunFolder, seen: Seen, axes: Any, panel: Panel) -> list[str]:
    told, thick = [], widths(len(run.variants))
    for i, variant in enumerate(run.variants):
        base = seen.bases.get((variant, panel), 0)
        if not base:
            continue
        y = np.cumsum(seen.curves[variant, panel]) / base * 100
        colour, _, _, line = look(i)
        axes.step(ENDS, y, where="post", color=colour, linestyle=line, linewidth=thick[i] * 0.8, label=variant)
        told.append(f"{joined(list(panel))}, {variant}: {share(float(y[-1]) / 100)} after 24 h")
    for seconds in TARGETS[:-1]:
        axes.axvline(seconds, color=INK, linewidth=0.9, linestyle=(0, (5, 2)))
    return told


def _handles(panels: Any, names: list[str]) -> tuple[list[Any], list[str]]:
    """Of each variant once, wherever it is drawn."""
    known: dict[str, Any] = {}
    for axes in panels.flat:
        handles, labels = axes.get_legend_handles_labels()
        known |= {text: handle for handle, text in zip(handles, labels, strict=True) if text not in known}
    return [known[name] for name in names], names
