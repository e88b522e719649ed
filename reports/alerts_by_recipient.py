"""Section `alerts by recipient`: who was told what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .counting import in_order, per_repeat
from .drawing import figure, finish, label_bars, look, side_by_side, style
from .folder import RunFolder
from .formatting import number
from .parts import Column, Plot, Section, Table
from .words import ALERTS

NAME = "alerts by recipient"
TITLE = "Alerts by recipient"
UNDELIVERABLE = "nobody: undeliverable"
Means = dict[tuple[str, ...], float]


def section(run: RunFolder) -> Section:
    """Device Alerts by their GBCS code, and the DCC's own, by the party that got them."""
    means = per_repeat(_alerts(run), ["variant", "recipient", "kind", "alert"], len(run.repeats))
    if not means:
        return Section(NAME, TITLE, ["No alert was sent in any variant."])
    kinds = sorted({key[1:] for key in means}, key=lambda key: (key[1] != "device alert", key))
    columns = [Column("Recipient"), Column("Role"), Column("Kind"), Column("Alert"), Column("In words")]
    roles = {run.parties.name(int(number)): run.parties.role(int(number)) for number in run.parties.names}
    rows: list[tuple[object, ...]] = [
        (
            who,
            roles.get(who, ""),
            kind,
            alert,
            ALERTS.get(alert, ""),
            *(means.get((v, who, kind, alert), 0.0) for v in run.variants),
        )
        for who, kind, alert in kinds
    ]
    table = Table(
        NAME,
        "Alerts by recipient and code, mean count per repeat",
        [*columns, *(Column(variant, "number") for variant in run.variants)],
        rows,
    )
    return Section(NAME, TITLE, ["Counts are means per repeat."], [_plot(run, means)], [table])


def _alerts(run: RunFolder) -> pd.DataFrame:
    rows = run.records.of("alert received", "DCC alert", "alert undeliverable")
    numbers = rows["party"].unique()
    names = rows["party"].map({number: run.parties.name(int(number)) for number in numbers})
    ours = rows["what"] == "DCC alert"
    recipient = names.where(rows["what"] != "alert undeliverable", UNDELIVERABLE)
    alert = rows["code"].astype(str).where(ours, rows["detail"].astype(str))
    kind = np.where(ours, "DCC alert", "device alert")
    return rows.assign(recipient=recipient.astype(str), kind=kind, alert=alert.replace("", "no code"))


def _plot(run: RunFolder, means: Means) -> Plot:
    recipients = in_order([key[1] for key in means], [])
    with style():
        drawing = figure(0.9 + 0.34 * len(recipients) * len(run.variants))
        axes = drawing.add_subplot()
        thick = 0.8 / len(run.variants)
        told = []
        for i, variant in enumerate(run.variants):
            colour, _, hatch, _ = look(i)
            values = [
                sum(mean for key, mean in means.items() if key[0] == variant and key[1] == who) for who in recipients
            ]
            places = [row + (i - (len(run.variants) - 1) / 2) * thick for row in range(len(recipients))]
            bars = axes.barh(places, values, thick * 0.92, color=colour, hatch=hatch, edgecolor="white", label=variant)
            label_bars(axes, bars, [number(value) for value in values])
            told += [f"{variant}, {who}: {number(value)}" for who, value in zip(recipients, values, strict=True)]
        axes.set_yticks(range(len(recipients)), recipients)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.12)
        axes.set_xlabel("alerts per repeat (mean)")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        return finish(drawing, NAME, "Alerts per repeat, by recipient", "Bar chart of alerts. " + "; ".join(told) + ".")
