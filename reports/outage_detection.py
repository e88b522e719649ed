"""Section `outage detection by feeder`: how soon the operator sees that a feeder is out, not one home."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import outages
from .columns import Array
from .drawing import INK, figure, finish, look, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number, share
from .intervals import Interval, interval, of_shares
from .outages import EXPECTED, Losses
from .parts import Column, Plot, Section, Table
from .tallies import rank_quantile
from .targets import target

NAME = "outage detection by feeder"
TITLE = "Outage detection by feeder"
# Upper ends of the classes, in premises of the feeder that the cut left dark and whose alert is due.
SIZE_ENDS = [20, 50, 100, 200]
SIZES = ["up to 20", "21 to 50", "51 to 100", "101 to 200", "more than 200"]


@dataclass
class Cuts:
    """Feeders that cuts of two or more premises left dark, in one world."""

    size_class: Array
    starts: Array  # of each feeder's alerts in `seconds`
    alerts: Array  # how many there are
    seconds: Array  # from the loss to each alert, ascending within a feeder
    false: float  # share of all AD1 of the world that are false, nan when there are none
    needed: int  # alerts that make it sure; 0 when no number does

    def to_alert(self, k: int) -> Array:
        """Seconds to the k-th alert, nan where there are fewer; k = 0: everywhere."""
        out = np.full(len(self.starts), np.nan)
        there = (self.alerts >= k) & (k > 0)
        out[there] = self.seconds[self.starts[there] + k - 1]
        return out


Seen = list[Cuts]  # of one variant, one a repeat


def section(run: RunFolder) -> Section:
    """Times to the first alert and to as many as make it sure."""
    certainty = target(run, "feeder_certainty")
    seen: dict[str, Seen] = {variant: [] for variant in run.variants}
    for losses in outages.worlds(run, *EXPECTED, "feeder", "cut", "size"):
        seen[losses.variant].append(_cuts(losses, certainty))
    if not any(len(cuts.starts) for found in seen.values() for cuts in found):
        sentence = "No cut left two or more premises dark for as long as the hold."
        return outages.nothing(run, NAME, TITLE, sentence)
    sentences = by_variant({variant: _sentence(found, certainty) for variant, found in seen.items()})
    note = (
        "Counted is each feeder of each cut of two or more premises. When a share f of all AD1 is false, each independently"
        " of the others (an assumption), all of k alerts of one feeder are false with the chance f to the power of k. So k"
        f" is the fewest alerts with which that chance is at most {share(1 - certainty)}; f is measured in each repeat."
        " Times run from the loss of mains and contain the hold; a feeder that never gives as many alerts counts as never"
        " seen, also in the quantiles."
    )
    return Section(NAME, TITLE, sentences, [_plot(run, seen)], [_table(run, seen, certainty)], notes=[note])


def alerts_needed(false: float, certainty: float) -> int:
    """The smallest k with false ** k at most 1 - certainty; 0 when there is none."""
    if math.isnan(false) or false >= 1:
        return 0
    return max(1, math.ceil(math.log(1 - certainty) / math.log(false))) if false > 0 else 1


def _cuts(losses: Losses, certainty: float) -> Cuts:
    told = losses["informed_at"] != 0
    false = float((~losses.word_is("cause", "network"))[told].mean()) if told.any() else math.nan
    due = losses.expected & (losses["size"] > 1)
    key = losses["feeder"][due].astype(np.int64) << 32 | losses["cut"][due]
    waited = losses.between("lost_at", "informed_at")[due]
    order = np.lexsort((waited, key))  # nan last within a feeder
    waited = waited[order]
    starts, sizes = _runs(key[order])
    alerts = np.add.reduceat(~np.isnan(waited), starts, dtype=np.int64) if len(starts) else starts
    return Cuts(np.searchsorted(SIZE_ENDS, sizes), starts, alerts, waited, false, alerts_needed(false, certainty))


def _runs(key: Array) -> tuple[Array, Array]:
    """Starts and lengths of the runs of equal values."""
    if not len(key):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    return starts, np.diff(np.append(starts, len(key)))


def _needed(found: Seen) -> str:
    """'3', or '2 to 3' when the repeats differ, or 'none'."""
    known = sorted({cuts.needed for cuts in found if cuts.needed})
    if not known:
        return "none"
    return str(known[0]) if len(known) == 1 else f"{known[0]} to {known[-1]}"


def _sentence(found: Seen, certainty: float) -> str:
    false = interval([cuts.false for cuts in found]).mean
    if math.isnan(false):
        return "no alert reached an operator."
    needed = _needed(found)
    text = f"{share(false)} of the AD1 were false"
    if needed == "none":
        return f"{text}, and no number of alerts makes it {share(certainty)} sure that a feeder is dark."
    is_one = "alert of a feeder is" if needed == "1" else "alerts of a feeder are"
    reached, median, _ = _quantiles(found, None, sure=True)
    half = "fewer than half of the dark feeders ever gave as many"
    if math.isfinite(median):
        half = f"half of the dark feeders had given as many {duration(median)} after the loss of mains"
    return (
        f"{text}, so {needed} {is_one} needed to be {share(certainty)} sure that it is dark; {half}"
        f" ({share(reached.mean)} in the end)."
    )


def _quantiles(found: Seen, place: int | None, *, sure: bool) -> tuple[Interval, float, float]:
    """Share with enough alerts, and mean over the repeats of the median and 95 % quantile of the time to them.

    place: class of size, None for all; sure: with as many alerts as make it sure, not the first alone.
    """
    shares: list[float] = []
    times: tuple[list[float], list[float]] = ([], [])
    for cuts in found:
        chosen = np.ones(len(cuts.starts), bool) if place is None else cuts.size_class == place
        waited = cuts.to_alert(cuts.needed if sure else 1)[chosen]
        known = np.sort(waited[~np.isnan(waited)])
        shares.append(len(known) / len(waited) if len(waited) else math.nan)
        for values, q in zip(times, (0.5, 0.95), strict=True):
            values.append(rank_quantile(known, len(waited), q))
    return of_shares(shares), _mean(times[0]), _mean(times[1])


def _mean(values: list[float]) -> float:
    """Over the repeats that have one; infinite when one is."""
    return math.inf if math.inf in values else interval(values).mean


def _count(found: Seen, place: int) -> float:
    return sum(float((cuts.size_class == place).sum()) for cuts in found) / max(len(found), 1)


def _table(run: RunFolder, seen: dict[str, Seen], certainty: float) -> Table:
    rows: list[tuple[object, ...]] = []
    for place, size in enumerate(SIZES):
        for variant in run.variants:
            found = seen[variant]
            mean = _count(found, place)
            if not mean:
                continue
            figures: list[object] = []
            for sure in (False, True):
                told, median, late = _quantiles(found, place, sure=sure)
                figures += [told.mean, told.low, told.high, *cells([median, late], "duration")]
            count = Cell(mean, number(round(mean, 1)))
            rows.append((size, variant, count, *figures[:5], _needed(found), *figures[5:]))
    columns = [Column("Premises dark"), Column("Variant"), Column("Dark feeders per repeat", "number")]
    for words, heading in (("first alert", "With an alert"), (f"{share(certainty)} sure", "With k alerts")):
        columns += [Column("k")] if words != "first alert" else []
        columns += [Column(heading, "share")]
        columns += [Column(f"{heading}, 95 % {side}", "csv") for side in ("from", "to")]
        columns += [Column(f"{quantile}, {words}", "duration") for quantile in ("Median", "95 % within")]
    return Table(NAME, "Time from the loss of mains to the first alert, and to k alerts", columns, rows)


def _plot(run: RunFolder, seen: dict[str, Seen]) -> Plot:
    used = [place for place in range(len(SIZES)) if any(_count(found, place) for found in seen.values())]
    needed = {variant: _needed(found) for variant, found in seen.items()}
    told: list[str] = []
    n = len(run.variants)
    with style():
        drawing = figure(1.3 + 0.17 * n * len(used) + 0.15 * len(used))
        panels = drawing.subplots(1, 2, sharey=True, sharex=True)
        furthest = max(
            (rules.hold for rules in (outages.rules_of(run, variant) for variant in run.variants)), default=1.0
        )
        for axes, sure in zip(panels, (False, True), strict=True):
            for i, variant in enumerate(run.variants):
                colour, marker, _, _ = look(i)
                for row, place in enumerate(used):
                    _, median, late = _quantiles(seen[variant], place, sure=sure)
                    y = row + (i - (n - 1) / 2) * 0.8 / n
                    label = variant if row == 0 and not sure else None
                    axes.plot([], [], marker, color=colour, markeredgecolor=INK, label=label, linestyle="")
                    if math.isnan(median):
                        continue
                    if math.isinf(median):
                        axes.annotate(
                            "never half of them", (0, y), (4, 0), textcoords="offset points", va="center", fontsize=8
                        )
                        continue
                    furthest = max(furthest, median, late if math.isfinite(late) else 0.0)
                    # A line that never ends runs out of the picture.
                    axes.plot([median, late if math.isfinite(late) else 1e9], [y, y], color=colour, linewidth=1.6)
                    axes.plot(late, y, "|", color=colour, markersize=8)
                    axes.plot(median, y, marker, color=colour, markeredgecolor=INK, markersize=6)
                    if sure:
                        told.append(f"{variant}, {SIZES[place]} premises: {duration(median)} to {needed[variant]}")
            for hold in {outages.rules_of(run, variant).hold for variant in run.variants}:
                axes.axvline(hold, color=INK, linewidth=1, linestyle=(0, (5, 2)))
            axes.set_title(_title(needed) if sure else "First alert")
            axes.set_xlabel("seconds since mains was lost")
            axes.grid(visible=False, axis="y")
        panels[0].set_yticks(range(len(used)), [f"{SIZES[place]} premises" for place in used])
        panels[0].set_ylim(len(used) - 0.5, -0.5)
        panels[0].set_xlim(0, furthest * 1.12)
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Median times to as many alerts as make it sure that a feeder is dark. " + "; ".join(told) + "."
        caption = (
            "Time to see a dark feeder: symbol the median, line to the 95 % quantile (open when never), dashed the hold"
        )
        return finish(drawing, NAME, caption, alt)


def _title(needed: dict[str, str]) -> str:
    found = set(needed.values())
    if found == {"none"}:
        return "No number of alerts is sure"
    (k,) = found if len(found) == 1 else ("k",)
    return f"{k} alert{'' if k == '1' else 's'}: sure that it is the feeder"
