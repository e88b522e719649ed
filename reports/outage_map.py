"""Section `outage map by GSP group`: who is told in time, where. Tiles in rough geography; regions when there are no groups."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.patches import FancyBboxPatch

from . import outages
from .drawing import GREY, INK, figure, finish, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, number, share
from .intervals import of_shares
from .outages import EXPECTED, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally

NAME = "outage map by GSP group"
TITLE = "Outage map by GSP group"
# GSP group -> its area, and where its tile stands: column from the west, row from the north.
GROUPS: Mapping[str, tuple[str, int, int]] = {
    "_P": ("North Scotland", 1, 0),
    "_N": ("South Scotland", 1, 1),
    "_G": ("North Western", 1, 2),
    "_F": ("North Eastern", 2, 2),
    "_D": ("Merseyside and North Wales", 1, 3),
    "_M": ("Yorkshire", 2, 3),
    "_E": ("West Midlands", 1, 4),
    "_B": ("East Midlands", 2, 4),
    "_A": ("Eastern", 3, 4),
    "_K": ("South Wales", 0, 5),
    "_C": ("London", 2, 5),
    "_L": ("South Western", 0, 6),
    "_H": ("Southern", 1, 6),
    "_J": ("South Eastern", 2, 6),
}
# CSP regions, when the run knows no GSP groups.
PLACES: Mapping[str, tuple[str, int, int]] = {
    "North": ("North", 0, 0),
    "Central": ("Central", 0, 1),
    "South": ("South", 0, 2),
}
ACROSS = 3  # maps side by side


@dataclass(frozen=True)
class Areas:
    """What the tiles stand for, and the shares in time by area."""

    column: str
    heading: str
    tiles: Mapping[str, tuple[str, int, int]]
    tally: Tally


def section(run: RunFolder) -> Section:
    """A map a variant, and a table with the counts."""
    areas = _areas(run, "gsp_group", "GSP group", GROUPS)
    by_region = not areas.tally.groups()
    if by_region:
        areas = _areas(run, "region", "CSP region", PLACES)
        if not areas.tally.groups():
            return outages.nothing(run, NAME, TITLE, "No outage alert was due in any variant.")
    sentences = by_variant({variant: _sentence(run, areas, variant) for variant in run.variants})
    if by_region:
        sentences.insert(
            0, "The run names no GSP groups, so the map shows the regions of the communications providers."
        )
    note = (
        "A tile is an area, not its shape. The number is the share of the alerts due that reached the network operator"
        " within the target after the hold (clock D); an alert that never arrives is late."
    )
    return Section(NAME, TITLE, sentences, [_plot(run, areas)], folded=[_table(run, areas)], notes=[note])


def _areas(run: RunFolder, column: str, heading: str, tiles: Mapping[str, tuple[str, int, int]]) -> Areas:
    tally = Tally()
    names = list(tiles)
    for losses in outages.worlds(run, *EXPECTED, column):
        _add(tally, losses, column, names)
    return Areas(column, heading, tiles, tally)


def _add(tally: Tally, losses: Losses, column: str, names: list[str]) -> None:
    code = losses.code(column, names)
    timely = losses.clock("D") <= losses.rules.target
    whole = np.bincount(code[losses.expected], minlength=len(names))
    part = np.bincount(code[losses.expected & timely], minlength=len(names))
    for i, name in enumerate(names):
        tally.add(losses.variant, name, losses.repeat, part[i], whole[i])


def _title(areas: Areas, name: str) -> str:
    return f"{areas.tiles[name][0]} ({name})" if areas.column == "gsp_group" else name


def _sentence(run: RunFolder, areas: Areas, variant: str) -> str:
    shares = {name: areas.tally.share(run, variant, name) for name in areas.tiles}
    known = {name: value for name, value in shares.items() if not math.isnan(value)}
    if not known:
        return "no alert was due."
    best, worst = max(known, key=lambda name: known[name]), min(known, key=lambda name: known[name])
    if best == worst:
        return f"{share(known[best])} of the alerts due in {_title(areas, best)} were in time."
    return (
        f"alerts were most often in time in {_title(areas, best)} ({share(known[best])}) and least often"
        f" in {_title(areas, worst)} ({share(known[worst])})."
    )


def _table(run: RunFolder, areas: Areas) -> Table:
    rows: list[tuple[object, ...]] = []
    there = areas.tally.groups()
    for name, (area, *_) in areas.tiles.items():
        if name not in there:
            continue
        for variant in run.variants:
            found = of_shares(areas.tally.shares(run, variant, name))
            due = areas.tally.whole(run, variant, name)
            rows.append(
                (
                    name,
                    area,
                    variant,
                    Cell(due, number(round(due))),
                    *cells([found.mean, found.low, found.high], "share"),
                )
            )
    columns = [Column(areas.heading), Column("Area"), Column("Variant"), Column("Alerts due per repeat", "number")]
    columns += [Column(head, "share") for head in ("In time (D)", "95 % from", "95 % to")]
    return Table(NAME, f"Share in time by {areas.heading}", columns, rows)


def _plot(run: RunFolder, areas: Areas) -> Plot:
    wide = max(column for _, column, _ in areas.tiles.values()) + 1
    tall = max(row for _, _, row in areas.tiles.values()) + 1
    lines = -(-len(run.variants) // ACROSS)
    told = []
    with style():
        drawing = figure(0.8 + lines * (0.3 + 0.62 * tall))
        panels = drawing.subplots(lines, ACROSS, squeeze=False).ravel()
        shades: Any = None
        for axes, variant in zip(panels, run.variants, strict=False):
            axes.set_title(variant)
            for name in areas.tiles:
                mean = areas.tally.share(run, variant, name)
                _tile(axes, areas, name, mean)
                if not math.isnan(mean):
                    told.append(f"{variant}, {_title(areas, name)}: {share(mean)}")
            shades = axes.scatter([], [], c=[], cmap="cividis", vmin=0, vmax=100)
            axes.set_xlim(-0.55, max(wide, 2) - 0.45)
            axes.set_ylim(tall - 0.45, -0.55)
        for axes in panels:
            axes.set_axis_off()
        bar = drawing.colorbar(shades, ax=list(panels), orientation="horizontal", shrink=0.5, aspect=40, pad=0.02)
        bar.set_label("% of the alerts due that were in time (clock D)")
        bar.outline.set_visible(False)
        alt = (
            f"Map of tiles, one a {areas.heading}. Share of the alerts due that were in time: " + "; ".join(told) + "."
        )
        return finish(drawing, NAME, f"Share of the alerts due that were in time, by {areas.heading}", alt)


def _tile(axes: Any, areas: Areas, name: str, mean: float) -> None:
    from matplotlib import colormaps

    area, column, row = areas.tiles[name]
    empty = math.isnan(mean)
    colour = "#eef1f4" if empty else colormaps["cividis"](mean)
    ink = GREY if empty else INK if mean > 0.5 else "white"
    box = FancyBboxPatch(
        (column - 0.45, row - 0.45), 0.9, 0.9, boxstyle="round,pad=0,rounding_size=0.08",
        facecolor=colour, edgecolor="#7a8691", linewidth=0.6,
    )  # fmt: skip
    axes.add_patch(box)
    short = area if areas.column == "region" else name.removeprefix("_")
    axes.text(column, row - 0.2, short, ha="center", va="center", fontsize=8, color=ink)
    text = "–" if empty else f"{mean * 100:.0f} %"
    axes.text(column, row + 0.14, text, ha="center", va="center", fontsize=9, fontweight="bold", color=ink)
