"""Section `prepayment remedies`: the variants ranked by the harm they remove against the first one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from . import prepayments
from .drawing import GREEN, GREY, INK, VERMILION, figure, finish, style
from .folder import RunFolder
from .formatting import cells, number, together
from .intervals import Interval, interval
from .parts import Column, Plot, Section, Table
from .prepayment_hours import PAID, hours_of
from .prepayments import ALL, HARMS, NOT_PAID
from .settings import setting
from .tallies import Tally

NAME = "prepayment remedies"
TITLE = "Prepayment: remedies ranked"
COST = "remedy cost"
COST_DAYS = 28.0  # the setting is in pounds per 1,000 meters and so many days
REMOVES, ADDS, UNCLEAR, NONE = "removes harm", "adds harm", "no clear difference", "no difference"
ONE = "one repeat only"
LOOKS = {REMOVES: (GREEN, "o"), ADDS: (VERMILION, "v"), UNCLEAR: (GREY, "s"), NONE: (GREY, "D"), ONE: (GREY, "s")}


@dataclass(frozen=True)
class Remedy:
    """A variant against the first: hours of harm removed per 1,000 meters in the time counted, and what it costs."""

    variant: str
    removed: Interval
    by_harm: dict[str, Interval]
    cost: float  # pounds per 1,000 meters in the time counted, more than the first variant

    @property
    def finding(self) -> str:
        """Nothing is claimed of one repeat."""
        return _finding(self.removed)

    @property
    def clear(self) -> bool:
        return self.finding in (REMOVES, ADDS)

    @property
    def per_pound(self) -> Interval:
        """Hours removed for each pound; nothing where it costs nothing, or makes no clear difference."""
        if self.cost <= 0 or not self.clear:
            return interval([])
        found = self.removed
        return Interval(found.mean / self.cost, found.low / self.cost, found.high / self.cost, found.n)


def _finding(found: Interval) -> str:
    if found.mean == found.low == found.high == 0:
        return NONE
    if found.n < 2:
        return ONE
    if not found.clear_of_zero:
        return UNCLEAR
    return REMOVES if found.mean > 0 else ADDS


def section(run: RunFolder) -> Section:
    """Hours off supply although a payment was made: removed per 1,000 meters, and per pound where costs are given."""
    tally, days = hours_of(run)
    if not tally.groups():
        return prepayments.nothing(run, NAME, TITLE, "No meter was counted.")
    if len(run.variants) == 1:
        return Section(NAME, TITLE, ["There is one variant only, so there is nothing to rank."])
    remedies = _ranked(run, tally, days)
    costs = any(remedy.cost > 0 for remedy in remedies)
    texts = [_sentence(run, remedy) for remedy in remedies if remedy.clear]
    same = [remedy.variant for remedy in remedies if not remedy.clear]
    if len(run.repeats) == 1:
        texts = ["One repeat tells no difference from chance: the order below is no ranking. Run more repeats."]
    elif same:
        texts.append(f"Without clear difference from {run.variants[0]}: {', '.join(same)}.")
    base = interval(tally.shares(run, run.variants[0], (PAID, *ALL))).mean
    plots = [_plot(run, remedies)]
    tables, folded = [_table(run, remedies, costs)], [_harm_table(run, remedies)]
    return Section(NAME, TITLE, texts, plots, tables, folded, [_note(run, base, days, costs)])


def _ranked(run: RunFolder, tally: Tally, days: float) -> list[Remedy]:
    """Most harm removed first."""
    first, *others = run.variants
    before = setting(run, first, COST, 0.0)
    found = []
    for variant in others:
        by_harm = {harm: _removed(run, tally, variant, harm) for harm in HARMS if harm != NOT_PAID}
        cost = (setting(run, variant, COST, 0.0) - before) * days / COST_DAYS
        found.append(Remedy(variant, _removed(run, tally, variant, PAID), by_harm, cost))
    return sorted(found, key=lambda remedy: (math.isnan(remedy.removed.mean), -remedy.removed.mean))


def _removed(run: RunFolder, tally: Tally, variant: str, measure: str) -> Interval:
    base, mine = (tally.shares(run, name, (measure, *ALL)) for name in (run.variants[0], variant))
    return interval([a - b for a, b in zip(base, mine, strict=True)])


def _sentence(run: RunFolder, remedy: Remedy) -> str:
    found = remedy.removed
    mean, low, high = together([abs(found.mean), *sorted((abs(found.low), abs(found.high)))], "number")
    spread = "in every repeat" if low == high else f"95 % interval {low} to {high}"
    verb = "removes" if found.mean > 0 else "adds"
    text = f"{remedy.variant}: {verb} {mean} hours of harm per 1,000 meters against {run.variants[0]} ({spread})"
    if remedy.cost > 0 and found.mean > 0:
        text += f", {number(remedy.per_pound.mean)} hours for each pound"
    return f"{text}."


def _note(run: RunFolder, base: float, days: float, costs: bool) -> str:
    pounds = (
        f" Pounds are the setting remedy cost, given per 1,000 meters and {number(COST_DAYS)} days, for the time counted and"
        " above what the first variant costs; no benefit but these hours is set against them."
        if costs
        else " No variant gives a remedy cost, so nothing is said per pound."
    )
    return (
        "Harm here is hours off supply although a payment was made: a paid top-up had not reached the meter. Hours in which"
        " nobody had paid are left out, since no remedy is about them. Hours are per 1,000 prepayment meters (all, with a"
        f" fault or without) in the {number(round(days, 1))} days counted; {run.variants[0]} has {number(round(base, 1))} of"
        " them. Differences are taken repeat by repeat: the same repeat has the same customers, homes and faults in every"
        " variant. A variant is said to remove or to add harm only when the 95 % interval is clear of zero; no order is"
        f" claimed between variants whose intervals overlap.{pounds} A remedy can move harm elsewhere: look at top-ups, UTRNs"
        " and help line calls too."
    )


def _table(run: RunFolder, remedies: list[Remedy], costs: bool) -> Table:
    rows: list[tuple[object, ...]] = []
    marks = []
    for rank, remedy in enumerate(remedies, 1):
        found = remedy.removed
        place = str(rank) if remedy.clear else ""
        figures = cells([found.mean, found.low, found.high], "number")
        pounds: tuple[object, ...] = ()
        if costs:
            paid = remedy.per_pound
            pounds = (remedy.cost or None, *cells([paid.mean, paid.low, paid.high], "number"))
        rows.append((place, remedy.variant, *figures, *pounds, found.n, remedy.finding))
        marks.append({REMOVES: "better", ADDS: "worse"}.get(remedy.finding, ""))
    columns = [Column("Rank"), Column("Variant"), Column("Hours removed", "figure")]
    columns += [Column("95 % from", "figure"), Column("95 % to", "figure")]
    if costs:
        columns += [Column("Cost, £", "number"), Column("Hours per £", "figure")]
        columns += [Column(f"Hours per £, 95 % {side}", "csv") for side in ("from", "to")]
    columns += [Column("Pairs", "csv"), Column("Finding")]
    caption = f"Hours off supply although paid that each variant removes against {run.variants[0]}, per 1,000 meters"
    return Table(NAME, caption, columns, rows, marks)


def _harm_table(run: RunFolder, remedies: list[Remedy]) -> Table:
    harms = [harm for harm in HARMS if any(harm in item.by_harm and item.by_harm[harm].mean for item in remedies)]
    rows: list[tuple[object, ...]] = []
    for remedy in remedies:
        for harm in harms:
            found = remedy.by_harm[harm]
            rows.append((remedy.variant, harm, *cells([found.mean, found.low, found.high], "number"), _finding(found)))
    columns = [Column("Variant"), Column("Harm"), Column("Hours removed", "figure")]
    columns += [Column("95 % from", "figure"), Column("95 % to", "figure"), Column("Finding")]
    return Table(f"{NAME} by harm", f"The same by harm, against {run.variants[0]}", columns, rows)


def _plot(run: RunFolder, remedies: list[Remedy]) -> Plot:
    told = []
    with style():
        drawing = figure(0.9 + 0.36 * len(remedies))
        axes = drawing.add_subplot()
        for row, remedy in enumerate(remedies):
            found = remedy.removed
            colour, marker = LOOKS[remedy.finding]
            half = 0.0 if math.isnan(found.low) else found.mean - found.low
            axes.errorbar(
                found.mean, row, xerr=half, fmt=marker, color=colour, markersize=8, capsize=4, markeredgecolor=INK
            )
            told.append(f"{remedy.variant}: {number(round(found.mean, 1))}, {remedy.finding}")
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_yticks(range(len(remedies)), [remedy.variant for remedy in remedies])
        axes.set_ylim(len(remedies) - 0.4, -0.6)
        axes.set_xlabel(f"hours of harm removed per 1,000 meters, against {run.variants[0]} (left of 0: added)")
        axes.grid(visible=False, axis="y")
        alt = "Remedies by hours of harm removed per 1,000 meters, with 95 % intervals. " + "; ".join(told) + "."
        caption = "Harm removed against " + run.variants[0] + ": mean and 95 % interval of the paired differences"
        return finish(drawing, NAME, caption, alt)
