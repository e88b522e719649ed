"""Section `outage alerts in time by region and size`: the verdict by clock C and by clock D."""

from __future__ import annotations

from typing import Any

from . import outages
from .comparison import difference_table
from .drawing import INK, figure, finish, style
from .folder import RunFolder
from .formatting import Cell, by_variant, cells, plural, share
from .outages import EXPECTED, REGIONS, SIZES, Losses
from .parts import Column, Plot, Section, Table
from .tallies import Tally, counts
from .targets import target
from .verdicts import Verdict, at_least

NAME = "outage alerts in time by region and size"
TITLE = "Outage alerts in time, by region and size"
SIGNS = {"meets": "✓", "fails": "✗", "uncertain": "?", "": "–"}
# Background and text, dark enough on each other to be read in small print.
LOOKS = {
    "meets": ("#00694c", "white"),
    "fails": ("#b3261e", "white"),
    "uncertain": ("#f2c14e", INK),
    "": ("#eef1f4", "#55606b"),
}
CLOCK_WORDS = {"D": "Clock D: what the operator sees", "C": "Clock C: DSP to operator only"}
Group = tuple[str, str]  # region, size; either may be "all"
Tallies = dict[str, Tally]


def section(run: RunFolder) -> Section:
    """A tile a region, size, variant and clock; the dispute about the clock in a sentence."""
    tallies = _tallies(run)
    groups = _groups(tallies)
    if not groups:
        return outages.nothing(run, NAME, TITLE, "No outage alert was due in any variant.")
    differences = [
        item
        for region in [*(region for region, size in groups if size == "all")]
        for item in tallies["D"].differences(run, (region, "all"), f"in time, {_place((region, 'all'))}", "higher")
    ]
    limit, minimum = target(run, "cpm_alert_target"), target(run, "cpm_alert_minimum")
    note = (
        f"A cell meets when in every repeat at least {share(limit)} of its alerts are in time (the minimum is"
        f" {share(minimum)}), fails when in none, and is uncertain when the repeats disagree or the 95 % interval"
        " contains the limit. In time: the operator was told within the target after the hold (clock D; the base is all"
        " alerts that were due: cuts of the network for the hold or longer, MPxN known), or within the same time after the DSP had the event (clock C; the base is the alerts"
        " that the DSP passed on). Sizes are premises of the whole cut."
    )
    folded = [difference_table(differences, f"{NAME} differences", "Share in time by clock D: paired differences")]
    return Section(
        NAME,
        TITLE,
        [*by_variant({v: _sentence(run, tallies, groups, v) for v in run.variants}), _dispute(run, tallies, groups)],
        [_plot(run, tallies, groups)],
        [],
        [_table(run, tallies, groups), *(folded if len(run.variants) > 1 else [])],
        [note],
    )


def _tallies(run: RunFolder) -> Tallies:
    out = {"C": Tally(), "D": Tally()}
    for losses in outages.worlds(run, *EXPECTED, "received_at", "region", "size"):
        _add(out, losses)
    return out


