"""Section `outage alerts never sent and why`: of the hubs that were dark, those of which no operator was told."""

from __future__ import annotations

import numpy as np

from . import outages
from .drawing import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILION, YELLOW, figure, finish, side_by_side, style
from .folder import RunFolder
from .formatting import Cell, by_variant, joined, number, share
from .outages import EXPECTED, REGIONS, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally

NAME = "outage alerts never sent and why"
TITLE = "Outage alerts never sent, and why"
OPEN = "still open"
# Reason -> words, colour, hatch. Other words that the run gives are shown as they are.
REASONS = {
    "hub without power": ("the hub's store ran empty before it was heard", VERMILION, ""),
    "radio": ("no attempt got through the radio", BLUE, "///"),
    "power back": ("supply came back before the hub's turn", GREEN, "..."),
    "no MPxN": ("the DCC knew no supply point for the hub", ORANGE, "xxx"),
    "firmware job": ("withheld because a firmware job was running", PURPLE, "\\\\\\"),
    "alert storm": ("dropped by the alert storm protection", YELLOW, "+++"),
    "WAN outage": ("the WAN was out of order", SKY, "|||"),
    OPEN: ("not settled when the run ended", GREY, "ooo"),
}
Group = tuple[str, str]  # reason, region


def section(run: RunFolder) -> Section:
    """Shares of the hubs that were dark for the hold, by reason, region and variant."""
    tally = _tally(run)
    regions = [region for region in REGIONS if ("", region) in tally.groups()]
    if not regions:
        return outages.nothing(run, NAME, TITLE, "No outage alert was due in any variant.")
    reasons = _reasons(run, tally)
    note = (
        "The base is every hub that the network left dark for the hold or longer, here also those whose MPxN the DCC does"
        " not know, of which no alert is due. Each of which no operator was told is counted once, by the reason recorded."
        " Counts are means per repeat."
    )
    if not reasons:
        return Section(NAME, TITLE, ["Of every hub that was dark long enough an operator was told."], notes=[note])
    sentences = by_variant({variant: _sentence(run, tally, reasons, variant) for variant in run.variants})
    plots = [_plot(run, tally, reasons, regions)]
    meant = [f"{reason}: {_words(reason)}" for reason in reasons if reason in REASONS]
    note += f" {'; '.join(meant)}." if meant else ""
    return Section(NAME, TITLE, sentences, plots, [_table(run, tally, reasons, regions)], notes=[note])


def _tally(run: RunFolder) -> Tally:
    """Group ('', region): all that did not arrive."""
    out = Tally()
    for losses in outages.worlds(run, *EXPECTED, "reason", "region"):
        _add(out, losses)
    return out


def _add(out: Tally, losses: Losses) -> None:
    words = [word or OPEN for word in losses.words["reason"]] or [OPEN]
    dark, missing = losses.wanted, losses.wanted & (losses["informed_at"] == 0)
    region = losses.code("region", REGIONS)
    width = len(words)
    code = region * width + losses["reason"]
    found = np.bincount(code[missing], minlength=(len(REGIONS) + 1) * width)
    whole = np.bincount(region[dark], minlength=len(REGIONS) + 1)
    for i, name in enumerate(REGIONS):
        here = found[i * width : (i + 1) * width]
        for place in (name, "all"):
            for reason, count in zip(words, here, strict=True):
                out.add(losses.variant, (reason, place), losses.repeat, count, 0)
            out.add(losses.variant, ("", place), losses.repeat, here.sum(), whole[i])


def _reasons(run: RunFolder, tally: Tally) -> list[str]:
    """Those that occur, the known first."""
    found = {group[0] for group in tally.parts() if group[0]}
    used = [reason for reason in found if any(tally.part(run, variant, (reason, "all")) for variant in run.variants)]
    return [reason for reason in REASONS if reason in used] + sorted(set(used) - set(REASONS))


def _share(run: RunFolder, tally: Tally, variant: str, reason: str, region: str) -> float:
    """Of the hubs dark for the hold, all repeats together, so that the parts add up."""
    due = tally.whole(run, variant, ("", region))
    return tally.part(run, variant, (reason, region)) / due if due else 0.0


def _sentence(run: RunFolder, tally: Tally, reasons: list[str], variant: str) -> str:
    due = tally.whole(run, variant, ("", "all"))
    if not due:
        return "no hub was dark for the hold."
    lost = _share(run, tally, variant, "", "all")
    if not lost:
        return "an operator was told of every hub that was dark for the hold."
    most = sorted(reasons, key=lambda reason: -_share(run, tally, variant, reason, "all"))
    named = [
        f"{_words(reason)} ({share(_share(run, tally, variant, reason, 'all') / lost)})"
        for reason in most[:2]
        if _share(run, tally, variant, reason, "all")
    ]
    return (
        f"{share(lost)} of the hubs that were dark for the hold were never told of; the main reasons: {joined(named)}."
    )


def _words(reason: str) -> str:
    return REASONS[reason][0] if reason in REASONS else reason


def _table(run: RunFolder, tally: Tally, reasons: list[str], regions: list[str]) -> Table:
    rows: list[tuple[object, ...]] = []
    for reason in (*reasons, ""):
        for region in regions:
            cells = []
            for variant in run.variants:
                count, part = tally.part(run, variant, (reason, region)), _share(run, tally, variant, reason, region)
                cells += [Cell(count, f"{number(round(count))} ({share(part)})" if count else "0"), part]
            rows.append((reason or "all reasons", _words(reason), region, *cells))
    columns = [Column("Reason"), Column("In words", "csv"), Column("Region")]
    for variant in run.variants:
        columns += [Column(variant, "figure"), Column(f"{variant}, share of the hubs dark", "csv")]
    return Table(
        NAME, "Hubs dark for the hold of which no operator was told, count per repeat and share", columns, rows
    )


def _plot(run: RunFolder, tally: Tally, reasons: list[str], regions: list[str]) -> Plot:
    bars = [(region, variant) for region in regions for variant in run.variants]
    places = [row + 0.6 * (row // len(run.variants)) for row in range(len(bars))]
    spare = iter((INK, GREY, SKY))
    told = []
    with style():
        drawing = figure(1.3 + 0.27 * (places[-1] + 1))
        axes = drawing.add_subplot()
        start = np.zeros(len(bars))
        for reason in reasons:
            _, colour, hatch = REASONS.get(reason) or ("", next(spare, INK), "*")
            width = np.array([_share(run, tally, variant, reason, region) * 100 for region, variant in bars])
            axes.barh(places, width, 0.84, start, color=colour, hatch=hatch, edgecolor="white", label=reason)
            start += width
        for place, total, (region, variant) in zip(places, start, bars, strict=True):
            text = f"{number(round(float(total), 1))} %" if tally.whole(run, variant, ("", region)) else "none dark"
            axes.annotate(text, (total, place), (4, 0), textcoords="offset points", va="center", fontsize=9)
            told.append(f"{region}, {variant}: {text}")
        axes.set_yticks(places, [f"{region} · {variant}" for region, variant in bars])
        axes.set_ylim(places[-1] + 0.7, -0.7)
        axes.set_xlim(0, min(max(float(start.max()) * 1.12, 1.0), 112))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("% of the hubs dark for the hold")
        drawing.legend(loc="outside upper left", ncols=side_by_side(reasons))
        alt = "Stacked bars of hubs of which no operator was told, by reason. " + "; ".join(told) + "."
        return finish(
            drawing, NAME, "Hubs dark for the hold of which no operator was told, by reason, region and variant", alt
        )
