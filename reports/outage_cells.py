"""Section `outage cells`: how the radio cells stand the burst of alerts when many hubs lose mains together."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from . import outages
from .columns import Array
from .drawing import INK, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number
from .intervals import interval
from .outages import REGIONS, Losses
from .parts import Column, Plot, Section, Table
from .settings import setting

NAME = "outage cells"
TITLE = "Radio cells under load"
SHOWN = 3  # cells drawn
WAITED = "waited for radio"
CAPACITIES = {
    "long-range radio": "cell capacity long-range",
    "cellular": "cell capacity cellular",
    "mesh": "cell capacity mesh",
    "4G": "cell capacity 4g",
}
MINUTE = 60_000_000
# Widths of the steps of a curve, seconds; the narrowest that gives at most so many steps is taken (thrice as many over
# the whole run).
GRAINS, STEPS = (10, 30, 60, 300, 900, 3_600, 86_400), 180


@dataclass
class Load:
    """Of one variant."""

    first: list[dict[str, float]] = field(default_factory=list)  # a repeat: region -> first attempts
    busiest: list[dict[str, float]] = field(default_factory=list)  # a repeat: region -> attempts in its worst minute
    cells: Array = field(default_factory=lambda: np.zeros(0, np.int64))  # of the first repeat, one a first attempt
    sent: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    regions: Array = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass
class Busy:
    """The drawn repeat: the busiest cells of all variants together."""

    cell: int
    region: str
    technology: str


def section(run: RunFolder) -> Section:
    """Alerts a minute over time, in the busiest cells and by region, and how long messages waited."""
    loads = {variant: Load() for variant in run.variants}
    peaks: dict[int, tuple[float, str, str]] = {}
    for losses in outages.worlds(run, "sent_at", "cell", "region", "technology"):
        _add(loads[losses.variant], peaks, losses, losses.repeat == run.repeats[0])
    if not any(sum(count.values()) for load in loads.values() for count in load.first):
        return outages.nothing(run, NAME, TITLE, "No hub tried to report an outage in any variant.")
    waits = _waits(run)
    top = sorted(peaks, key=lambda cell: (-peaks[cell][0], cell))[:SHOWN]
    busiest = [Busy(cell, *peaks[cell][1:]) for cell in top]
    sentences = by_variant({variant: _sentence(run, loads[variant], waits, variant) for variant in run.variants})
    note = (
        f"Load counts the first attempt of each hub. Curves show repeat {run.repeats[0]} alone, because outages of"
        " different repeats fall on different times; the table has means over all repeats. A message waits when its"
        " cell is busy with others before it: outage events and the alerts of meters alike."
    )
    plots = [_cell_plot(run, loads, waits, busiest), _region_plot(run, loads)]
    return Section(NAME, TITLE, sentences, plots, [_table(run, loads, waits)], notes=[note])


def _add(load: Load, peaks: dict[int, tuple[float, str, str]], losses: Losses, drawn: bool) -> None:
    sent = losses["sent_at"]
    tried = np.flatnonzero(sent != 0)
    region = losses.code("region", REGIONS)[tried]
    cell, minute = losses["cell"][tried].astype(np.int64), sent[tried] // MINUTE
    first = np.bincount(region, minlength=len(REGIONS))
    load.first.append({name: float(first[i]) for i, name in enumerate(REGIONS)})
    worst = dict.fromkeys(REGIONS, 0.0)
    if len(tried):
        low = minute.min()
        keys, where, count = np.unique((cell << 32) + (minute - low), return_index=True, return_counts=True)
        for i, name in enumerate(REGIONS):
            here = count[region[where] == i]
            worst[name] = float(here.max()) if len(here) else 0.0
        if drawn:
            load.cells, load.sent, load.regions = cell, sent[tried], region
            for i in np.argsort(-count, kind="stable")[: 20 * SHOWN]:
                row = tried[where[i]]
                words = [losses.words[name][losses[name][row]] for name in ("region", "technology")]
                known = peaks.get(int(keys[i] >> 32), (0.0, "", ""))
                peaks[int(keys[i] >> 32)] = max(known, (float(count[i]), words[0], words[1]))
    load.busiest.append(worst)


def _waits(run: RunFolder) -> pd.DataFrame:
    """Columns variant, repeat, time (us), region, cell, value."""
    rows = run.records.only(WAITED, ["variant", "repeat", "time", "station", "counter", "value"])
    region = rows["station"].cat.rename_categories(lambda station: station.removeprefix("WAN "))
    return rows.assign(region=region, time=rows["time"].astype("int64"))


def _sentence(run: RunFolder, load: Load, waits: pd.DataFrame, variant: str) -> str:
    worst = {name: interval([row[name] for row in load.busiest]).mean for name in REGIONS}
    name = max(worst, key=lambda region: worst[region])
    if not worst[name]:
        return "no hub tried to report an outage."
    mine = waits.loc[waits["variant"] == variant, "value"]
    text = (
        f"the busiest cell ({name}) got {number(round(worst[name]))} first attempts in its worst minute"
        " (mean over the repeats)"
    )
    if not len(mine):
        return f"{text}; no message had to wait."
    per_repeat = len(mine) / len(run.repeats)
    late = float(np.quantile(mine, 0.95))
    return (
        f"{text}; {number(round(per_repeat))} messages per repeat had to wait, 95 % of them up to {duration(late)}, the"
        f" longest {duration(float(mine.max()))}."
    )


def _table(run: RunFolder, loads: dict[str, Load], waits: pd.DataFrame) -> Table:
    rows: list[tuple[object, ...]] = []
    for region in REGIONS:
        for variant in run.variants:
            first = interval([row[region] for row in loads[variant].first])
            worst = interval([row[region] for row in loads[variant].busiest])
            if not first.mean:
                continue
            mine = waits[(waits["variant"] == variant) & (waits["region"] == region)]
            groups = [mine.loc[mine["repeat"] == repeat, "value"].to_numpy(float) for repeat in run.repeats]
            quantiles = [
                interval([float(np.quantile(group, q)) for group in groups if len(group)]).mean for q in (0.5, 0.95, 1)
            ]
            waited = sum(map(len, groups)) / len(run.repeats)
            counts = [Cell(value, number(round(value))) for value in (first.mean, worst.mean)]
            rows.append(
                (
                    region,
                    variant,
                    *counts,
                    worst.low,
                    worst.high,
                    Cell(waited, number(round(waited))),
                    *cells(quantiles, "duration"),
                )
            )
    columns = [Column("Region"), Column("Variant"), Column("First attempts per repeat", "number")]
    columns += [Column("Busiest cell, worst minute", "number")]
    columns += [Column(f"Busiest cell, 95 % {side}", "csv") for side in ("from", "to")]
    columns += [Column("Messages that waited", "number")]
    columns += [Column(words, "duration") for words in ("Median wait", "95 % within", "Longest wait")]
    return Table(NAME, "Load and waiting by region, means over the repeats", columns, rows)


def _grain(seconds: float, steps: int) -> int:
    return next((grain for grain in GRAINS if seconds / grain <= steps), GRAINS[-1])


def _unit(seconds: float) -> tuple[float, str]:
    return (
        (60.0, "minutes") if seconds < 3 * 3_600 else (3_600.0, "hours") if seconds < 3 * 86_400 else (86_400.0, "days")
    )


def _rates(times: Array, start: int, grain: int, steps: int) -> Array:
    """A minute, by step."""
    places = (times - start) // (grain * 1_000_000)
    places = places[(places >= 0) & (places < steps)]
    return np.bincount(places, minlength=steps)[:steps] * 60.0 / grain


def _cell_plot(run: RunFolder, loads: dict[str, Load], waits: pd.DataFrame, busiest: list[Busy]) -> Plot:
    """A row a cell: load left, the longest wait right, in the time around the cell's worst minute."""
    told = []
    repeat, thick = run.repeats[0], widths(len(run.variants))
    waits = waits[waits["repeat"] == repeat]
    with style():
        drawing = figure(0.9 + 1.9 * len(busiest))
        panels = drawing.subplots(len(busiest), 2, squeeze=False)
        for (left, right), busy in zip(panels, busiest, strict=True):
            start, length = _window(loads, waits, busy.cell)
            grain = _grain(length, STEPS)
            steps = math.ceil(length / grain) + 1
            size, unit = _unit(length)
            x = np.arange(steps) * grain / size
            for i, variant in enumerate(run.variants):
                colour, _, _, line = look(i)
                load = loads[variant]
                rates = _rates(load.sent[load.cells == busy.cell], start, grain, steps)
                label = variant if busy is busiest[0] else None
                left.step(x, rates, where="post", color=colour, linestyle=line, linewidth=thick[i] * 0.7, label=label)
                mine = waits[(waits["variant"] == variant) & (waits["counter"] == busy.cell)]
                longest = _longest(mine, start, grain, steps)
                right.step(x, longest, where="post", color=colour, linestyle=line, linewidth=thick[i] * 0.7)
                told.append(f"cell {busy.cell}, {variant}: {number(float(rates.max()))} a minute")
            _capacity(run, left, busy)
            left.set_title(f"Cell {busy.cell}, {busy.region}, {busy.technology}")
            left.set_ylabel("first attempts\na minute")
            right.set_ylabel("longest wait, s")
            for axes in (left, right):
                axes.set_ylim(bottom=0)
                axes.set_xlim(0, x[-1])
                axes.set_xlabel(f"{unit} since the burst began")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Load and longest wait over time in the busiest cells. " + "; ".join(told) + "."
        caption = f"The busiest cells of repeat {repeat}: first attempts a minute, and how long messages waited"
        return finish(drawing, NAME, caption, alt)


