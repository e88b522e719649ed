"""Section `time to repair`: how long homes wait until they are put right."""

from __future__ import annotations

import numpy as np

from .drawing import figure, finish, look, side_by_side, style
from .folder import RunFolder
from .formatting import duration, number, share
from .parts import Column, Plot, Section, Table

NAME = "time to repair"
TITLE = "Time to repair"
_UNITS = [(86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"), (1.0, "seconds")]


def section(run: RunFolder) -> Section:
    """The share of begun repairs that were done by then; homes that are never put right keep it below 100 %."""
    begun = _counts(run, "repair begun")
    failed = _counts(run, "repair failed")
    done = run.records.of("repaired")
    times = {name: np.sort(done.loc[done["variant"] == name, "value"].to_numpy(float)) for name in run.variants}
    if not sum(begun.values()):
        return Section(NAME, TITLE, ["No repair was begun in any variant."])
    rows: list[tuple[object, ...]] = []
    sentences: list[str] = []
    for name in run.variants:
        n, found = begun[name], times[name]
        if not n:
            sentences.append(f"In {name} no repair was needed.")
            continue
        quantiles = [float(q) for q in np.quantile(found, [0.5, 0.9, 1.0])] if len(found) else [None] * 3
        repeats = len(run.repeats)
        rows.append((name, n / repeats, len(found) / repeats, failed[name] / repeats, len(found) / n, *quantiles))
        if len(found):
            sentences.append(
                f"In {name}, {share(len(found) / n)} of the repairs succeeded, half of those within {duration(float(np.median(found)))}."
            )
        else:
            sentences.append(f"In {name} no repair succeeded.")
    columns = [
        Column("Variant"),
        Column("Begun per repeat", "number"),
        Column("Put right per repeat", "number"),
        Column("Given up per repeat", "number"),
        Column("Share put right", "share"),
        Column("Median time", "duration"),
        Column("90 % within", "duration"),
        Column("Longest", "duration"),
    ]
    table = Table(NAME, "Time from the beginning of a repair to its success, all repeats together", columns, rows)
    plots = [_plot(run, begun, times)] if any(len(found) for found in times.values()) else []
    return Section(NAME, TITLE, sentences, plots, [table])


def _counts(run: RunFolder, what: str) -> dict[str, int]:
    rows = run.records.of(what)
    return {name: int((rows["variant"] == name).sum()) for name in run.variants}


def _plot(run: RunFolder, begun: dict[str, int], times: dict[str, np.ndarray]) -> Plot:
    longest = max(float(found[-1]) for found in times.values() if len(found))
    size, unit = next(((size, unit) for size, unit in _UNITS if longest >= 2 * size), _UNITS[-1])
    with style():
        drawing = figure(3.2)
        axes = drawing.add_subplot()
        parts = []
        for i, name in enumerate(run.variants):
            if not len(times[name]):
                continue
            colour, _, _, line = look(i)
            steps = np.arange(1, len(times[name]) + 1) / begun[name] * 100
            x = np.concatenate([[0.0], times[name], [longest * 1.05]]) / size
            y = np.concatenate([[0.0], steps, steps[-1:]])
            axes.step(x, y, where="post", color=colour, linestyle=line, linewidth=2, label=name)
            parts.append(f"{name} reaches {number(float(steps[-1]))} % after {duration(float(times[name][-1]))}")
        axes.set_ylim(0, 104)
        axes.set_xlim(0, longest * 1.05 / size)
        axes.set_xlabel(f"{unit} since the repair began")
        axes.set_ylabel("homes put right, % of begun")
        drawing.legend(loc="outside upper left", ncols=side_by_side(run.variants))
        alt = "Curve of the share of begun repairs that were done by then: " + "; ".join(parts) + "."
        return finish(drawing, NAME, "Share of homes put right, by time since the repair began", alt)
