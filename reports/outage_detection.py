"""Section `outage detection by feeder`: how soon the operator sees that a feeder is out, not one home."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from . import outages
from .drawing import INK, figure, finish, look, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number, plural, share
from .intervals import interval, of_shares
from .outages import EXPECTED, Array, Losses
from .parts import Column, Plot, Section, Table
from .targets import target

NAME = "outage detection by feeder"
TITLE = "Outage detection by feeder"
# Upper ends of the classes, in premises of the feeder that the cut left dark.
SIZE_ENDS = [20, 50, 100, 200]
SIZES = ["2 to 20", "21 to 50", "51 to 100", "101 to 200", "more than 200"]
MOST = 50  # alerts; more than so many are never asked for


@dataclass
class Cuts:
    """Feeders that a cut left dark, in one world: premises, and the seconds from the loss to each sorted alert."""

    repeat: int
    size_class: Array
    starts: Array  # of each feeder's alerts in `seconds`
    alerts: Array  # how many there are
    seconds: Array

    def to_alert(self, k: int) -> Array:
        """Seconds to the k-th alert, nan where there are fewer."""
        out = np.full(len(self.starts), np.nan)
        there = self.alerts >= k
        out[there] = self.seconds[self.starts[there] + k - 1]
        return out


@dataclass
class Seen:
    """One variant over all repeats."""

    cuts: list[Cuts] = field(default_factory=list)
    real: Array = field(default_factory=lambda: np.zeros(MOST + 1))  # bursts by number of alerts
    bursts: Array = field(default_factory=lambda: np.zeros(MOST + 1))

    def sure(self, k: int) -> float:
        """Of the bursts of at least k alerts, those that tell of a dark feeder."""
        whole = self.bursts[k:].sum()
        return float(self.real[k:].sum() / whole) if whole else math.nan

    def needed(self, certainty: float) -> int:
        """Fewest alerts of one feeder that make it so sure; 0 when no number does."""
        return next((k for k in range(1, MOST + 1) if self.sure(k) >= certainty), 0)


def section(run: RunFolder) -> Section:
    """Times to the first alert and to as many as make it sure."""
    seen = {variant: Seen() for variant in run.variants}
    for losses in outages.worlds(run, *EXPECTED, "feeder", "cut"):
        _add(seen[losses.variant], losses, target(run, "feeder_burst_s"))
    if not any(len(cuts.starts) for found in seen.values() for cuts in found.cuts):
        sentence = "No cut left two or more premises of a feeder dark for as long as the hold."
        return outages.nothing(run, NAME, TITLE, sentence)
    certainty = target(run, "feeder_certainty")
    needed = {variant: found.needed(certainty) for variant, found in seen.items()}
    sentences = by_variant({variant: _sentence(found, needed[variant], certainty) for variant, found in seen.items()})
    note = (
        "A feeder is dark when one cut took two or more of its premises for the hold or longer. Alerts of one feeder"
        f" within {duration(target(run, 'feeder_burst_s'))} of the first are one burst. A burst may also come from single"
        " premises or from firmware (false alerts): the more of those, the more alerts an operator must wait for."
        f" k is the fewest alerts of which at least {share(certainty)} of the bursts with so many came from a dark"
        " feeder, counted over all repeats of this run, so it follows from the mix of outages of the scenario. Times run"
        " from the loss of mains and contain the hold."
    )
    plots = [_plot(run, seen, needed)]
    tables = [_table(run, seen, needed, certainty)]
    return Section(NAME, TITLE, sentences, plots, tables, [_bursts(run, seen)], [note])


def _add(seen: Seen, losses: Losses, apart: float) -> None:
    due = losses.expected
    feeder, cut = losses["feeder"].astype(np.int64), losses["cut"].astype(np.int64)
    key = feeder[due] << 32 | cut[due]
    waited = losses.between("lost_at", "informed_at")[due]
    order = np.lexsort((waited, key))  # nan last within a feeder
    starts, sizes = _runs(key[order])
    heard = np.add.reduceat(~np.isnan(waited[order]), starts) if len(starts) else starts
    dark = sizes >= 2
    size_class = np.searchsorted(SIZE_ENDS, sizes[dark])
    seen.cuts.append(Cuts(losses.repeat, size_class, starts[dark], heard[dark], waited[order]))
    _bursts_of(seen, losses, key[order][starts[dark]], apart)


def _runs(key: Array) -> tuple[Array, Array]:
    """Starts and lengths of the runs of equal values."""
    if not len(key):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    return starts, np.diff(np.append(starts, len(key)))


def _bursts_of(seen: Seen, losses: Losses, dark: Array, apart: float) -> None:
    """Alerts of one feeder that come close together, whatever caused them."""
    told = losses["informed_at"] != 0
    feeder, at = losses["feeder"][told].astype(np.int64), losses["informed_at"][told]
    key = feeder << 32 | losses["cut"][told].astype(np.int64)
    of_dark_feeder = np.isin(key, dark) & losses.expected[told]
    order = np.lexsort((at, feeder))
    feeder, at, of_dark_feeder = feeder[order], at[order], of_dark_feeder[order]
    begins = _burst_starts(feeder, at, round(apart * 1e6))
    if not len(begins):
        return
    sizes = np.minimum(np.diff(np.append(begins, len(at))), MOST)
    real = np.logical_or.reduceat(of_dark_feeder, begins)
    seen.bursts += np.bincount(sizes, minlength=MOST + 1)
    seen.real += np.bincount(sizes[real], minlength=MOST + 1)


def _burst_starts(feeder: Array, at: Array, apart: int) -> Array:
    """A burst begins with the first alert of a feeder that is later than `apart` after the begin of the one before."""
    begins, _ = _runs(feeder)
    ends = np.append(begins[1:], len(at))
    out = []
    while len(begins):  # each round finds one burst more of every feeder that has one
        out.append(begins)
        following = np.array(
            [a + np.searchsorted(at[a:b], at[a] + apart, "right") for a, b in zip(begins, ends, strict=True)], np.int64
        )
        more = following < ends
        begins, ends = following[more], ends[more]
    return np.sort(np.concatenate(out)) if out else np.zeros(0, np.int64)


def _sentence(found: Seen, k: int, certainty: float) -> str:
    bursts, background = found.bursts.sum(), (found.bursts - found.real).sum()
    if not bursts:
        return "no alert reached an operator."
    text = f"{share(background / bursts)} of the bursts of alerts on a feeder came from single premises or false alerts"
    if not k:
        return f"{text}, and no number of alerts makes it {share(certainty)} sure that the feeder is dark."
    sure = plural(k, "alert is", "alerts are")
    times = np.concatenate([cuts.to_alert(k) for cuts in found.cuts])
    known = times[~np.isnan(times)]
    reached = share(len(known) / len(times)) if len(times) else share(math.nan)
    middle = f", half of those within {duration(float(np.median(known)))}" if len(known) else ""
    return (
        f"{text}, so {sure} needed to be {share(certainty)} sure: {reached} of the dark feeders gave as many{middle}."
    )


def _quantiles(found: Seen, place: int, k: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Per repeat: feeders of the class, share with k alerts, median and 95 % quantile of the time to the k-th."""
    out: tuple[list[float], ...] = ([], [], [], [])
    for cuts in found.cuts:
        times = cuts.to_alert(k)[cuts.size_class == place] if k else np.zeros(0)
        known = times[~np.isnan(times)]
        out[0].append(float((cuts.size_class == place).sum()))
        out[1].append(len(known) / len(times) if len(times) else math.nan)
        for values, q in ((out[2], 0.5), (out[3], 0.95)):
            values.append(float(np.quantile(known, q)) if len(known) else math.nan)
    return out[0], out[1], out[2], out[3]


