"""Section `restoration alerts`: whether the meter says that supply is back, to whom, how soon and with which code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from . import outages
from .comparison import difference_table
from .drawing import INK, figure, finish, look, side_by_side, style, widths
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, duration, number, share
from .outages import EXPECTED, REGIONS, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally
from .targets import target
from .verdicts import at_least
from .words import ALERTS

NAME = "restoration alerts"
TITLE = "Restoration alerts"
GRAIN = 0.5  # seconds
LONGEST = 7_200  # grains: an hour
# Codes after a short interruption and after one of three minutes or more, by phase (GBCS 16.2).
SHORT, LONG = {"8F35", "8F37", "8F39", "8F3B"}, {"8F36", "8F38", "8F3A", "8F3C"}
# Of the restorations after an outage of which an alert was due; the last of all alerts sent.
SHARES = ["arrived", "in time", "right operator", "in time at the right operator", "right code"]


@dataclass
class Restorations:
    """Folds over all worlds; groups are (share, region)."""

    tally: Tally = field(default_factory=Tally)
    curve: dict[str, np.ndarray] = field(default_factory=dict)
    codes: Counter[tuple[str, str, bool]] = field(default_factory=Counter)  # variant, code, long


def section(run: RunFolder) -> Section:
    """Shares of the restorations by region, and the codes that were sent."""
    found = _restorations(run)
    regions = [region for region in REGIONS if ("arrived", region) in found.tally.groups()]
    if not regions:
        return outages.nothing(run, NAME, TITLE, "No supply was restored in any variant.")
    sentences = by_variant({variant: _sentence(run, found.tally, variant) for variant in run.variants})
    differences = found.tally.differences(
        run, ("in time at the right operator", "all"), "restoration alerts in time", "higher"
    )
    sentences += [item.sentence for item in differences if item.interval.clear_of_zero]
    note = (
        "The base is every outage of which an outage alert was due and that ended so early that the target lies within"
        " the run. The time runs from the return of supply until the alert is with the party that the meter's certificate"
        " names. Right operator: that party is the registered network operator."
        " Right code is a share of all alerts that meters sent, those after short interruptions too. The verdict is on “in"
        f" time at the right operator” and the {share(target(run, 'cpm_alert_target'))} target."
    )
    tables = [_table(run, found.tally, regions), _codes(run, found)]
    folded = [difference_table(differences, f"{NAME} differences", "Share in time: paired differences")]
    return Section(NAME, TITLE, sentences, [_plot(run, found)], tables, folded if len(run.variants) > 1 else [], [note])


def _restorations(run: RunFolder) -> Restorations:
    out = Restorations()
    names = (*EXPECTED, "restoration", "restoration_informed", "restoration_right", "region")
    for losses in outages.worlds(run, *names):
        _add(out, losses, target(run, "restoration_long_outage_s"))
    return out


def _add(out: Restorations, losses: Losses, boundary: float) -> None:
    seconds, restored = losses.rules.restoration, losses["restored_at"]
    in_reach = losses.rules.ends_at - restored >= round(seconds * 1e6)
    back = (restored != 0) & losses.expected & in_reach
    took = losses.between("restored_at", "restoration_informed")
    long = losses.between("lost_at", "restored_at") >= boundary
    codes = [word.upper() for word in losses.words["restoration"]]
    kind = np.array([1 if word in LONG else 0 if word in SHORT else -1 for word in codes] or [-1])
    kind = kind[losses["restoration"]]
    sent = (restored != 0) & losses.word_is("cause", "network") & ~losses.word_is("restoration", "")
    arrived = back & ~np.isnan(took)
    right = arrived & losses["restoration_right"].astype(bool)
    timely = arrived & (took <= seconds)
    region = losses.code("region", REGIONS)
    parts = {
        "arrived": arrived,
        "in time": timely,
        "right operator": right,
        "in time at the right operator": timely & right,
    }
    masks = {name: (mask, back) for name, mask in parts.items()}
    masks["right code"] = (sent & (kind == long), sent)
    for name, (part, whole) in masks.items():
        some, all_of_them = (np.bincount(region[mask], minlength=len(REGIONS)) for mask in (part, whole))
        for i, place in enumerate(REGIONS):
            for group in (place, "all"):
                out.tally.add(losses.variant, (name, group), losses.repeat, some[i], all_of_them[i])
    pairs = np.bincount(losses["restoration"][sent] * 2 + long[sent], minlength=2 * len(codes))
    for i, code in enumerate(codes):
        for is_long in (False, True):
            out.codes[losses.variant, code, is_long] += int(pairs[2 * i + is_long])
    grains = np.clip(np.ceil(took[right] / GRAIN), 0, LONGEST).astype(np.int64)
    out.curve[losses.variant] = out.curve.get(losses.variant, 0) + np.bincount(grains, minlength=LONGEST + 1)


def _sentence(run: RunFolder, tally: Tally, variant: str) -> str:
    if not tally.whole(run, variant, ("arrived", "all")):
        return "no supply was restored."
    shares = {name: share(tally.share(run, variant, (name, "all"))) for name in SHARES}
    text = (
        f"{shares['in time']} of the restorations were told within"
        f" {duration(outages.rules_of(run, variant).restoration)}, and"
        f" {shares['arrived']} at all; {shares['right operator']} were told to the registered network operator."
    )
    if not tally.whole(run, variant, ("right code", "all")):
        return text
    return f"{text} {shares['right code']} of the alerts carried the code that fits the length of the outage."


def _table(run: RunFolder, tally: Tally, regions: list[str]) -> Table:
    rows: list[tuple[object, ...]] = []
    for region in [*regions, "all"] if len(regions) > 1 else regions:
        for variant in run.variants:
            base = tally.whole(run, variant, ("arrived", region))
            timely = tally.shares(run, variant, ("in time at the right operator", region))
            verdict = at_least(timely, target(run, "cpm_alert_target"))
            shares = [tally.share(run, variant, (name, region)) for name in SHARES]
            bounds = (verdict.interval.low, verdict.interval.high)
            rows.append(
                (region, variant, Cell(base, number(round(base))), *shares, *cells(bounds, "share"), verdict.word)
            )
    columns = [Column("Region"), Column("Variant"), Column("Restored per repeat", "number")]
    columns += [Column(name[:1].upper() + name[1:], "share") for name in SHARES]
    columns += [Column("In time there, 95 % from", "share"), Column("95 % to", "share"), Column("Verdict")]
    return Table(NAME, "Restoration alerts by region", columns, rows)


def _codes(run: RunFolder, found: Restorations) -> Table:
    rows: list[tuple[object, ...]] = []
    codes = sorted({code for (_, code, _), count in found.codes.items() if count})
    for code in codes:
        for is_long in (False, True):
            means = [found.codes[variant, code, is_long] / len(run.repeats) for variant in run.variants]
            if any(means):
                length = "three minutes or more" if is_long else "shorter"
                fits = "✓ fits" if code in (LONG if is_long else SHORT) else "✗ does not fit"
                rows.append((code or "none", ALERTS.get(code, ""), length, fits, *means))
    columns = [Column("Code"), Column("In words"), Column("Outage"), Column("Code and length")]
    columns += [Column(variant, "number") for variant in run.variants]
    return Table(f"{NAME} by code", "Codes of the alerts that meters sent, mean count per repeat", columns, rows)


def _plot(run: RunFolder, found: Restorations) -> Plot:
    told = []
    targets = [outages.rules_of(run, variant).restoration for variant in run.variants]
    right = 1.5 * max(targets)
    with style():
        drawing = figure(3.4)
        axes = drawing.add_subplot()
        thick = widths(len(run.variants))
        for i, variant in enumerate(run.variants):
            base = found.tally.whole(run, variant, ("arrived", "all")) * len(run.repeats)
            if not base:
                continue
            summed = np.cumsum(found.curve[variant])
            if summed[-1]:
                right = max(right, float(np.searchsorted(summed, summed[-1] * 0.99)) * GRAIN)
            colour, _, _, line = look(i)
            x, y = np.arange(len(summed)) * GRAIN, summed / base * 100
            axes.plot(x, y, color=colour, linestyle=line, linewidth=thick[i], label=variant)
            timely = share(found.tally.share(run, variant, ("in time at the right operator", "all")))
            reached = share(float(summed[-1]) / base)
            told.append(f"{variant}: {timely} within {duration(targets[i])}, {reached} in the end")
        for seconds in dict.fromkeys(targets):
            axes.axvline(seconds, color=INK, linewidth=1.2, linestyle=(0, (5, 2)))
            words = f"target {duration(seconds)}"
            axes.annotate(words, (seconds, 3), (4, 0), textcoords="offset points", fontsize=9)
        axes.set(xlim=(0, right), ylim=(0, 104))
        axes.set_xlabel("seconds since supply came back")
        axes.set_ylabel("registered operator told, %")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Cumulative curves of restorations told to the registered network operator. " + "; ".join(told) + "."
        return finish(drawing, NAME, "Share of restorations that the registered network operator has been told of", alt)
