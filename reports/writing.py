"""Puts files where they belong, never half written."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import ReportError
from .parts import Plot, Table


@dataclass(frozen=True)
class Places:
    """Where a report goes."""

    html: Path
    plots: Path
    tables: Path


def places(run_folder: Path, out: Path | None) -> Places:
    """Into the run folder; into the folder `out`; or, for `out` an HTML file, to it and beside it."""
    if out is not None and out.suffix.lower() in (".html", ".htm"):
        return Places(out, out.with_name(f"{out.stem}-plots"), out.with_name(f"{out.stem}-tables"))
    folder = run_folder if out is None else out
    return Places(folder / "report.html", folder / "plots", folder / "tables")


def write(to: Places, html: str, plots: Iterable[Plot], tables: Iterable[Table]) -> None:
    """Plots and tables first: a page that is there has all its files."""
    try:
        to.html.parent.mkdir(parents=True, exist_ok=True)
        _replace_folder(to.plots, lambda folder: _plots(folder, plots))
        _replace_folder(to.tables, lambda folder: _tables(folder, tables))
        _replace_file(to.html, html)
    except OSError as error:
        raise ReportError(f"{to.html.parent} cannot be written to: {error.strerror}") from error


def _plots(folder: Path, plots: Iterable[Plot]) -> None:
    for plot in plots:
        (folder / f"{plot.file}.svg").write_text(plot.svg, encoding="utf-8")
        if plot.png:
            (folder / f"{plot.file}.png").write_bytes(plot.png)


def _tables(folder: Path, tables: Iterable[Table]) -> None:
    for table in tables:
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table.csv_rows())


def _replace_file(path: Path, text: str) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as work:
        unfinished = Path(work) / path.name
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)


def _replace_folder(path: Path, fill: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as work:
        unfinished = Path(work) / "new"
        unfinished.mkdir()
        fill(unfinished)
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            path.rename(Path(work) / "old")
        unfinished.rename(path)
