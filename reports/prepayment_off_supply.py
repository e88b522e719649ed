"""Section `prepayment off supply`: how long prepayment customers were without supply, whose, and what kept it off."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import prepayments
from .comparison import difference_table
from .drawing import BLUE, GREY, INK, ORANGE, VERMILION, figure, finish, look, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, joined, number, share, together
from .parts import Column, Plot, Section, Table
from .prepayment_hours import PAID, TOTAL, UNIT, difference, hours_of, mean, name_of, round_hours
from .prepayments import ALL, HARM_WORDS, HARMS, KIND_WORDS, KINDS, NOT_PAID, Group, label
from .tallies import Tally

NAME = "prepayment off supply"
TITLE = "Prepayment: time off supply"
LOOKS = {
    NOT_PAID: (GREY, ""),
    "home fault": (VERMILION, "///"),
    "DCC outage": (BLUE, "..."),
    "carriage": (ORANGE, "xxx"),
}


def section(run: RunFolder) -> Section:
    """Hours per 1,000 meters by harm, then by fault class, region and generation."""
    tally, days = hours_of(run)
    if not tally.groups():
        return prepayments.nothing(run, NAME, TITLE, "No meter was counted.")
    groups = prepayments.present({(key[1], key[2]) for key in tally.groups() if key[0] == TOTAL})
    harms = [harm for harm in HARMS if any(tally.part(run, variant, (harm, *ALL)) for variant in run.variants)]
    if not harms:
        return Section(NAME, TITLE, [f"No prepayment meter was off supply in the {number(days)} days counted."])
    differences = [
        item
        for measure, group in [(TOTAL, ALL), (PAID, ALL), *((PAID, group) for group in groups if group != ALL)]
        for item in difference(run, tally, measure, group)
    ]
    clear = [item.sentence for item in differences if item.metric == name_of(PAID, ALL) and item.interval.clear_of_zero]
    folded = [_group_table(run, tally, groups, harms)]
    if len(run.variants) > 1:
        folded.append(difference_table(differences, f"{NAME} differences", f"Paired differences, {UNIT} of the group"))
    return Section(
        NAME,
        TITLE,
        [*by_variant({variant: _sentence(run, tally, variant, days) for variant in run.variants}), *clear],
        [_harm_plot(run, tally, harms), _group_plot(run, tally, groups)],
        [_harm_table(run, tally, harms), _paid_table(run, tally, groups)],
        folded,
        _notes(harms, days),
    )


def _sentence(run: RunFolder, tally: Tally, variant: str, days: float) -> str:
    total, paid = (mean(run, tally, variant, measure).mean for measure in (TOTAL, PAID))
    if not total:
        return "no meter was off supply."
    text = f"1,000 meters were off supply for {number(round_hours(total))} hours in {number(round(days, 1))} days"
    if not paid:
        return f"{text}, never while a payment was on its way."
    means = {harm: mean(run, tally, variant, harm).mean for harm in HARMS[1:]}
    most = sorted((harm for harm in means if means[harm]), key=lambda harm: -means[harm])
    named = joined([f"{harm} {number(round_hours(means[harm]))}" for harm in most])
    return f"{text}, {number(round_hours(paid))} of them although a payment was on its way ({named})."


def _notes(harms: list[str], days: float) -> list[str]:
    meant = "; ".join(f"{harm}: {HARM_WORDS[harm]}" for harm in harms)
    return [
        f"Counted: every prepayment meter, for the {number(round(days, 1))} days after the warm-up, from the moment its"
        " supply is disabled until the customer has switched on again; of a spell that began before, the rest. Each hour"
        f" belongs to one harm. {meant[:1].upper()}{meant[1:]}.",
        "What matters most: how soon customers notice and act (settings reaction, patience, emergency taken), how they pay"
        " (top-ups a month, pay day share, shop share), and the shares of homes without WAN. Hours that nobody had paid"
        " for are the customers' own habits as assumed, and no remedy here changes them; compare variants by the rest.",
    ]


def _harm_table(run: RunFolder, tally: Tally, harms: list[str]) -> Table:
    """Means; intervals stand in the table by group."""
    rows: list[tuple[object, ...]] = []
    for variant in run.variants:
        whole = mean(run, tally, variant, TOTAL).mean
        figures = []
        for harm in harms:
            hours = mean(run, tally, variant, harm).mean
            figures.append(Cell(hours, f"{number(round_hours(hours))} ({share(hours / whole if whole else 0.0)})"))
        rows.append((variant, *figures, Cell(whole, number(round_hours(whole)))))
    columns = [Column("Variant"), *(Column(harm, "figure") for harm in harms), Column("all hours", "figure")]
    return Table(NAME, "Hours off supply per 1,000 meters, by harm, and share of all hours", columns, rows)


def _paid_table(run: RunFolder, tally: Tally, groups: list[Group]) -> Table:
    """A column a variant."""
    rows: list[tuple[object, ...]] = []
    for group in groups:
        found = [mean(run, tally, variant, PAID, group).mean for variant in run.variants]
        figures = [Cell(hours, number(round_hours(hours))) for hours in found]
        rows.append((label(*group), *figures))
    columns = [Column("Group"), *(Column(variant, "figure") for variant in run.variants)]
    caption = "Hours off supply although paid, per 1,000 meters of each group"
    return Table(f"{NAME} although paid", caption, columns, rows)


def _group_table(run: RunFolder, tally: Tally, groups: list[Group], harms: list[str]) -> Table:
    """Everything with its interval."""
    rows: list[tuple[object, ...]] = []
    for group in groups:
        for variant in run.variants:
            count = tally.whole(run, variant, (TOTAL, *group))
            if not count:
                continue
            figures: list[object] = []
            for measure in (TOTAL, PAID, *harms):
                found = mean(run, tally, variant, measure, group)
                figures += cells([found.mean, found.low, found.high], "number")
            kind = KIND_WORDS.get(group[0], "all")
            rows.append((kind, label(*group), variant, Cell(count, f"{count:,.0f}"), *figures))
    columns = [Column("By"), Column("Group"), Column("Variant"), Column("Meters", "figure")]
    for measure, heading in (
        (TOTAL, "Hours per 1,000 of them"),
        (PAID, "Although paid"),
        *((harm, harm) for harm in harms),
    ):
        shown = "figure" if measure in (TOTAL, PAID) else "csv"
        columns.append(Column(heading, shown))
        columns += [
            Column(f"{heading}, 95 % {side}", "figure" if measure == PAID else "csv") for side in ("from", "to")
        ]
    return Table(f"{NAME} by group", "Hours off supply by group, with intervals", columns, rows)


def _harm_plot(run: RunFolder, tally: Tally, harms: list[str]) -> Plot:
    """Two panels, because the hours that nobody paid for would hide the others."""
    caused = [harm for harm in harms if harm != NOT_PAID]
    panels = [(harms, "All hours off supply")] + (
        [(caused, "Of them although paid")] if caused != harms and caused else []
    )
    told = []
    with style():
        drawing = figure(1.35 + 0.3 * len(run.variants))
        axes = drawing.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for place, (shown, title) in zip(axes, panels, strict=True):
            ends = _stack(run, tally, place, shown)
            place.set_title(title)
            if shown == harms:
                told = [f"{variant}: {text}" for variant, text in zip(run.variants, ends, strict=True)]
        axes[0].set_yticks(range(len(run.variants)), run.variants)
        axes[0].set_ylim(len(run.variants) - 0.4, -0.6)
        drawing.legend(*axes[0].get_legend_handles_labels(), loc="outside upper left", ncols=side_by_side(harms))
        alt = f"Stacked bars of {UNIT} off supply, by harm. " + "; ".join(told) + "."
        return finish(drawing, NAME, "Hours off supply per 1,000 meters, by harm", alt)


def _stack(run: RunFolder, tally: Tally, axes: Any, harms: list[str]) -> list[str]:
    """Bars of one panel; the totals as text."""
    start = np.zeros(len(run.variants))
    for harm in harms:
        colour, hatch = LOOKS[harm]
        width = np.array([mean(run, tally, variant, harm).mean for variant in run.variants])
        axes.barh(range(len(start)), width, 0.78, start, color=colour, hatch=hatch, edgecolor="white", label=harm)
        start += width
    texts = together([round_hours(float(value)) for value in start], "number")
    for place, (total, text) in enumerate(zip(start, texts, strict=True)):
        axes.annotate(text, (total, place), (4, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_xlim(0, max(float(start.max()) * 1.2, 1e-9))
    axes.set_xlabel(UNIT)
    axes.grid(visible=False, axis="y")
    return texts


def _group_plot(run: RunFolder, tally: Tally, groups: list[Group]) -> Plot:
    """One panel a kind of group, each with a scale of its own."""
    kinds = [kind for kind in KINDS if any(group[0] == kind for group in groups)] or ["all"]
    members = {kind: [group for group in groups if group[0] == kind] for kind in kinds}
    n = len(run.variants)
    heights = [0.5 + (0.24 + 0.13 * n) * len(members[kind]) for kind in kinds]
    told: list[str] = []
    with style():
        drawing = figure(0.8 + sum(heights))
        panels = drawing.subplots(len(kinds), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, kind in zip(panels, kinds, strict=True):
            for row, group in enumerate(members[kind]):
                for i, variant in enumerate(run.variants):
                    found = mean(run, tally, variant, PAID, group)
                    if not found.n:
                        continue
                    colour, marker, _, _ = look(i)
                    reach = [[0.0 if np.isnan(found.low) else abs(found.mean - end)] for end in (found.low, found.high)]
                    y = row + (i - (n - 1) / 2) * 0.8 / n
                    axes.errorbar(
                        found.mean, y, xerr=reach, fmt=marker, color=colour, markersize=6, capsize=2,
                        markeredgecolor=INK, label=variant if axes is panels[0] and row == 0 else None,
                    )  # fmt: skip
                    told.append(f"{label(*group)}, {variant}: {number(round_hours(found.mean))}")
            axes.set_yticks(range(len(members[kind])), [label(*group) for group in members[kind]])
            axes.set_ylim(len(members[kind]) - 0.45, -0.55)
            axes.set_xlim(min(0.0, axes.get_xlim()[0]) if axes.get_xlim()[0] < -1e-9 else 0, None)
            axes.set_title(f"By {KIND_WORDS[kind]}" if kind in KIND_WORDS else "All meters")
            axes.grid(visible=False, axis="y")
            for edge in range(1, len(members[kind])):
                axes.axhline(edge - 0.5, color="#e6eaee", linewidth=0.8)
        panels[-1].set_xlabel(f"{UNIT} of the group, off supply although paid")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Hours off supply although a payment was on its way, by group. " + "; ".join(told) + "."
        caption = "Hours off supply although paid, per 1,000 meters of each group: mean, 95 % interval; scales differ"
        return finish(drawing, f"{NAME} by group", caption, alt)
