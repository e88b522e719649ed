"""Section `outage alerts by clock`: how late the network operator learns of an outage, by each of the four clocks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from . import outages
from .comparison import difference_table
from .drawing import INK, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import by_variant, cells, duration, joined, number, share
from .intervals import Interval, interval, of_shares
from .outages import CLOCKS, EXPECTED, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally, rank_quantile
from .targets import target

NAME = "outage alerts by clock"
TITLE = "Outage alerts by clock"
GRAIN = 0.25  # seconds; the curve is drawn from counts of this width
LONGEST = 14_400  # grains: an hour; what comes later is in the share but right of every curve
QUANTILES = (0.5, 0.95, 0.99)


@dataclass
class Clocks:
    """Folds over all worlds."""

    in_time: Tally = field(default_factory=Tally)
    reached: Tally = field(default_factory=Tally)
    curve: dict[str, np.ndarray] = field(default_factory=dict)  # variant -> alerts by grain of clock D
    # (variant, clock) -> one list of the quantiles a repeat, and one count
    quantiles: dict[tuple[str, str], list[list[float]]] = field(default_factory=dict)
    measured: dict[tuple[str, str], list[int]] = field(default_factory=dict)


def section(run: RunFolder) -> Section:
    """The curve of clock D, and quantiles of all four."""
    clocks = _clocks(run)
    if not clocks.reached.groups():
        return outages.nothing(run, NAME, TITLE, "No outage alert was due in any variant.")
    base = run.variants[0]
    differences = clocks.in_time.differences(run, "", "outage alerts in time", "higher")
    clear = [item.sentence for item in differences if item.interval.clear_of_zero]
    tables = [_table(run, clocks), difference_table(differences, f"{NAME} differences", "Share in time: differences")]
    return Section(
        NAME,
        TITLE,
        [*by_variant({variant: _sentence(run, clocks, variant) for variant in run.variants}), *clear],
        [_plot(run, clocks)],
        tables if len(run.variants) > 1 else tables[:1],
        notes=[_note(run, base)],
    )


def _clocks(run: RunFolder) -> Clocks:
    out = Clocks()
    for losses in outages.worlds(run, *EXPECTED, "sent_at", "received_at"):
        _add(out, losses)
    return out


def _add(out: Clocks, losses: Losses) -> None:
    due = losses.expected
    total = int(due.sum())
    variant = losses.variant
    for clock in CLOCKS:
        found = losses.clock(clock)[due]
        known = np.sort(found[~np.isnan(found)])
        # Clock D: an alert that never arrives is late, so it stands behind all others.
        size = total if clock == "D" else len(known)
        out.quantiles.setdefault((variant, clock), []).append([rank_quantile(known, size, q) for q in QUANTILES])
        out.measured.setdefault((variant, clock), []).append(len(known))
    grains = np.clip(np.ceil(known / GRAIN), 0, LONGEST).astype(np.int64)
    out.curve[variant] = out.curve.get(variant, 0) + np.bincount(grains, minlength=LONGEST + 1)
    out.in_time.add(variant, "", losses.repeat, int((known <= losses.rules.target).sum()), total)
    out.reached.add(variant, "", losses.repeat, len(known), total)


def _sentence(run: RunFolder, clocks: Clocks, variant: str) -> str:
    expected = clocks.reached.whole(run, variant, "")
    if not expected:
        return "no outage lasted as long as the hold."
    rules = outages.rules_of(run, variant)
    found = of_shares(clocks.in_time.shares(run, variant, ""))
    return (
        f"{share(found.mean)} of the outage alerts that were due{_spread(found)} reached the network"
        f" operator within {duration(rules.target)} after the hold of {duration(rules.hold)}, and"
        f" {share(clocks.reached.share(run, variant, ''))} reached it at all ({number(round(expected))} were due per"
        " repeat)."
    )


def _spread(found: Interval) -> str:
    if math.isnan(found.low) or found.low == found.high:
        return ""
    return f" (95 % interval {share(found.low)} to {share(found.high)})"


def _note(run: RunFolder, base: str) -> str:
    words = "; ".join(f"{clock}: {text}" for clock, (_, _, text) in CLOCKS.items())
    hold = duration(outages.rules_of(run, base).hold)
    return (
        f"An alert is due for every hub that the network left dark for the hold ({hold} in {base}) or longer, whose MPxN"
        " the DCC knows; not of losses so near the end of the run that the target lies behind it. Clocks:"
        f" {words}. A to C are taken over the alerts that got so far; D over all that were due, and one that never"
        " arrives counts as late. No document sets a target for A or B, so they get no verdict. Quantiles are means over the repeats; “never” means that fewer arrive in some repeat."
    )


def _table(run: RunFolder, clocks: Clocks) -> Table:
    rows: list[tuple[object, ...]] = []
    for clock, (_, _, words) in CLOCKS.items():
        for variant in run.variants:
            found = clocks.quantiles.get((variant, clock), [])
            each = [_over_repeats([row[i] for row in found]) for i in range(len(QUANTILES))]
            shown = cells([item.mean for item in each], "duration")
            bounds = [bound for item in each for bound in (item.low, item.high)]
            measured = sum(clocks.measured.get((variant, clock), [])) / len(run.repeats)
            rows.append((clock, words, variant, round(measured), *shown, *bounds))
    columns = [
        Column("Clock"),
        Column("From and to", "csv"),
        Column("Variant"),
        Column("Measured per repeat", "number"),
    ]
    columns += [Column(name, "duration") for name in ("Median", "95 % within", "99 % within")]
    heads = [f"{name}, 95 % {side} (s)" for name in ("Median", "95 % within", "99 % within") for side in ("from", "to")]
    return Table(NAME, "The four clocks by variant", columns + [Column(head, "csv") for head in heads], rows)


def _over_repeats(values: Sequence[float]) -> Interval:
    if any(math.isinf(value) for value in values):
        return Interval(math.inf, math.nan, math.nan, len(values))
    return interval(values)


def _plot(run: RunFolder, clocks: Clocks) -> Plot:
    targets = {variant: outages.rules_of(run, variant).target for variant in run.variants}
    right = max(_right(clocks.curve[variant]) for variant in run.variants if variant in clocks.curve)
    right = max(right * 1.05, 1.5 * max(targets.values()))
    told = []
    with style():
        drawing = figure(4.2)
        axes = drawing.add_subplot()
        thick = widths(len(run.variants))
        for i, variant in enumerate(run.variants):
            total = clocks.reached.whole(run, variant, "") * len(run.repeats)
            if not total:
                continue
            y = np.cumsum(clocks.curve[variant]) / total * 100
            x = np.arange(len(y)) * GRAIN
            last = min(int(right / GRAIN) + 2, len(y))
            colour, _, _, line = look(i)
            axes.plot(x[:last], y[:last], color=colour, linestyle=line, linewidth=thick[i], label=variant, zorder=3)
            told.append(f"{variant}: {_told(run, clocks, variant, targets[variant])}")
        for i, seconds in enumerate(dict.fromkeys(targets.values())):
            whose = [variant for variant in run.variants if targets[variant] == seconds]
            words = f"target {duration(seconds)}" + (f"\n({joined(whose)})" if len(whose) < len(targets) / 2 else "")
            axes.axvline(seconds, color=INK, linewidth=1.2, linestyle=(0, (5, 2)))
            axes.annotate(words, (seconds, 3 + 9 * i), (4, 0), textcoords="offset points", fontsize=9, va="bottom")
        for name in ("cpm_alert_target", "cpm_alert_minimum"):
            axes.axhline(target(run, name) * 100, color=INK, linewidth=0.8, linestyle=":")
        shares = [target(run, name) for name in ("cpm_alert_target", "cpm_alert_minimum")]
        axes.text(right, shares[0] * 100 + 0.8, f"target {share(shares[0])}", ha="right", va="bottom", fontsize=8)
        axes.text(right, shares[1] * 100 - 0.8, f"minimum {share(shares[1])}", ha="right", va="top", fontsize=8)
        axes.set(xlim=(0, right), ylim=(0, 106), yticks=range(0, 101, 20))
        axes.set_xlabel("seconds after the hold (clock D)")
        axes.set_ylabel("operator told, % of alerts due")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Cumulative curves of clock D. " + "; ".join(told) + "."
        return finish(drawing, NAME, "Share of the alerts due that have reached the network operator", alt)


def _right(curve: np.ndarray) -> float:
    """Seconds in which 99.5 % of the alerts that arrive have arrived."""
    summed = np.cumsum(curve)
    return float(np.searchsorted(summed, summed[-1] * 0.995)) * GRAIN if summed[-1] else 0.0


def _told(run: RunFolder, clocks: Clocks, variant: str, seconds: float) -> str:
    timely = share(clocks.in_time.share(run, variant, ""))
    return f"{timely} by the target of {duration(seconds)}, {share(clocks.reached.share(run, variant, ''))} in the end"
