"""meterbed trace"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterbed.cli.numbers import parse_numbers
from meterbed.run import Run


def trace(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A run folder.")],
    variant: Annotated[str | None, typer.Option(help="The first one when not given.")] = None,
    repeat: Annotated[int, typer.Option(help="Number of the repeat, from 0.", min=0)] = 0,
    homes: Annotated[str | None, typer.Option(metavar="1,5,7..9", help="All when not given.")] = None,
    vcd: Annotated[Path | None, typer.Option(metavar="FILE", help="Supply, hub, meter and network states.")] = None,
    perfetto: Annotated[Path | None, typer.Option(metavar="FILE", help="Messages, as Chrome trace events.")] = None,
) -> None:
    """Write one world of a run as traces for viewers (docs/traces.md)."""
    if vcd is None and perfetto is None:
        raise typer.BadParameter("give --vcd FILE, --perfetto FILE or both")
    chosen = None if homes is None else parse_numbers("--homes", homes, "1,5,7..9")
    for path in Run(folder).trace(vcd=vcd, perfetto=perfetto, variant=variant, repeat=repeat, homes=chosen):
        typer.echo(path)
