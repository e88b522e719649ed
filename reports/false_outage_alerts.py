"""Section `false outage alerts`: AD1 although the network did nothing that should be told."""

from __future__ import annotations

import numpy as np

from . import outages
from .comparison import difference_table
from .drawing import figure, finish, label_bars, look, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, number, plural, share
from .intervals import of_shares
from .outages import EXPECTED, REGIONS, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally

NAME = "false outage alerts"
TITLE = "False outage alerts"
# Kind -> words. The last is no false alert, but the price of holding them back.
FIRMWARE, TOO_SHORT, HELD_BACK, HIDDEN = "firmware", "cut too short", "held back", "outage hidden"
KINDS = {
    FIRMWARE: "AD1 because a meter took the power from its hub while it activated firmware",
    TOO_SHORT: "AD1 for a cut shorter than the hold",
    HELD_BACK: "no AD1 for a firmware gap, because the DCC knew of the job",
    HIDDEN: "no AD1 for a real outage, because a firmware job was running",
}


def section(run: RunFolder) -> Section:
    """Counts of each kind, and the share of all AD1 that are false."""
    tally, seen = _tally(run)
    if not seen:
        return outages.nothing(run, NAME, TITLE)
    differences = tally.differences(run, "false", "share of outage alerts that are false", "lower")
    sentences = by_variant({variant: _sentence(run, tally, variant) for variant in run.variants})
    sentences += [item.sentence for item in differences if item.interval.clear_of_zero]
    tables = [_table(run, tally), _by_region(run, tally)]
    folded = [difference_table(differences, f"{NAME} differences", "Share that is false: paired differences")]
    anything = any(tally.part(run, variant, kind) for variant in run.variants for kind in KINDS)
    plots = [_plot(run, tally)] if anything else []
    note = "Counts are means per repeat. An AD1 is false when firmware, and no cut of the network, left the hub without power."
    return Section(NAME, TITLE, sentences, plots, tables, folded if len(run.variants) > 1 else [], [note])


def _tally(run: RunFolder) -> tuple[Tally, bool]:
    """Groups: kinds, 'false' (of all AD1), and ('false', region)."""
    out, seen = Tally(), False
    for losses in outages.worlds(run, *EXPECTED, "reason", "region"):
        _add(out, losses)
        seen = seen or len(losses["lost_at"]) > 0
    return out, seen


def _add(out: Tally, losses: Losses) -> None:
    told = losses["informed_at"] != 0
    firmware = losses.word_is("cause", "firmware")
    withheld = ~told & losses.word_is("reason", "firmware job")
    masks = {
        FIRMWARE: told & firmware,
        TOO_SHORT: told & ~firmware & ~losses.lasted,
        HELD_BACK: withheld & firmware,
        HIDDEN: withheld & losses.expected,
    }
    for kind, mask in masks.items():
        out.add(losses.variant, kind, losses.repeat, mask.sum(), 0)
    wrong = masks[FIRMWARE]
    out.add(losses.variant, "false", losses.repeat, wrong.sum(), told.sum())
    region = losses.code("region", REGIONS)
    parts, wholes = (np.bincount(region[mask], minlength=len(REGIONS)) for mask in (wrong, told))
    for i, name in enumerate(REGIONS):
        out.add(losses.variant, ("false", name), losses.repeat, parts[i], wholes[i])


def _sentence(run: RunFolder, tally: Tally, variant: str) -> str:
    wrong, told = tally.part(run, variant, "false"), tally.whole(run, variant, "false")
    if not told:
        text = "no AD1 reached an operator."
    elif not wrong:
        text = f"none of the {number(round(told))} AD1 per repeat was false."
    else:
        text = (
            f"{number(round(wrong, 1))} of {number(round(told))} AD1 per repeat were false"
            f" ({share(tally.share(run, variant, 'false'))})."
        )
    hidden = tally.part(run, variant, HIDDEN)
    if hidden:
        held = tally.part(run, variant, HELD_BACK)
        text += (
            f" Holding alerts back while a firmware job runs kept {number(round(held, 1))} false ones away and hid {number(round(hidden, 1))}"
            f" real {'outage' if hidden == 1 else 'outages'} per repeat."
        )
    return text


def _table(run: RunFolder, tally: Tally) -> Table:
    rows: list[tuple[object, ...]] = [
        (kind, words, *(tally.part(run, variant, kind) for variant in run.variants)) for kind, words in KINDS.items()
    ]
    columns = [Column("Kind"), Column("In words"), *(Column(variant, "number") for variant in run.variants)]
    return Table(NAME, "False alerts and the price of holding them back, mean count per repeat", columns, rows)


def _by_region(run: RunFolder, tally: Tally) -> Table:
    rows: list[tuple[object, ...]] = []
    there = tally.groups()
    regions = [region for region in REGIONS if ("false", region) in there]
    for region in [*regions, "all"] if len(regions) > 1 else regions:
        group = "false" if region == "all" else ("false", region)
        for variant in run.variants:
            found = of_shares(tally.shares(run, variant, group))
            told, wrong = tally.whole(run, variant, group), tally.part(run, variant, group)
            shown = cells([found.mean, found.low, found.high], "share")
            rows.append((region, variant, Cell(told, number(round(told))), wrong, *shown))
    columns = [Column("Region"), Column("Variant"), Column("AD1 per repeat", "number")]
    columns += [Column("False per repeat", "number")]
    columns += [Column(head, "share") for head in ("Share false", "95 % from", "95 % to")]
    return Table(f"{NAME} by region", "Share of AD1 that are false, by region", columns, rows)


def _plot(run: RunFolder, tally: Tally) -> Plot:
    kinds = [kind for kind in KINDS if any(tally.part(run, variant, kind) for variant in run.variants)]
    told = []
    with style():
        drawing = figure(1.0 + 0.24 * len(kinds) * len(run.variants) + 0.12 * len(kinds))
        axes = drawing.add_subplot()
        thick = 0.86 / len(run.variants)
        for i, variant in enumerate(run.variants):
            colour, _, hatch, _ = look(i)
            values = [tally.part(run, variant, kind) for kind in kinds]
            places = [row + (i - (len(run.variants) - 1) / 2) * thick for row in range(len(kinds))]
            bars = axes.barh(places, values, thick * 0.92, color=colour, hatch=hatch, edgecolor="white", label=variant)
            label_bars(axes, bars, [number(round(value, 1)) for value in values])
            told += [f"{variant}, {kind}: {number(value)}" for kind, value in zip(kinds, values, strict=True)]
        axes.set_yticks(range(len(kinds)), kinds)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.12)
        axes.set_xlabel("hubs per repeat (mean)")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        caption = f"False alerts and alerts held back: {plural(len(kinds), 'kind')} that occurred"
        return finish(drawing, NAME, caption, "Bar chart of false outage alerts. " + "; ".join(told) + ".")
