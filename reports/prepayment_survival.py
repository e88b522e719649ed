"""Section `prepayment survival`: which share of the meters has not been off supply yet."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass, field

import numpy as np

from . import prepayments
from .columns import Array
from .drawing import BLUE, GREEN, ORANGE, PURPLE, VERMILION, figure, finish, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, joined, number, share
from .intervals import of_shares
from .parts import Column, Plot, Section, Table
from .prepayments import DAY, FAULTS, NOT_PAID, World, label, meters
from .tallies import Tally

NAME = "prepayment survival"
TITLE = "Prepayment: until supply goes off"
ANY, PAID = "off supply", "off supply for 30 min although paid"
LONG = 30 * 60_000_000  # microseconds: shorter waits are the way of every message
STEPS = 240  # of a curve
MARKS = (7.0, 14.0, 28.0)  # days
LOOKS = dict(zip(FAULTS, ((BLUE, "-"), (VERMILION, "--"), (ORANGE, "-."), (PURPLE, ":"), (GREEN, "-")), strict=True))
CLASSES = [*FAULTS, "all"]


@dataclass
class Survival:
    """Folds over all worlds."""

    days: float = 0.0
    still: Tally = field(default_factory=Tally)  # group (measure, class, day)
    first: dict[tuple[str, str, str], Array] = field(default_factory=dict)  # (variant, measure, class) -> by step
    meters: dict[tuple[str, str], int] = field(default_factory=dict)  # (variant, class)


def section(run: RunFolder) -> Section:
    """A curve a fault class, a panel a variant; once for all spells, once for those in which a payment was not there."""
    found = _survival(run)
    classes = [word for word in FAULTS if any(found.meters.get((variant, word)) for variant in run.variants)]
    if not classes:
        return prepayments.nothing(run, NAME, TITLE, "No meter was counted.")
    texts = {variant: _sentence(run, found, classes, variant) for variant in run.variants}
    plots = [_plot(run, found, classes, measure) for measure in (ANY, PAID) if _occurs(run, found, measure)]
    note = (
        f"Counted: the first spell without supply of each meter in the {number(round(found.days, 1))} days after the"
        " warm-up; a spell that lasted when they began counts on day 0. The second count is of spells in which"
        " a payment had not arrived for 30 minutes or more, from the beginning of the spell. Curves are of all repeats together. No meter"
        " leaves the count before the end. Customers who are off supply because they have not paid are most of the first"
        " curve: it stands and falls with the assumed habits (daily spend, top-ups a month, pay day share, emergency"
        " taken). The second curve rests on the WAN shares, patience and the remedy of the variant."
    )
    return Section(NAME, TITLE, by_variant(texts), plots, [_table(run, found, classes)], notes=[note])


def _survival(run: RunFolder) -> Survival:
    out = Survival()
    for world in prepayments.worlds(run, spells=["home", "off_at", "on_at", "waited", "harm"]):
        _add(out, world)
    return out


def _add(out: Survival, world: World) -> None:
    out.days = world.days
    homes = world.homes["home"]
    place = np.searchsorted(homes, world.spells["home"])
    fault = world.homes.code("fault", FAULTS)
    caused = (np.minimum(world.spells["waited"], world.off) >= LONG) & ~world.spells.word_is("harm", NOT_PAID)
    for measure, mask in ((ANY, world.off > 0), (PAID, (world.off > 0) & caused)):
        first = np.full(len(homes), math.inf)
        np.minimum.at(first, place[mask], (world.off_from[mask] - world.begin) / DAY)
        for number_of, word in enumerate(CLASSES):
            mine = first if word == "all" else first[fault == number_of]
            key = (world.variant, measure, word)
            steps = np.ceil(np.minimum(mine / world.days, 2.0) * STEPS).astype(np.int64)
            out.first[key] = out.first.get(key, 0) + np.bincount(steps, minlength=2 * STEPS + 1)
            for day in _marks(world.days):
                out.still.add(world.variant, (measure, word, str(day)), world.repeat, (mine >= day).sum(), len(mine))
    for word, count in zip(FAULTS, meters(world.homes, "fault"), strict=True):
        out.meters[world.variant, word] = out.meters.get((world.variant, word), 0) + int(count)
    out.meters[world.variant, "all"] = out.meters.get((world.variant, "all"), 0) + len(homes)


def _marks(days: float) -> list[float]:
    """Days that the table tells of: the usual ones within the run, and its end."""
    return [*(day for day in MARKS if day < days), days]


def _occurs(run: RunFolder, found: Survival, measure: str) -> bool:
    """Whether any meter was off supply in this way."""
    curves = [found.first[variant, measure, "all"] for variant in run.variants if (variant, "all") in found.meters]
    return measure == ANY or any(curve[: STEPS + 1].sum() for curve in curves)


def _sentence(run: RunFolder, found: Survival, classes: list[str], variant: str) -> str:
    end = str(_marks(found.days)[-1])

    def still(measure: str, word: str) -> float:
        return found.still.share(run, variant, (measure, word, end))

    text = f"{share(still(ANY, 'all'))} of the meters were never off supply in {number(round(found.days, 1))} days"
    text += f", {share(still(PAID, 'all'))} never for 30 minutes or more although paid"
    faulty = [word for word in classes[1:] if not math.isnan(still(PAID, word))]
    if not faulty:
        return f"{text}."
    told = joined([f"{label('fault', word)} {share(still(PAID, word))}" for word in faulty])
    return f"{text}; the latter of those with a fault: {told}."


def _table(run: RunFolder, found: Survival, classes: list[str]) -> Table:
    days = _marks(found.days)
    rows: list[tuple[object, ...]] = []
    for measure in (ANY, PAID):
        for word in [*classes, "all"] if len(classes) > 1 else classes:
            for variant in run.variants:
                count = found.meters.get((variant, word), 0) / len(run.repeats)
                if not count:
                    continue
                figures: list[object] = []
                for day in days:
                    shares = of_shares(found.still.shares(run, variant, (measure, word, str(day))))
                    figures += [shares.mean, shares.low, shares.high]
                what = label("fault", word) if word != "all" else "all meters"
                rows.append((measure, what, variant, Cell(count, f"{count:,.0f}"), *figures))
    columns = [Column("Not yet"), Column("Fault class"), Column("Variant"), Column("Meters", "figure")]
    for day in days:
        heading = f"After {number(round(day, 1))} days"
        columns += [Column(heading, "share")]
        columns += [Column(f"{heading}, 95 % {side} (fraction)", "csv") for side in ("from", "to")]
    return Table(NAME, "Share of the meters not yet off supply, by days since counting began", columns, rows)


def _plot(run: RunFolder, found: Survival, classes: list[str], measure: str) -> Plot:
    across = min(len(run.variants), 3)
    down = math.ceil(len(run.variants) / across)
    x = np.arange(STEPS + 1) / STEPS * found.days
    told: list[str] = []
    lowest = 100.0
    with style():
        drawing = figure(0.9 + 2.1 * down)
        panels = drawing.subplots(down, across, squeeze=False, sharex=True, sharey=True)
        for axes, variant in zip(panels.flat, run.variants, strict=False):
            for word in classes:
                base = found.meters.get((variant, word), 0)
                if not base:
                    continue
                colour, line = LOOKS[word]
                y = 100 - np.cumsum(found.first[variant, measure, word])[: STEPS + 1] / base * 100
                lowest = min(lowest, float(y.min()))
                axes.step(x, y, where="post", color=colour, linestyle=line, linewidth=1.8, label=label("fault", word))
                told.append(f"{variant}, {label('fault', word)}: {share(float(y[-1]) / 100)} at the end")
            axes.set_title(textwrap.fill(variant, 75 // across), fontsize=9.5)
        for axes in panels.flat[len(run.variants) :]:
            axes.set_visible(False)
        for i, axes in enumerate(panels.flat[: len(run.variants)]):
            if i >= len(run.variants) - across:
                axes.set_xlabel("days since counting began")
                axes.tick_params(labelbottom=True)
        for row in panels:
            row[0].set_ylabel("not yet, %")
        panels[0][0].set(xlim=(0, found.days), ylim=(_floor(lowest), 100 + (100 - _floor(lowest)) * 0.03))
        names = {
            text: handle for axes in panels.flat for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        drawing.legend(names.values(), names.keys(), loc="outside upper left", ncols=side_by_side(list(names)))
        name = NAME if measure == ANY else f"{NAME} although paid"
        alt = f"Share of meters not yet {measure}, by fault class. " + "; ".join(told) + "."
        return finish(drawing, name, f"Share of the meters not yet {measure}, a curve a fault class", alt)


def _floor(lowest: float) -> float:
    """Where the axis begins: at nothing, unless all curves stay near the top."""
    return 0.0 if lowest < 60 else 10 * math.floor(lowest / 10 - 0.5)
