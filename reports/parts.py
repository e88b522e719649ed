"""What a report is made of: tables, plots, sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from .formatting import raw, show, slug

_CSV_UNIT = {"duration": " (s)", "share": " (fraction)"}


@dataclass(frozen=True)
class Column:
    """kind: text, number, share or duration; the last three are set to the right."""

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

    def shown(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Rows as (mark, cells), cells as (text, kind)."""
        marks = self.marks or [""] * len(self.rows)
        return [
            (mark, [(show(value, column.kind), column.kind) for value, column in zip(row, self.columns, strict=True)])
            for mark, row in zip(marks, self.rows, strict=True)
        ]

    def csv_rows(self) -> list[list[str]]:
        """With a heading; durations in seconds, shares as fractions."""
        head = [column.heading + _CSV_UNIT.get(column.kind, "") for column in self.columns]
        return [head, *([raw(value) for value in row] for row in self.rows)]


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