def _table(run: RunFolder, seen: dict[str, Seen], needed: dict[str, int], certainty: float) -> Table:
    rows: list[tuple[object, ...]] = []
    for place, size in enumerate(SIZES):
        for variant in run.variants:
            count, *first = _quantiles(seen[variant], place, 1)
            _, *sure = _quantiles(seen[variant], place, needed[variant])
            if not any(count):
                continue
            figures: list[object] = []
            for shares, medians, late in (first, sure):
                found = of_shares(shares)
                figures += [found.mean, found.low, found.high]
                figures += cells([interval(medians).mean, interval(late).mean], "duration")
            mean = sum(count) / len(count)
            k = needed[variant]
            rows.append((size, variant, Cell(mean, number(round(mean, 1))), *figures[:5], k or "none", *figures[5:]))
    columns = [Column("Premises dark"), Column("Variant"), Column("Dark feeders per repeat", "number")]
    for words in ("first alert", f"{share(certainty)} sure"):
        if words != "first alert":
            columns.append(Column("k"))
        columns += [Column(f"With {words}" if words == "first alert" else "With k alerts", "share")]
        columns += [Column(f"{words}: share, 95 % {side}", "csv") for side in ("from", "to")]
        columns += [Column(f"{quantile}, {words}", "duration") for quantile in ("Median", "95 % within")]
    return Table(NAME, "Time from the loss of mains to the first alert, and to k alerts", columns, rows)