def _add(out: Tallies, losses: Losses) -> None:
    columns, width = len(SIZES), len(REGIONS) * len(SIZES)
    code = losses.code("region", REGIONS) * columns + losses.size_class
    for clock, tally in out.items():
        seconds = losses.clock(clock)
        base = losses.expected if clock == "D" else losses.expected & ~(seconds != seconds)
        whole = counts(code, width, base)
        part = counts(code, width, base & (seconds <= losses.rules.target))
        for i in range(width):
            region, size = REGIONS[i // columns], SIZES[i % columns]
            for group in ((region, size), (region, "all"), ("all", "all")):
                tally.add(losses.variant, group, losses.repeat, part[i], whole[i])


def _groups(tallies: Tallies) -> list[Group]:
    """Those that occur, region by region, the whole last."""
    there = tallies["D"].groups()
    wanted = [(region, size) for region in REGIONS for size in (*SIZES, "all")] + [("all", "all")]
    found = [group for group in wanted if group in there]
    regions = {region for region, _ in found} - {"all"}
    return found if len(regions) > 1 else [group for group in found if group[0] != "all"]


def _place(group: Group, unit: str = "") -> str:
    region, size = group
    where = "all regions" if region == "all" else region
    return where if size == "all" else f"{where}, {size}{unit}"


def _judge(run: RunFolder, tally: Tally, variant: str, group: Group, name: str = "cpm_alert_target") -> Verdict:
    return at_least(tally.shares(run, variant, group), target(run, name))


def _words(run: RunFolder, tallies: Tallies, groups: list[Group], variant: str) -> dict[str, dict[Group, str]]:
    """Clock -> class of region and size -> verdict, of the classes in which alerts were due."""
    classes = [group for group in groups if group[1] != "all"]
    due = [group for group in classes if _judge(run, tallies["D"], variant, group).word]
    return {clock: {group: _judge(run, tallies[clock], variant, group).word for group in due} for clock in tallies}


def _sentence(run: RunFolder, tallies: Tallies, groups: list[Group], variant: str) -> str:
    words = _words(run, tallies, groups, variant)
    if not words["D"]:
        return "no alert was due."
    met = {clock: sum(word == "meets" for word in found.values()) for clock, found in words.items()}
    verb = "meets" if met["D"] == 1 else "meet"
    classes = plural(len(words["D"]), "class", "classes")
    return f"{met['D']} of {classes} of region and size {verb} the target by clock D, and {met['C']} by clock C."


def _dispute(run: RunFolder, tallies: Tallies, groups: list[Group]) -> str:
    """Where the two clocks contradict each other, in the first variant that shows it."""
    for variant in run.variants:
        words = _words(run, tallies, groups, variant)
        torn = [group for group, word in words["D"].items() if word == "fails" and words["C"][group] == "meets"]
        if not torn:
            continue
        worst = min(torn, key=lambda group: tallies["D"].share(run, variant, group))
        by_c, by_d = (share(tallies[clock].share(run, variant, worst)) for clock in "CD")
        return (
            f"This is the dispute: in {variant}, {plural(len(torn), 'class looks', 'classes look')} compliant by clock C"
            f" and {'fails' if len(torn) == 1 else 'fail'} by clock D. The widest gap: {_place(worst, ' premises')}, where"
            f" {by_c} of the alerts that the DSP passed on were in time by clock C, and {by_d} of those that were due by"
            " clock D."
        )
    return "The two clocks contradict each other nowhere: no class meets the target by clock C and fails it by clock D."


def _table(run: RunFolder, tallies: Tallies, groups: list[Group]) -> Table:
    rows: list[tuple[object, ...]] = []
    marks = []
    for region, size in groups:
        for variant in run.variants:
            group = (region, size)
            by_d, by_c = (_judge(run, tallies[clock], variant, group) for clock in "DC")
            least = _judge(run, tallies["D"], variant, group, "cpm_alert_minimum")
            found = by_d.interval
            shown = cells([found.mean, found.low, found.high], "share")
            other = cells([by_c.interval.mean], "share")[0]
            expected = tallies["D"].whole(run, variant, group)
            verdicts = [f"{SIGNS[item.word]} {item.word}".strip() for item in (by_d, least, by_c)]
            rows.append(
                (region, size, variant, Cell(expected, f"{expected:,.0f}"), *shown, verdicts[0], verdicts[1], other)
                + (verdicts[2],)
            )
            marks.append("")
    columns = [Column("Region"), Column("Premises cut off"), Column("Variant"), Column("Alerts due", "number")]
    columns += [Column("In time (D)", "share"), Column("95 % from", "share"), Column("95 % to", "share")]
    columns += [Column("Target (D)"), Column("Minimum (D)"), Column("In time (C)", "share"), Column("Target (C)")]
    return Table(NAME, "Share in time and verdict by region and size of the cut", columns, rows, marks)


def _plot(run: RunFolder, tallies: Tallies, groups: list[Group]) -> Plot:
    gaps = [
        sum(region != groups[0][0] and groups[j - 1][0] != groups[j][0] for j in range(1, i + 1))
        for i, (region, _) in enumerate(groups)
    ]
    rows = [i + 0.3 * gap for i, gap in enumerate(gaps)]
    tall = max((len(variant) for variant in run.variants), default=0)
    told = []
    with style():
        drawing = figure(1.0 + 0.05 * tall + 0.27 * (rows[-1] + 1))
        panels = drawing.subplots(1, 2, sharey=True)
        for axes, clock in zip(panels, CLOCK_WORDS, strict=True):
            for i, variant in enumerate(run.variants):
                for row, group in zip(rows, groups, strict=True):
                    verdict = _judge(run, tallies[clock], variant, group)
                    _tile(axes, i, row, verdict)
                    if clock == "D" and group[1] == "all":
                        told.append(
                            f"{variant}, {_place(group)}: {share(verdict.interval.mean)}, {verdict.word or 'none due'}"
                        )
            axes.set_xlim(-0.5, len(run.variants) - 0.5)
            axes.set_ylim(rows[-1] + 0.6, -0.6)
            axes.set_xticks(range(len(run.variants)), run.variants, rotation=35, ha="right", rotation_mode="anchor")
            axes.set_title(CLOCK_WORDS[clock])
            axes.tick_params(length=0)
            axes.grid(visible=False)
            axes.spines[:].set_visible(False)
        panels[0].set_yticks(rows, [_place(group) for group in groups])
        alt = "Tiles of the verdict by region and size of the cut. Clock D: " + "; ".join(told) + "."
        caption = "% of the alerts in time: ✓ meets the target, ✗ fails, ? uncertain"
        return finish(drawing, NAME, caption, alt)


def _tile(axes: Any, column: int, row: float, verdict: Verdict) -> None:
    back, ink = LOOKS[verdict.word]
    axes.barh(row, 0.94, 0.9, column - 0.47, color=back)
    mean = verdict.interval.mean
    text = f"{SIGNS[verdict.word]} {_percent(mean)}" if verdict.word else "–"
    axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=8)


def _percent(mean: float) -> str:
    """Whole per cent, but never 100 for what is less, nor 0 for what is more."""
    whole = round(mean * 100)
    return f"{mean * 100:.1f}" if (whole in (99, 100) and mean < 1) or (whole == 0 and mean > 0) else f"{whole}"
