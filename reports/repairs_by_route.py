"""Section `repairs by route`: which way put how many homes right."""

from __future__ import annotations

import math

from .counting import in_order, per_repeat
from .drawing import figure, finish, look, side_by_side, style
from .folder import RunFolder
from .formatting import number
from .parts import Column, Plot, Section, Table

NAME = "repairs by route"
TITLE = "Repairs by route"


def section(run: RunFolder) -> Section:
    """Tried, succeeded and median time, by route and variant."""
    tried = per_repeat(run.records.of("repair tried"), ["variant", "detail"], len(run.repeats))
    done_rows = run.records.of("repaired")
    done = per_repeat(done_rows, ["variant", "detail"], len(run.repeats))
    if not tried and not done:
        return Section(NAME, TITLE, ["No repair was tried in any variant."])
    order = list(dict.fromkeys(run.records.of("repair tried")["detail"].astype(str).unique()))
    routes = in_order([key[1] for key in (*tried, *done)], order)
    medians = done_rows.groupby(["variant", "detail"], observed=True)["value"].median().to_dict()
    rows: list[tuple[object, ...]] = []
    for variant in run.variants:
        for route in routes:
            key = (variant, route)
            rows.append((route, variant, tried.get(key, 0.0), done.get(key, 0.0), float(medians.get(key, math.nan))))
    columns = [
        Column("Route"),
        Column("Variant"),
        Column("Tried per repeat", "number"),
        Column("Succeeded per repeat", "number"),
        Column("Median time to success", "duration"),
    ]
    paragraphs = [
        "For each home the routes are tried one after another until one succeeds. The time runs from the beginning of"
        " the repair, so it contains the routes that were tried in vain before."
    ]
    paragraphs += [f"In {variant} no repair was needed." for variant in run.variants if not _any(tried, variant)]
    table = Table(NAME, "Repairs by route, mean count per repeat", columns, rows)
    return Section(NAME, TITLE, paragraphs, [_plot(run, routes, tried, done)], [table])


def _any(counts: dict[tuple[str, ...], float], variant: str) -> bool:
    return any(key[0] == variant for key in counts)


def _plot(
    run: RunFolder, routes: list[str], tried: dict[tuple[str, ...], float], done: dict[tuple[str, ...], float]
) -> Plot:
    with style():
        drawing = figure(1.0 + 0.32 * len(routes) * len(run.variants))
        axes = drawing.add_subplot()
        thick = 0.8 / len(run.variants)
        most = max([*tried.values(), *done.values(), 1e-9])
        for i, variant in enumerate(run.variants):
            colour, _, hatch, _ = look(i)
            places = [row + (i - (len(run.variants) - 1) / 2) * thick for row in range(len(routes))]
            tries = [tried.get((variant, route), 0.0) for route in routes]
            succeeded = [done.get((variant, route), 0.0) for route in routes]
            axes.barh(places, tries, thick * 0.9, color="white", edgecolor=colour, linewidth=1.4)
            name = f"{variant}: succeeded"
            axes.barh(places, succeeded, thick * 0.9, color=colour, edgecolor="white", hatch=hatch, label=name)
            for place, all_tries, good in zip(places, tries, succeeded, strict=True):
                text = f"{number(good)} of {number(all_tries)}" if all_tries else "not tried"
                axes.text(max(all_tries, good) + most * 0.012, place, text, va="center", fontsize=9)
        axes.barh([0], [0], color="white", edgecolor="#5b6670", linewidth=1.4, label="tried (outline)")
        axes.set_yticks(range(len(routes)), routes)
        axes.set_xlim(0, most * 1.18)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("homes per repeat (mean)")
        drawing.legend(loc="outside upper left", ncols=side_by_side([f"{name}: succeeded" for name in run.variants], 1))
        parts = [
            f"{variant}, {route}: {number(done.get((variant, route), 0.0))} of {number(tried[variant, route])}"
            for variant in run.variants
            for route in routes
            if tried.get((variant, route))
        ]
        alt = "Bar chart of repairs that succeeded of those tried, per repeat. " + "; ".join(parts) + "."
        return finish(drawing, NAME, "Repairs by route: filled succeeded, outline tried", alt)
