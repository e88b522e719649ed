"""What the answer rests on: figures, guesses, settings left alone."""

from __future__ import annotations

from .folder import RunFolder
from .parts import Column, Table

ASSUMPTION = "ASSUMPTION"


def is_assumption(figure: dict[str, str]) -> bool:
    """Whether nobody has confirmed the value."""
    return figure.get("confidence", "") == "assumption" or figure.get("source", "").upper().startswith(ASSUMPTION)


def assumptions(run: RunFolder) -> int:
    """How many of the figures are guesses."""
    return sum(is_assumption(figure) for figure in run.manifest.figures)


def figures(run: RunFolder) -> Table:
    """Every figure used, guesses first."""
    rows: list[tuple[object, ...]] = []
    marks = []
    for figure in sorted(run.manifest.figures, key=lambda item: not is_assumption(item)):
        guess = is_assumption(figure)
        source = figure.get("source", "")
        if source.upper().startswith(ASSUMPTION):
            source = source[len(ASSUMPTION) :].lstrip(": ")
        status = "⚠ assumption" if guess else "to be verified" if "verified" in source else "sourced"
        value = " ".join(word for word in (figure.get("value", ""), figure.get("unit", "")) if word)
        used = figure.get("used_at", "")
        rows.append((figure.get("name", ""), value, used, status, source, figure.get("confidence", "")))
        marks.append("assumption" if guess else "")
    heads = ["Figure", "Value", "Used at", "Status", "Source", "Confidence"]
    return Table(
        "figures", "Every figure that this scenario takes or guesses", [Column(head) for head in heads], rows, marks
    )


def defaults(run: RunFolder) -> Table:
    """Settings that the scenario does not touch."""
    rows: list[tuple[object, ...]] = []
    for line in run.manifest.defaults:
        name, sign, value = line.partition(" = ")
        if not sign:
            name, _, value = line.partition(": ")
        rows.append((name.strip(), value.strip()))
    return Table("defaults", "Settings left at their default", [Column("Setting"), Column("Value")], rows)


def invariants(run: RunFolder) -> Table:
    """What had to hold in every repeat of every variant."""
    rows: list[tuple[object, ...]] = [
        (item.name, "✓ held" if item.held else "✗ broken", item.text) for item in run.manifest.always
    ]
    marks = ["meets" if item.held else "fails" for item in run.manifest.always]
    heads = [Column("Rule"), Column("Result"), Column("First breach")]
    return Table("invariants", "Rules that must hold in every repeat of every variant", heads, rows, marks)
