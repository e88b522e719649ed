"""meterbed report"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterbed.run import Run


def report(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A run folder.")],
    out: Annotated[Path | None, typer.Option(help="Where to; into the folder when not given.")] = None,
) -> None:
    """Write the report of a run again."""
    typer.echo(Run(folder).report(out))
