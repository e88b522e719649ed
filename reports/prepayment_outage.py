"""Section `prepayment outage`: customers without supply around an outage of the DCC, SMETS1 against SMETS2."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from . import prepayments, timeline
from .columns import Array
from .comparison import Difference, difference_table
from .drawing import INK, PALE, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number
from .intervals import interval
from .parts import Column, Plot, Section, Table
from .prepayment_hours import round_hours
from .prepayments import GENERATIONS, HOUR, World
from .tallies import Tally
from .words import MetricWords

NAME = "prepayment outage"
TITLE = "Prepayment: around the outage of the DCC"
HARM = "DCC outage"
GRAIN = round(HOUR / 6)  # of the curves: ten minutes
BEFORE, AFTER = round(6 * HOUR), round(30 * HOUR)  # drawn around the outage
ANY, CAUSED = "off supply", "off supply, the payment held up by the outage"


@dataclass(frozen=True)
class Outage:
    """Microseconds since the epoch."""

    begin: int
    end: int


@dataclass
class Around:
    """Folds over all worlds."""

    hours: Tally = field(default_factory=Tally)  # group generation: harm of the outage, hours per 1,000 meters
    # (variant, measure, generation) -> meters off by step, summed over the repeats; per 1,000 after dividing
    curves: dict[tuple[str, str, str], Array] = field(default_factory=dict)
    meters: dict[tuple[str, str], int] = field(default_factory=dict)


def section(run: RunFolder) -> Section:
    """Off-supply customers by generation over time, and the hours of harm that the outage did."""
    outages = [Outage(*span) for span in timeline.outages(run, "DCC")]
    if not outages:
        return prepayments.nothing(run, NAME, TITLE, "The DCC did not fail in this run.")
    drawn = max(outages, key=lambda outage: outage.end - outage.begin)
    around = _around(run, drawn)
    generations = [word for word in GENERATIONS if any(key[1] == word for key in around.meters)]
    if not generations:
        return prepayments.nothing(run, NAME, TITLE, "No meter was counted.")
    against = [_against(run, around, variant) for variant in run.variants] if len(generations) == 2 else []
    folded = [difference_table(against, f"{NAME} generations", "SMETS1 less SMETS2, hours of harm per 1,000 meters")]
    texts = by_variant({variant: _sentence(run, around, variant, generations) for variant in run.variants})
    many = "" if len(outages) == 1 else f" The run has {len(outages)} outages: drawn is the longest, hours are of all."
    note = (
        f"Drawn from {duration((BEFORE) / 1e6)} before to {duration(AFTER / 1e6)} after the outage (grey, from"
        f" {_clock(drawn.begin)} UTC for {duration((drawn.end - drawn.begin) / 1e6)}), every ten minutes, mean over the"
        f" repeats.{many} Above: all meters off supply, whatever the reason, which goes up and down with the hours of the day: in"
        " hours without disablement (evenings, nights, Sundays; an assumption) no meter goes off, and who ran out then goes off"
        " in the morning."
        " Below: those in a spell in which a payment was held up by the outage, in homes without a fault. Hours of harm are"
        " those in which such a payment had not arrived, during the outage and while the DSP worked off what had piled up."
        " What matters most: who makes the UTRN (a SMETS2 supplier itself, a SMETS1 one through the DCC; smets1 stand-in),"
        " dsp background against dsp capacity (how long the backlog lasts), dsp prepay priority, and the hour of the outage."
    )
    return Section(
        NAME,
        TITLE,
        [*texts, *(item.sentence for item in against if item.interval.clear_of_zero)],
        [_plot(run, around, drawn, generations)],
        [_table(run, around, generations)],
        folded if against else [],
        [note],
    )


def _around(run: RunFolder, drawn: Outage) -> Around:
    out = Around()
    for world in prepayments.worlds(run, spells=["generation", "off_at", "on_at", "waited", "harm"]):
        _add(out, world, drawn)
    return out


def _add(out: Around, world: World, drawn: Outage) -> None:
    held_up = world.spells.word_is("harm", HARM) & (world.spells["waited"] > 0)
    hours = np.minimum(world.spells["waited"], world.off) * held_up / HOUR * 1000
    for word in GENERATIONS:
        count = int(world.homes.word_is("generation", word).sum())
        if not count:
            continue
        mine = world.spells.word_is("generation", word)
        out.hours.add(world.variant, word, world.repeat, hours[mine].sum(), count)
        out.meters[world.variant, word] = out.meters.get((world.variant, word), 0) + count
        for measure, mask in ((ANY, mine), (CAUSED, mine & held_up)):
            key = (world.variant, measure, word)
            out.curves[key] = out.curves.get(key, 0) + _off(world, mask, drawn, measure)


def _times(drawn: Outage) -> Array:
    return np.arange(drawn.begin - BEFORE, drawn.end + AFTER + 1, GRAIN)


def _off(world: World, mask: Array, drawn: Outage, measure: str) -> Array:
    """How many are off supply at each step; nan where the run does not count. No outage holds up what was before it."""
    times = _times(drawn)
    begins, ends = np.sort(world.off_from[mask]), np.sort(world.off_until[mask])
    begins = begins if measure == ANY else np.maximum(begins, drawn.begin)
    off = np.searchsorted(begins, times, "right") - np.searchsorted(ends, times, "right")
    return np.where((times >= world.begin) & (times <= world.end), off, np.nan)


def _curve(around: Around, variant: str, measure: str, generation: str) -> Array:
    """Per 1,000 meters of the generation."""
    found: Array = around.curves[variant, measure, generation] / around.meters[variant, generation] * 1000
    return found


def _against(run: RunFolder, around: Around, variant: str) -> Difference:
    first, second = (around.hours.shares(run, variant, word) for word in GENERATIONS)
    paired = [a - b for a, b in zip(first, second, strict=True)]
    what = f"hours of harm by the outage per 1,000 meters, {variant}"
    return Difference(what, "SMETS2", "SMETS1", interval(paired), MetricWords("number"))


def _sentence(run: RunFolder, around: Around, variant: str, generations: list[str]) -> str:
    told = []
    for word in generations:
        if (variant, word) not in around.meters:
            continue
        most = _curve(around, variant, CAUSED, word)
        hours = around.hours.share(run, variant, word)
        peak = 0.0 if np.isnan(most).all() else float(np.nanmax(most))
        told.append(
            f"{word}: {number(round_hours(hours))} hours of harm per 1,000 meters, at most {number(round(peak, 2))} of 1,000"
            " off supply at once because of it"
        )
    return "; ".join(told) + "."


def _table(run: RunFolder, around: Around, generations: list[str]) -> Table:
    rows: list[tuple[object, ...]] = []
    for word in generations:
        for variant in run.variants:
            if (variant, word) not in around.meters:
                continue
            found = interval(around.hours.shares(run, variant, word))
            count = around.meters[variant, word] / len(run.repeats)
            peaks = []
            for measure in (CAUSED, ANY):
                curve = _curve(around, variant, measure, word)
                peaks.append(math.nan if np.isnan(curve).all() else float(np.nanmax(curve)))
            figures = cells([found.mean, found.low, found.high], "number")
            rows.append((word, variant, Cell(count, f"{count:,.0f}"), *figures, *cells(peaks, "number")))
    columns = [Column("Generation"), Column("Variant"), Column("Meters", "figure")]
    columns += [Column("Hours of harm per 1,000", "figure"), Column("95 % from", "figure"), Column("95 % to", "figure")]
    columns += [
        Column("Held up, most at once per 1,000", "figure"),
        Column("Off for any reason, most at once", "figure"),
    ]
    return Table(NAME, "Harm of the outage by generation", columns, rows)


def _plot(run: RunFolder, around: Around, drawn: Outage, generations: list[str]) -> Plot:
    x = (_times(drawn) - drawn.begin) / HOUR
    told: list[str] = []
    thick = widths(len(run.variants))
    with style():
        drawing = figure(5.2)
        panels = drawing.subplots(2, len(generations), squeeze=False, sharex=True, sharey="row")
        for row, measure in zip(panels, (ANY, CAUSED), strict=True):
            for axes, word in zip(row, generations, strict=True):
                for i, variant in enumerate(run.variants):
                    if (variant, word) not in around.meters:
                        continue
                    y = _curve(around, variant, measure, word)
                    colour, _, _, line = look(i)
                    axes.plot(x, y, color=colour, linestyle=line, linewidth=thick[i] * 0.75, label=variant)
                    if not np.isnan(y).all():
                        told.append(f"{word}, {variant}, {measure}: at most {number(round(float(np.nanmax(y)), 2))}")
                axes.axvspan(0, (drawn.end - drawn.begin) / HOUR, color=PALE, alpha=0.7, zorder=0)
                axes.axvline(0, color=INK, linewidth=0.8)
                axes.set_title(f"{word}: {'all off supply' if measure == ANY else 'held up by the outage'}")
            row[0].set_ylabel("per 1,000 meters")
            row[0].set_ylim(bottom=0)
        for axes in panels[-1]:
            axes.set_xlabel("hours since the outage began")
            axes.set_xlim(x[0], x[-1])
        handles, names = panels[0][0].get_legend_handles_labels()
        drawing.legend(handles, names, loc="outside upper left", ncols=side_by_side(names))
        alt = "Meters off supply per 1,000 over time around the outage, by generation. " + "; ".join(told) + "."
        caption = "Meters off supply per 1,000 of their generation, around the outage of the DCC (grey)"
        return finish(drawing, NAME, caption, alt)


def _clock(time: int) -> str:
    return f"{pd.Timestamp(time, unit='us'):%d %B %Y %H:%M}".lstrip("0")
