"""Section `prepayment late reports`: what hubs held while there was no WAN, and how long a supplier did not know of it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from . import prepayments
from .columns import Array
from .comparison import difference_table
from .drawing import BLUE, GREY, VERMILION, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number, plural, share
from .intervals import interval
from .parts import Column, Plot, Section, Table
from .prepayments import DAY, FAULTS, World, meters
from .tallies import Tally, rank_quantile

NAME = "prepayment late reports"
TITLE = "Prepayment: what hubs reported late"
TYPED = "810E"  # Credit Added Locally
HELD, MEDIAN, LATEST, MINUTE, AT_ONCE = "held", "median", "95 %", "minute", "at once"
# Fate -> words, colour, hatch.
FATES = {
    "late": ("left the hub late", BLUE, ""),
    "still held": ("still held at the end", GREY, "///"),
    "dropped": ("dropped", VERMILION, "..."),
}
QUANTILES = {MEDIAN: 0.5, LATEST: 0.95}
ALL = "all meters"


@dataclass
class LateReports:
    """Folds over all worlds."""

    # Groups: (fate or HELD, class) per 1,000 meters; QUANTILES in seconds; MINUTE and AT_ONCE, reports.
    tally: Tally = field(default_factory=Tally)
    codes: Tally = field(default_factory=Tally)  # group code: held per 1,000 meters
    unknown: dict[str, list[Array]] = field(default_factory=lambda: defaultdict(list))  # variant -> seconds
    typed: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # variant -> in all repeats


def section(run: RunFolder) -> Section:
    """Held, late, dropped; the time for which typed top-ups were unknown; what leaves hubs at once."""
    if run.table(prepayments.file("reports")) is None:
        return prepayments.nothing(run, NAME, TITLE, "This run does not tell what hubs held.")
    found = _late_reports(run)
    held = [variant for variant in run.variants if found.tally.part(run, variant, (HELD, ALL))]
    if not held:
        return prepayments.nothing(run, NAME, TITLE, "No hub held anything: WAN was there when a meter told something.")
    texts = by_variant({variant: _sentence(run, found, variant) for variant in held})
    differences = found.tally.differences(run, (HELD, ALL), "reports held per 1,000 meters", "lower", "number")
    differences += found.tally.differences(
        run, (MEDIAN,), "median time for which a typed top-up was unknown", "lower", "duration"
    )
    folded = [_codes(run, found)]
    if len(run.variants) > 1:
        folded.append(difference_table(differences, f"{NAME} differences", "Held reports: paired differences"))
    note = (
        "Counted: alerts of SMETS2 meters and answers to commands that found no WAN after the warm-up. SMETS1 meters send no"
        " alerts here. A top-up that was typed is told by alert 810E; how long the supplier did not know of it is counted from"
        " the hub until the report left it, and to the end of the run where it had not, or was dropped: a lower bound. What a"
        " supplier might learn by reading the meter does not count: without WAN it cannot. Hubs begin the run with nothing"
        " held. What leaves a hub may still be lost in the WAN. What matters most: no wan share, coverage repair, hub buffer"
        " alerts (an assumption) and the share of typed top-ups."
    )
    return Section(NAME, TITLE, texts, [_plot_fates(run, found), *_plot_unknown(run, found)], [_table(run, found)],
                   folded, [note])  # fmt: skip


def _late_reports(run: RunFolder) -> LateReports:
    out = LateReports()
    for world in prepayments.worlds(run, reports=["home", "fault", "code", "held_at", "left_at", "fate"]):
        rows = world.reports
        counts = rows["held_at"] >= world.begin
        _add_fates(out, world, counts)
        _add_unknown(out, world, counts & rows.word_is("code", TYPED))
        left = rows["left_at"][rows.word_is("fate", "late")]
        homes = rows["home"][rows.word_is("fate", "late")]
        out.tally.add(world.variant, (MINUTE,), world.repeat, _most(left // 60_000_000), 1)
        out.tally.add(world.variant, (AT_ONCE,), world.repeat, _most(np.column_stack([left, homes])), 1)
        for code in rows.words["code"]:
            many = (counts & rows.word_is("code", code)).sum() * 1000
            out.codes.add(world.variant, code, world.repeat, many, len(world.homes["home"]))
    return out


def _most(values: Array) -> int:
    """How often the most frequent of them occurs."""
    return int(np.unique(values, axis=0, return_counts=True)[1].max()) if len(values) else 0


def _add_fates(out: LateReports, world: World, counts: Array) -> None:
    rows = world.reports
    classes = [(ALL, counts, len(world.homes["home"]))]
    for word, homes in zip(FAULTS, meters(world.homes, "fault"), strict=True):
        classes.append((word, counts & rows.word_is("fault", word), int(homes)))
    for word, mask, homes in classes:
        out.tally.add(world.variant, (HELD, word), world.repeat, mask.sum() * 1000, homes)
        for fate in FATES:
            out.tally.add(
                world.variant, (fate, word), world.repeat, (mask & rows.word_is("fate", fate)).sum() * 1000, homes
            )


def _add_unknown(out: LateReports, world: World, typed: Array) -> None:
    rows = world.reports
    known = np.where(rows.word_is("fate", "late"), rows["left_at"], world.end)
    seconds = np.sort((known - rows["held_at"])[typed] / 1e6)
    out.unknown[world.variant].append(seconds)
    out.typed[world.variant] += len(seconds)
    for name, q in QUANTILES.items():
        if len(seconds):
            out.tally.add(world.variant, (name,), world.repeat, rank_quantile(seconds, len(seconds), q), 1)


def _sentence(run: RunFolder, found: LateReports, variant: str) -> str:
    tally = found.tally

    def part(fate: str) -> str:
        return share(tally.part(run, variant, (fate, ALL)) / tally.part(run, variant, (HELD, ALL)))

    text = (
        f"hubs held {number(round(tally.share(run, variant, (HELD, ALL)), 1))} reports per 1,000 meters:"
        f" {part('late')} left late, {part('dropped')} were dropped, {part('still held')} were still held at the end"
    )
    median = tally.share(run, variant, (MEDIAN,))
    if not math.isnan(median):
        text += (
            f"; of half of the typed top-ups among them the supplier did not know for {duration(median)} or more,"
            f" of one in twenty for {duration(tally.share(run, variant, (LATEST,)))} or more"
        )
    most = plural(round(tally.share(run, variant, (MINUTE,))), "report")
    return f"{text}; in the fullest minute {most} left hubs that had WAN again."


def _table(run: RunFolder, found: LateReports) -> Table:
    rows: list[tuple[object, ...]] = []
    tally = found.tally
    for word in [*_classes(run, found), ALL]:
        for variant in run.variants:
            if not tally.whole(run, variant, (HELD, word)):
                continue
            held = interval(tally.shares(run, variant, (HELD, word)))
            figures: list[object] = [*cells([held.mean, held.low, held.high], "number")]
            figures += cells([tally.share(run, variant, (fate, word)) for fate in FATES], "number")
            if word == ALL:
                typed = found.typed[variant] / len(run.repeats)
                figures += [Cell(typed, f"{typed:,.0f}")]
                figures += [tally.share(run, variant, (name,)) for name in QUANTILES]
                figures += [tally.share(run, variant, (name,)) for name in (MINUTE, AT_ONCE)]
            else:
                figures += [None] * 5
            rows.append((word, variant, *figures))
    columns = [Column("Fault class"), Column("Variant"), Column("Held per 1,000", "figure")]
    columns += [Column(f"Held per 1,000, 95 % {side}", "csv") for side in ("from", "to")]
    columns += [Column(words[:1].upper() + words[1:], "figure") for words, _, _ in FATES.values()]
    columns += [Column("Typed and held per repeat", "figure"), Column("Unknown, median", "duration")]
    columns += [Column("Unknown, 95 %", "duration"), Column("Fullest minute", "number")]
    columns += [Column("From one hub at once", "number")]
    return Table(NAME, "Reports that hubs held, per 1,000 meters of the class, and what became of them", columns, rows)


def _codes(run: RunFolder, found: LateReports) -> Table:
    codes = sorted({str(code) for code in found.codes.groups()})
    rows = [(code, *(found.codes.share(run, variant, code) for variant in run.variants)) for code in codes]
    columns = [Column("Alert"), *(Column(variant, "number") for variant in run.variants)]
    return Table(f"{NAME} by code", "Reports held per 1,000 meters, by code of the alert", columns, rows)


def _classes(run: RunFolder, found: LateReports) -> list[str]:
    """Fault classes whose hubs held anything."""
    return [word for word in FAULTS if any(found.tally.part(run, v, (HELD, word)) for v in run.variants)]


def _plot_fates(run: RunFolder, found: LateReports) -> Plot:
    classes = _classes(run, found)
    bars = [(word, variant) for word in classes for variant in run.variants]
    n = len(run.variants)
    places = [row + 0.9 * (row // n) for row in range(len(bars))]
    told = []
    with style():
        drawing = figure(1.2 + 0.24 * (places[-1] + 1))
        axes = drawing.add_subplot()
        start = np.zeros(len(bars))
        for fate, (text, colour, hatch) in FATES.items():
            values = [found.tally.share(run, variant, (fate, word)) for word, variant in bars]
            width = np.nan_to_num(np.array(values))
            axes.barh(places, width, 0.84, start, color=colour, hatch=hatch, edgecolor="white", label=text)
            start += width
        for place, total, (word, variant) in zip(places, start, bars, strict=True):
            text = number(round(float(total)))
            axes.annotate(text, (total, place), (4, 0), textcoords="offset points", va="center", fontsize=9)
            told.append(f"{word}, {variant}: {text}")
        axes.set_yticks(places, [variant for _, variant in bars])
        for i, word in enumerate(classes):
            axes.annotate(word, (0, places[i * n] - 0.55), (2, 1), textcoords="offset points", fontsize=9,
                          fontweight="bold", va="bottom")  # fmt: skip
        axes.set_ylim(places[-1] + 0.6, -1.5)
        axes.set_xlim(0, max(float(start.max()) * 1.12, 1.0))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("reports held per 1,000 meters of the class")
        drawing.legend(loc="outside upper left", ncols=side_by_side([text for text, _, _ in FATES.values()]))
        alt = f"Reports that hubs held per 1,000 meters, and what became of them. {'; '.join(told)}."
        return finish(drawing, NAME, "Reports that hubs without WAN held, and what became of them", alt)


def _plot_unknown(run: RunFolder, found: LateReports) -> list[Plot]:
    """Nothing where no typed top-up was held."""
    shown = [variant for variant in run.variants if found.typed[variant]]
    if not shown:
        return []
    told = []
    with style():
        drawing = figure(3.2)
        axes = drawing.add_subplot()
        for i, (variant, width) in enumerate(zip(shown, widths(len(shown)), strict=True)):
            colour, _, _, line = look(run.variants.index(variant))
            days = np.sort(np.concatenate(found.unknown[variant])) * 1e6 / DAY
            left = 100 * (1 - np.arange(len(days) + 1) / len(days))
            axes.step([0, *days], left, where="post", color=colour, linestyle=line, linewidth=width, label=variant,
                      zorder=2 + i)  # fmt: skip
            told.append(f"{variant}: half for {number(round(float(np.median(days)), 1))} days or more")
        axes.set(xlim=(0, None), ylim=(0, 103), xlabel="days since it was typed", ylabel="not known yet, %")
        drawing.legend(loc="outside upper left", ncols=side_by_side(shown))
        alt = f"Typed top-ups that a supplier did not know of, by days. {'; '.join(told)}."
        caption = "Typed top-ups whose report a hub held: share of which the supplier did not know yet, at least"
        return [finish(drawing, f"{NAME} unknown", caption, alt)]
