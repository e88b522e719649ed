"""Section `refused commands by code`: who refused what, and why."""

from __future__ import annotations

import pandas as pd

from .counting import in_order, per_repeat
from .drawing import figure, finish, label_bars, look, side_by_side, style
from .folder import RunFolder
from .formatting import number
from .parts import Column, Plot, Section, Table
from .words import meaning

REFUSALS = ("request refused", "pre-command rejected", "command dropped", "command failed")
NAME = "refused commands by code"


def section(run: RunFolder) -> Section:
    """A table and a plot; refusals of the DCC, the S1SP, the user's own check and the meter."""
    rows = _rows(run.records.of(*REFUSALS))
    means = per_repeat(rows, ["variant", "who", "code", "detail"], len(run.repeats))
    if not means:
        return Section(NAME, "Refused commands by code", ["Nothing was refused in any variant."])
    paragraphs = ["Counts are means per repeat. A command that is tried again and refused again counts each time."]
    reasons = _reasons(run, means)
    return Section(
        NAME, "Refused commands by code", paragraphs, [_plot(run, means, reasons)], [_table(run, means, reasons)]
    )


def _rows(rows: pd.DataFrame) -> pd.DataFrame:
    stations = rows["station"].astype(str)
    who = stations.where(~stations.str.startswith("homes"), "meter").replace("users", "user")
    details = rows["detail"].astype(str).where(rows["what"] == "request refused", "")
    return rows.assign(who=who, code=rows["code"].astype(str), detail=details)


def _reasons(run: RunFolder, means: dict[tuple[str, ...], float]) -> list[tuple[str, ...]]:
    """(who, code, gate), the most frequent first."""
    totals: dict[tuple[str, ...], float] = {}
    for (_, *reason), mean in means.items():
        totals[tuple(reason)] = totals.get(tuple(reason), 0) + mean
    return sorted(totals, key=lambda reason: (-totals[reason], reason))


def _table(run: RunFolder, means: dict[tuple[str, ...], float], reasons: list[tuple[str, ...]]) -> Table:
    rows: list[tuple[object, ...]] = [
        (
            code or "no code",
            meaning(code, gate),
            gate,
            who,
            *(means.get((v, who, code, gate), 0.0) for v in run.variants),
        )
        for who, code, gate in reasons
    ]
    columns = [Column("Code"), Column("In words"), Column("Check"), Column("Refused by")]
    return Table(
        NAME,
        "Refusals, mean count per repeat",
        [*columns, *(Column(variant, "number") for variant in run.variants)],
        rows,
    )


def _plot(run: RunFolder, means: dict[tuple[str, ...], float], reasons: list[tuple[str, ...]]) -> Plot:
    shown = reasons[:12]
    variants = in_order([key[0] for key in means], run.variants)
    with style():
        drawing = figure(0.9 + 0.34 * len(shown) * max(len(run.variants), 1))
        axes = drawing.add_subplot()
        thick = 0.8 / len(run.variants)
        for i, variant in enumerate(run.variants):
            colour, _, hatch, _ = look(i)
            values = [means.get((variant, *reason), 0.0) for reason in shown]
            places = [row + (i - (len(run.variants) - 1) / 2) * thick for row in range(len(shown))]
            bars = axes.barh(places, values, thick * 0.92, color=colour, hatch=hatch, edgecolor="white", label=variant)
            label_bars(axes, bars, [number(value) for value in values])
        axes.set_yticks(range(len(shown)), [f"{_short(code)}\n({who})" for who, code, _ in shown])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.12)
        axes.set_xlabel("refusals per repeat (mean)")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        most = f"{shown[0][1] or 'no code'}, refused by the {shown[0][0]}"
        alt = f"Bar chart of refusals per repeat by code, for {', '.join(variants)}. The most frequent is {most}."
        return finish(drawing, NAME, "Refusals per repeat, by code and by who refused", alt)


def _short(code: str) -> str:
    words = code or "no code"
    return words if len(words) <= 32 else words[:31] + "…"
