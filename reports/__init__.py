"""The report of a finished run: one page that opens offline, with its plots and tables beside it.

Knows the run folder (docs/run-folder.md) and nothing of the simulator, so a report can be rebuilt years later.
"""

from __future__ import annotations

from pathlib import Path

from . import folder, page, writing
from .errors import ReportError

__all__ = ["ReportError", "build"]


def build(run_folder: Path, out: Path | None = None) -> Path:
    """Writes report.html, plots/ and tables/ and returns the path of the page.

    out: a folder, or the name of an .html file; into the run folder when not given.
    Raises ReportError when the folder is not a run folder, or is damaged.
    """
    run_folder = Path(run_folder)
    run = folder.read(run_folder)
    to = writing.places(run_folder, None if out is None else Path(out))
    report = page.render(run, to.tables.name)
    writing.write(to, report.html, report.plots, report.tables)
    return to.html