def _window(loads: dict[str, Load], waits: pd.DataFrame, cell: int) -> tuple[int, float]:
    """Begin (us) and length (s) of the time around the worst minute of a cell in which its hubs send or wait."""
    times = np.sort(np.concatenate([load.sent[load.cells == cell] for load in loads.values()]))
    minutes, count = np.unique(times // MINUTE, return_counts=True)
    worst = int(minutes[np.argmax(count)]) * MINUTE
    times = np.sort(np.concatenate([times, waits.loc[waits["counter"] == cell, "time"].to_numpy(np.int64)]))
    near = times[(times >= worst - 5 * MINUTE) & (times <= worst + 25 * MINUTE)]
    begin = int(near[0]) - 20_000_000
    return begin, max((int(near[-1]) - begin) / 1e6 + 30.0, 120.0)


def _longest(rows: pd.DataFrame, start: int, grain: int, steps: int) -> Array:
    out = np.zeros(steps)
    places = (rows["time"].to_numpy(np.int64) - start) // (grain * 1_000_000)
    inside = (places >= 0) & (places < steps)
    np.maximum.at(out, places[inside], rows["value"].to_numpy(float)[inside])
    return out


def _capacity(run: RunFolder, axes: Any, busy: Busy) -> None:
    """Lines at what the cell carries, where the curves come near them."""
    name = CAPACITIES.get(busy.technology, "")
    found = dict.fromkeys(setting(run, variant, name) for variant in run.variants)
    highest = axes.get_ylim()[1]
    for value in found:
        if value and not math.isnan(value) and value * 60 < 2.5 * highest:
            axes.axhline(value * 60, color=INK, linewidth=1, linestyle=(0, (5, 2)))
            words = f"carries {number(value * 60)} a minute"
            axes.annotate(words, (1, value * 60), (-3, 2), xycoords=("axes fraction", "data"), textcoords="offset points",
                          ha="right", va="bottom", fontsize=8)  # fmt: skip
            axes.set_ylim(0, max(highest, value * 60 * 1.25))


def _region_plot(run: RunFolder, loads: dict[str, Load]) -> Plot:
    """The worst minute of each step of the whole run, all cells of a region together."""
    sent = [load.sent for load in loads.values() if len(load.sent)]
    start, end = min(int(times.min()) for times in sent), max(int(times.max()) for times in sent)
    minutes = (end - start) // MINUTE + 1
    grain = max(_grain((end - start) / 1e6, 3 * STEPS) // 60, 1)  # minutes
    size, unit = _unit(minutes * 60.0)
    x = np.arange(-(-minutes // grain)) * grain * 60.0 / size
    there = [i for i in range(len(REGIONS)) if any((load.regions == i).any() for load in loads.values())]
    told, thick = [], widths(len(run.variants))
    with style():
        drawing = figure(0.9 + 1.35 * len(there))
        panels = drawing.subplots(len(there), 1, squeeze=False, sharex=True)[:, 0]
        for axes, region in zip(panels, there, strict=True):
            for i, variant in enumerate(run.variants):
                colour, _, _, line = look(i)
                load = loads[variant]
                rates = _rates(load.sent[load.regions == region], start, 60, minutes)
                worst = np.pad(rates, (0, len(x) * grain - minutes)).reshape(len(x), grain).max(axis=1)
                label = variant if axes is panels[0] else None
                axes.step(x, worst, where="post", color=colour, linestyle=line, linewidth=thick[i] * 0.7, label=label)
                told.append(f"{REGIONS[region]}, {variant}: at most {number(float(rates.max()))} a minute")
            axes.set_title(REGIONS[region])
            axes.set(xlim=(0, max(x[-1], 1e-9)))
            axes.set_ylim(bottom=0)
            axes.set_ylabel("a minute")
        panels[-1].set_xlabel(f"{unit} since the first attempt of the run")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "First attempts of all hubs over the run, by region. " + "; ".join(told) + "."
        steps = "each minute" if grain == 1 else f"the worst minute in each step of {duration(grain * 60.0)}"
        caption = f"First attempts of all cells of a region together, repeat {run.repeats[0]}: {steps}"
        return finish(drawing, f"{NAME} together", caption, alt)
