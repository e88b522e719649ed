"""Section `outcomes by step`: what became of the requests of each step of the timeline."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .counting import in_order, per_repeat, world_and_request
from .drawing import GREY, ORANGE, PURPLE, SKY, VERMILION, figure, finish, style
from .folder import RunFolder
from .formatting import number
from .parts import Column, Plot, Section, Table

NAME = "outcomes by step"
TITLE = "Outcomes by step"
ANSWERED, REFUSED, FAILED, SILENT, OPEN = "answered", "refused", "failed at the device", "no answer", "still open"
LOOKS = {
    ANSWERED: (SKY, ""),
    REFUSED: (VERMILION, "///"),
    FAILED: (PURPLE, "xxx"),
    SILENT: (ORANGE, "..."),
    OPEN: (GREY, "\\\\\\"),
}
Means = dict[tuple[str, ...], float]


def section(run: RunFolder) -> Section:
    """Every request of every step, by what became of it."""
    means = per_repeat(outcomes(run), ["variant", "step", "outcome"], len(run.repeats))
    if not means:
        return Section(NAME, TITLE, ["No request was sent in any variant."])
    steps = in_order([key[1] for key in means], run.steps)
    columns = [Column("Step"), Column("Variant"), Column("Requests", "number")]
    rows: list[tuple[object, ...]] = []
    for step in steps:
        for variant in run.variants:
            counts = [means.get((variant, step, outcome), 0.0) for outcome in LOOKS]
            rows.append((step or "no step", variant, sum(counts), *counts))
    table = Table(
        NAME,
        "Requests by step and outcome, mean count per repeat",
        [*columns, *(Column(outcome.capitalize(), "number") for outcome in LOOKS)],
        rows,
    )
    paragraph = (
        "Refused: by the DCC, the S1SP or the user's own check. No answer: given up after all attempts, which is also"
        " what the sender sees when a meter drops a command. Still open: neither answered nor given up at the end."
    )
    return Section(NAME, TITLE, [paragraph], [_plot(run, steps, means)], [table])


def outcomes(run: RunFolder) -> pd.DataFrame:
    """One row a request, with columns variant, repeat, step, outcome."""
    sent = run.records.of("request sent")
    completed = run.records.of("request completed")
    refused = run.records.of("request refused", "pre-command rejected")
    silent = run.records.of("request timed out")
    done = world_and_request(completed)
    outcome = np.select(
        [
            done.isin(world_and_request(refused)),
            done.isin(world_and_request(silent)),
            (completed["code"].isin(["I0", "I99"]) & (completed["detail"] == "")).to_numpy(),
        ],
        [REFUSED, SILENT, ANSWERED],
        FAILED,
    )
    columns = ["variant", "repeat", "step"]
    still_open = sent[~world_and_request(sent).isin(done)]
    return pd.concat([completed[columns].assign(outcome=outcome), still_open[columns].assign(outcome=OPEN)])


def _plot(run: RunFolder, steps: list[str], means: Means) -> Plot:
    """Left all requests in per cent, right those without success, counted: a few refusals among thousands must show."""
    bars = [(step, variant) for step in steps for variant in run.variants]
    places = [row + 0.5 * (row // len(run.variants)) for row in range(len(bars))]
    totals = [sum(means.get((variant, step, name), 0.0) for name in LOOKS) for step, variant in bars]
    with style():
        drawing = figure(1.3 + (0.36 if len(bars) <= 18 else 0.26) * places[-1])
        left, right = drawing.subplots(1, 2, sharey=True, width_ratios=[3, 2])
        starts = np.zeros((2, len(bars)))
        used = [name for name in LOOKS if any(key[2] == name for key in means)]
        for name in used:
            colour, hatch = LOOKS[name]
            counts = np.array([means.get((variant, step, name), 0.0) for step, variant in bars])
            shares = counts * 100 / np.array([total or 1 for total in totals])
            left.barh(places, shares, 0.8, starts[0], color=colour, hatch=hatch, edgecolor="white", label=name)
            starts[0] += shares
            if name != ANSWERED:
                right.barh(places, counts, 0.8, starts[1], color=colour, hatch=hatch, edgecolor="white")
                starts[1] += counts
        for place, count in zip(places, starts[1], strict=True):
            text = number(float(count))
            right.annotate(text, (count, place), (4, 0), textcoords="offset points", va="center", fontsize=9)
        left.set_yticks(places, [f"{step or 'no step'} · {variant}" for step, variant in bars])
        left.set_ylim(places[-1] + 0.7, -0.7)
        left.set(xlim=(0, 100), xlabel="% of the step's requests")
        left.set_title("All requests")
        right.set_xlabel("requests per repeat (mean)")
        right.set_title("Without success")
        right.set_xlim(0, max(float(starts[1].max()) * 1.25, 1e-9))
        for axes in (left, right):
            axes.grid(visible=False, axis="y")
        drawing.legend(loc="outside upper left", ncols=len(used))
        counts_of_bars = zip(bars, starts[1], strict=True)
        worst = [f"{step}, {variant}: {number(float(n))}" for (step, variant), n in counts_of_bars if n]
        alt = "Stacked bars of request outcomes by step and variant. Requests without success per repeat: "
        alt += ("; ".join(worst) or "none") + "."
        return finish(drawing, NAME, "What became of the requests of each step", alt)