def _bursts(run: RunFolder, seen: dict[str, Seen]) -> Table:
    rows: list[tuple[object, ...]] = [(k, *(seen[variant].sure(k) for variant in run.variants)) for k in range(1, 11)]
    columns = [Column("Alerts of one feeder", "number"), *(Column(variant, "share") for variant in run.variants)]
    caption = "Share of the bursts with at least so many alerts that came from a dark feeder"
    return Table(f"{NAME} certainty", caption, columns, rows)


def _plot(run: RunFolder, seen: dict[str, Seen], needed: dict[str, int]) -> Plot:
    used = [place for place in range(len(SIZES)) if any(sum(_quantiles(found, place, 1)[0]) for found in seen.values())]
    told = []
    n = len(run.variants)
    with style():
        drawing = figure(1.3 + 0.17 * n * len(used) + 0.15 * len(used))
        panels = drawing.subplots(1, 2, sharey=True, sharex=True)
        for axes, of_variant, title in (
            (panels[0], dict.fromkeys(run.variants, 1), "First alert"),
            (panels[1], needed, _sure_title(needed)),
        ):
            for i, variant in enumerate(run.variants):
                colour, marker, _, _ = look(i)
                for row, place in enumerate(used):
                    _, _, medians, late = _quantiles(seen[variant], place, of_variant[variant])
                    median, far = interval(medians).mean, interval(late).mean
                    y = row + (i - (n - 1) / 2) * 0.8 / n
                    label = variant if row == 0 and axes is panels[0] else None
                    axes.plot([median, far], [y, y], color=colour, linewidth=1.6)
                    axes.plot(
                        median, y, marker, color=colour, markeredgecolor=INK, markersize=6, label=label, linestyle=""
                    )
                    axes.plot(far, y, "|", color=colour, markersize=8)
                    if len(set(needed.values())) > 1 and axes is panels[1] and not math.isnan(far):
                        k = f"k = {needed[variant]}"
                        axes.annotate(k, (far, y), (5, 0), textcoords="offset points", va="center", fontsize=8)
                    if not math.isnan(median) and axes is panels[1]:
                        told.append(f"{variant}, {SIZES[place]}: {duration(median)} to {of_variant[variant]}")
            for hold in {outages.rules_of(run, variant).hold for variant in run.variants}:
                axes.axvline(hold, color=INK, linewidth=1, linestyle=(0, (5, 2)))
            axes.set_title(title)
            axes.set_xlabel("seconds since mains was lost")
            axes.grid(visible=False, axis="y")
        panels[0].set_yticks(range(len(used)), [f"{SIZES[place]} premises" for place in used])
        panels[0].set_ylim(len(used) - 0.5, -0.5)
        panels[0].set_xlim(0, panels[0].get_xlim()[1] * 1.1)
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Median times to as many alerts as make it sure that a feeder is dark. " + "; ".join(told) + "."
        caption = "Time to see a dark feeder: symbol the median, line to the 95 % quantile, dashed the hold"
        return finish(drawing, NAME, caption, alt)


def _sure_title(needed: dict[str, int]) -> str:
    found = set(needed.values())
    if len(found) > 1:
        return "k alerts: sure that it is the feeder"
    (k,) = found
    return f"{plural(k, 'alert')}: sure that it is the feeder" if k else "No number of alerts is sure"
