"""What a report is made of: tables, plots, sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from .formatting import UNITS, raw, show, slug

MOST_ROWS = 24


@dataclass(frozen=True)
class Column:
    """kind: text; number, share or duration; figure (a `Cell`); csv (text, in the CSV file only)."""

    heading: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """`name` becomes the name of the CSV file; `marks` is a CSS class for each row, or empty."""

    name: str
    caption: str
    columns: list[Column]
    rows: list[tuple[object, ...]]
    marks: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{slug(self.name)}.csv"

    @property
    def long(self) -> bool:
        """Whether a page folds it away, so that what comes next is still seen."""
        return len(self.rows) > MOST_ROWS

    @property
    def headings(self) -> list[Column]:
        """Of the page."""
        return [column for column in self.columns if column.kind != "csv"]

    def shown(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Rows as (mark, cells), cells as (text, kind)."""
        marks = self.marks or [""] * len(self.rows)
        return [
            (mark, [(show(cell, at.kind), at.kind) for cell, at in self._pairs(row) if at.kind != "csv"])
            for mark, row in zip(marks, self.rows, strict=True)
        ]

    def csv_rows(self) -> list[list[str]]:
        """With a heading; durations in seconds, shares as fractions."""
        units = [UNITS.get(column.kind) for column in self.columns]
        head = [c.heading + (f" ({unit})" if unit else "") for c, unit in zip(self.columns, units, strict=True)]
        return [head, *([raw(value) for value in row] for row in self.rows)]

    def _pairs(self, row: tuple[object, ...]) -> zip[tuple[object, Column]]:
        return zip(row, self.columns, strict=True)


@dataclass(frozen=True)
class Plot:
    """A drawing: `alt` says in words what it shows; PNG is empty for drawings of our own."""

    name: str
    caption: str
    alt: str
    svg: str = field(repr=False)
    png: bytes = field(repr=False, default=b"")

    @property
    def file(self) -> str:
        return slug(self.name)


@dataclass(frozen=True)
class Section:
    """A chapter of the report. `folded` tables are there to be opened."""

    name: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    folded: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return slug(self.name)
