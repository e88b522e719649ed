"""What the answer rests on: figures, guesses, settings left alone."""

from __future__ import annotations

import re

from . import targets
from .folder import RunFolder
from .formatting import plural
from .parts import Column, Table

ASSUMPTION = "ASSUMPTION"


def is_assumption(figure: dict[str, str]) -> bool:
    """Whether nobody has confirmed the value."""
    return figure.get("confidence", "") == "assumption" or figure.get("source", "").upper().startswith(ASSUMPTION)


def default(line: str) -> dict[str, str]:
    """A setting left alone: `han latency = 200 ms ($han_latency_ms, low: ASSUMPTION: hub to a mains-powered device)`."""
    name, sign, rest = line.partition(" = ")
    if not sign:
        name, _, rest = line.partition(": ")
    found = re.fullmatch(r"(.*?) \(\$?([\w.-]+), (\w+): (.*)\)", rest, re.DOTALL)
    if not found:
        return {"name": name, "value": rest}
    value, figure, confidence, source = found.groups()
    return {"name": name, "value": value, "figure": figure, "confidence": confidence, "source": source}


def sentence(run: RunFolder) -> str:
    """How much of what the run rests on is a guess."""
    figures = run.manifest.figures + targets.figures(run)
    settings = [default(line) for line in run.manifest.defaults]
    if not figures and not settings:
        return "The scenario takes no figure from the list of figures and marks no assumption."
    parts = [
        f"{sum(map(is_assumption, rows))} of {plural(len(rows), one, many)}"
        for rows, one, many in (
            (figures, "figure of the scenario", "figures of the scenario"),
            (settings, "setting left at its default", "settings left at their default"),
        )
        if rows
    ]
    return f"Assumptions, which nobody has confirmed: {' and '.join(parts)}. They are marked ⚠ and stand first."


def figures(run: RunFolder) -> Table:
    """Every figure used, guesses first."""
    rows: list[tuple[object, ...]] = []
    marks = []
    for figure in sorted(run.manifest.figures + targets.figures(run), key=lambda item: not is_assumption(item)):
        status, source = _status(figure)
        value = " ".join(word for word in (figure.get("value", ""), figure.get("unit", "")) if word)
        used = figure.get("used_at", "")
        rows.append((figure.get("name", ""), value, status, used, source, figure.get("confidence", "")))
        marks.append("assumption" if is_assumption(figure) else "")
    heads = ["Figure", "Value", "Status", "Used at", "Source", "Confidence"]
    return Table(
        "figures", "Every figure that this scenario takes or guesses", [Column(head) for head in heads], rows, marks
    )


def defaults(run: RunFolder) -> Table:
    """Settings that the scenario does not touch."""
    rows: list[tuple[object, ...]] = []
    settings = sorted((default(line) for line in run.manifest.defaults), key=lambda item: not is_assumption(item))
    for item in settings:
        row = (item["name"], item["value"], item.get("figure", ""), *_status(item), item.get("confidence", ""))
        rows.append(row)
    marks = ["assumption" if is_assumption(item) else "" for item in settings]
    columns = [Column("Setting"), Column("Value"), Column("Figure", "csv")]
    columns += [Column(head) for head in ("Status", "Source", "Confidence")]
    return Table("defaults", "Settings left at their default", columns, rows, marks)


def _status(figure: dict[str, str]) -> tuple[str, str]:
    """What is known of a figure, and its source without the word that says so."""
    source = figure.get("source", "")
    if not source and not is_assumption(figure):
        return "", ""
    if source.upper().startswith(ASSUMPTION):
        source = source[len(ASSUMPTION) :].lstrip(": ")
    status = "⚠ assumption" if is_assumption(figure) else "to be verified" if "verified" in source else "sourced"
    return status, source


def invariants(run: RunFolder) -> Table:
    """What had to hold in every repeat of every variant."""
    rows: list[tuple[object, ...]] = [
        (item.name, "✓ held" if item.held else "✗ broken", item.text) for item in run.manifest.always
    ]
    marks = ["meets" if item.held else "fails" for item in run.manifest.always]
    heads = [Column("Rule"), Column("Result"), Column("First breach")]
    return Table("invariants", "Rules that must hold in every repeat of every variant", heads, rows, marks)
