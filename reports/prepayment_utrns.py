"""Section `prepayment UTRNs`: how many top-ups customers had to type, what went wrong, and that none was credited twice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import prepayments
from .columns import Array
from .comparison import difference_table
from .drawing import BLUE, GREEN, GREY, ORANGE, VERMILION, figure, finish, side_by_side, style
from .folder import RunFolder
from .formatting import by_variant, cells, number, plural, share
from .intervals import interval, of_shares
from .parts import Column, Plot, Section, Table
from .prepayments import FAULTS, GENERATIONS, NO_FAULT, World
from .tallies import Tally

NAME = "prepayment UTRNs"
TITLE = "Prepayment: UTRNs, typed and refused"
TWICE = "credited twice"
TYPED = "typed"
VISITS = "engineer visits"
# How the customer came to the UTRN -> words, colour, hatch.
TOLD_BY = {
    "receipt": ("from the receipt", BLUE, ""),
    "text": ("from a text", ORANGE, "///"),
    "help line": ("from the help line", VERMILION, "..."),
    "engineer": ("by an engineer", GREEN, "\\\\\\"),
    "": ("not told how", GREY, "xxx"),
}
# Measure -> value of each top-up, for each what, how it is written. Sums over top-ups paid after the warm-up.
MEASURES: dict[str, tuple[Callable[[World], Array], str, str]] = {
    "wrong entries": (
        lambda world: world.top_ups["wrong_digits"],
        "1,000 top-ups",
        "wrong digits, refused at the meter",
    ),
    "help line calls": (lambda world: world.top_ups["calls"], "1,000 meters", "of customers who wait for a top-up"),
    VISITS: (lambda world: world.top_ups["visits"], "1,000 meters", "for top-ups that do not arrive"),
    "duplicate attempts refused": (
        lambda world: world.top_ups["duplicates"],
        "1,000 top-ups",
        "the UTRN arrived at a meter that had it already",
    ),
    TWICE: (lambda world: world.top_ups["added_twice"], "", "must be 0"),
}


def section(run: RunFolder) -> Section:
    """Typed share, wrong entries, help line calls, duplicates refused and duplicates credited."""
    tally = _tally(run)
    if not tally.groups():
        return prepayments.nothing(run, NAME, TITLE, "Nobody paid after the warm-up.")
    homes = [word for word in ("without a fault", "with a fault") if (TYPED, "homes", word) in tally.groups()]
    generations = [word for word in GENERATIONS if (TYPED, "generation", word) in tally.groups()]
    groups = [("generation", word) for word in generations] if len(generations) > 1 else []
    groups += [("homes", word) for word in homes] if len(homes) > 1 else []
    groups.append(("all", "all"))
    differences = tally.differences(run, (TYPED, "all", "all"), "share of the top-ups typed", "lower")
    for item in ("wrong entries", "help line calls", VISITS, "duplicate attempts refused"):
        per = MEASURES[item][1]
        differences += tally.differences(run, (item, "all", "all"), f"{item} per {per}", "lower", "number")
    folded = [difference_table(differences, f"{NAME} differences", "Typing and calling: paired differences")]
    texts = by_variant({variant: _sentence(run, tally, variant) for variant in run.variants})
    note = (
        "Counted: payments after the warm-up. Typed is the share of the credited top-ups that came by the keypad and not over"
        " the air. A duplicate attempt is a UTRN that reached a meter which had it already, typed or over the air: the meter"
        " refuses it and no credit is lost or won. Meters refuse by the same rules as the devices on the bench"
        " (devices/top_up.h). What matters most: patience, typing error, shop share (a receipt is at hand at once), utrn text"
        " after, vend resends, engineer after, and the opening hours of the help line (08:00 to 20:00, an assumption)."
    )
    return Section(
        NAME,
        TITLE,
        [_twice(run, tally), *texts],
        [_plot(run, tally, groups)] if any(tally.part(run, v, (TYPED, "all", "all")) for v in run.variants) else [],
        [_table(run, tally, groups)],
        folded if len(run.variants) > 1 else [],
        [note],
    )


def _tally(run: RunFolder) -> Tally:
    """Group (measure, kind, word); typed by how the customer came to the code: (way, kind, word)."""
    out = Tally()
    names = ["paid_at", "added_at", "way", "told_by", "generation", "fault"]
    for world in prepayments.worlds(
        run, top_ups=[*names, "wrong_digits", "calls", "visits", "duplicates", "added_twice"]
    ):
        rows = world.top_ups
        faulty = rows.code("fault", FAULTS) != FAULTS.index(NO_FAULT)
        faulty_homes = world.homes.code("fault", FAULTS) != FAULTS.index(NO_FAULT)
        groups = [("all", "all", world.paid, len(faulty_homes))]
        for word, mask, count in (
            ("without a fault", ~faulty, int((~faulty_homes).sum())),
            ("with a fault", faulty, int(faulty_homes.sum())),
        ):
            groups.append(("homes", word, world.paid & mask, count))
        for word in GENERATIONS:
            count = int(world.homes.word_is("generation", word).sum())
            groups.append(("generation", word, world.paid & rows.word_is("generation", word), count))
        for kind, word, mask, count in groups:
            _add(out, world, (kind, word), mask, count)
    return out


def _add(out: Tally, world: World, group: tuple[str, str], mask: Array, homes: int) -> None:
    rows = world.top_ups
    typed, credited = mask & rows.word_is("way", "keypad"), mask & (rows["added_at"] != 0)
    out.add(world.variant, (TYPED, *group), world.repeat, typed.sum(), credited.sum())
    for way in TOLD_BY:
        out.add(
            world.variant, (way, *group), world.repeat, (typed & rows.word_is("told_by", way)).sum(), credited.sum()
        )
    for measure, (value, per, _) in MEASURES.items():
        base = homes if per == "1,000 meters" else mask.sum()
        many = value(world)[mask].sum(dtype=np.float64)
        out.add(world.variant, (measure, *group), world.repeat, many * (1 if measure == TWICE else 1000), base)


def _twice(run: RunFolder, tally: Tally) -> str:
    """The promise of the model, checked."""
    broken = {v: tally.part(run, v, (TWICE, "all", "all")) for v in run.variants}
    if not any(broken.values()):
        return "✓ No payment was credited twice, in any repeat of any variant."
    told = ", ".join(f"{variant}: {number(count)} per repeat" for variant, count in broken.items() if count)
    return (
        f"✗ Payments were credited twice, which must not happen ({told}). The rest of this report is not to be trusted."
    )


def _sentence(run: RunFolder, tally: Tally, variant: str) -> str:
    typed = tally.share(run, variant, (TYPED, "all", "all"))
    if np.isnan(typed):
        return "no top-up was credited."
    calls = tally.share(run, variant, ("help line calls", "all", "all"))
    attempts = round(tally.part(run, variant, ("duplicate attempts refused", "all", "all")) / 1000)
    visits = round(tally.share(run, variant, (VISITS, "all", "all")))
    engineers = f" {plural(visits, VISITS[:-1])} per 1,000 meters;" if visits else ""
    return (
        f"{share(typed)} of the credited top-ups were typed; {plural(round(calls), 'help line call')} per 1,000 meters;"
        f"{engineers}"
        f" {plural(attempts, 'duplicate')} per repeat refused."
    )


def _table(run: RunFolder, tally: Tally, groups: list[tuple[str, str]]) -> Table:
    rows: list[tuple[object, ...]] = []
    for kind, word in groups:
        for variant in run.variants:
            group = (kind, word)
            if not tally.whole(run, variant, (TWICE, *group)):
                continue
            typed = of_shares(tally.shares(run, variant, (TYPED, *group)))
            figures: list[object] = [typed.mean, typed.low, typed.high]
            for measure in MEASURES:
                if measure == TWICE:
                    figures.append(round(tally.part(run, variant, (TWICE, *group)), 6))
                    continue
                found = interval(tally.shares(run, variant, (measure, *group)))
                figures += cells([found.mean, found.low, found.high], "number")
            name = {"all": "all", "homes": f"homes {word}"}.get(kind, word)
            rows.append((name, variant, tally.whole(run, variant, (TWICE, *group)), *figures))
    columns = [Column("Group"), Column("Variant"), Column("Top-ups per repeat", "number"), Column("Typed", "share")]
    columns += [Column(f"Typed, 95 % {side} (fraction)", "csv") for side in ("from", "to")]
    for measure, (_, per, _) in MEASURES.items():
        heading = measure[:1].upper() + measure[1:] + (f" per {per}" if per else "")
        columns.append(Column(heading, "number" if measure == TWICE else "figure"))
        if measure != TWICE:
            columns += [Column(f"{heading}, 95 % {side}", "csv") for side in ("from", "to")]
    return Table(NAME, "UTRNs typed, wrong, asked for and refused", columns, rows)


def _plot(run: RunFolder, tally: Tally, groups: list[tuple[str, str]]) -> Plot:
    bars = [(group, variant) for group in groups for variant in run.variants]
    n = len(run.variants)
    places = [row + 0.7 * (row // n) for row in range(len(bars))]
    ways = [way for way in TOLD_BY if any(tally.part(run, v, (way, *group)) for group, v in bars)]
    told = []
    with style():
        drawing = figure(1.2 + 0.24 * (places[-1] + 1))
        axes = drawing.add_subplot()
        start = np.zeros(len(bars))
        for way in ways:
            text, colour, hatch = TOLD_BY[way]
            width = np.array([_percent(tally, run, variant, (way, *group)) for group, variant in bars])
            axes.barh(places, width, 0.84, start, color=colour, hatch=hatch, edgecolor="white", label=text)
            start += width
        for place, total, (group, variant) in zip(places, start, bars, strict=True):
            text = f"{number(round(float(total), 1))} %"
            axes.annotate(text, (total, place), (4, 0), textcoords="offset points", va="center", fontsize=9)
            told.append(f"{_head(group)}, {variant}: {text}")
        axes.set_yticks(places, [variant for _, variant in bars])
        for i, group in enumerate(groups):
            axes.annotate(_head(group), (0, places[i * n] - 0.5), (2, 1), textcoords="offset points", fontsize=9,
                          fontweight="bold", va="bottom")  # fmt: skip
        axes.set_ylim(places[-1] + 0.6, -1.3)
        axes.set_xlim(0, min(max(float(start.max()) * 1.12, 1.0), 112))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("% of the credited top-ups")
        drawing.legend(loc="outside upper left", ncols=side_by_side([TOLD_BY[way][0] for way in ways]))
        alt = (
            "Share of the credited top-ups that were typed, by how the customer came to the UTRN. "
            + "; ".join(told)
            + "."
        )
        return finish(drawing, NAME, "Top-ups typed at the meter, by how the customer came to the UTRN", alt)


def _percent(tally: Tally, run: RunFolder, variant: str, group: tuple[str, ...]) -> float:
    found = tally.share(run, variant, group)
    return 0.0 if np.isnan(found) else found * 100


def _head(group: tuple[str, str]) -> str:
    kind, word = group
    return {"all": "All meters", "homes": f"Homes {word}"}.get(kind, word)
